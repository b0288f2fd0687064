import { OptionError } from "../errors.js";

/** Time that fresh media have to become ready, shared by every download it is passed to. */
export interface ReadyBudget {
  /** Milliseconds left. */
  left(): number;
}

/**
 * Starts a budget of time in which fresh media may still be missing. Pass it as `waitUntilReady` to
 * each download of one message, so that ten attachments wait for ten seconds together, not each.
 *
 * @param milliseconds counted from now
 * @throws OptionError unless it is a number, 0 or more
 */
export function readyWithin(milliseconds: number): ReadyBudget {
  if (typeof milliseconds !== "number" || !(milliseconds >= 0)) {
    throw new OptionError(
      "waitUntilReady",
      "milliseconds, 0 or more, or a budget of readyWithin()",
    );
  }
  const end = performance.now() + milliseconds;
  return { left: () => Math.max(0, end - performance.now()) };
}
