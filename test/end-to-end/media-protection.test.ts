import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mediaKinds } from "@media-protection/contract";
import { setupMock } from "@media-protection/mock/node";
import { startMockServer } from "@media-protection/mock/server";
import { createClient } from "@media-protection/sdk";
import { saveMedia } from "@media-protection/sdk/node";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checked, validatingFetch } from "../helpers/contract/contract.js";

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

// The same walk over every way to plug the mock; every answer is held against openapi.yaml, and in
// strict mode every request as well, by Prism.

const kinds = Object.keys(mediaKinds) as (keyof typeof mediaKinds)[];
const combinations = Array.from({ length: 8 }, (_, bits) => ({
  recordings: (bits & 1) !== 0,
  messageMedia: (bits & 2) !== 0,
  faxMedia: (bits & 4) !== 0,
}));

async function overHttp() {
  const server = await startMockServer({ port: 0 });
  return { platform: server.platform, close: () => server.close() };
}

async function overStrictHttp() {
  const server = await startMockServer({ port: 0, strict: true });
  const { platform } = server;
  return {
    platform,
    async close() {
      await server.close();
      expect(platform.violations?.entries()).toEqual([]);
      expect(platform.violations?.checked).toBeGreaterThan(50);
    },
  };
}

async function overMsw() {
  const mock = setupMock();
  mock.listen();
  return { platform: mock.platform, close: async () => mock.close() };
}

describe.each([
  ["the mock's HTTP server", overHttp],
  ["the mock's HTTP server in strict mode", overStrictHttp],
  ["MSW in Node", overMsw],
])("over %s", (_, start) => {
  let mock: Awaited<ReturnType<typeof start>>;
  let folder: string;

  beforeAll(async () => {
    mock = await start();
    folder = await mkdtemp(join(tmpdir(), "media-protection-"));
  });

  beforeEach(() => {
    mock.platform.reset();
    checked.answers = 0;
  });

  afterAll(async () => {
    await mock.close();
    await rm(folder, { recursive: true });
  });

  const anonymous = validatingFetch();

  function scene() {
    const { platform } = mock;
    const client = createClient({
      space: platform.origins.space,
      mediaOrigins: [platform.origins.files],
      ...platform.credentials,
      fetch: validatingFetch(),
    });
    const urls = {
      recording: platform.addRecording({ seconds: 1 }).urls,
      messageMedia: platform.addMessageMedia({ contentType: "image/jpeg" }).urls,
      faxMedia: platform.addFaxMedia().urls,
    };
    return { platform, client, urls };
  }

  test.each(combinations)(
    "with %j the next anonymous request of each kind is denied or served",
    async (settings) => {
      const { client, urls } = scene();
      expect(await client.protection.set(settings)).toEqual(settings);
      for (const kind of kinds) {
        const expected = settings[mediaKinds[kind].setting] ? 401 : 200;
        for (const url of [urls[kind].space, urls[kind].files]) {
          const response = await anonymous(url);
          await response.arrayBuffer();
          expect(response.status, url).toBe(expected);
        }
      }
      expect(await client.protection.get()).toEqual(settings);
      expect(checked.answers).toBe(8);
    },
  );

  test.each(kinds)(
    "protected %s is saved byte-exact with credentials, from the space and the files host",
    async (kind) => {
      const { client, urls } = scene();
      for (const url of [urls[kind].space, urls[kind].files]) {
        await client.protection.disable("all");
        const bytes = Buffer.from(await (await anonymous(url)).arrayBuffer());
        await client.protection.enable("all");
        expect((await anonymous(url)).status).toBe(401);
        const saved = await saveMedia(client, url, folder, { ifExists: "overwrite" });
        expect(saved.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
        expect(saved.size).toBe(bytes.length);
      }
    },
  );

  test("wrong credentials are denied on protected media", async () => {
    const { client, urls, platform } = scene();
    await client.protection.enable("all");
    const stranger = createClient({
      space: platform.origins.space,
      projectId: platform.credentials.projectId,
      apiToken: "PT-of-somebody-else",
      fetch: validatingFetch(),
    });
    for (const kind of kinds) {
      await expect(stranger.media.download(urls[kind].space)).rejects.toMatchObject({
        name: "AuthenticationError",
        status: 401,
      });
    }
  });

  test("metadata needs credentials whatever the switches say, and is not affected by them", async () => {
    const { client, urls, platform } = scene();
    const { projectId, apiToken } = platform.credentials;
    const authorization = `Basic ${btoa(`${projectId}:${apiToken}`)}`;
    for (const change of [client.protection.enable, client.protection.disable]) {
      await change("all");
      for (const kind of kinds) {
        expect((await anonymous(urls[kind].metadata)).status).toBe(401);
        const read = await anonymous(urls[kind].metadata, { headers: { authorization } });
        expect(read.status).toBe(200);
      }
    }
  });

  test("a redirect to storage is followed without credentials", async () => {
    const { client, urls, platform } = scene();
    platform.setSwitches({ redirectToStorage: true });
    await client.protection.enable("all");
    const plain = createClient({
      space: platform.origins.space,
      ...platform.credentials,
      // Storage is no part of the contract.
      fetch: validatingFetch(undefined, [platform.origins.storage]),
    });
    const media = await plain.media.download(urls.recording.space);
    expect((await media.bytes()).length).toBe(media.contentLength);
    const seen = [...platform.journal.entries()].filter((entry) => entry.origin === "storage");
    expect(seen.map(({ authorization }) => authorization)).toEqual([false]);
  });

  test("a subproject is managed with the root project's credentials", async () => {
    const { client } = scene();
    const created = await client.projects.create({ name: "Clinic", protect_recordings: true });
    expect(created).toMatchObject({ subproject: true, signing_key: expect.any(String) });
    const projectId = created.id;
    expect(await client.protection.get({ projectId })).toMatchObject({ recordings: true });
    await client.projects.update(projectId, { name: "Surgery" });
    expect(await client.projects.get(projectId)).toMatchObject({ name: "Surgery" });
    const rotated = await client.projects.rotateSigningKey(projectId);
    expect(rotated.signing_key).not.toBe(created.signing_key);
    await client.projects.delete(projectId);
    await expect(client.projects.get(projectId)).rejects.toMatchObject({ name: "NotFoundError" });
    await expect(client.projects.delete(mock.platform.credentials.projectId)).rejects.toMatchObject(
      {
        name: "ValidationError",
        errors: [{ code: "only_subprojects_can_be_deleted" }],
      },
    );
  });

  test("projects are listed page by page", async () => {
    const { client, platform } = scene();
    for (let index = 0; index < 5; index++) platform.addProject({ name: `Branch ${index}` });
    const all = await collect(client.projects.list({ pageSize: 2 }));
    expect(new Set(all.map(({ id }) => id)).size).toBe(platform.projects.size);
    const pages = await collect(client.projects.list({ pageSize: 2 }).pages());
    expect(pages.length).toBe(Math.ceil(platform.projects.size / 2));
    const named = await collect(client.projects.list({ name: "Branch 3" }));
    expect(named.map(({ name }) => name)).toEqual(["Branch 3"]);
  });
});
