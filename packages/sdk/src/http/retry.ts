import { isSdkError } from "../errors.js";
import type { RetryPolicy } from "../options/client-options.js";

const transientStatuses = [429, 500, 502, 503, 504];

/**
 * How long to wait before the next attempt, in milliseconds; `undefined` to give up. Pure.
 *
 * Only what may pass by itself is retried: no connection, no answer in time, 429, 500, 502, 503,
 * 504. A `Retry-After` (RFC 9110 §10.2.3) is obeyed, or, where it asks for more than
 * `maxRetryAfter`, ends the attempts: coming back sooner than told would not help. Otherwise, and
 * where it asks for no wait at all, the wait is drawn between 0 and a ceiling that doubles each time
 * ("full jitter").
 *
 * @param failures how many attempts have failed, this one included
 * @param random a number from 0 to 1
 */
export function retryDelay(
  error: unknown,
  failures: number,
  policy: RetryPolicy,
  random: number,
): number | undefined {
  if (failures > policy.retries || !isSdkError(error)) return undefined;
  if ("status" in error) {
    if (!transientStatuses.includes(error.status)) return undefined;
    const { retryAfter = 0 } = error;
    if (retryAfter > policy.maxRetryAfter) return undefined;
    if (retryAfter > 0) return retryAfter;
  } else if (error.name !== "ConnectionError" && error.name !== "TimeoutError") return undefined;
  return Math.round(random * ceiling(failures, policy));
}

/**
 * How long to wait before asking again for a medium that is not there yet, in milliseconds;
 * `undefined` when the budget is used up. Pure. The last attempt comes when the budget ends.
 *
 * @param attempts how many found nothing, this one included
 * @param left milliseconds left of the budget
 */
export function readyDelay(
  attempts: number,
  left: number,
  policy: RetryPolicy,
  random: number,
): number | undefined {
  if (left <= 0) return undefined;
  // At least half the ceiling: nothing is failing, so there is no crowd to spread.
  return Math.min(left, Math.round((0.5 + random / 2) * ceiling(attempts, policy)));
}

function ceiling(failures: number, { minDelay, maxDelay }: RetryPolicy): number {
  // The exponent ends somewhere, since 0 times an infinity would be no number.
  return Math.min(maxDelay, minDelay * 2 ** Math.min(failures - 1, 99));
}
