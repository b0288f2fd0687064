import { setTimeout } from "node:timers/promises";

/**
 * A fetch that lets so many requests a second begin, evenly, however many wait.
 *
 * @param perSecond at most; 1 or more
 */
export function paced<Given extends (...given: never[]) => Promise<Response>>(
  fetch: Given,
  perSecond: number,
): Given {
  const pause = 1000 / perSecond;
  let next = 0;
  const wrapped = async (...given: Parameters<Given>) => {
    const now = performance.now();
    const turn = Math.max(now, next);
    next = turn + pause;
    if (turn - now >= 1) await setTimeout(turn - now, undefined, { signal: signalOf(given) });
    return fetch(...given);
  };
  // The same parameters and the same answer, only later.
  return wrapped as Given;
}

/** The signal of a request, as fetch gets it: whoever takes it back does not wait for its turn. */
function signalOf(given: readonly unknown[]): AbortSignal | undefined {
  return given
    .map((one) => (typeof one === "object" && one !== null && "signal" in one ? one.signal : null))
    .find((signal) => signal instanceof AbortSignal);
}
