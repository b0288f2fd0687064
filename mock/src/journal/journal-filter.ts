/**
 * Which entries of the journal are wanted.
 */

import type { Fault } from "../faults/fault.js";
import { faultKinds } from "../faults/read-fault.js";
import {
  type Check,
  type Checks,
  flag,
  number,
  oneOf,
  orNull,
  readFields,
  text,
  whole,
} from "../rules/checks.js";
import { originRoles } from "../rules/origins.js";
import { accessReasons } from "../rules/protection.js";
import type { JournalEntry } from "./journal-entry.js";

/** What entries must be like; all that is said must hold. */
export interface JournalFilter {
  /** From this time on, in ms since the epoch. */
  readonly since?: number;
  /** Before this time, in ms since the epoch. */
  readonly until?: number;
  readonly origin?: JournalEntry["origin"];
  /** In any case. */
  readonly method?: string;
  /** The path without its query, as it was asked for or as the contract has it; with `*` for anything, or a pattern. */
  readonly path?: string | RegExp;
  /** The medium whose bytes were asked for, by its id. */
  readonly media?: string;
  /** The calling project, by its id; `null`: nobody whose credentials were right. */
  readonly caller?: string | null;
  /** Whether an `Authorization` header came. */
  readonly authorization?: boolean;
  readonly decision?: JournalEntry["decision"];
  readonly reason?: JournalEntry["reason"];
  readonly status?: number;
  /** What went wrong on command; `null`: nothing. */
  readonly fault?: Fault["kind"] | null;
  /** The shape of a callback that the mock sent; `null`: a request that came to it. */
  readonly callback?: string | null;
  /** Whether the mock's own dashboard asked. */
  readonly dashboard?: boolean;
}

/** What can be said of a time is any number: clocks of tests begin where they like. */
const time = number(-Number.MAX_VALUE, Number.MAX_VALUE, "ms since the epoch");

const id: Check = { ...text, write: (value) => String(value).toLowerCase() };

const checks: Checks<JournalFilter> = {
  since: time,
  until: time,
  origin: orNull(oneOf(...originRoles)),
  method: { ...text, write: (value) => String(value).toUpperCase() },
  path: {
    holds: (value) => text.holds(value) || value instanceof RegExp,
    expected: "a path or a pattern",
  },
  media: id,
  caller: orNull(id),
  authorization: flag,
  decision: oneOf("allow", "deny", "none"),
  reason: orNull(oneOf(...accessReasons)),
  status: whole(0, 599),
  fault: orNull(oneOf(...faultKinds)),
  callback: orNull(text),
  dashboard: flag,
};

/**
 * Makes a filter a function; pure.
 *
 * @throws OptionError for a field that is unknown, cannot be that, or is `undefined`: what is meant
 *   to be said and is not would let everything pass.
 */
export function matcherOf(wanted: JournalFilter): (entry: JournalEntry) => boolean {
  const filter = readFields("a filter of the journal", wanted, checks, {
    undefinedIs: "refused",
  });
  const { since = -Infinity, until = Infinity, origin, decision, reason, status, fault } = filter;
  const { caller, authorization, method, media, callback, dashboard } = filter;
  const path = filter.path === undefined ? undefined : pathTest(filter.path);
  return (entry) =>
    entry.time >= since &&
    entry.time < until &&
    (origin === undefined || entry.origin === origin) &&
    (method === undefined || entry.method === method) &&
    (path === undefined ||
      path(entry.path) ||
      (entry.askedPath !== undefined && path(entry.askedPath))) &&
    (media === undefined || entry.media === media) &&
    (caller === undefined || (entry.caller?.projectId ?? null) === caller) &&
    (authorization === undefined || entry.authorization === authorization) &&
    (decision === undefined || entry.decision === decision) &&
    (reason === undefined || entry.reason === reason) &&
    (status === undefined || entry.status === status) &&
    (fault === undefined || entry.fault === fault) &&
    (callback === undefined || (entry.callback ?? null) === callback) &&
    (dashboard === undefined || (entry.dashboard ?? false) === dashboard);
}

function pathTest(path: string | RegExp): (path: string) => boolean {
  // `search` begins anew each time, where `test` of a sticky or global pattern goes on.
  if (path instanceof RegExp) return (text) => text.search(path) >= 0;
  if (!path.includes("*")) return (text) => text === path;
  return (text) => matchesStars(text, path.split("*"));
}

/**
 * Whether a text has these parts one after the other, the first at its beginning and the last at its
 * end. No pattern: anybody may ask the journal, and one of many stars takes a regular expression hours.
 */
function matchesStars(text: string, parts: readonly string[]): boolean {
  const first = parts[0] ?? "";
  const last = parts.at(-1) ?? "";
  const end = text.length - last.length;
  let at = first.length;
  if (at > end || !text.startsWith(first) || !text.endsWith(last)) return false;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
