import { mkdir, opendir } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import type { Client } from "../client/client.js";
import { checkReady } from "../download/download.js";
import type { MediaSource, TrustedMedium } from "../download/media.js";
import { OptionError } from "../errors.js";
import { checkObject, checkRequest } from "../options/call-options.js";
import { checkProjectId } from "../options/option-values.js";
import { maskUrl } from "../trust/masking.js";
import { ProbableSet } from "./digest-table.js";
import { hashFile, onDisk, statOrUndefined, syncFolder } from "./disk.js";
import { DiskThread } from "./disk-thread.js";
import { Manifest, type ManifestEntry } from "./manifest.js";
import type { RunningSave, SaveAllProgress, SaveAllReport } from "./report.js";
import { DiskError, SaveAllError } from "./save-errors.js";
import { receiveTrusted } from "./save-media.js";
import {
  checkPath,
  checkSave,
  type Finish,
  type SaveOptions,
  type SaveProgress,
} from "./save-options.js";
import { concernsAll, SaveRun } from "./save-run.js";
import { checkSources, type MediaSources, sizeOf, withoutSecrets } from "./sources.js";

/** Options of {@link saveAll}. */
export interface SaveAllOptions extends Omit<SaveOptions, "onProgress" | "resume"> {
  /**
   * How many media are downloaded at a time.
   * @default 4
   */
  readonly concurrency?: number | undefined;
  /**
   * Where the manifest is: one JSON object a line for each medium saved, `ref`, `url`, `path`
   * (relative to the folder), `size` in bytes, `sha256` and `time`.
   * @default "manifest.jsonl" in the folder
   */
  readonly manifest?: string | undefined;
  /**
   * How a file that the manifest names is verified, before its medium is not asked for again: by its
   * size and SHA-256, which reads all of it, or by its size alone, which is enough where nothing but
   * `saveAll` writes there.
   * @default "hash"
   */
  readonly verify?: "hash" | "size" | undefined;
  /**
   * The longest pause, in milliseconds, when the platform asks for one (`Retry-After`) that is longer
   * than the client's `retry.maxRetryAfter`. One such answer holds for all: nothing is asked for until
   * it is over. A longer one ends the run, and `report.left` tells what it had taken.
   * @default 300000
   */
  readonly maxPause?: number | undefined;
  /**
   * How many media in a row may fail for one reason that would be any other's, too: a status such as
   * 403 or 503, no connection. Then the run ends. Media that are missing do not count.
   * @default 10
   */
  readonly maxFailures?: number | undefined;
  /**
   * Called after each medium, and after each write of one that is not small, about 256 KiB. A promise it
   * returns is awaited; what it throws ends the call.
   */
  readonly onProgress?: ((progress: SaveAllProgress) => unknown) | undefined;
}

/**
 * Saves many media into one folder, and notes each in a manifest. Run again, also after `kill -9`,
 * it downloads only what is missing: files the manifest names are verified by size and SHA-256 and
 * replaced if they do not match, partials are gone on with, and an unknown file of the same name is
 * kept if it has the same bytes (`ifExists`, default `"skip-if-same"`).
 *
 * A medium that cannot be saved does not stop the others; what concerns them all ends the run at once:
 * a full disk, refused credentials, a source that fails, what a hook throws. A platform that asks to
 * wait is waited for by all, and one that refuses one medium after the other is left alone.
 *
 * @param sources URLs, references or items of a listing, such as `client.recordings.list()`; read
 *   no faster than they are saved: ahead of the disk by `concurrency` and 32 more at most
 * @throws SaveAllError when some failed, or the run ended before its sources did; its `report` tells
 * @throws OptionError for options with which no medium could be saved, before anything is asked for
 */
