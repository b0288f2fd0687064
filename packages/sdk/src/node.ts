/**
 * What only Node can do: save media to disk, and read options from the environment.
 *
 * @packageDocumentation
 */
import { createHash, randomUUID } from "node:crypto";
import { link, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { type Client, createClient } from "./client.js";
import type { MediaDownload } from "./download.js";
import { OptionError } from "./errors.js";
import { codeOf } from "./masking.js";
import type { MediaRef } from "./media-url.js";
import type { ClientOptions, ProjectRequestOptions } from "./options.js";
import { discard } from "./response-body.js";
import { FileExistsError } from "./save-errors.js";

/** How far a save has come. */
export interface SaveProgress {
  /** Bytes written so far. */
  readonly loaded: number;
  /** Bytes in all; `undefined` where the platform does not announce it. */
  readonly total: number | undefined;
}

/** Options of {@link saveMedia}. */
export interface SaveOptions extends ProjectRequestOptions {
  /**
   * What to do when the target file exists: refuse before any request, or replace it.
   * @default "error"
   */
  readonly ifExists?: "error" | "overwrite";
  /**
   * Called after each chunk that was written. A promise it returns is awaited; what it throws ends
   * the save.
   */
  readonly onProgress?: (progress: SaveProgress) => void;
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
}

/**
 * Downloads one medium to disk. The bytes land in a hidden temporary file beside the target, are
 * flushed, and take the target's name in one step: the target is absent or whole, never half. If
 * anything fails the temporary file is removed.
 *
 * @param source a media URL or a reference, as in `client.media.download`
 * @param target a file's path; or a folder's (an existing one, or any that ends in a separator),
 *   and then the file is named by the medium's id and type. Missing folders are made.
 * @throws FileExistsError if the file exists, unless `ifExists` is `"overwrite"`
 * @throws whatever `client.media.download` throws, and Node's own errors of the file system
 */
export async function saveMedia(
  client: Client,
  source: string | URL | MediaRef,
  target: string,
  options: SaveOptions = {},
): Promise<SavedMedia> {
  const { ifExists = "error", onProgress, ...request } = options;
  if (typeof target !== "string" || target === "") {
    throw new OptionError("target", "the path of a file or folder");
  }
  if (typeof client?.media?.download !== "function") {
    throw new OptionError("client", "a client made by createClient");
  }
  if (onProgress !== undefined && typeof onProgress !== "function") {
    throw new OptionError("onProgress", "a function");
  }
  if (ifExists !== "error" && ifExists !== "overwrite") {
    throw new OptionError("ifExists", '"error" or "overwrite"');
  }
  const found = await statOrUndefined(target);
  const isFolder = found?.isDirectory() ?? /[\\/]$/.test(target.replaceAll(sep, "/"));
  if (found && !isFolder && ifExists === "error") throw new FileExistsError(resolve(target));

  const media = await client.media.download(source, request);
  const path = resolve(isFolder ? join(target, media.fileName) : target);
  const part = join(dirname(path), `.${randomUUID()}.part`);
  try {
    if (ifExists === "error" && (await statOrUndefined(path))) throw new FileExistsError(path);
    await mkdir(dirname(path), { recursive: true });
    const written = await writeBody(media, part, onProgress);
    await moveInto(part, path, ifExists);
    return { path, ...written, contentType: media.contentType };
  } catch (error) {
    if (!media.body.locked) discard(media.body, error);
    throw error;
  } finally {
    await rm(part, { force: true });
  }
}

/** Writes the body, one awaited write for each chunk: measured faster than a stream pipeline. */
async function writeBody(
  media: MediaDownload,
  path: string,
  onProgress: SaveOptions["onProgress"],
): Promise<{ size: number; sha256: string }> {
  const file = await open(path, "wx");
  const hash = createHash("sha256");
  const reader = media.body.getReader();
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      hash.update(value);
      // Appends all of it, unlike write(), which may stop short on a nearly full disk.
      await file.writeFile(value);
      size += value.byteLength;
      await onProgress?.({ loaded: size, total: media.contentLength });
    }
    await file.sync();
  } catch (error) {
    discard(reader, error);
    throw error;
  } finally {
    await file.close();
  }
  return { size, sha256: hash.digest("hex") };
}

async function moveInto(
  part: string,
  path: string,
  ifExists: "error" | "overwrite",
): Promise<void> {
  if (ifExists === "overwrite") return rename(part, path);
  try {
    // Unlike rename, link refuses to replace a file that has appeared in the meantime.
    await link(part, path);
  } catch (error) {
    const code = codeOf(error) ?? "";
    if (code === "EEXIST") throw new FileExistsError(path);
    // File systems without hard links (FAT, some network shares) can only look and then rename.
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(code)) throw error;
    if (await statOrUndefined(path)) throw new FileExistsError(path);
    await rename(part, path);
  }
}

async function statOrUndefined(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Creates a client from the environment: `SIGNALWIRE_SPACE`, `SIGNALWIRE_PROJECT_ID` and
 * `SIGNALWIRE_API_TOKEN` (or, where that is unset, `SIGNALWIRE_TOKEN`).
 *
 * @param options override what the environment says, and set the rest
 * @param env @default process.env
 * @throws OptionError naming the variable that is unset
 */
export function clientFromEnv(
  options: Partial<ClientOptions> = {},
  env: Readonly<Record<string, string | undefined>> = process.env,
): Client {
  const read = (option: keyof ClientOptions, ...variables: string[]) => {
    const value = variables
      .map((name) => env[name])
      .find((text) => text !== undefined && text !== "");
    if (value !== undefined) return value;
    throw new OptionError(option, `set, here or in the environment variable ${variables[0]}`);
  };
  return createClient({
    ...options,
    space: options.space ?? read("space", "SIGNALWIRE_SPACE"),
    projectId: options.projectId ?? read("projectId", "SIGNALWIRE_PROJECT_ID"),
    apiToken: options.apiToken ?? read("apiToken", "SIGNALWIRE_API_TOKEN", "SIGNALWIRE_TOKEN"),
  });
}
