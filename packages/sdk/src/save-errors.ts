import { type ErrorDetails, MediaProtectionError } from "./errors.js";
import type { SaveAllReport } from "./save-all.js";

/** The target of a save exists, and the call did not say to overwrite it. */
export class FileExistsError extends MediaProtectionError {
  override readonly name = "FileExistsError";
  /** The file that exists. */
  readonly path: string;

  constructor(path: string, because = "exists") {
    super(
      `${path} ${because}. Save elsewhere, or set the option "ifExists" to "overwrite" or "rename".`,
    );
    this.path = path;
  }
}

/** The disk refused: full, read-only, no permission. Node's own error is the `cause`. */
export class DiskError extends MediaProtectionError {
  override readonly name = "DiskError";
  /** Node's code, such as `ENOSPC` or `EACCES`. */
  readonly code: string;
  /** What could not be written or read. */
  readonly path: string;

  constructor(path: string, code: string, advice: string, details: ErrorDetails) {
    super(`${path} could not be written (${code}). ${advice}`, details);
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
      `${failed.length} of ${failed.length + saved + kept} media could not be saved. Run it again to try these only; "report" lists them.`,
    );
    this.report = report;
  }
}
