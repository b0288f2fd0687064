import type { ExportProgress } from "../run/progress.js";

/** What a second brought. */
export interface RateSample {
  /** Bytes a second. */
  readonly bytes: number;
  /** Media a second. */
  readonly media: number;
}

/** How many samples are kept: two minutes, one a second. */
export const mostSamples = 120;
/** How many samples the current rate is the mean of. */
const recent = 10;

/** Turns counts that are told now and then into rates: one sample for each second. */
export class Rates {
  private readonly kept: RateSample[] = [];
  private newest: ExportProgress | undefined;
  private last: { readonly at: number; readonly bytes: number; readonly media: number } | undefined;

  /** Takes note; a sample is made when a second has passed since the last. */
  note(progress: ExportProgress): void {
    this.newest = progress;
    const { bytes, saved, running, milliseconds } = progress;
    // What is under way counts too, so that a large medium does not look like a standstill.
    const loaded = running.reduce((sum, one) => sum + one.loaded, bytes);
    this.last ??= { at: milliseconds, bytes: loaded, media: saved };
    const seconds = (milliseconds - this.last.at) / 1000;
    if (seconds < 1) return;
    this.kept.push({
      bytes: Math.max(0, (loaded - this.last.bytes) / seconds),
      media: Math.max(0, (saved - this.last.media) / seconds),
    });
    if (this.kept.length > mostSamples) this.kept.shift();
    this.last = { at: milliseconds, bytes: loaded, media: saved };
  }

  /** The last two minutes, the oldest first. */
  samples(): readonly RateSample[] {
    return [...this.kept];
  }

  /** The mean of the last ten seconds; of all, while no second has passed. */
  now(): RateSample {
    const last = this.kept.slice(-recent);
    if (last.length === 0) {
      const { bytes = 0, saved = 0, milliseconds = 0 } = this.newest ?? {};
      const seconds = milliseconds / 1000;
      return seconds > 0
        ? { bytes: bytes / seconds, media: saved / seconds }
        : { bytes: 0, media: 0 };
    }
    const mean = (of: (one: RateSample) => number) =>
      last.reduce((sum, one) => sum + of(one), 0) / last.length;
    return { bytes: mean(({ bytes }) => bytes), media: mean(({ media }) => media) };
  }
}

/**
 * Seconds until all that is known to be left is done; `undefined` while the listing is read, or nothing
 * moves. Pure.
 */
export function secondsLeft(progress: ExportProgress, rate: RateSample): number | undefined {
  if (!progress.isListed || rate.media <= 0) return undefined;
  return leftOf(progress) / rate.media;
}

/** Media that are listed, new, and not done. Pure. */
export function leftOf({ listed, known, saved, kept, gone, failed }: ExportProgress): number {
  return Math.max(0, listed - known - saved - kept - gone - failed);
}
