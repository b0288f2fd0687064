import { createHash, type Hash } from "node:crypto";
import {
  closeSync,
  constants,
  fsync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { codeOf } from "../trust/masking.js";
import { type IfExists, moveInto } from "./collision.js";

// What the disk thread does. It waits for the disk, which the event loop must not; and a medium of
// a few kilobytes costs it one message, not six trips to the thread pool, each dearer than the disk.

/** A whole medium that is to become a file. */
export interface Landing {
  /** Where it is written first, beside the target; nothing is there. */
  readonly part: string;
  /** The target. */
  readonly path: string;
  readonly ifExists: IfExists;
  /** The bytes, at the beginning of a buffer that comes back. */
  readonly buffer: ArrayBuffer;
  /** How many there are. */
  readonly size: number;
}

/** What became of it. */
export interface Landed {
  /** The path it got; `undefined` if the target is taken. */
  readonly path: string | undefined;
  /** Lower-case hex. */
  readonly sha256: string;
}

const flushOpen = promisify(fsync);

async function flush(file: number, path: string): Promise<void> {
  try {
    await flushOpen(file);
  } catch (error) {
    if (codeOf(error) !== "ERR_ACCESS_DENIED") throw error;
    // Node's permission model forbids it by a number, and allows it by a handle.
    const handle = await open(path, "r+");
    await handle.sync().finally(() => handle.close());
  }
}

/**
 * Writes and flushes a file beside its target, and gives it the target's name; or leaves nothing. What
 * is landed meanwhile is flushed at the same time, which costs a disk hardly more than one flush does.
 */
export async function land({ part, path, ifExists, buffer, size }: Landing): Promise<Landed> {
  const bytes = new Uint8Array(buffer, 0, size);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const file = openInFolder(part);
  let landed: string | undefined;
  try {
    for (let at = 0; at < size; ) {
      at += writeSync(file, bytes, at, size - at, at);
    }
    await flush(file, part);
    landed = moveInto({ part, file, path, ifExists });
  } finally {
    if (landed === undefined) rmSync(part, { force: true });
    closeSync(file);
  }
  return { path: landed, sha256 };
}

/** Makes the folder only if that is what was missing. */
function openInFolder(path: string): number {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL;
  try {
    return openSync(path, flags);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, flags);
  }
}

/** How many bytes are read at a time. */
const readSize = 2 ** 20;

/** The SHA-256 of a file that is still being written. */
export class FileHash {
  private readonly file: number;
  private readonly hash: Hash = createHash("sha256");
  private readonly buffer = new Uint8Array(readSize);
  private at = 0;

  constructor(path: string) {
    this.file = openSync(path, "r");
  }

  /** Goes on to an offset, before which everything is written. */
  reach(end: number): void {
    while (this.at < end) {
      const length = Math.min(readSize, end - this.at);
      const read = readSync(this.file, this.buffer, 0, length, this.at);
      if (read === 0) throw new Error("the file is shorter than what was written");
      this.hash.update(this.buffer.subarray(0, read));
      this.at += read;
    }
  }

  /** Lower-case hex. */
  digest(): string {
    return this.hash.digest("hex");
  }

  close(): void {
    closeSync(this.file);
  }
}
