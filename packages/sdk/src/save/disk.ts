import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, lstat, open, stat, unlink } from "node:fs/promises";
import { isRecord, isSdkError } from "../errors.js";
import { codeOf } from "../trust/masking.js";
import { DiskError } from "./save-errors.js";

/**
 * Does something on the disk; what Node's file system refuses becomes a {@link DiskError}.
 *
 * @param path what the error names
 */
export async function onDisk<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const code = diskCodeOf(error);
    if (code === undefined || isSdkError(error)) throw error;
    throw new DiskError(path, code, { cause: error });
  }
}

/**
 * The code of an error that Node's file system made. By what only those have, since a reason that the
 * caller aborts with may have a code of its own.
 */
export function diskCodeOf(error: unknown): string | undefined {
  const isDisk = isRecord(error) && ("syscall" in error || typeof error["errno"] === "number");
  return isDisk ? codeOf(error) : undefined;
}

/** What is at the path itself, be it a link; `undefined` if nothing is. */
export async function lstatOrUndefined(path: string) {
  try {
    return await lstat(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** What is at the path; `undefined` if nothing is. */
export async function statOrUndefined(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Removes a file, if it is there. */
export async function removeFile(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (codeOf(error) !== "ENOENT") throw error;
  });
}

/**
 * Writes all of the chunks at `at.next` and moves that on, by what was written even if the rest is
 * refused: one `writev` may stop short on a nearly full disk.
 */
export async function writeAll(
  file: FileHandle,
  chunks: readonly Uint8Array[],
  at: { next: number },
): Promise<void> {
  const start = at.next;
  const { bytesWritten } = await file.writev(chunks, start);
  at.next += bytesWritten;
  let end = start;
  for (const chunk of chunks) {
    end += chunk.length;
    while (at.next < end) {
      const rest = chunk.subarray(chunk.length - (end - at.next));
      at.next += (await file.write(rest, 0, rest.length, at.next)).bytesWritten;
    }
  }
}

/** The SHA-256 of a file, lower-case hex; rejects with the signal's reason if that comes first. */
export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    signal?.throwIfAborted();
    hash.update(chunk);
  }
  return hash.digest("hex");
}

/** Makes the renames in a folder survive a power failure, where folders can be flushed. */
export async function syncFolder(path: string): Promise<void> {
  // Windows and some network shares cannot; there a rename is as durable as they make it.
  const folder = await open(path, "r").catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
}
