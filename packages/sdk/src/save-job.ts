import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { strongTag } from "./byte-range.js";
import type { Client } from "./client.js";
import { isAt, moveInto } from "./collision.js";
import { hashFile, onDisk, statOrUndefined, syncFolder } from "./disk.js";
import type { DiskThread } from "./disk-thread.js";
import { isMediaProtectionError } from "./errors.js";
import { compare, fill, splitInto } from "./fill.js";
import { fillSmall, isLanded, landSmall, readSmall, writeBeginning } from "./land-small.js";
import { codeOf } from "./masking.js";
import type { DownloadOptions, MediaDownload } from "./media.js";
import type { MediaRef } from "./media-reference.js";
import { Partial, type Version } from "./partial.js";
import { discard } from "./response-body.js";
import { FileExistsError } from "./save-errors.js";
import type { SavedMedia, SaveOptions } from "./save-media.js";

/** One save, its options checked and its medium trusted. */
export interface SaveJob extends Required<Pick<SaveOptions, "ifExists" | "resume" | "segments">> {
  readonly client: Client;
  readonly ref: MediaRef;
  /** The medium's URL, without credentials. */
  readonly url: string;
  /** The options of each request; the signal is the job's own. */
  readonly download: DownloadOptions & { readonly signal: AbortSignal };
  /** Ends every connection of the job. */
  readonly abort: (reason: unknown) => void;
  /** The target's path, once the name of the medium is known. */
  readonly pathFor: (fileName: string) => string;
  /** Where the note about a partial is. */
  readonly sidecar: string;
  /** Whether it is worth looking for a file. */
  readonly mayExist: (path: string) => boolean;
  /** Hashes large media; writes small ones of many. */
  readonly thread: DiskThread;
  /** Whether it is one of many: the folder is then flushed by the caller, once for all. */
  readonly isOfMany: boolean;
  readonly onProgress: SaveOptions["onProgress"];
}

/** Saves one medium: what is there of it, the rest, and the step into place. */
export async function save(job: SaveJob): Promise<SavedMedia> {
  const { client, ref, pathFor, ifExists } = job;
  let partial: Partial | undefined;
  let media: MediaDownload | undefined;
  try {
    ({ partial, media } = await resumePartial(job));
    const first = media ?? (await client.media.download(ref, job.download));
    media = first;
    const { contentType } = first;
    const path = pathFor(first.fileName);
    const there = job.mayExist(path) && (await onDisk(path, () => statOrUndefined(path)));
    if (there && ifExists === "error") throw new FileExistsError(path);
    if (there && ifExists === "skip-if-same" && !partial) {
      return { ...(await compare(path, there.size, first)), path, contentType, kept: true };
    }
    const begin = async () => {
      const begun = await onDisk(path, () =>
        inFolderOf(path, () => startPartial(job, first, dirname(path))),
      );
      partial = begun;
      return begun;
    };
    const small =
      !partial && isLanded(job, first)
        ? await readSmall(job, first, async (bytes) => {
            const begun = await begin();
            await onDisk(path, () => writeBeginning(begun, bytes));
          })
        : undefined;
    if (small && (await job.thread.isUsable())) {
      const version = job.resume ? versionOf(job, first) : undefined;
      const landed = await onDisk(path, () => landSmall(job, small, path, version));
      const { path: moved, sha256 } = landed;
      if (moved === undefined) await onDisk(path, () => refuseUnlessSame(path, ifExists, sha256));
      const { size } = small;
      return { path: moved ?? path, size, sha256, contentType, kept: moved === undefined };
    }
    const filled = partial ?? (await begin());
    const sha256 = small
      ? await onDisk(path, () => fillSmall(filled, small))
      : await fill(filled, first, job);
    const { path: part, file, loaded: size } = filled;
    const moved = await onDisk(path, async () => {
      // Another save of the same version may have moved it there already.
      const mayBeSame = ifExists === "skip-if-same" && !isAt(part, file.fd);
      return mayBeSame ? undefined : moveInto(part, file.fd, path, ifExists);
    });
    if (moved === undefined) await onDisk(path, () => refuseUnlessSame(path, ifExists, sha256));
    await onDisk(path, () => (moved === undefined ? filled.discard() : filled.finish()));
    if (moved !== undefined && !job.isOfMany) await syncFolder(dirname(moved));
    return { path: moved ?? path, size, sha256, contentType, kept: moved === undefined };
  } catch (error) {
    // Bytes that merely came to an early end are worth keeping; others may be wrong.
    const wrong =
      isMediaProtectionError(error) && error.name === "IntegrityError" && error.reason !== "cut";
    // What failed first is what the caller needs to know, not what tidying up made of it.
    await (wrong ? partial?.discard() : partial?.leave())?.catch(() => {});
    if (media && !media.body.locked) discard(media.body, error);
    throw error;
  }
}

/**
 * What an earlier save left, and its rest; or, if the medium has changed since, the whole of the new
 * version; or nothing.
 */
async function resumePartial(
  job: SaveJob,
): Promise<{ partial: Partial | undefined; media: MediaDownload | undefined }> {
  const { resume, sidecar, url, client, ref, download } = job;
  const look = resume && job.mayExist(sidecar);
  const partial = look ? await onDisk(sidecar, () => Partial.find(sidecar, url)) : undefined;
  if (!partial) return { partial, media: undefined };
  try {
    const [first] = partial.missing();
    const range = { start: first?.next ?? 0, ...(first?.end !== undefined && { end: first.end }) };
    const tag = partial.tag !== undefined && { ifRange: partial.tag };
    const media = await client.media.download(ref, { ...download, range, ...tag });
    if (media.range) return { partial, media };
    await onDisk(sidecar, () => partial.discard());
    return { partial: undefined, media };
  } catch (error) {
    // Not even its range is there any more, or a server that knows no `If-Range` sent it of another
    // version.
    const gone =
      isMediaProtectionError(error) &&
      ("status" in error
        ? error.status === 416
        : error.name === "IntegrityError" && error.reason === "changed");
    await (gone ? partial.discard() : partial.leave());
    if (gone) return { partial: undefined, media: undefined };
    throw error;
  }
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

/** The version of a medium, if it is provable. */
function versionOf(job: SaveJob, media: MediaDownload): Version | undefined {
  const { contentLength: size, etag, acceptsRanges } = media;
  const tag = strongTag(etag ?? null);
  const provable = tag !== undefined && size !== undefined && acceptsRanges;
  return provable ? { url: job.url, tag, size } : undefined;
}

async function startPartial(job: SaveJob, media: MediaDownload, folder: string): Promise<Partial> {
  const version = versionOf(job, media);
  if (!version) return Partial.startPassing(folder, splitInto(1, media.contentLength));
  const segments = splitInto(job.segments, version.size);
  if (!job.resume) return Partial.startPassing(folder, segments, version.tag);
  return Partial.start(job.sidecar, version, segments);
}

/** @throws FileExistsError unless the file that is there has the same bytes, and may stay */
async function refuseUnlessSame(
  path: string,
  ifExists: SaveJob["ifExists"],
  sha256: string,
): Promise<void> {
  if (ifExists === "skip-if-same" && (await hashFile(path)) === sha256) return;
  throw new FileExistsError(path);
}
