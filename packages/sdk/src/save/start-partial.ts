import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { strongTag } from "../download/byte-range.js";
import type { MediaDownload } from "../download/media.js";
import { codeOf } from "../trust/masking.js";
import { onDisk } from "./disk.js";
import { PartLock } from "./part-lock.js";
import { Partial, type Version } from "./partial.js";
import type { SaveJob } from "./save-job.js";
import { splitInto } from "./segments.js";

/** Begins the file that a medium is written through, in the folder of its target. */
export function startPartial(job: SaveJob, media: MediaDownload, path: string): Promise<Partial> {
  return onDisk(path, () =>
    inFolderOf(path, async () => {
      const version = versionOf(job, media);
      const folder = dirname(path);
      if (!version) return Partial.startPassing(folder, splitInto(1, media.contentLength));
      const segments = splitInto(job.segments, version.size);
      // Where another save has what a later one would go on with, this one does without.
      const lock = job.resume ? await PartLock.take(job.place.lock) : undefined;
      if (!lock) return Partial.startPassing(folder, segments, version.tag);
      try {
        return await Partial.start(job.place, lock, version, segments);
      } catch {
        // Something else is in its place, or the disk refuses the other one, too.
        await lock.release();
        return Partial.startPassing(folder, segments, version.tag);
      }
    }),
  );
}

/** The version of a medium, if it is provable. */
function versionOf(job: SaveJob, media: MediaDownload): Version | undefined {
  const { contentLength: size, etag, acceptsRanges } = media;
  const tag = strongTag(etag ?? null);
  const provable = tag !== undefined && size !== undefined && acceptsRanges;
  return provable ? { url: job.url, tag, size } : undefined;
}

/** Does it, and makes the folder only if that is what was missing. */
async function inFolderOf<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    await mkdir(dirname(path), { recursive: true });
    return work();
  }
}
