import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  bytesFile,
  createPlatform,
  fileOfType,
  OptionError,
  type Platform,
} from "@media-protection/mock";
import { type MockServer, StateError, startMockServer } from "@media-protection/mock/server";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { basic, json, sending } from "../scene.js";

let folder: string;
let file: string;
const open: MockServer[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mock-state-"));
  file = join(folder, "state.json");
});

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
  await rm(folder, { recursive: true });
});

async function start(platform: object = {}): Promise<MockServer> {
  const server = await startMockServer({ port: 0, state: file, platform });
  open.push(server);
  return server;
}

const credentialsOf = ({ credentials }: Platform) =>
  basic(credentials.projectId, credentials.apiToken);
const projectOf = ({ url, platform }: MockServer) =>
  `${url}/api/projects/${platform.credentials.projectId}`;

/** Everything a platform holds, the bytes as hashes. */
function everything(platform: Platform): object {
  const { projects, tokens, recordings, messages, messageMedia, faxes, faxMedia } = platform;
  const all = { projects, tokens, recordings, messages, messageMedia, faxes, faxMedia };
  const entities = Object.entries(all).map(([name, collection]) => {
    const listed = [...collection.all()].map(({ entity }) => entity);
    return [name, listed.sort((first, second) => (first.id < second.id ? -1 : 1))];
  });
  const isFile = (value: unknown): value is ReturnType<typeof bytesFile> =>
    typeof value === "object" && value !== null && "etag" in value;
  const plain = (_: string, value: unknown) => {
    if (value instanceof Set) return [...value].sort();
    if (!isFile(value)) return value;
    const { contentType, extension, size, etag, lastModified } = value;
    const sha256 = createHash("sha256").update(value.bytes()).digest("hex");
    return { contentType, extension, size, etag, lastModified, sha256 };
  };
  return JSON.parse(JSON.stringify(Object.fromEntries(entities), plain));
}

describe("a state", () => {
  test("brings back everything, and goes on where it was", async () => {
    const first = await start();
    const { platform } = first;
    platform.addRecording({ seconds: 1.5, status: "in-progress" });
    const mp4 = fileOfType("video/mp4", { id: "call", lastModified: new Date(5000) });
    platform.addRecording({ mp4 });
    platform.addMessageMedia({ body: "ünï\n", status: "queued" });
    const bytes = randomBytes(100_000);
    const contentType = "application/octet-stream";
    const media = bytesFile({ bytes, contentType, extension: "bin", lastModified: new Date(5000) });
    platform.addMessageMedia({ file: media });
    platform.addProject({ parentId: null });
    const change = sending("PATCH", credentialsOf(platform), { protect_fax_media: true });
    await fetch(projectOf(first), change);
    await fetch(`${first.url}/__mock/switches`, sending("PATCH", {}, { deniedStatus: 404 }));
    const before = everything(platform);
    await first.close();

    const second = await start();
    expect(everything(second.platform)).toEqual(before);
    expect(second.platform.switches.deniedStatus).toBe(404);
    expect(second.platform.uuid()).toBe(platform.uuid());
    const again = await json(fetch(projectOf(second), { headers: credentialsOf(platform) }));
    expect(again).toMatchObject({ protect_fax_media: true });
  });

  test("keeps lists in their order, ties included", async () => {
    const first = await start({ now: () => 1_000_000 });
    for (let index = 0; index < 5; index++) first.platform.addProject({ name: `Branch ${index}` });
    const list = async ({ url, platform }: MockServer) => {
      const response = fetch(`${url}/api/projects`, { headers: credentialsOf(platform) });
      const { data } = await json<{ data: { name: string }[] }>(response);
      return data.map(({ name }) => name);
    };
    const before = await list(first);
    await first.close();
    expect(await list(await start())).toEqual(before);
  });

  test("is written before a change is answered, so that a crash loses nothing", async () => {
    const server = await start();
    const change = sending("PATCH", credentialsOf(server.platform), { name: "Renamed" });
    await fetch(projectOf(server), change);
    // What a process that is killed now leaves behind.
    expect(await readFile(file, "utf8")).toContain('"name":"Renamed"');
  });

  test("is not written for what only reads or is refused", async () => {
    const server = await start();
    const before = await readFile(file, "utf8");
    const headers = credentialsOf(server.platform);
    await fetch(projectOf(server), { headers });
    await fetch(projectOf(server), sending("PATCH", headers, { name: 7 }));
    await fetch(projectOf(server), sending("PATCH", {}, { name: "x" }));
    expect(await readFile(file, "utf8")).toBe(before);
    await fetch(projectOf(server), sending("PATCH", headers, { name: "x" }));
    const after = await readFile(file, "utf8");
    // What changed is all that is written.
    expect(after.startsWith(before)).toBe(true);
    expect(after.length - before.length).toBeLessThan(1000);
  });

  test("takes changes at the same time, each before its answer", async () => {
    const server = await start();
    const headers = credentialsOf(server.platform);
    const names = Array.from({ length: 20 }, (_, index) => `Branch ${index}`);
    await Promise.all(
      names.map(async (name) => {
        const created = await fetch(
          `${server.url}/api/projects`,
          sending("POST", headers, { name }),
        );
        expect(created.status).toBe(201);
        expect(await readFile(file, "utf8")).toContain(`"name":"${name}"`);
      }),
    );
  });

  test("is for its owner's eyes only, since it holds the tokens", async () => {
    await start();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(["state.json", "state.json.lock"]);
    expect((await stat(`${file}.lock`)).mode & 0o777).toBe(0o600);
  });

  test("lets options change switches, and nothing that it is made from", async () => {
    const projectId = "0b1d7c5e-8a53-4c0e-9f0c-2d6f2a1e7b11";
    await (await start({ projectId, apiToken: "PT-mine", spaceName: "acme" })).close();
    const second = await start({ switches: { deniedStatus: 403 } });
    expect(second.platform.credentials).toEqual({ projectId, apiToken: "PT-mine" });
    expect(second.platform.spaceName).toBe("acme");
    expect(second.platform.switches.deniedStatus).toBe(403);
    await second.close();
    const other = { projectId: "0b1d7c5e-8a53-4c0e-9f0c-2d6f2a1e7b12" };
    await expect(start(other)).rejects.toThrow(`it is of the project ${projectId}`);
    await expect(start({ spaceName: "example" })).rejects.toThrow('it is of the space "acme"');
    const wrongToken = start({ apiToken: "PT-other" });
    await expect(wrongToken).rejects.toThrow("another API token");
    await expect(wrongToken).rejects.not.toThrow("PT-");
  });

  test("is of a platform made from options", async () => {
    const platform = createPlatform();
    await expect(startMockServer({ port: 0, state: file, platform })).rejects.toThrow(OptionError);
  });
});

