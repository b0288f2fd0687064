import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { writeAll } from "./disk.js";
import { landingSize } from "./disk-thread.js";
import type { Landed, Landing } from "./disk-work.js";
import { readerOf } from "./download.js";
import type { MediaDownload } from "./media.js";
import { type Partial, partPath, passingPath, type Version } from "./partial.js";
import type { SaveJob } from "./save-job.js";

/** A small medium in memory, at the beginning of a buffer of the thread's; its size in bytes. */
type Small = Pick<Landing, "buffer" | "size">;

/** Whether a medium, one of many, is so small that its file is made in one go. */
export function isLanded(job: SaveJob, { contentLength }: MediaDownload): boolean {
  return job.isOfMany && contentLength !== undefined && contentLength <= landingSize;
}

/**
 * Reads the whole of a small medium.
 *
 * @param keep puts aside, for a later save, what came before the reading failed
 */
export async function readSmall(
  job: SaveJob,
  media: MediaDownload,
  keep: (bytes: Uint8Array) => Promise<void>,
): Promise<Small> {
  const { thread, download } = job;
  const buffer = thread.takeBuffer();
  const bytes = new Uint8Array(buffer);
  const reader = readerOf(media);
  let size = 0;
  try {
    // It gives as many bytes as were announced, or fails.
    for (;;) {
      const chunk = await reader.read();
      if (chunk === undefined) break;
      bytes.set(chunk, size);
      size += chunk.length;
    }
    download.signal.throwIfAborted();
    return { buffer, size };
  } catch (error) {
    if (size > 0 && !download.signal.aborted) await keep(bytes.subarray(0, size));
    thread.giveBuffer(buffer);
    throw error;
  }
}

/**
 * Has the thread make its file.
 *
 * @param version where it is provable
 */
export async function landSmall(
  { thread, sidecar, ifExists }: SaveJob,
  small: Small,
  path: string,
  version: Version | undefined,
): Promise<Landed> {
  const part = version ? partPath(sidecar, version) : passingPath(dirname(path));
  return thread.land({ part, isNew: version === undefined, path, ifExists, ...small });
}

/** Fills a partial with it, where there is no thread; answers its SHA-256, lower-case hex. */
export async function fillSmall(partial: Partial, { buffer, size }: Small): Promise<string> {
  const bytes = new Uint8Array(buffer, 0, size);
  await writeBeginning(partial, bytes);
  await partial.flush();
  return createHash("sha256").update(bytes).digest("hex");
}

/** Writes the first bytes of a partial that has none. */
export async function writeBeginning(partial: Partial, bytes: Uint8Array): Promise<void> {
  const [segment] = partial.segments;
  if (segment) await writeAll(partial.file, [bytes], segment);
}
