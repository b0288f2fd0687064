import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type RequestOptions } from "@media-protection/sdk";
import { saveAll, saveMedia } from "@media-protection/sdk/node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

// An option that a call does not know is refused, as createClient refuses it: `{ projectID }`, were
// it ignored, would open the media of the root project instead of the subproject's.

const id = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
const ref = { kind: "recording", recordingId: id } as const;
let asked = 0;
const client = createClient({
  space: "example",
  projectId: id,
  apiToken: "PT-synthetic",
  fetch: () => {
    asked++;
    return Promise.reject(new Error("no request may be sent"));
  },
  retry: { retries: 0 },
});
let folder: string;

beforeEach(async () => {
  asked = 0;
  folder = await mkdtemp(join(tmpdir(), "media-protection-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(items: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of items) expect.fail("nothing can be listed without a request");
}

/** Every call with options, by its name; the types would not let the tests pass wrong ones. */
const calls: Readonly<Record<string, (options: never) => Promise<unknown>>> = {
  "protection.get": (options) => client.protection.get(options),
  "protection.set": (options) => client.protection.set({ recordings: false }, options),
  "protection.enable": (options) => client.protection.enable(["recordings"], options),
  "protection.disable": (options) => client.protection.disable(["recordings"], options),
  "projects.list": (options) => read(client.projects.list(options)),
  "projects.get": (options) => client.projects.get(id, options),
  "projects.create": (options) => client.projects.create({ name: "Clinic" }, options),
  "projects.update": (options) => client.projects.update(id, { name: "Clinic" }, options),
  "projects.delete": (options) => client.projects.delete(id, options),
  "projects.rotateSigningKey": (options) => client.projects.rotateSigningKey(id, options),
  "recordings.list": (options) => read(client.recordings.list(options)),
  "recordings.get": (options) => client.recordings.get(id, options),
  "recordings.delete": (options) => client.recordings.delete(id, options),
  "messages.list": (options) => read(client.messages.list(options)),
  "messageMedia.list": (options) => read(client.messageMedia.list(id, options)),
  "messageMedia.get": (options) => client.messageMedia.get(id, id, options),
  "messageMedia.delete": (options) => client.messageMedia.delete(id, id, options),
  "faxes.list": (options) => read(client.faxes.list(options)),
  "faxMedia.list": (options) => read(client.faxMedia.list(id, options)),
  "faxMedia.get": (options) => client.faxMedia.get(id, id, options),
  "faxMedia.delete": (options) => client.faxMedia.delete(id, id, options),
  "media.resolve": (options) => client.media.resolve(ref, options),
  "media.download": (options) => client.media.download(ref, options),
  saveMedia: (options) => saveMedia(client, ref, folder, options),
  saveAll: (options) => saveAll(client, [ref], folder, options),
};

test("the calls below are all that a client has", () => {
  const { api, ...resources } = client;
  const names = Object.entries(resources).flatMap(([resource, methods]) =>
    Object.keys(methods).map((method) => `${resource}.${method}`),
  );
  const listed = Object.keys(calls).filter((name) => name.includes("."));
  expect(listed.sort()).toEqual(names.sort());
});

describe.each(Object.entries(calls))("%s", (name, call) => {
  const refused = async (option: string, options: unknown) => {
    // The cast is the test: what untyped code, or a variable, would pass.
    await expect(call(options as never)).rejects.toMatchObject({ name: "OptionError", option });
    expect(asked).toBe(0);
    expect(await readdir(folder)).toEqual([]);
  };

  test("refuses an option it does not know", () => refused("projectID", { projectID: id }));

  test("refuses a projectId that is undefined, wherever it may have one", () =>
    refused("projectId", { projectId: undefined }));

  test("takes undefined where it is harmless", async () => {
    const options: RequestOptions = { signal: undefined, timeout: undefined };
    const error = await call(options as never).catch((thrown: unknown) => thrown);
    expect(error).not.toMatchObject({ name: "OptionError" });
  });

  test("refuses options that are null", () => refused("options", null));

  test("refuses options that are no object", () => refused("options", "signal"));

  test("takes the options of every call", async () => {
    const controller = new AbortController();
    const options: RequestOptions = { signal: controller.signal, timeout: 5_000 };
    const error = await call(options as never).catch((thrown: unknown) => thrown);
    expect(error).not.toMatchObject({ name: "OptionError" });
    expect(asked > 0).toBe(name !== "media.resolve");
  });

  test("takes projectId where it concerns one project, and only there", async () => {
    const options = { projectId: id };
    if (name.startsWith("projects.")) return refused("projectId", options);
    const error = await call(options as never).catch((thrown: unknown) => thrown);
    expect(error).not.toMatchObject({ name: "OptionError" });
    expect(asked > 0).toBe(name !== "media.resolve");
  });
});

test.each([
  ["media.resolve", "range", { range: { start: 0 } }],
  ["saveMedia", "range", { range: { start: 0 } }],
  ["saveMedia", "ifRange", { ifRange: '"tag"' }],
  ["saveMedia", "concurrency", { concurrency: 2 }],
  ["saveAll", "range", { range: { start: 0 } }],
  ["saveAll", "resume", { resume: false }],
  ["saveAll", "projectId", { projectId: "my-project" }],
] as const)("%s refuses %s, which it can not have", async (name, option, options) => {
  const failed = calls[name]?.(options as never);
  await expect(failed).rejects.toMatchObject({ name: "OptionError", option });
  expect(asked).toBe(0);
});
