/** Prints one figure, and beside it a peer's or the goal. */
export type Row = (what: string, figure: string, beside?: string) => void;

/** {@link Row} on the standard output. */
export const row: Row = (what, figure, beside = "") => {
  console.log(`${what.padEnd(58)} ${figure.padStart(16)}  ${beside}`.trimEnd());
};

/** The middle one. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((first, second) => first - second);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** Bytes, in whole MiB. */
export const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
/** Milliseconds, whole. */
export const milliseconds = (time: number) => `${time.toFixed(0)} ms`;
/** Milliseconds, as seconds. */
export const seconds = (time: number) => `${(time / 1000).toFixed(2)} s`;
/** So many in a second. */
export const perSecond = (rate: number, what: string) =>
  `${Math.round(rate).toLocaleString("en")} ${what}/s`;
/** How many times. */
export const times = (ratio: number) => `${ratio.toFixed(2)} x`;
