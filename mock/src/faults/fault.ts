/**
 * What can be made to go wrong, and for whom. Plain data: the same object is passed in code, posted to
 * `/__mock/faults`, and written in the header `x-mock-fault`.
 */

import type { MethodOf, Path } from "../rules/operations.js";
import type { OriginRole } from "../rules/origins.js";

/** An operation of the contract: its method and its path pattern, `GET /api/projects/{id}`. */
export type FaultRoute = { [P in Path]: `${Uppercase<MethodOf<P>>} ${P}` }[Path];

/** Which requests a fault is for. All that is said must hold; nothing said means every request. */
export interface FaultTarget {
  /** Requests for the bytes of one medium, by its id: on the space, the files and the storage host. */
  readonly media?: string | undefined;
  /** Requests to one operation of the contract. HEAD counts as the GET it is derived from. */
  readonly route?: FaultRoute | undefined;
  /** Requests that come to one of the three origins. */
  readonly origin?: OriginRole | undefined;
  /** The share of these requests that it hits, from 0 to 1. Default 1. */
  readonly probability?: number | undefined;
  /** Draws other requests, and the same for the same number. A whole number; default 1. */
  readonly seed?: number | undefined;
  /**
   * How many requests it hits before it is spent; a chain of redirects is one. A request that it could
   * do nothing to (a body fault to a denial, a HEAD or a redirect) does not count. Default: no end.
   */
  readonly times?: number | undefined;
}

/** Waits before the request is looked at. */
export interface LatencyFault {
  readonly kind: "latency";
  /** In ms. */
  readonly ms: number;
}

/** Sends the body slowly, in ten parts a second. */
export interface ThrottleFault {
  readonly kind: "throttle";
  /** From 1. */
  readonly bytesPerSecond: number;
}

/**
 * The body does not come whole: after so many bytes of it nothing more comes (`stall`), the connection
 * is closed (`cut`), or it is broken with a TCP reset (`reset`, upon which a client may lose bytes that
 * it had not read yet). A body that is no longer than that comes whole.
 */
export interface BrokenBodyFault<Kind = "stall" | "cut" | "reset"> {
  readonly kind: Kind;
  /** In bytes of the body, which may be a part of the medium. Default 0: after the header fields. */
  readonly after?: number | undefined;
}

/** `Content-Length` says something else than what comes; the connection closes after the body. */
export interface WrongLengthFault {
  readonly kind: "wrongLength";
  /** Bytes announced too many, or with a minus too few; no less than 0 is announced. Default 1. */
  readonly by?: number | undefined;
}

/** `Content-Range` of a 206 names another part than the one that comes. */
export interface WrongContentRangeFault {
  readonly kind: "wrongContentRange";
  /** By how many bytes the named part is moved; backwards with a minus, to 0 at most. Default 1. */
  readonly by?: number | undefined;
}

/**
 * The medium changes while it is downloaded: the first answer ends after so many bytes, as with `cut`,
 * and from then on the medium is another of the same size, with bytes and ETag of its own. Counted for
 * each medium by itself.
 */
export interface NewVersionFault {
  readonly kind: "newVersion";
  /** In bytes of the first answer's body. Default: there is no such answer, the new one comes at once. */
  readonly after?: number | undefined;
  /**
   * What happens to `If-Range` with the old ETag. `"obey"`: the whole new medium comes. `"ignore"`: the
   * part is sent all the same, as careless servers do. Default "obey".
   */
  readonly ifRange?: "obey" | "ignore" | undefined;
}

/**
 * The bytes of a medium are not there yet: 404 to whoever may read it. Until both of these have passed;
 * without either, always.
 */
export interface NotReadyFault {
  readonly kind: "notReady";
  /** In ms since the fault was added. */
  readonly ms?: number | undefined;
  /** How many requests for each medium are told so. */
  readonly requests?: number | undefined;
}

/** The statuses that can be commanded: denials, what is gone, and outages. */
export const faultStatuses = [401, 403, 404, 410, 416, 429, 500, 502, 503, 504] as const;

/** Refuses the request before it is looked at; nothing that it asked for happens. */
export interface StatusFault {
  readonly kind: "status";
  readonly status: (typeof faultStatuses)[number];
  /** When to come again, in seconds, at most 2^31 - 1. Default: the answer does not say. */
  readonly retryAfter?: number | undefined;
  /** How `Retry-After` says so. Default "seconds". */
  readonly retryAfterAs?: "seconds" | "date" | undefined;
}

/** An error where a medium or data should be, with status 200. */
export interface ErrorBodyFault {
  readonly kind: "errorBody";
  /** Its `Content-Type`, which may lie: `audio/wav`. Default "application/json". */
  readonly contentType?: string | undefined;
}

/** Redirects before the request is looked at. */
export interface RedirectFault {
  readonly kind: "redirect";
  /** How many redirects it takes to the answer; `"loop"`: without end. Default 1. */
  readonly hops?: number | "loop" | undefined;
  /** Default 302. */
  readonly status?: 301 | 302 | 303 | 307 | 308 | undefined;
  /** Where the last of them leads, an absolute URL. Default: to the answer, on the same origin. */
  readonly to?: string | undefined;
}

/** What goes wrong. */
export type FaultKind =
  | LatencyFault
  | ThrottleFault
  | BrokenBodyFault<"stall">
  | BrokenBodyFault<"cut">
  | BrokenBodyFault<"reset">
  | WrongLengthFault
  | WrongContentRangeFault
  | NewVersionFault
  | NotReadyFault
  | StatusFault
  | ErrorBodyFault
  | RedirectFault;

/** What goes wrong, and for whom. */
export type Fault = FaultTarget & FaultKind;

/** A fault that cannot be: says which field is wrong, and what was expected. */
export class FaultError extends TypeError {
  override readonly name = "FaultError";
}
