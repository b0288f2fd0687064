/** The longest time that a timer takes, in ms: whoever waits for longer waits again. */
const longestWait = 2 ** 31 - 1;

/** Waits, no longer than the signal lasts, and 24 days. */
export function waitFor(milliseconds: number, signal?: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener("abort", stop);
        resolve();
      },
      Math.min(milliseconds, longestWait),
    );
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/** The answer of somebody who may be away and hears no signal, waited for no longer than the signal lasts. */
export async function unlessAborted<Answer>(
  signal: AbortSignal | undefined,
  answer: Promise<Answer>,
): Promise<Answer> {
  if (!signal) return answer;
  let stop = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
  });
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  return Promise.race([answer, stopped]).finally(() => signal.removeEventListener("abort", stop));
}
