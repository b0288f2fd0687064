import { dirname } from "node:path";
import { readerOf } from "../download/download.js";
import type { MediaDownload } from "../download/media.js";
import { onDisk, writeAll } from "./disk.js";
import { landingSize } from "./disk-thread.js";
import type { Landed, Landing } from "./disk-work.js";
import { refuseUnlessSame } from "./into-place.js";
import { passingPath } from "./part-place.js";
import type { Asked, Named, SaveJob } from "./save-job.js";
import type { Finish, SavedMedia } from "./save-options.js";
import { startPartial } from "./start-partial.js";

/** A small medium in memory, at the beginning of a buffer of the thread's; its size in bytes. */
type Small = Pick<Landing, "buffer" | "size">;

/**
 * The way of a small medium of many: read whole into memory, and made a file in one go. `undefined` for
 * any other medium.
 */
export async function receiveWhole(
  job: SaveJob,
  asked: Asked,
  path: string,
): Promise<Finish<Named & Pick<SavedMedia, "size" | "sha256">> | undefined> {
  const { media } = asked;
  if (asked.partial || !isLanded(job, media)) return undefined;
  const small = await readSmall(job, media, async (bytes) => {
    const begun = await startPartial(job, media, path);
    asked.partial = begun;
    const [segment] = begun.segments;
    if (segment) await onDisk(path, () => writeAll(begun.file, [bytes], segment));
  });
  const { size } = small;
  return async () => {
    const landed = await onDisk(path, () => landSmall(job, small, path));
    const { path: moved, sha256 } = landed;
    if (moved === undefined) await onDisk(path, () => refuseUnlessSame(job, path, size, sha256));
    return { path: moved ?? path, kept: moved === undefined, size, sha256 };
  };
}

/** Whether a medium, one of many, is so small that its file is made in one go. */
function isLanded(job: SaveJob, { contentLength }: MediaDownload): boolean {
  return job.isOfMany && contentLength !== undefined && contentLength <= landingSize;
}

/**
 * Reads the whole of a small medium.
 *
 * @param keep puts aside, for a later save, what came before the reading failed
 */
async function readSmall(
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

/** Has its file made, from one that no other save knows of. */
async function landSmall(job: SaveJob, small: Small, path: string): Promise<Landed> {
  const { thread, ifExists } = job;
  return thread.land({ part: passingPath(dirname(path)), path, ifExists, ...small });
}
