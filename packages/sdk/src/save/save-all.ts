import { mkdir, readdir } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import type { Client } from "../client/client.js";
import type { MediaSource, TrustedMedium } from "../download/media.js";
import { isSdkError, OptionError } from "../errors.js";
import { unlessAborted } from "../http/deadline.js";
import { checkObject, checkRequest } from "../options/call-options.js";
import { checkProjectId } from "../options/option-values.js";
import { maskUrl } from "../trust/masking.js";
import { hashFile, onDisk, statOrUndefined, syncFolder } from "./disk.js";
import { DiskThread } from "./disk-thread.js";
import { Manifest, type ManifestEntry } from "./manifest.js";
import type { SaveAllProgress, SaveAllReport } from "./report.js";
import { SaveAllError } from "./save-errors.js";
import { saveTrusted } from "./save-media.js";
import { checkSave, type SaveOptions } from "./save-options.js";

/** Options of {@link saveAll}. */
export interface SaveAllOptions extends Omit<SaveOptions, "onProgress" | "resume"> {
  /**
   * How many media are downloaded at a time.
   * @default 4
   */
  readonly concurrency?: number;
  /**
   * Where the manifest is: one JSON object a line for each medium saved, `ref`, `url`, `path`
   * (relative to the folder), `size` in bytes, `sha256` and `time`.
   * @default "manifest.jsonl" in the folder
   */
  readonly manifest?: string;
  /** Called after each medium. A promise it returns is awaited; what it throws ends the call. */
  readonly onProgress?: (progress: SaveAllProgress) => unknown;
}

/**
 * Saves many media into one folder, and notes each in a manifest. Run again, also after `kill -9`,
 * it downloads only what is missing: files the manifest names are verified by size and SHA-256 and
 * replaced if they do not match, partials are gone on with, and an unknown file of the same name is
 * kept if it has the same bytes (`ifExists`, default `"skip-if-same"`).
 *
 * A medium that cannot be saved does not stop the others; what concerns them all does: a full disk,
 * refused credentials, a source that fails, what a hook throws.
 *
 * @param sources URLs, references or items of a listing, such as `client.recordings.list()`; read
 *   no faster than they are saved
 * @throws SaveAllError when all have been tried and some failed; its `report` lists them
 */
export async function saveAll(
  client: Client,
  sources: AsyncIterable<MediaSource> | Iterable<MediaSource>,
  folder: string,
  options: SaveAllOptions = {},
): Promise<SaveAllReport> {
  const { concurrency = 4, manifest: manifestPath, onProgress, ...each } = checkObject(options);
  const { ifExists, segments, waitUntilReady, projectId, ...request } = each;
  const project = {
    ...checkRequest(request),
    ...(projectId !== undefined && { projectId: checkProjectId(projectId) }),
  };
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new OptionError("concurrency", "a whole number, 1 or more");
  }
  if (typeof folder !== "string" || folder === "") {
    throw new OptionError("folder", "the path of a folder");
  }
  checkSave(options);
  await onDisk(folder, () => mkdir(folder, { recursive: true }));
  // One look at the folder in place of several for each medium.
  const names = new Set(await onDisk(folder, () => readdir(folder)));
  // Before there is anything to close, since it throws for what cannot be iterated.
  const iterator =
    Symbol.asyncIterator in sources ? sources[Symbol.asyncIterator]() : sources[Symbol.iterator]();
  const path = manifestPath ?? join(folder, "manifest.jsonl");
  const manifest = await onDisk(path, () => Manifest.open(path));
  const failed: { source: MediaSource; error: unknown }[] = [];
  let [saved, kept, bytes] = [0, 0, 0];
  const seen = new Set<string>();
  const thread = new DiskThread();

  /** The file of an earlier run, if it is in the folder. */
  const fileOf = (entry: ManifestEntry | undefined): string | undefined => {
    const at = entry && resolve(folder, entry.path);
    return at?.startsWith(join(resolve(folder), sep)) ? at : undefined;
  };

  async function saveOne(medium: TrustedMedium): Promise<void> {
    const { ref, url } = medium;
    const entry = manifest.entryOf(url.href);
    const noted = fileOf(entry);
    if (
      entry &&
      noted !== undefined &&
      (await onDisk(noted, () => isIntact(noted, entry, each.signal)))
    ) {
      kept++;
      return;
    }
    const isFolder = noted === undefined;
    const place = { path: noted ?? folder, isFolder, thread, names };
    // What the manifest names is ours to mend.
    const ifExists = isFolder ? (each.ifExists ?? "skip-if-same") : "overwrite";
    const result = await saveTrusted(client, medium, place, { ...each, ifExists, resume: true });
    const { size, sha256 } = result;
    const time = new Date().toISOString();
    const at = relative(folder, result.path);
    const line = { ref, url: url.href, path: at, size, sha256, time };
    await onDisk(path, async () => manifest.add(line));
    if (result.kept) {
      kept++;
    } else {
      saved++;
      bytes += size;
    }
  }

  let over = false;
  async function work(): Promise<void> {
    while (!over) {
      // Raced, since a source that waits for its platform need not obey the signal.
      const next = await unlessAborted(each.signal, Promise.resolve(iterator.next()));
      if (next.done) break;
      const source = next.value;
      const isUrl = typeof source === "string" || source instanceof URL;
      // What is no URL of a medium may hold a secret, which an error must not show.
      let tellable = isUrl ? maskUrl(source) : withoutSecrets(source);
      try {
        const medium = await client.media.resolve(source, project);
        if (isUrl) tellable = medium.url.href;
        if (seen.has(medium.url.href)) continue;
        seen.add(medium.url.href);
        await saveOne(medium);
      } catch (error) {
        if (each.signal?.aborted || concernsAll(error)) throw error;
        failed.push({ source: tellable, error });
      }
      await onProgress?.({ saved, kept, failed: failed.length, bytes });
    }
  }

  const workers = Array.from({ length: concurrency }, () =>
    work().finally(() => {
      over = true;
    }),
  );
  const results = await Promise.allSettled(workers);
  thread.close();
  const broken = results.find((result) => result.status === "rejected");
  const closing = onDisk(path, () => manifest.close());
  // What failed first is what the caller needs to know.
  await (broken ? closing.catch(() => {}) : closing);
  await syncFolder(folder);
  if (broken) {
    // Told to end, but not waited for: a source may never answer.
    new Promise((ended) => ended(iterator.return?.())).catch(() => {});
    throw broken.reason;
  }
  const report = { saved, kept, bytes, failed };
  if (failed.length > 0) throw new SaveAllError(report);
  return report;
}

async function isIntact(
  path: string,
  { size, sha256 }: ManifestEntry,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const found = await statOrUndefined(path);
  return found?.size === size && (await hashFile(path, signal)) === sha256;
}

/** A callback's item whose URL is no medium's, and so what anybody wrote. */
function withoutSecrets(source: Exclude<MediaSource, string | URL>): MediaSource {
  const { ref, url } = { ref: undefined, url: undefined, ...source };
  return ref === undefined && typeof url === "string" ? { ...source, url: maskUrl(url) } : source;
}

/** Whether no other medium would fare better, or the error is not of our making, such as a hook's. */
function concernsAll(error: unknown): boolean {
  if (!isSdkError(error)) return true;
  return error.name === "DiskError" || error.name === "AuthenticationError";
}
