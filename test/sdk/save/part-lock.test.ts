import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PartLock } from "../../../packages/sdk/dist/save/part-lock.js";

// Which of several saves may write to a partial: whoever has its lock, wherever the others are.

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "part-lock-"));
  path = join(folder, ".x.part.lock");
});

afterEach(() => rm(folder, { recursive: true }));

/** Whether another thread of this process gets the lock. */
async function thread(): Promise<boolean> {
  const module = new URL("../../../packages/sdk/dist/save/part-lock.js", import.meta.url);
  const program = `
    const { parentPort, workerData } = require("node:worker_threads");
    import(workerData.module).then(async ({ PartLock }) => {
      parentPort.postMessage((await PartLock.take(workerData.path)) !== undefined);
    });
  `;
  const workerData = { module: module.href, path };
  const worker = new Worker(program, { eval: true, workerData, execArgv: [] });
  try {
    return await new Promise<boolean>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
    });
  } finally {
    await worker.terminate();
  }
}

describe("a lock that is held", () => {
  test("is nobody else's in this thread, under another spelling of the folder either", async () => {
    const lock = await PartLock.take(path);
    expect(lock).toBeDefined();
    expect(await PartLock.take(path)).toBeUndefined();
    await symlink(folder, `${folder}-link`);
    try {
      expect(await PartLock.take(join(`${folder}-link`, ".x.part.lock"))).toBeUndefined();
    } finally {
      await rm(`${folder}-link`);
    }
    await lock?.release();
    expect(await readdir(folder)).toEqual([]);
  });

  test("is not another thread's, whose copy of the SDK knows nothing of ours", async () => {
    const lock = await PartLock.take(path);
    expect(await thread()).toBe(false);
    await lock?.release();
    expect(await thread()).toBe(true);
  });
});

describe("a lock that was left", () => {
  const owner = { pid: process.pid, host: hostname(), token: "another" };
  const began = Math.round(Date.now() - process.uptime() * 1000);

  test.each<[string, unknown, boolean]>([
    ["by a process that had this one's id before it", { ...owner, started: began - 60_000 }, true],
    ["by one of an earlier version of this SDK", owner, true],
    ["by another thread of this process", { ...owner, started: began }, false],
    ["by another machine", { ...owner, host: "another", started: began }, false],
    ["by a process that has ended", { ...owner, pid: 2 ** 22 + 1, started: began }, true],
    ["by nobody who can be known", "{", true],
  ])("%s", async (_, text, isTaken) => {
    await writeFile(path, typeof text === "string" ? text : JSON.stringify(text));
    const lock = await PartLock.take(path);
    expect(lock !== undefined).toBe(isTaken);
    await lock?.release();
    expect(await readdir(folder)).toEqual(isTaken ? [] : [".x.part.lock"]);
  });

  test("a folder in its place stays, with what is in it", async () => {
    await mkdir(path);
    await writeFile(join(path, "mine"), "untouched");
    expect(await PartLock.take(path)).toBeUndefined();
    expect(await readFile(join(path, "mine"), "utf8")).toBe("untouched");
    expect(await readdir(folder)).toEqual([".x.part.lock"]);
  });
});
