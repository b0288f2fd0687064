import { lstat, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type MockServer, startMockServer } from "@media-protection/mock/server";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { basic, sending } from "../scene.js";

let folder: string;
let file: string;
const cleanUps: (() => unknown)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mock-state-"));
  file = join(folder, "state.json");
});

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  await rm(folder, { recursive: true });
});

async function start(options: object = {}): Promise<MockServer> {
  const server = await startMockServer({ port: 0, state: file, ...options });
  cleanUps.push(() => server.close().catch(() => {}));
  return server;
}

describe("a link", () => {
  test("to a state stays one, and what it leads to is written", async () => {
    const link = join(folder, "link.json");
    await symlink("state.json", link);
    for (const name of ["First", "Second"]) {
      const { url, platform, close } = await start({ state: link });
      const { projectId, apiToken } = platform.credentials;
      const init = sending("PATCH", basic(projectId, apiToken), { name });
      await fetch(`${url}/api/projects/${projectId}`, init);
      await close();
      expect((await lstat(link)).isSymbolicLink()).toBe(true);
      expect(await readFile(file, "utf8")).toContain(`"name":"${name}"`);
    }
  });

  test("of the name that older versions wrote to is not followed", async () => {
    const victim = join(folder, "victim");
    await writeFile(victim, "mine");
    await symlink(victim, `${file}.tmp`);
    await (await start()).close();
    expect(await readFile(victim, "utf8")).toBe("mine");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });
});

test("a state of version 1, one object with the bytes of generated media, is read and goes on", async () => {
  const first = await start();
  const { recording } = first.platform.addRecording({ seconds: 1 });
  await first.close();
  const [head, ...lines] = (await readFile(file, "utf8")).trim().split("\n");
  const all: Record<string, unknown> = Object.assign({}, ...lines.map((line) => JSON.parse(line)));
  const { identity } = JSON.parse(head ?? "");
  const { wav, mp3 } = recording.files;
  const inline = (media: typeof wav) => ({
    contentType: media.contentType,
    extension: media.extension,
    lastModified: 1000,
    size: media.size,
    head: "base64:",
    pattern: `base64:${Buffer.from(media.bytes()).toString("base64")}`,
  });
  // From before recordings could have an MP4.
  const { files: _, ...plain } = JSON.parse(JSON.stringify(recording));
  const old = { ...plain, files: { wav: inline(wav), mp3: inline(mp3) } };
  const state = {
    format: "media-protection-mock state",
    version: 1,
    identity,
    ...all,
    recordings: [old],
  };
  await writeFile(file, JSON.stringify(state, null, 1));

  const { platform } = await start();
  const [back] = [...platform.recordings.all()].map(({ entity }) => entity);
  expect(back?.files.wav.bytes()).toEqual(wav.bytes());
  expect(back?.files.mp4).toBe(null);
  expect(await readFile(file, "utf8")).toContain('"version":2');
});

test("100 changes cost what they change: the file grows by lines, and is whole again at the end", async () => {
  const server = await start({
    platform: {
      plant: (into: MockServer["platform"]) => {
        for (let index = 0; index < 500; index++) into.addRecording({ seconds: 60 });
      },
    },
  });
  const { url, platform } = server;
  const before = (await stat(file)).size;
  // Ten minutes of sound and more, as what it is made from.
  expect(before).toBeLessThan(600_000);
  const headers = basic(platform.credentials.projectId, platform.credentials.apiToken);
  const target = `${url}/api/projects/${platform.credentials.projectId}`;
  for (let index = 0; index < 100; index++) {
    await fetch(target, sending("PATCH", headers, { protect_recordings: index % 2 === 0 }));
  }
  expect((await stat(file)).size - before).toBeLessThan(100_000);
  await server.close();
  expect(Math.abs((await stat(file)).size - before)).toBeLessThan(1000);
});