describe("long bytes", () => {
  const bytes = randomBytes(50_000);
  const lastModified = new Date(1_000_000);
  const contentType = "image/png";
  const long = bytesFile({ bytes, contentType, extension: "png", lastModified });
  const plant = (platform: Platform) => {
    platform.addMessageMedia({ id: "0b1d7c5e-8a53-4c0e-9f0c-2d6f2a1e7b13", file: long });
  };
  const blobs = () => readdir(`${file}.media`);

  test("lie beside the state, once, and go with their medium; a reset brings them back", async () => {
    const server = await start({ plant });
    const name = createHash("sha256").update(bytes).digest("hex");
    expect(await blobs()).toEqual([name]);
    const { url, platform } = server;
    const { projectId } = platform.credentials;
    const [media] = [...platform.messageMedia.all()].filter(({ entity }) => entity.file === long);
    const path = `/api/laml/2010-04-01/Accounts/${projectId}/Messages/${media?.entity.messageId}/Media/${media?.entity.id}.json`;
    await fetch(url + path, { method: "DELETE", headers: credentialsOf(platform) });
    expect(await blobs()).toEqual([]);
    await fetch(`${url}/__mock/reset`, { method: "POST" });
    expect(await blobs()).toEqual([name]);
    await server.close();
    const again = await start();
    const [back] = [...again.platform.messageMedia.all()].filter(
      ({ entity }) => entity.file.size === 50_000,
    );
    expect(Buffer.from(back?.entity.file.bytes() ?? []).equals(bytes)).toBe(true);
  });

  test.each([
    ["are missing", (blob: string) => rm(blob), "cannot be read \\(ENOENT\\)"],
    ["were changed", (blob: string) => writeFile(blob, "other"), "has other bytes"],
  ])("that %s are told, and the state is left alone", async (_, harm, message) => {
    await (await start({ plant })).close();
    const [name = ""] = await blobs();
    await harm(join(`${file}.media`, name));
    const before = await readFile(file);
    await expect(start()).rejects.toThrow(new RegExp(message));
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  test("are not removed where they are not ours", async () => {
    await mkdir(`${file}.media`);
    await writeFile(join(`${file}.media`, "notes.txt"), "mine");
    await start({ plant });
    expect(await blobs()).toContain("notes.txt");
  });
});

describe("a file that is no state", () => {
  const valid = async () => {
    await (await start()).close();
    return readFile(file, "utf8");
  };

  test.each([
    ["is empty", () => "", "no JSON, or the end of it is missing"],
    ["is no JSON", () => "hello", "no JSON"],
    ["is torn", (text: string) => text.slice(0, text.length / 2), "the end of it is missing"],
    ["is of another program", () => '{"name":"package"}', "no state of this mock"],
    ["is a list", () => "[]", "no state of this mock"],
    [
      "is of another version",
      (text: string) => text.replace('"version":2', '"version":3'),
      "another version",
    ],
    [
      "lacks a part",
      (text: string) => text.replace(/^\{"recordings".*\n/m, ""),
      "the end of it is missing",
    ],
    [
      "has a part that is none",
      (text: string) => text.replace('"recordings"', '"recording"'),
      "line 5.recording must be something that a state has",
    ],
    [
      "has a wrong value",
      (text: string) => text.replace('"channels":1', '"channels":3'),
      "channels must be one of 1, 2",
    ],
    [
      "has a switch that is none",
      (text: string) => text.replace('"cors":true', '"cors":1'),
      'Switch "cors" cannot be 1',
    ],
    [
      "has an id twice",
      (text: string) => text.replaceAll("-000000000002", "-000000000001"),
      '"id" must be',
    ],
  ])("because it %s is an error that says so, and is left alone", async (_, change, message) => {
    const changed = change(await valid());
    await writeFile(file, changed);
    const failed = start();
    await expect(failed).rejects.toThrow(StateError);
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toThrow(`The state in ${file} cannot be used: `);
    expect(await readFile(file, "utf8")).toBe(changed);
  });

  test("because it is a folder, or in one that is not there, is an error", async () => {
    await mkdir(file);
    await expect(start()).rejects.toThrow("it cannot be read (EISDIR)");
    const nowhere = join(folder, "nowhere", "state.json");
    await expect(startMockServer({ port: 0, state: nowhere })).rejects.toThrow(
      "it cannot be written (ENOENT)",
    );
  });

  test("that was being written when the process was killed is passed over, and removed", async () => {
    const text = await valid();
    await writeFile(`${file}.0123456789abcdef.tmp`, text.slice(0, 100));
    const server = await start();
    expect(server.platform.projects.size).toBe(2);
    expect(await readdir(folder)).toEqual(["state.json", "state.json.lock"]);
  });
});
