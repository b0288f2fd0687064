import { type ErrorDetails, MediaProtectionError } from "../errors.js";
import type { SaveAllReport } from "./report.js";

/** The target of a save exists, and the call did not say to overwrite it. */
export class FileExistsError extends MediaProtectionError {
  override readonly name = "FileExistsError";
  /** The file that exists. */
  readonly path: string;

  constructor(path: string, how = "exists") {
    super(
      `${path} ${how}. Save elsewhere, or set the option "ifExists": "skip-if-same" keeps a file with the same bytes, "overwrite" replaces it, "rename" saves beside it.`,
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

const early = {
  "asked-to-wait": 'The platform asked to wait for longer than the option "maxPause"',
  failing: 'One medium after the other failed for one reason, as many as the option "maxFailures"',
} as const;

/** Some media of a `saveAll` could not be saved, or the run ended before its sources did. */
export class SaveAllError extends MediaProtectionError {
  override readonly name = "SaveAllError";
  /** What was saved, what was there already, and what failed with which error. */
  readonly report: SaveAllReport;

  constructor(report: SaveAllReport) {
    const { failed, saved, kept, endedEarly } = report;
    const tried = `${failed.length} of ${failed.length + saved + kept} media could not be saved; "report.failed" lists them.`;
    super(
      endedEarly
        ? `${early[endedEarly]}, so the run ended before its sources did. ${tried} Run it again later: what is saved is not asked for again.`
        : `${tried} Run it again to try only these.`,
      { cause: failed[0]?.error },
    );
    this.report = report;
  }
}
