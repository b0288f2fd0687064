import { isRecord } from "../errors.js";
import { unlessAborted } from "./deadline.js";

/** What functions of the caller's have thrown. */
const thrown = new WeakSet<object>();

/**
 * Runs a function of the caller's own, a hook or the token function, for no longer than the signal
 * lets it. What it throws ends the call, even if it is an error of this SDK's that would otherwise
 * be retried.
 */
export async function callersOwn<Value>(
  signal: AbortSignal,
  work: () => Value | PromiseLike<Value>,
): Promise<Value> {
  try {
    return await unlessAborted(signal, (async () => work())());
  } catch (error) {
    if (!signal.aborted && isRecord(error)) thrown.add(error);
    throw error;
  }
}

/** Whether a function of the caller's threw it. */
export function isCallersOwn(error: object): boolean {
  return thrown.has(error);
}
