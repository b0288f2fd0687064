import { createHash, type Hash } from "node:crypto";
import {
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { codeOf } from "../trust/masking.js";
import { detach, type IfExists, isAt, moveInto } from "./collision.js";
import { passingPath } from "./partial.js";

// What the disk thread does. It waits for the disk, which the event loop must not; and a medium of
// a few kilobytes costs it one message, not six trips to the thread pool, each dearer than the disk.

/** A whole medium that is to become a file. */
export interface Landing {
  /** Where it is written first, beside the target. */
  readonly part: string;
  /** Whether nothing may be at `part`; else there may be bytes of the same version. */
  readonly isNew: boolean;
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

/** Writes and flushes a file beside its target, and gives it the target's name; or leaves nothing. */
export function land(landing: Landing): Landed {
  const { part, isNew, path, buffer, size } = landing;
  const bytes = new Uint8Array(buffer, 0, size);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  try {
    if (!isNew) detach(part);
    return { path: landAt(part, bytes, landing), sha256 };
  } catch (error) {
    if (isNew || codeOf(error) !== "ENOENT") throw error;
    // Another save of the same version took it away, which cannot happen to a name of its own.
    const own = { ...landing, isNew: true };
    return { path: landAt(passingPath(dirname(path)), bytes, own), sha256 };
  }
}

function landAt(
  part: string,
  bytes: Uint8Array,
  { isNew, path, ifExists, size }: Landing,
): string | undefined {
  const file = openInFolder(part, isNew);
  let landed: string | undefined;
  try {
    for (let at = 0; at < size; ) {
      at += writeSync(file, bytes, at, size - at, at);
    }
    fsyncSync(file);
    landed = moveInto(part, file, path, ifExists);
  } finally {
    if (landed === undefined && isAt(part, file)) rmSync(part, { force: true });
    closeSync(file);
  }
  return landed;
}

/** Makes the folder only if that is what was missing. */
function openInFolder(path: string, isNew: boolean): number {
  const flags = constants.O_RDWR | constants.O_CREAT | (isNew ? constants.O_EXCL : 0);
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
