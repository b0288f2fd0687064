import { dirname } from "node:path";
import { onDisk } from "./disk.js";
import { landingSize } from "./disk-thread.js";
import type { Landed } from "./disk-work.js";
import { readerOf } from "./download.js";
import type { MediaDownload } from "./media.js";
import { partPath, passingPath, type Version } from "./partial.js";
import type { SaveJob } from "./save-job.js";

/** Whether a medium, one of many, is so small that the thread makes its file in one go. */
export async function isLanded(job: SaveJob, { contentLength }: MediaDownload): Promise<boolean> {
  const isSmall = contentLength !== undefined && contentLength <= landingSize;
  return isSmall && job.isOfMany && (await job.thread.isUsable());
}

/**
 * Reads a small medium, and has the thread make its file.
 *
 * @param version where it is provable
 * @param keep puts aside, for a later save, what came before the reading failed
 */
export async function landSmall(
  job: SaveJob,
  media: MediaDownload,
  path: string,
  version: Version | undefined,
  keep: (bytes: Uint8Array) => Promise<void>,
): Promise<Landed> {
  const { thread, ifExists, sidecar } = job;
  const { signal } = job.download;
  const buffer = thread.takeBuffer();
  const bytes = new Uint8Array(buffer);
  const reader = readerOf(media);
  let at = 0;
  try {
    // It gives as many bytes as were announced, or fails.
    for (;;) {
      const chunk = await reader.read();
      if (chunk === undefined) break;
      bytes.set(chunk, at);
      at += chunk.length;
    }
  } catch (error) {
    if (at > 0 && !signal.aborted) await onDisk(path, () => keep(bytes.subarray(0, at)));
    thread.giveBuffer(buffer);
    throw error;
  }
  signal.throwIfAborted();
  const part = version ? partPath(sidecar, version) : passingPath(dirname(path));
  const landing = { part, isNew: version === undefined, path, ifExists, buffer, size: at };
  return onDisk(path, () => thread.land(landing));
}
