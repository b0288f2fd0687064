import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { createClient } from "@media-protection/sdk";
import { saveAll } from "@media-protection/sdk/node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type MediaOriginOptions, startMediaOrigin } from "../../helpers/origins/media-origin.js";
import { noise } from "../../helpers/values/noise.js";

const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
const recording = { kind: "recording", recordingId: projectId } as const;
const name = `${projectId}.wav`;
const small = noise(100_000, 7);

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "save-small-"));
});

afterEach(() => rm(folder, { recursive: true }));

async function start(options?: MediaOriginOptions) {
  const origin = await startMediaOrigin(small, options);
  const client = createClient({
    space: origin.origin,
    projectId,
    apiToken: "PT-synthetic",
    retry: { retries: 0 },
  });
  return { origin, save: () => saveAll(client, [recording], folder) };
}

async function expectSaved() {
  expect((await readdir(folder)).sort()).toEqual([name, "manifest.jsonl"]);
  expect(Buffer.compare(await readFile(join(folder, name)), small)).toBe(0);
}

describe("a small medium of many, whose connection breaks", () => {
  test("is gone on with by a later run, if its version is provable", async () => {
    const { origin, save } = await start({ cutAfter: () => 30_000 });
    await using _ = origin;
    await expect(save()).rejects.toMatchObject({ name: "SaveAllError" });
    expect((await readdir(folder)).filter((found) => found.endsWith(".part.json"))).toHaveLength(1);
    origin.serve(small);
    await save();
    expect(origin.ranges()).toEqual([undefined, "bytes=30000-99999"]);
    await expectSaved();
  });

  test("leaves nothing, and starts over, if it is not", async () => {
    const { origin, save } = await start({ etag: null, cutAfter: () => 30_000 });
    await using _ = origin;
    await expect(save()).rejects.toMatchObject({ name: "SaveAllError" });
    expect(await readdir(folder)).toEqual(["manifest.jsonl"]);
    origin.serve(small, { etag: null });
    await save();
    expect(origin.ranges()).toEqual([undefined, undefined]);
    await expectSaved();
  });
});

test.skipIf(process.platform === "win32")(
  "a disk that has no room for what came before a cut is told as a DiskError",
  async () => {
    // Cut once it sent something of no provable version, which is not asked for again.
    const cutAfter = () => 60_000;
    const { origin } = await start({ etag: null, cutAfter });
    await using _ = origin;
    const helper = resolve(import.meta.dirname, "../../dist/helpers/saving/save-or-tell.js");
    const args = [helper, origin.origin, projectId, projectId, folder, "many"];
    // A limit of the shell on the size of files, 20 blocks of 1 KiB, stands for a full disk.
    const limited = ["-c", 'ulimit -f 20; exec "$0" "$@"', process.execPath, ...args];
    const { stdout } = await promisify(execFile)("bash", limited);
    expect(JSON.parse(stdout)).toMatchObject({ name: "DiskError", code: "EFBIG" });
    expect(await readdir(folder)).toEqual(["manifest.jsonl"]);
  },
);

test("where no thread may be started, small and large media are saved all the same", async () => {
  const large = noise(9_000_000, 8);
  await using origin = await startMediaOrigin(small);
  const helper = resolve(import.meta.dirname, "../../dist/helpers/saving/save-without-thread.js");
  const major = Number.parseInt(process.versions.node, 10);
  const permission = major < 23 ? "--experimental-permission" : "--permission";
  const flags = [permission, "--allow-fs-read=*", "--allow-fs-write=*", "--no-warnings"];
  if (major >= 25) flags.push("--allow-net");
  const save = async (how: string) => {
    const argv = [...flags, helper, origin.origin, projectId, folder, how];
    const { stdout } = await promisify(execFile)(process.execPath, argv);
    return JSON.parse(stdout);
  };
  expect(await save("many")).toEqual({
    saved: 1,
    kept: 0,
    bytes: small.length,
    failed: [],
    left: [],
  });
  await expectSaved();
  origin.serve(large);
  expect(await save("large")).toMatchObject({ size: large.length });
  expect(Buffer.compare(await readFile(join(folder, "large.wav")), large)).toBe(0);
});
