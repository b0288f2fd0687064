import type { MediaSource } from "../download/media.js";
import type { MediaRef } from "../trust/media-reference.js";

/** One medium that a `saveAll` is at. */
export interface RunningSave {
  /** What it is. */
  readonly ref: MediaRef;
  /** Bytes on disk so far; 0 for a small one until it is whole. */
  readonly loaded: number;
  /** Bytes in all; `undefined` until they are known. */
  readonly size: number | undefined;
}

/** How far a `saveAll` has come. */
export interface SaveAllProgress {
  /** Media saved by this call. */
  readonly saved: number;
  /** Media that were there already, verified. */
  readonly kept: number;
  /** Media that could not be saved. */
  readonly failed: number;
  /** Bytes of the media saved by this call; those of `running` come on top. */
  readonly bytes: number;
  /** How many media were given; `undefined` where the sources are no list or set, but a listing. */
  readonly total: number | undefined;
  /** Those that are being saved, the longest under way first. */
  readonly running: readonly RunningSave[];
}

/** What a `saveAll` did. */
export interface SaveAllReport extends Omit<SaveAllProgress, "failed" | "total" | "running"> {
  /** The media that could not be saved, and why. */
  readonly failed: readonly {
    /**
     * What was given for it. A URL is told as the one that was asked for, without a query; or, where
     * it is not one of the project's media, with its secrets masked.
     */
    readonly source: MediaSource;
    /** Why it could not be saved: mostly a `MediaProtectionError`. */
    readonly error: unknown;
  }[];
  /**
   * Why the run ended before its sources did: the platform asked to wait for longer than `maxPause`,
   * or refused `maxFailures` in a row. `undefined` where it did not.
   */
  readonly endedEarly?: "asked-to-wait" | "failing";
  /** Lines of the manifest that a crash had cut short, and which were passed over; none where it is left out. */
  readonly tornLines?: number;
  /** What had been taken from the sources, and was then not asked for any more; the rest was not read. */
  readonly left: readonly MediaSource[];
}
