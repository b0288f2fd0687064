import type { DownloadOptions } from "../download/media.js";
import { OptionError } from "../errors.js";
import { type IfExists, ifExistsValues } from "./collision.js";

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
export interface SaveOptions
  extends Omit<DownloadOptions, "range" | "ifRange" | "ifNoneMatch" | "ifModifiedSince"> {
  /**
   * What to do when the target file exists: refuse, before any request where the name is known;
   * replace it; save beside it as `name (1).ext`; or keep it if it has the very same bytes (which
   * downloads and compares them, but writes nothing), else refuse.
   * @default "error"
   */
  readonly ifExists?: IfExists | undefined;
  /**
   * Whether a save that fails leaves its bytes beside the target, as `.NAME.….part` with the note
   * `.NAME.part.json`, for a later one to go on with, in this process or another. Media whose
   * version no strong entity tag proves start over.
   * @default false
   */
  readonly resume?: boolean | undefined;
  /**
   * Over how many connections at once a large medium is downloaded, 1–16; each gets 1 MiB or more.
   * @default 1
   */
  readonly segments?: number | undefined;
  /**
   * Called after each write, of about 256 KiB (1 MiB where the medium has 8 MiB or more) or what is
   * left. A promise it returns is awaited; what it throws ends the save.
   */
  readonly onProgress?: ((progress: SaveProgress) => unknown) | undefined;
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

/**
 * What is left to do once every byte of a medium has come, and its connection is another's: to flush it
 * and give it its name. To be called once, at once.
 */
export type Finish<Result> = () => Promise<Result>;

const mostSegments = 16;

/** @throws OptionError for what can be no path, whatever is on the disk */
export function checkPath(option: string, path: unknown): void {
  if (typeof path === "string" && path !== "" && !path.includes("\0")) return;
  throw new OptionError(option, "a path: a text that is not empty and has no NUL in it");
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
