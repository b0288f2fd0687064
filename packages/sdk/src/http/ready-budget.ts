import { OptionError } from "../errors.js";

/** Time that fresh media have to become ready, shared by every download it is passed to. */
export interface ReadyBudget {
  /** Milliseconds left. */
  left(): number;
  /** Whether 403 may be the answer for a medium that is not there yet, too. */
  readonly whileForbidden?: boolean | undefined;
}

/** Options of {@link readyWithin}. */
export interface ReadyOptions {
  /**
   * Whether 403 is waited out like 404: a files host, as S3 does, may answer it for an object that is
   * not there yet. Credentials that are refused are then waited out, too.
   * @default false
   */
  readonly whileForbidden?: boolean | undefined;
}

/**
 * Starts a budget of time in which fresh media may still be missing. Pass it as `waitUntilReady` to
 * each download of one message, so that ten attachments wait for ten seconds together, not each.
 *
 * @param milliseconds counted from now
 * @throws OptionError unless it is a number, 0 or more
 */
export function readyWithin(
  milliseconds: number,
  { whileForbidden }: ReadyOptions = {},
): ReadyBudget {
  if (typeof milliseconds !== "number" || !(milliseconds >= 0)) {
    throw new OptionError(
      "waitUntilReady",
      "milliseconds, 0 or more, or a budget of readyWithin()",
    );
  }
  const end = performance.now() + milliseconds;
  return { left: () => Math.max(0, end - performance.now()), whileForbidden };
}
