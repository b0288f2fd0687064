import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { strongTag } from "./byte-range.js";
import type { Client } from "./client.js";
import { moveInto } from "./collision.js";
import { hashFile, onDisk, statOrUndefined, syncFolder } from "./disk.js";
import { isMediaProtectionError } from "./errors.js";
import { compare, fill, splitInto } from "./fill.js";
import { codeOf } from "./masking.js";
import type { DownloadOptions, MediaDownload } from "./media.js";
import type { MediaRef } from "./media-reference.js";
import { Partial } from "./partial.js";
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
  /** Whether to flush the folder, too; a caller that saves many does so once. */
  readonly syncsFolder: boolean;
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
    const filled =
      partial ?? (await onDisk(path, () => inFolderOf(path, () => startPartial(job, first, path))));
    partial = filled;
    const sha256 = await fill(filled, first, job);
    const { path: part, loaded: size } = filled;
    const saved = await onDisk(path, () => moveOrKeep(part, path, ifExists, sha256));
    await onDisk(path, () => (saved === undefined ? filled.discard() : filled.finish()));
    if (saved !== undefined && job.syncsFolder) await syncFolder(dirname(saved));
    return { path: saved ?? path, size, sha256, contentType, kept: saved === undefined };
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

async function startPartial(job: SaveJob, media: MediaDownload, path: string): Promise<Partial> {
  const { contentLength: size, etag, acceptsRanges } = media;
  const tag = strongTag(etag ?? null);
  const provable = tag !== undefined && size !== undefined && acceptsRanges;
  if (!provable) return Partial.startPassing(dirname(path), splitInto(1, size));
  const segments = splitInto(job.segments, size);
  if (!job.resume) return Partial.startPassing(dirname(path), segments, tag);
  return Partial.start(job.sidecar, { url: job.url, tag, size }, segments);
}

/** The path the file got; `undefined` if one with the same bytes has appeared and may stay. */
async function moveOrKeep(
  part: string,
  path: string,
  ifExists: SaveJob["ifExists"],
  sha256: string,
): Promise<string | undefined> {
  try {
    return await moveInto(part, path, ifExists);
  } catch (error) {
    const appeared = ifExists === "skip-if-same" && error instanceof FileExistsError;
    if (appeared && (await hashFile(path)) === sha256) return undefined;
    throw error;
  }
}