export async function saveAll(
  client: Client,
  sources: MediaSources,
  folder: string,
  options: SaveAllOptions = {},
): Promise<SaveAllReport> {
  const checked = checkObject(options);
  const { concurrency = 4, manifest: named, maxPause = 300_000, maxFailures = 10 } = checked;
  const { verify = "hash", onProgress, ...others } = checked;
  const { concurrency: _, manifest: __, maxPause: ___, maxFailures: ____, ...each } = others;
  const { ifExists, segments, waitUntilReady, ...ofCall } = each;
  const { projectId, ...request } = ofCall;
  checkRequest(request);
  if (projectId !== undefined) checkProjectId(projectId);
  checkReady(waitUntilReady);
  checkCount("concurrency", concurrency);
  checkCount("maxFailures", maxFailures);
  if (typeof maxPause !== "number" || !(maxPause >= 0)) {
    throw new OptionError("maxPause", "milliseconds, 0 or more");
  }
  if (verify !== "hash" && verify !== "size") throw new OptionError("verify", '"hash" or "size"');
  checkPath("folder", folder);
  if (named !== undefined) checkPath("manifest", named);
  checkSave(options);
  checkSources(sources);
  if (typeof client?.media?.download !== "function") {
    throw new OptionError("client", "a client made by createClient");
  }
  await onDisk(folder, () => mkdir(folder, { recursive: true }));
  // One look at the folder in place of several for each medium.
  const names = await onDisk(folder, () => namesIn(folder));
  const path = named ?? join(folder, "manifest.jsonl");
  const found = await onDisk(path, () => statOrUndefined(path));
  // A pipe could be read for ever.
  if (found && !found.isFile()) throw new OptionError("manifest", "the path of a file");
  const manifest = await onDisk(path, () => Manifest.open(path));
  const iterator =
    Symbol.asyncIterator in sources ? sources[Symbol.asyncIterator]() : sources[Symbol.iterator]();
  const failed: { source: MediaSource; error: unknown }[] = [];
  const left: MediaSource[] = [];
  let [saved, kept, bytes] = [0, 0, 0];
  const total = sizeOf(sources);
  const running = new Set<{ -readonly [Name in keyof RunningSave]: RunningSave[Name] }>();
  const thread = new DiskThread();
  const run = new SaveRun(request.signal, { maxPause, maxFailures });
  const inRun = { ...each, signal: run.signal };

  /** The file of an earlier run, if it is in the folder, and not the manifest itself. */
  const fileOf = (entry: ManifestEntry | undefined): string | undefined => {
    const at = entry && resolve(folder, entry.path);
    const isOurs = at?.startsWith(join(resolve(folder), sep)) && at !== resolve(path);
    return isOurs ? at : undefined;
  };

  async function receive(
    medium: TrustedMedium,
    entry: ManifestEntry | undefined,
  ): Promise<Finish<void>> {
    const { ref, url } = medium;
    const noted = fileOf(entry);
    if (
      entry &&
      noted !== undefined &&
      (await onDisk(noted, () => isIntact(noted, entry, verify, run.signal)))
    ) {
      return async () => {
        kept++;
      };
    }
    const isFolder = noted === undefined;
    const place = { path: noted ?? folder, isFolder, thread, names };
    // What the manifest names is ours to mend.
    const ifExists = isFolder ? (each.ifExists ?? "skip-if-same") : "overwrite";
    const item = { ref, loaded: 0, size: undefined };
    const how = { ...inRun, ifExists, resume: true, onProgress: onProgress && follow(item) };
    const done = () => void running.delete(item);
    const finish = await receiveTrusted(client, medium, place, how).catch((error: unknown) => {
      done();
      throw error;
    });
    return async () => {
      const result = await finish().finally(done);
      const { size, sha256 } = result;
      const time = new Date().toISOString();
      const at = relative(folder, result.path);
      const line = { ref, url: url.href, path: at, size, sha256, time };
      await onDisk(path, () => manifest.add(line));
      if (result.kept) {
        kept++;
      } else {
        saved++;
        bytes += size;
      }
    };
  }

  /** @throws what concerns more than this medium */
  function fail(source: MediaSource, error: unknown): void {
    const ofRun = error instanceof DiskError && error.path === path;
    if (run.signal.aborted || ofRun || concernsAll(error)) throw error;
    failed.push({ source, error });
  }

  /** Counts it among those that are under way; answers what tells of its bytes. */
  function follow(item: { loaded: number; size: number | undefined } & Pick<RunningSave, "ref">) {
    running.add(item);
    return ({ loaded, total: size }: SaveProgress) => {
      Object.assign(item, { loaded, size });
      return tell();
    };
  }

  async function tell(): Promise<void> {
    if (run.signal.aborted) return;
    const now = [...running].map((one) => ({ ...one }));
    const progress = { saved, kept, failed: failed.length, bytes, total, running: now };
    await run.unlessOver(Promise.resolve(onProgress?.(progress)));
  }

  async function work(): Promise<void> {
    while (!run.isOver) {
      // Raced, since a source that waits for its platform need not obey the signal.
      const next = await run.unlessOver(Promise.resolve(iterator.next())).catch(run.stop);
      if (!next || next.done) break;
      const source = next.value;
      const isUrl = typeof source === "string" || source instanceof URL;
      // What is no URL of a medium may hold a secret, which an error must not show.
      let tellable = isUrl ? maskUrl(source) : withoutSecrets(source);
      let finish: Finish<void> | undefined;
      try {
        const medium = await client.media.resolve(source, ofCall);
        if (isUrl) tellable = medium.url.href;
        const known = await onDisk(path, async () => manifest.take(medium.url.href));
        if (known.isTaken) continue;
        finish = await run.attempt(() => receive(medium, known.entry));
      } catch (error) {
        fail(tellable, error);
        await tell();
        continue;
      }
      if (!finish) {
        left.push(tellable);
        continue;
      }
      // The connection is free for the next one meanwhile.
      await run.meanwhile(async () => {
        try {
          await finish();
          run.succeeded();
        } catch (error) {
          run.count(error);
          fail(tellable, error);
        }
        await tell();
      });
    }
  }

  const workers = Array.from({ length: concurrency }, () =>
    // What fails first ends what the others are at.
    work().catch((error: unknown) => run.fail(error)),
  );
  await Promise.all(workers);
  await run.idle();
  // Aborted while nobody was at anything, as before the first.
  if (run.signal.aborted) run.fail(run.signal.reason);
  run.close();
  thread.close();
  const { fatal, endedEarly } = run;
  const closing = onDisk(path, () => manifest.close());
  // What failed first is what the caller needs to know.
  await (fatal ? closing.catch(() => {}) : closing);
  await syncFolder(folder);
  if (fatal || endedEarly) {
    // Told to end, but not waited for: a source may never answer.
    new Promise((ended) => ended(iterator.return?.())).catch(() => {});
  }
  if (fatal) throw fatal.error;
  const { tornLines } = manifest;
  const report = {
    ...{ saved, kept, bytes, failed, left },
    ...(endedEarly && { endedEarly }),
    ...(tornLines > 0 && { tornLines }),
  };
  if (failed.length > 0 || endedEarly) throw new SaveAllError(report);
  return report;
}

async function isIntact(
  path: string,
  { size, sha256 }: ManifestEntry,
  verify: "hash" | "size",
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const found = await statOrUndefined(path);
  if (!found?.isFile() || found.size !== size) return false;
  return verify === "size" || (await hashFile(path, signal)) === sha256;
}

/** The names in a folder; one that seems to be there is only looked at. */
async function namesIn(folder: string): Promise<ProbableSet> {
  const names = new ProbableSet();
  for await (const { name } of await opendir(folder, { bufferSize: 1024 })) names.add(name);
  return names;
}

function checkCount(option: string, value: unknown): void {
  if (Number.isInteger(value) && Number(value) >= 1) return;
  throw new OptionError(option, "a whole number, 1 or more");
}
