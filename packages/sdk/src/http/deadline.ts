/** What is to be done when a signal is aborted, by the one listener of ours that it has. */
const followers = new WeakMap<AbortSignal, { readonly calls: Set<() => void>; unlisten(): void }>();

/**
 * Calls back when the signal is aborted, unless it is let go of before. However many follow a signal,
 * it has one listener: a caller's may be that of a thousand calls, and Node warns of eleven.
 *
 * @param call another function for each call
 * @returns what lets go of it
 */
export function onAbort(signal: AbortSignal, call: () => void): () => void {
  const known = followers.get(signal) ?? follow(signal);
  known.calls.add(call);
  return () => {
    if (known.calls.delete(call) && known.calls.size === 0) known.unlisten();
  };
}

function follow(signal: AbortSignal) {
  const calls = new Set<() => void>();
  const listener = () => {
    followers.delete(signal);
    for (const call of calls) call();
  };
  signal.addEventListener("abort", listener, { once: true });
  const known = {
    calls,
    unlisten() {
      followers.delete(signal);
      signal.removeEventListener("abort", listener);
    },
  };
  followers.set(signal, known);
  return known;
}

/** A signal that can end by itself, too. */
export interface LinkedSignal {
  readonly signal: AbortSignal;
  /** Ends it. */
  abort(reason: unknown): void;
  /** Lets go of the signal it follows. */
  unlink(): void;
}

/**
 * A signal that ends with the other. Unlike `AbortSignal.any` it can be let go of, so that a signal
 * that outlives thousands of calls does not collect what belongs to them (nodejs/node#54614).
 */
export function linkSignal(followed: AbortSignal | null | undefined): LinkedSignal {
  const own = new AbortController();
  let unlink = () => {};
  if (followed?.aborted) own.abort(followed.reason);
  else if (followed) unlink = onAbort(followed, () => own.abort(followed.reason));
  return { signal: own.signal, abort: (reason) => own.abort(reason), unlink: () => unlink() };
}

/** Calls back after so many milliseconds; never, beyond what a timer can count (about 24.8 days). */
export function startTimer(milliseconds: number, callback: () => void): { clear(): void } {
  const timer = milliseconds <= 0x7fff_ffff ? setTimeout(callback, milliseconds) : undefined;
  return { clear: () => clearTimeout(timer) };
}

/**
 * Runs work that has so many milliseconds, under a signal that ends with the caller's or, too late,
 * with an error of `tooLate`. The signal goes on following the caller's when the work is done, since
 * a body may still be read; `followed` should not outlive that body.
 */
export async function withDeadline<Result>(
  followed: AbortSignal | null | undefined,
  limit: number,
  tooLate: () => Error,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const { signal, abort, unlink } = linkSignal(followed);
  const timer = startTimer(limit, () => abort(tooLate()));
  try {
    signal.throwIfAborted();
    return await work(signal);
  } catch (error) {
    unlink();
    throw error;
  } finally {
    timer.clear();
  }
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
  let letGo = () => {};
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else letGo = onAbort(signal, () => reject(signal.reason));
  });
  try {
    return await Promise.race([aborted, promise]);
  } finally {
    letGo();
  }
}

/** Resolves after so many milliseconds, or rejects with the signal's reason. */
export async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  let timer = { clear: () => {} };
  const over = new Promise<void>((resolve) => {
    timer = startTimer(milliseconds, resolve);
  });
  try {
    await unlessAborted(signal, over);
  } finally {
    timer.clear();
  }
}
