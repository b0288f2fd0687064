import type { LostReason } from "../manifest/lines.js";

/** A medium that is being moved. */
export interface RunningMedium {
  /** Its key in the target. */
  readonly key: string;
  /** Bytes that have come. */
  readonly loaded: number;
  /** Bytes in all, where the platform announced it. */
  readonly total: number | undefined;
}

/** How far an export is: a copy, which does not change. */
export interface ExportProgress {
  /** Shards that are closed by this run. */
  readonly shardsDone: number;
  /** Shards that are planned so far. */
  readonly shardsPlanned: number;
  /** Whether the listing has been read to its end, so that the plan is known. */
  readonly isListed: boolean;
  /** Whether somebody paused it: what is under way ends, and nothing is begun. */
  readonly isPaused: boolean;
  /** Media that the platform has listed so far. */
  readonly listed: number;
  /** Media of them that an earlier run has done; those of shards that it left count as this run's. */
  readonly known: number;
  /** Media moved by this run. */
  readonly saved: number;
  /** Media of this run's shards that were there already. */
  readonly kept: number;
  /** Media that the platform does not have any more. */
  readonly gone: number;
  /** Media that could not be got. */
  readonly failed: number;
  /** Bytes moved by this run. */
  readonly bytes: number;
  /** Milliseconds since the run began. */
  readonly milliseconds: number;
  /** How many could not be got, by reason. */
  readonly reasons: Readonly<Partial<Record<LostReason, number>>>;
  /** What is under way. */
  readonly running: readonly RunningMedium[];
}

/** Counts what a run does. */
export class Tally {
  shardsDone = 0;
  shardsPlanned = 0;
  isListed = false;
  isPaused = false;
  /** Media of the shards that earlier runs have left: listed as known, and done by this one. */
  left = 0;
  /** Shards that were closed when the run began. */
  before = { complete: 0, incomplete: 0 };
  listed = 0;
  known = 0;
  saved = 0;
  kept = 0;
  gone = 0;
  failed = 0;
  bytes = 0;
  readonly reasons = new Map<LostReason, number>();
  readonly running = new Set<{ key: string; loaded: number; total: number | undefined }>();
  readonly began: number;

  /** @param began when the run began, by `performance.now` */
  constructor(began = performance.now()) {
    this.began = began;
  }

  /** Counts a medium that is not there, and why. */
  lose(type: "gone" | "failed", reason: LostReason): void {
    if (type === "gone") this.gone++;
    else this.failed++;
    this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + 1);
  }

  /** A copy. */
  progress(): ExportProgress {
    const { shardsDone, shardsPlanned, isListed, listed, known, saved, kept, gone, failed, bytes } =
      this;
    return {
      ...{ shardsDone, shardsPlanned, isListed, listed, saved, kept, gone, failed, bytes },
      known: Math.max(0, known - this.left),
      milliseconds: performance.now() - this.began,
      reasons: Object.fromEntries(this.reasons),
      isPaused: this.isPaused,
      running: [...this.running].map((one) => ({ ...one })),
    };
  }
}
