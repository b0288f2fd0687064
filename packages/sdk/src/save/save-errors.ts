import { type ErrorDetails, MediaProtectionError } from "../errors.js";
import type { SaveAllReport } from "./report.js";

/** The target of a save exists, and the call did not say to overwrite it. */
export class FileExistsError extends MediaProtectionError {
  override readonly name = "FileExistsError";
  /** The file that exists. */
  readonly path: string;

  constructor(path: string, how = "exists") {
    super(
      `${path} ${how}. Save elsewhere, or set the option "ifExists" to "overwrite" or "rename".`,
    );
    this.path = path;
  }
}

const advice: Readonly<Record<string, string>> = {
  ENOSPC: "The disk is full: free some space and try again.",
  EDQUOT: "The disk quota is used up: free some space and try again.",
  EFBIG: "The file system does not take files of this size.",
  EROFS: "The file system is read-only.",
  EACCES: "Check the permissions of the folder.",
  EPERM: "Check the permissions of the folder.",
  ENOTDIR: "A part of the path is no folder.",
  ENAMETOOLONG: "The name is too long.",
  ECANCELED: "The thread that wrote it has ended: save it again.",
  EMFILE: "Too many files are open: lower the concurrency.",
};

/** The disk refused: full, read-only, no permission. The `cause` says what Node said. */
export class DiskError extends MediaProtectionError {
  override readonly name = "DiskError";
  /** Node's code, such as `ENOSPC` or `EACCES`. */
  readonly code: string;
  /** What could not be read or written. */
  readonly path: string;

  constructor(path: string, code: string, details: ErrorDetails = {}) {
    super(`${path} could not be read or written (${code}). ${advice[code] ?? ""}`.trim(), details);
    this.path = path;
    this.code = code;
  }
}

/** Some media of a `saveAll` could not be saved; all the others were. */
export class SaveAllError extends MediaProtectionError {
  override readonly name = "SaveAllError";
  /** What was saved, what was there already, and what failed with which error. */
  readonly report: SaveAllReport;

  constructor(report: SaveAllReport) {
    const { failed, saved, kept } = report;
    super(
      `${failed.length} of ${failed.length + saved + kept} media could not be saved; "report.failed" lists them. Run it again to try only these.`,
      { cause: failed[0]?.error },
    );
    this.report = report;
  }
}
