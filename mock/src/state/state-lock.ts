/**
 * One server at a time uses a state: the file `<state>.lock` says which.
 */

import { randomBytes } from "node:crypto";
import { link, open, readFile, rename, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { codeOf } from "./disk.js";

/** Whoever holds a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, since its number may be another's by now; empty where the system does not tell. */
  readonly started: string;
}

/** A state that another server uses. */
export class LockedError extends Error {
  override readonly name = "LockedError";
}

/** What this process holds: where nobody tells when a process began, its own number says nothing. */
const ours = new Set<string>();

/**
 * Takes the lock of a state. One whose process is not there any more, as after `kill -9`, is taken over.
 *
 * @returns what gives it back.
 * @throws LockedError while another server has it.
 */
export async function lockState(file: string): Promise<() => Promise<void>> {
  const lock = `${file}.lock`;
  if (ours.has(lock)) throw new LockedError("another server of this process uses it");
  // Before anything is waited for, so that two of one process cannot both come here.
  ours.add(lock);
  try {
    await takeLock(lock);
  } catch (error) {
    ours.delete(lock);
    throw error;
  }
  return async () => {
    await rm(lock, { force: true });
    ours.delete(lock);
  };
}

async function takeLock(lock: string): Promise<void> {
  const own: Holder = {
    pid: process.pid,
    host: hostname(),
    started: (await startOf(process.pid)) ?? "",
  };
  // Each turn takes away one lock that is nobody's; more than a few mean that others do the same.
  for (let turn = 0; turn < 10; turn++) {
    if (await createLock(lock, JSON.stringify(own))) return;
    const text = await readFile(lock, "utf8").catch(() => undefined);
    if (text === undefined) continue;
    const holder = readHolder(text);
    if (holder !== undefined && (await isThere(holder))) {
      throw new LockedError(describe(holder, own.host, lock));
    }
    await takeAway(lock, text);
  }
  throw new LockedError("other servers try to use it at the same time");
}

/** Writes a lock where there is none: a file that is whole from the beginning. */
async function createLock(lock: string, text: string): Promise<boolean> {
  const beside = `${lock}.${randomBytes(8).toString("hex")}.tmp`;
  const handle = await open(beside, "wx", 0o600);
  try {
    await handle.writeFile(text);
    await handle.close();
    // Unlike a rename, it fails where there is a file of the name.
    await link(beside, lock);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    await rm(beside, { force: true });
  }
}

/** Removes a lock that is nobody's, unless somebody else has put one of their own there meanwhile. */
async function takeAway(lock: string, text: string): Promise<void> {
  const aside = `${lock}.${randomBytes(8).toString("hex")}.tmp`;
  try {
    await rename(lock, aside);
    if ((await readFile(aside, "utf8")) !== text) await link(aside, lock);
  } catch (error) {
    const code = codeOf(error);
    if (code !== "ENOENT" && code !== "EEXIST") throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

function readHolder(text: string): Holder | undefined {
  try {
    const { pid, host, started } = JSON.parse(text);
    const is = Number.isSafeInteger(pid) && pid > 0;
    return is && typeof host === "string" ? { pid, host, started: String(started) } : undefined;
  } catch {
    // Whole when it was written, so it is not ours.
    return undefined;
  }
}

/** Whether the holder runs. Of another machine, or another container, nobody here can tell. */
async function isThere({ pid, host, started }: Holder): Promise<boolean> {
  if (host !== hostname()) return true;
  // This process has no lock there, so it is one of its number that ended.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // It may belong to somebody else, and then it is there.
    if (codeOf(error) !== "EPERM") return false;
  }
  const now = await startOf(pid);
  return now === undefined || started === "" || now === started;
}

/** When a process began: its boot and the ticks since (proc(5)). `undefined` where that is not told. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8");
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // The name, second of the fields, is in parentheses and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A process that was killed stays in the list until its parent has asked how it ended.
    return fields[0] === "Z" ? "ended" : `${boot.trim()} ${fields[19]}`;
  } catch {
    return undefined;
  }
}

function describe({ pid, host }: Holder, own: string, lock: string): string {
  return host === own
    ? `the server with the process id ${pid} uses it`
    : `the server with the process id ${pid} on ${host} uses it, as ${lock} says; remove that file if it has ended`;
}
