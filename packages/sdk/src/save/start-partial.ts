import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { strongTag } from "../download/byte-range.js";
import type { MediaDownload } from "../download/media.js";
import { codeOf } from "../trust/masking.js";
import { onDisk } from "./disk.js";
import { Partial, type Segment, type Version } from "./partial.js";
import type { SaveJob } from "./save-job.js";

/** The smallest part of a medium that is worth a connection of its own, in bytes. */
const smallestSegment = 2 ** 20;

/** Begins the file that a medium is written through, in the folder of its target. */
export function startPartial(job: SaveJob, media: MediaDownload, path: string): Promise<Partial> {
  return onDisk(path, () =>
    inFolderOf(path, async () => {
      const version = versionOf(job, media);
      const folder = dirname(path);
      if (!version) return Partial.startPassing(folder, splitInto(1, media.contentLength));
      const segments = splitInto(job.segments, version.size);
      if (!job.resume) return Partial.startPassing(folder, segments, version.tag);
      return Partial.start(job.sidecar, version, segments);
    }),
  );
}

/** The version of a medium, if it is provable. */
export function versionOf(job: SaveJob, media: MediaDownload): Version | undefined {
  const { contentLength: size, etag, acceptsRanges } = media;
  const tag = strongTag(etag ?? null);
  const provable = tag !== undefined && size !== undefined && acceptsRanges;
  return provable ? { url: job.url, tag, size } : undefined;
}

/** Cuts a medium into at most so many segments, about equal and none too small. */
function splitInto(count: number, size: number | undefined): Segment[] {
  if (size === undefined) return [{ start: 0, end: undefined, next: 0 }];
  const segments = Math.max(1, Math.min(count, Math.floor(size / smallestSegment)));
  return Array.from({ length: segments }, (_, index) => {
    const start = Math.floor((size * index) / segments);
    return { start, end: Math.floor((size * (index + 1)) / segments) - 1, next: start };
  });
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
