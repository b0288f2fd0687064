import { type FailedRequest, TimeoutError } from "./errors.js";

/** The time one call has, and the caller's signal, as one. */
export interface Deadline {
  /** Aborted with the caller's reason or, too late, with a {@link TimeoutError}. */
  readonly signal: AbortSignal;
  /** Stops the clock; the caller's signal goes on counting. */
  clear(): void;
}

/**
 * Starts the clock of a call.
 *
 * @param limit milliseconds; beyond what a timer can count (about 24.8 days) there is no deadline
 */
export function startDeadline(
  signal: AbortSignal | null | undefined,
  limit: number,
  request: FailedRequest,
): Deadline {
  const clock = new AbortController();
  const timer =
    limit <= 0x7fff_ffff
      ? setTimeout(() => clock.abort(new TimeoutError(limit, request)), limit)
      : undefined;
  return {
    signal: signal ? AbortSignal.any([signal, clock.signal]) : clock.signal,
    clear: () => clearTimeout(timer),
  };
}

/**
 * The promise, unless the signal is aborted first: then a rejection with its reason. For work that
 * does not obey signals itself, such as a token function, or a body read whose abort a runtime loses.
 */
export async function unlessAborted<Value>(
  signal: AbortSignal | undefined,
  promise: Promise<Value>,
): Promise<Value> {
  if (!signal) return promise;
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
  });
  if (signal.aborted) stop();
  try {
    return await Promise.race([aborted, promise]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
