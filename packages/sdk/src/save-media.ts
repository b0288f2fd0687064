import { basename, dirname, join, resolve, sep } from "node:path";
import { checkObject } from "./call-options.js";
import type { Client } from "./client.js";
import { type IfExists, ifExistsValues } from "./collision.js";
import { linkSignal } from "./deadline.js";
import { onDisk, statOrUndefined } from "./disk.js";
import { DiskThread } from "./disk-thread.js";
import { OptionError } from "./errors.js";
import { fileNameOf } from "./file-name.js";
import type { DownloadOptions, MediaSource, TrustedMedium } from "./media.js";
import { FileExistsError } from "./save-errors.js";
import { save } from "./save-job.js";

/** How far a save has come. */
export interface SaveProgress {
  /** Bytes on disk so far, those of an earlier partial included. */
  readonly loaded: number;
  /** Bytes in all; `undefined` where the platform does not announce it. */
  readonly total: number | undefined;
  /** Bytes a second, on average since this call began. */
  readonly rate: number;
}

/** Options of {@link saveMedia}. */
export interface SaveOptions extends Omit<DownloadOptions, "range" | "ifRange"> {
  /**
   * What to do when the target file exists: refuse, before any request where the name is known;
   * replace it; save beside it as `name (1).ext`; or keep it if it has the very same bytes (which
   * downloads and compares them, but writes nothing), else refuse.
   * @default "error"
   */
  readonly ifExists?: IfExists;
  /**
   * Whether a save that fails leaves its bytes beside the target, as `.NAME.….part` with the note
   * `.NAME.part.json`, for a later one to go on with, in this process or another. Media whose
   * version no strong entity tag proves start over.
   * @default false
   */
  readonly resume?: boolean;
  /**
   * Over how many connections at once a large medium is downloaded, 1–16; each gets 1 MiB or more.
   * @default 1
   */
  readonly segments?: number;
  /**
   * Called after each write, of about 256 KiB (1 MiB where the medium has 8 MiB or more) or what is
   * left. A promise it returns is awaited; what it throws ends the save.
   */
  readonly onProgress?: (progress: SaveProgress) => unknown;
}

/** A medium on disk. */
export interface SavedMedia {
  /** The file's absolute path. */
  readonly path: string;
  /** Its size in bytes. */
  readonly size: number;
  /** The SHA-256 of its bytes, lower-case hex. */
  readonly sha256: string;
  /** Its media type, as the platform sent it. */
  readonly contentType: string | undefined;
  /** Whether the file was there before, with the same bytes (`ifExists: "skip-if-same"`). */
  readonly kept: boolean;
}

const mostSegments = 16;

/**
 * Downloads one medium to disk. The bytes land in a hidden file beside the target, are flushed, and
 * take the target's name in one step: the target is absent or whole, never half. If anything fails
 * the hidden file is removed, unless `resume` keeps it.
 *
 * @param source a media URL, a reference or an item of a listing, as in `client.media.download`
 * @param target a file's path; or a folder's (an existing one, or any that ends in a separator),
 *   and then the file is named by the medium's id and type. Missing folders are made.
 * @throws FileExistsError if the file exists, as `ifExists` says
 * @throws DiskError if the file system refuses: full, no permission
 * @throws whatever `client.media.download` and its body throw
 */
export async function saveMedia(
  client: Client,
  source: MediaSource,
  target: string,
  options: SaveOptions = {},
): Promise<SavedMedia> {
  const given = checkObject(options);
  const { ifExists = "error", resume, segments, onProgress, waitUntilReady, ...project } = given;
  if (typeof target !== "string" || target === "") {
    throw new OptionError("target", "the path of a file or folder");
  }
  if (typeof client?.media?.download !== "function") {
    throw new OptionError("client", "a client made by createClient");
  }
  checkSave(options);
  // Which refuses what is left of the options and is not its own.
  const medium = await client.media.resolve(source, project);
  const found = await onDisk(target, () => statOrUndefined(target));
  const isFolder = found?.isDirectory() ?? /[\\/]$/.test(target.replaceAll(sep, "/"));
  if (found && !isFolder && ifExists === "error") throw new FileExistsError(resolve(target));
  const thread = new DiskThread();
  try {
    return await saveTrusted(client, medium, { path: target, isFolder, thread }, options);
  } finally {
    thread.close();
  }
}

/** Where a medium is saved. */
export interface SavePlace {
  /** The file's path or the folder's. */
  readonly path: string;
  readonly isFolder: boolean;
  readonly thread: DiskThread;
  /**
   * For one of many: the names that the folder held when the saving of many began, which is then not
   * looked at for each, nor flushed.
   */
  readonly names?: ReadonlySet<string>;
}

/** What {@link saveMedia} does once its medium is trusted and its options are checked. */
export async function saveTrusted(
  client: Client,
  { ref, url }: TrustedMedium,
  { path: target, isFolder, thread, names }: SavePlace,
  options: SaveOptions,
): Promise<SavedMedia> {
  const { ifExists = "error", resume = false, segments = 1, onProgress, ...download } = options;
  // The type, and with it a file's extension, is known only later; the reference names the partial.
  const named = resolve(isFolder ? join(target, fileNameOf(ref, undefined)) : target);
  const life = linkSignal(download.signal);
  try {
    return await save({
      client,
      ref,
      url: url.href,
      download: { ...download, signal: life.signal },
      abort: life.abort,
      pathFor: (fileName) => resolve(isFolder ? join(target, fileName) : target),
      sidecar: join(dirname(named), `.${basename(named)}.part.json`),
      ifExists,
      resume,
      segments,
      thread,
      isOfMany: names !== undefined,
      mayExist: (path) => !isFolder || names === undefined || names.has(basename(path)),
      onProgress,
    });
  } finally {
    life.unlink();
  }
}

/** @throws OptionError for an option that no save can have */
export function checkSave({
  ifExists = "error",
  segments = 1,
  onProgress,
}: Pick<SaveOptions, "ifExists" | "segments"> & { readonly onProgress?: unknown }): void {
  if (onProgress !== undefined && typeof onProgress !== "function") {
    throw new OptionError("onProgress", "a function");
  }
  if (!ifExistsValues.includes(ifExists)) {
    throw new OptionError("ifExists", `one of ${ifExistsValues.join(", ")}`);
  }
  if (!Number.isInteger(segments) || segments < 1 || segments > mostSegments) {
    throw new OptionError("segments", `a whole number from 1 to ${mostSegments}`);
  }
}
