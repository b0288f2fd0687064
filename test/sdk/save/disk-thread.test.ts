import { createHash } from "node:crypto";
import { appendFile, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { IfExists } from "../../../packages/sdk/dist/save/collision.js";
import { DiskThread, landingSize } from "../../../packages/sdk/dist/save/disk-thread.js";
import { noise } from "../../helpers/values/noise.js";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

let folder: string;
let thread: DiskThread;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "disk-thread-"));
  thread = new DiskThread();
});

afterEach(async () => {
  thread.close();
  await rm(folder, { recursive: true });
});

/** Lands the bytes as the file `name`. */
function land(bytes: Uint8Array, name: string, ifExists: IfExists = "error") {
  const buffer = thread.takeBuffer();
  new Uint8Array(buffer).set(bytes);
  const part = join(folder, name, "..", ".part");
  const path = join(folder, name);
  return thread.land({ part, path, ifExists, buffer, size: bytes.length });
}

describe("a landing", () => {
  test("makes a file of exactly the bytes, and nothing else", async () => {
    const bytes = noise(landingSize, 1);
    expect(await land(bytes, "a.wav")).toEqual({
      path: join(folder, "a.wav"),
      sha256: sha256(bytes),
    });
    expect(Buffer.compare(await readFile(join(folder, "a.wav")), bytes)).toBe(0);
    expect(await readdir(folder)).toEqual(["a.wav"]);
  });

  test("leaves nothing of the medium that had the buffer before", async () => {
    await land(noise(200_000, 1), "long.wav");
    const short = noise(10, 2);
    await land(short, "short.wav");
    expect(Buffer.compare(await readFile(join(folder, "short.wav")), short)).toBe(0);
  });

  test("makes the folders that are missing", async () => {
    const { path } = await land(noise(10, 1), "in/a/new/folder.wav");
    expect(path).toBe(join(folder, "in/a/new/folder.wav"));
  });

  test.each<[IfExists, string | undefined, string]>([
    ["error", undefined, "there before"],
    ["skip-if-same", undefined, "there before"],
    ["overwrite", "a.wav", "new bytes"],
    ["rename", "a (1).wav", "there before"],
  ])("where the target exists, ifExists: %s", async (ifExists, name, left) => {
    await writeFile(join(folder, "a.wav"), "there before");
    const { path } = await land(Buffer.from("new bytes"), "a.wav", ifExists);
    expect(path).toBe(name && join(folder, name));
    expect(await readFile(join(folder, "a.wav"), "utf8")).toBe(left);
    expect((await readdir(folder)).sort()).toEqual(
      name === "a (1).wav" ? ["a (1).wav", "a.wav"] : ["a.wav"],
    );
  });

  test("follows no link that waits where it would write first", async () => {
    await writeFile(join(folder, "elsewhere"), "untouched");
    await symlink(join(folder, "elsewhere"), join(folder, ".part"));
    await expect(land(noise(10, 1), "a.wav")).rejects.toMatchObject({ code: "EEXIST" });
    expect(await readFile(join(folder, "elsewhere"), "utf8")).toBe("untouched");
  });

  test("goes on beside another thread that lands the same medium", async () => {
    const other = new DiskThread();
    const bytes = noise(3000, 1);
    const path = join(folder, "a.wav");
    const landing = (by: DiskThread, index: number) => {
      const buffer = by.takeBuffer();
      new Uint8Array(buffer).set(bytes);
      const part = join(folder, `.${index}.part`);
      return by.land({ part, path, ifExists: "rename", buffer, size: bytes.length });
    };
    for (let round = 0; round < 50; round++) await Promise.all([thread, other].map(landing));
    other.close();
    const names = await readdir(folder);
    expect(names).toHaveLength(100);
    for (const name of names) expect((await readFile(join(folder, name))).equals(bytes)).toBe(true);
  });

  test("tells Node's code of what the disk refuses, leaves nothing, and goes on", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(land(noise(10, 1), "file/a.wav")).rejects.toMatchObject({ code: "ENOTDIR" });
    const name = `${"n".repeat(300)}.wav`;
    await expect(land(noise(10, 1), name)).rejects.toMatchObject({ code: "ENAMETOOLONG" });
    expect(await readdir(folder)).toEqual(["file"]);
    expect((await land(noise(10, 1), "a.wav")).path).toBe(join(folder, "a.wav"));
  });
});

describe("a hash behind the writer", () => {
  test("is that of the whole file, however it was told of it", async () => {
    const bytes = noise(5_000_000, 3);
    const path = join(folder, "large.wav");
    await writeFile(path, "");
    const hash = thread.hashBehind(path);
    for (const [start, end] of [
      [0, 1],
      [1, 1_048_577],
      [1_048_577, 5_000_000],
    ] as const) {
      await appendFile(path, bytes.subarray(start, end));
      hash.reach(end);
    }
    expect(await hash.digest()).toBe(sha256(bytes));
  });

  test("is of several files at a time", async () => {
    const files = [4, 5, 6].map((seed) => ({
      path: join(folder, `${seed}.wav`),
      bytes: noise(100_000, seed),
    }));
    for (const { path, bytes } of files) await writeFile(path, bytes);
    const hashes = files.map(({ path }) => thread.hashBehind(path));
    for (const end of [40_000, 100_000]) for (const hash of hashes) hash.reach(end);
    const digests = await Promise.all(hashes.map((hash) => hash.digest()));
    expect(digests).toEqual(files.map(({ bytes }) => sha256(bytes)));
  });

  test("is not told where the file is missing, or shorter than was told", async () => {
    const missing = thread.hashBehind(join(folder, "missing.wav"));
    missing.reach(10);
    expect(await missing.digest()).toBeUndefined();
    await writeFile(join(folder, "short.wav"), "12345");
    const short = thread.hashBehind(join(folder, "short.wav"));
    short.reach(10);
    expect(await short.digest()).toBeUndefined();
  });
});

test("a thread that has ended has no hash, and what lands then is landed without it", async () => {
  await land(noise(10, 1), "a.wav");
  thread.close();
  const hash = thread.hashBehind(join(folder, "a.wav"));
  hash.reach(10);
  expect(await hash.digest()).toBeUndefined();
  const bytes = noise(10, 2);
  expect(await land(bytes, "b.wav")).toEqual({
    path: join(folder, "b.wav"),
    sha256: sha256(bytes),
  });
  await expect(land(bytes, `${"n".repeat(300)}.wav`)).rejects.toMatchObject({
    code: "ENAMETOOLONG",
  });
  expect((await readdir(folder)).sort()).toEqual(["a.wav", "b.wav"]);
});

test("what is landing when the thread ends is told as canceled, since it may be there or not", async () => {
  await land(noise(10, 1), "a.wav");
  const landing = land(noise(landingSize, 1), "b.wav");
  thread.close();
  await expect(landing).rejects.toMatchObject({
    message: "the disk thread has ended",
    code: "ECANCELED",
  });
});
