import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { createClient } from "@media-protection/sdk";
import { type SaveOptions, saveMedia } from "@media-protection/sdk/node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type MediaOrigin,
  type MediaOriginOptions,
  startMediaOrigin,
} from "../../helpers/origins/media-origin.js";
import { noise } from "../../helpers/values/noise.js";

const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
const recordingId = "0b7e0c1a-93a4-4a54-8a6e-6a1f3c2d4e5f";
const recording = { kind: "recording", recordingId } as const;
const audio = noise(600_000);

let folder: string;
let origin: MediaOrigin | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "save-collisions-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
  await origin?.[Symbol.asyncDispose]();
  origin = undefined;
});

async function start(options?: MediaOriginOptions) {
  origin = await startMediaOrigin(audio, options);
  const retry = { retries: 0 };
  const client = createClient({ space: origin.origin, projectId, apiToken: "PT-synthetic", retry });
  const save = (to: string, how: SaveOptions = {}) =>
    saveMedia(client, recording, join(folder, to), how);
  return { origin, save };
}

describe('ifExists: "rename"', () => {
  test("saves beside what is there, under the next free number", async () => {
    const { save } = await start();
    for (const name of ["call.wav", "call (1).wav"]) await writeFile(join(folder, name), "mine");
    expect((await save("call.wav", { ifExists: "rename" })).path).toBe(
      join(folder, "call (2).wav"),
    );
    expect(await readFile(join(folder, "call.wav"), "utf8")).toBe("mine");
    expect(await readFile(join(folder, "call (1).wav"), "utf8")).toBe("mine");
  });

  test("gives each of many at once a name of its own", async () => {
    const { save } = await start();
    const all = Array.from({ length: 6 }, () => save("call.wav", { ifExists: "rename" }));
    const paths = (await Promise.all(all)).map(({ path }) => path);
    expect(new Set(paths).size).toBe(6);
    expect(await readdir(folder)).toHaveLength(6);
  });
});

describe('ifExists: "skip-if-same"', () => {
  test("keeps a file that has the same bytes, and does not touch it", async () => {
    const { save } = await start();
    const path = join(folder, "call.wav");
    await writeFile(path, audio);
    await utimes(path, 1_000_000, 1_000_000);
    const saved = await save("call.wav", { ifExists: "skip-if-same" });
    expect(saved).toMatchObject({ path, size: audio.length, kept: true });
    expect((await stat(path)).mtimeMs).toBe(1_000_000_000);
    expect(await readdir(folder)).toEqual(["call.wav"]);
  });

  test.each<[string, Uint8Array]>([
    ["another size", noise(10)],
    ["other bytes of the same size", noise(audio.length, 7)],
  ])("refuses a file of %s", async (_, mine) => {
    const { save } = await start();
    await writeFile(join(folder, "call.wav"), mine);
    const saving = save("call.wav", { ifExists: "skip-if-same" });
    await expect(saving).rejects.toMatchObject({ name: "FileExistsError" });
    expect(Buffer.compare(await readFile(join(folder, "call.wav")), mine)).toBe(0);
    expect(await readdir(folder)).toEqual(["call.wav"]);
  });

  test("saves where nothing is", async () => {
    const { save } = await start();
    expect((await save("call.wav", { ifExists: "skip-if-same" })).kept).toBe(false);
  });
});

describe("what the disk refuses is a DiskError that names the path and Node's code", () => {
  test("a folder that is a file", async () => {
    const { origin, save } = await start();
    await writeFile(join(folder, "file"), "mine");
    await expect(save("file/call.wav")).rejects.toMatchObject({
      name: "DiskError",
      code: "ENOTDIR",
    });
    expect(origin.requests).toEqual([]);
  });

  test("a name that is too long", async () => {
    const { save } = await start();
    await expect(save(`${"x".repeat(300)}.wav`)).rejects.toMatchObject({
      name: "DiskError",
      code: "ENAMETOOLONG",
    });
  });

  test.skipIf(process.platform === "win32").each([
    ["and nothing is left", "fresh", []],
    [
      "and with resume what came is kept",
      "resume",
      [
        expect.stringMatching(/^\.[0-9a-f]{32}\.part$/),
        expect.stringMatching(/^\.[0-9a-f]{32}\.part\.json$/),
      ],
    ],
  ])("a file that may not grow any more, %s", async (_, how, left) => {
    const { origin, save } = await start();
    const helper = resolve(import.meta.dirname, "../../dist/helpers/saving/save-or-tell.js");
    const target = join(folder, "call.wav");
    const args = [helper, origin.origin, projectId, recordingId, target, how];
    // A limit of the shell on the size of files, 200 blocks of 1 KiB, stands for a full disk.
    const limited = ["-c", 'ulimit -f 200; exec "$0" "$@"', process.execPath, ...args];
    const { stdout } = await promisify(execFile)("bash", limited);
    expect(JSON.parse(stdout)).toMatchObject({ name: "DiskError", code: "EFBIG" });
    expect((await readdir(folder)).sort()).toEqual(left);
    if (how === "resume")
      expect((await save("call.wav", { resume: true })).size).toBe(audio.length);
  });
});
