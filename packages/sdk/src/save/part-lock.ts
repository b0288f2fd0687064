import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { link, open, rename, unlink, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { isRecord } from "../errors.js";
import { codeOf } from "../trust/masking.js";
import { lstatOrUndefined, removeFile } from "./disk.js";

/**
 * This thread of this process, or this copy of the SDK in it. Another process may have had the same id,
 * as in a container each has; that one began at another time.
 */
const token = randomUUID();
const started = Math.round(Date.now() - process.uptime() * 1000);

/** How far apart two readings of when one process began may be, in milliseconds. */
const startedWithin = 2000;

/** The locks that this process holds. */
const held = new Set<string>();

/** Milliseconds after which a lock of another machine or thread, which nobody touched since, is abandoned. */
const abandonedAfter = 600_000;

/**
 * Which of several saves may write to a partial, in this process or another: whoever made the file
 * beside it. One that a killed process left is taken over.
 */
export class PartLock {
  private readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /**
   * Takes it; `undefined` if somebody else has it.
   *
   * @throws Error with the code that Node gave, `ENOENT` where there is no folder
   */
  static async take(path: string): Promise<PartLock | undefined> {
    if (held.has(path)) return undefined;
    held.add(path);
    try {
      for (let attempt = 0; attempt < 3; attempt++) {
        if (await make(path)) return new PartLock(path);
        if (!(await isStale(path)) || !(await takeAway(path))) break;
      }
    } catch (error) {
      held.delete(path);
      throw error;
    }
    held.delete(path);
    return undefined;
  }

  /** Shows other machines that the save goes on. */
  async touch(): Promise<void> {
    const now = new Date();
    await utimes(this.path, now, now).catch(() => {});
  }

  /** Lets others have it. */
  async release(): Promise<void> {
    await removeFile(this.path).catch(() => {});
    held.delete(this.path);
  }
}

/** Makes the file, with its text in it from the beginning; answers whether it was not there. */
async function make(path: string): Promise<boolean> {
  const text = JSON.stringify({ pid: process.pid, host: hostname(), started, token });
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, text, { flag: "wx", mode: 0o600 });
    await link(draft, path);
    return true;
  } catch (error) {
    const code = codeOf(error) ?? "";
    if (code === "EEXIST") return false;
    // File systems without hard links.
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(code)) throw error;
    return writeFile(path, text, { flag: "wx", mode: 0o600 }).then(
      () => true,
      () => false,
    );
  } finally {
    await removeFile(draft).catch(() => {});
  }
}

/** What a lock says; `undefined` if it is gone or makes no sense. */
async function read(path: string): Promise<{ text: string; touched: number } | undefined> {
  // Neither a link nor a pipe is one of ours.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const file = await open(path, flags).catch(() => undefined);
  try {
    const found = await file?.stat();
    if (!file || !found?.isFile() || found.size > 4096) return undefined;
    return { text: await file.readFile("utf8"), touched: found.mtimeMs };
  } finally {
    await file?.close();
  }
}

async function isStale(path: string): Promise<boolean> {
  const lock = await read(path);
  // A folder in its place is none of ours to remove.
  if (!lock) return (await lstatOrUndefined(path))?.isDirectory() !== true;
  let owner: unknown;
  try {
    owner = JSON.parse(lock.text);
  } catch {
    return true;
  }
  if (!isRecord(owner) || typeof owner["pid"] !== "number") return true;
  const isAbandoned = Date.now() - lock.touched > abandonedAfter;
  if (owner["host"] !== hostname()) return isAbandoned;
  if (owner["token"] === token) return !held.has(path);
  if (owner["pid"] === process.pid) {
    const isOfThisProcess = Math.abs(Number(owner["started"]) - started) < startedWithin;
    return isOfThisProcess ? isAbandoned : true;
  }
  return !isRunning(owner["pid"]);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** Removes a stale lock; false if another process did so first, and has it now. */
async function takeAway(path: string): Promise<boolean> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return true;
    throw error;
  }
  if (await isStale(aside)) {
    await unlink(aside);
    return true;
  }
  // It was not the stale one any more: put back.
  await link(aside, path).catch(() => {});
  await unlink(aside);
  return false;
}
