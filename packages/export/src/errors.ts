/** What this package throws beside the SDK's errors; `name` tells them apart in every realm. */
export abstract class ExportError extends Error {}

/** Why a manifest is not to be relied on. */
export type ManifestReason = "torn" | "hash" | "format" | "version";

/** A manifest or a plan that is not whole, or not one of ours. */
export class ManifestError extends ExportError {
  /** Tells errors apart. */
  override readonly name = "ManifestError";
  /** What is wrong with it. */
  readonly reason: ManifestReason;
  /** The document's name in the target, or its path. */
  readonly document: string;

  constructor(document: string, reason: ManifestReason, because: string) {
    super(`${document}: ${because}`);
    this.reason = reason;
    this.document = document;
  }
}

/** The target refuses: a bucket that denies, a name that is taken. Disks throw the SDK's `DiskError`. */
export class TargetError extends ExportError {
  /** Tells errors apart. */
  override readonly name = "TargetError";
  /** Which target, such as `s3://bucket/prefix`. */
  readonly target: string;

  constructor(target: string, because: string, options?: ErrorOptions) {
    super(`${target}: ${because}`, options);
    this.target = target;
  }
}

/** Something else has the key that a medium is to have. */
export class KeyTakenError extends ExportError {
  /** Tells errors apart. */
  override readonly name = "KeyTakenError";
  /** The key. */
  readonly key: string;

  constructor(target: string, key: string) {
    super(
      `${target}: ${key} is there already, and not as a copy of this medium. It was left as it is.`,
    );
    this.key = key;
  }
}

/** Why an export ended before its listing did. */
export type StoppedReason = "asked-to-wait" | "failing";

/** The platform does not serve this run any more: run it again later, and it goes on. */
export class ExportStoppedError extends ExportError {
  /** Tells errors apart. */
  override readonly name = "ExportStoppedError";
  /** `asked-to-wait`: for longer than `maxPause`; `failing`: one medium after the other. */
  readonly reason: StoppedReason;

  constructor(reason: StoppedReason, options?: ErrorOptions) {
    super(
      reason === "failing"
        ? "One medium after the other failed for the same reason. What is there is kept: run the same export again."
        : "The platform asks to wait for longer than maxPause. Run the same export again later.",
      options,
    );
    this.reason = reason;
  }
}

/** Somebody cancelled the export, or another producer took it over. What is in the target stays. */
export class ExportCancelledError extends ExportError {
  /** Tells errors apart. */
  override readonly name = "ExportCancelledError";
}

/** Redis cannot be reached, or refuses. The message names its host, and never its credentials. */
export class QueueError extends ExportError {
  /** Tells errors apart. */
  override readonly name = "QueueError";
}

/** Why a deletion ended. */
export type DeletionReason = "plan" | "stale" | "unconfirmed" | "unexpected-answer";

/** A deletion that must not go on. Nothing is deleted after it. */
export class DeletionError extends ExportError {
  /** Tells errors apart. */
  override readonly name = "DeletionError";
  /** What is wrong. */
  readonly reason: DeletionReason;

  constructor(reason: DeletionReason, because: string, options?: ErrorOptions) {
    super(because, options);
    this.reason = reason;
  }
}
