import { OptionError } from "@media-protection/sdk";

const minutes = 60;
const days = 24 * 60 * minutes;

/** The longest lives that links may have, in seconds. */
export interface LifeLimits {
  /** Of play links. @default 86400, a day */
  readonly play?: number | undefined;
  /** Of share links. @default 2592000, thirty days */
  readonly share?: number | undefined;
}

/** What decides how long a link lives. */
export interface LifeWish {
  readonly tier: "play" | "share";
  /** Seconds. */
  readonly ttl?: number | undefined;
  /** How long the recording is, in seconds. */
  readonly duration?: number | undefined;
  readonly limits?: LifeLimits | undefined;
}

/**
 * How long a link lives, in seconds: a play link the longer of ten minutes and twice the recording's
 * length, a share link seven days, unless told; never longer than the limit.
 *
 * @throws OptionError for a life that is no whole number of seconds, or longer than the limit
 */
export function linkLife({ tier, ttl, duration = 0, limits = {} }: LifeWish): number {
  const most = tier === "play" ? (limits.play ?? days) : (limits.share ?? 30 * days);
  if (!Number.isFinite(duration) || duration < 0) {
    throw new OptionError("duration", "a number of seconds, 0 or more");
  }
  const usual = tier === "play" ? Math.max(10 * minutes, Math.ceil(2 * duration)) : 7 * days;
  if (ttl === undefined) return Math.min(usual, most);
  if (!Number.isInteger(ttl) || ttl < 1 || ttl > most) {
    throw new OptionError("ttl", `a whole number of seconds from 1 to ${most}`);
  }
  return ttl;
}
