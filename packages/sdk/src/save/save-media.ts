import { basename, join, resolve, sep } from "node:path";
import type { Client } from "../client/client.js";
import { fileNameOf } from "../download/file-name.js";
import type { MediaSource, TrustedMedium } from "../download/media.js";
import { OptionError } from "../errors.js";
import { linkSignal } from "../http/deadline.js";
import { checkObject } from "../options/call-options.js";
import { onDisk, statOrUndefined } from "./disk.js";
import { DiskThread } from "./disk-thread.js";
import { partPlace } from "./part-place.js";
import { FileExistsError } from "./save-errors.js";
import {
  checkPath,
  checkSave,
  type Finish,
  type SavedMedia,
  type SaveOptions,
} from "./save-options.js";
import { receive } from "./save-steps.js";

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
  checkPath("target", target);
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
    const finish = await receiveTrusted(
      client,
      medium,
      { path: target, isFolder, thread },
      options,
    );
    return await finish();
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
  readonly names?: { has(name: string): boolean };
}

/** What {@link saveMedia} does once its medium is trusted and its options are checked. */
export async function receiveTrusted(
  client: Client,
  { ref, url, contentType }: TrustedMedium,
  { path: target, isFolder, thread, names }: SavePlace,
  options: SaveOptions,
): Promise<Finish<SavedMedia>> {
  const { ifExists = "error", resume = false, segments = 1, onProgress, ...download } = options;
  // The type, and with it a file's extension, is known only later; the reference names the partial.
  const named = resolve(isFolder ? join(target, fileNameOf(ref, undefined)) : target);
  const life = linkSignal(download.signal);
  try {
    const finish = await receive({
      client,
      source: { ref, contentType },
      url: url.href,
      download: { ...download, signal: life.signal },
      abort: life.abort,
      pathFor: (fileName) => resolve(isFolder ? join(target, fileName) : target),
      // Named when it is wanted, which for one of many new media is never.
      get place() {
        return partPlace(named, url.href);
      },
      ifExists,
      resume,
      segments,
      thread,
      isOfMany: names !== undefined,
      mayExist: (path) => !isFolder || names === undefined || names.has(basename(path)),
      onProgress,
    });
    return () => finish().finally(life.unlink);
  } catch (error) {
    life.unlink();
    throw error;
  }
}
