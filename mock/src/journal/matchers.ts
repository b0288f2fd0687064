/**
 * Matchers for the journal, for vitest and jest: `expect.extend(matchers)`. They import neither. In
 * vitest, `import "@media-protection/mock/vitest"` does that, types included.
 */

import { OptionError, readFields, whole } from "../rules/checks.js";
import { originRoles } from "../rules/origins.js";
import { keptPath } from "./journal.js";
import type { JournalEntry } from "./journal-entry.js";
import { type JournalFilter, matcherOf } from "./journal-filter.js";

/** A journal, or some entries of one, such as `journal.find(…)`. */
export type Entries = Iterable<JournalEntry>;

/** What a matcher answers. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * Which requests are meant: by the URL that was asked for, whose query does not count, or by a filter.
 */
export type Wanted = string | URL | JournalFilter;

/** How often. */
export interface HowOften {
  /** Exactly so many requests. Default: one or more. */
  readonly times?: number;
}

/** The matchers, as an `expect` has them; the type parameter is what it returns. */
export interface JournalMatchers<R = unknown> {
  /**
   * Requests came, and none brought credentials to any other origin: neither an `Authorization` header
   * nor, to the storage host or an unknown origin, an API token anywhere in the URL or the header
   * fields, plain or encoded. Does not hold for a journal that is empty or has dropped requests.
   *
   * @param origins origins (`platform.origins.files`) or their roles (`"files"`)
   * @throws OptionError for what is neither
   */
  toHaveNoCredentialsOutside(origins: readonly string[]): R;
  /**
   * A request was answered with a 2xx, or with 304; a browser's preflight is none.
   *
   * @throws OptionError for a URL, a filter or a number that cannot be
   * @throws RangeError where it cannot be known, since the journal has dropped requests
   */
  toHaveServed(wanted: Wanted, howOften?: HowOften): R;
  /** A request was denied, by the rule or for want of credentials. Throws as `toHaveServed` does. */
  toHaveDenied(wanted: Wanted, howOften?: HowOften): R;
}

/** The matchers themselves. */
export const matchers = {
  toHaveNoCredentialsOutside(received: unknown, origins: readonly string[]): MatcherResult {
    const entries = read(received, "toHaveNoCredentialsOutside");
    const allowed = new Set(readOrigins(origins));
    const leaks = entries.filter(
      ({ authorization, tokenExposed, origin, originUrl }) =>
        (authorization || tokenExposed) && !allowed.has(originUrl) && !allowed.has(origin ?? ""),
    );
    const dropped = droppedBy(received);
    const where = `outside ${[...allowed].join(", ") || "(no origin at all)"}`;
    const notSeen =
      `the journal has dropped its oldest ${dropped} of the requests, ` +
      "so nobody knows: raise journalSize";
    return {
      pass: leaks.length === 0 && dropped === 0 && entries.length > 0,
      message: () =>
        leaks.length > 0
          ? `expected no credentials ${where}, but they came with:\n${list(leaks)}`
          : dropped > 0
            ? notSeen
            : entries.length === 0
              ? "no request came at all, so nothing is known: is this the platform that was asked?"
              : `expected credentials ${where}, but none came`,
    };
  },

  toHaveServed(received: unknown, wanted: Wanted, howOften: HowOften = {}): MatcherResult {
    const served = ({ status, method }: JournalEntry) =>
      method !== "OPTIONS" && ((status >= 200 && status < 300) || status === 304);
    return count(received, "served", served, wanted, howOften);
  },

  toHaveDenied(received: unknown, wanted: Wanted, howOften: HowOften = {}): MatcherResult {
    const denied = ({ decision }: JournalEntry) => decision === "deny";
    return count(received, "denied", denied, wanted, howOften);
  },
} as const;

function count(
  received: unknown,
  verb: "served" | "denied",
  counts: (entry: JournalEntry) => boolean,
  wanted: Wanted,
  howOften: HowOften,
): MatcherResult {
  const entries = read(received, verb === "served" ? "toHaveServed" : "toHaveDenied");
  const { times } = readFields<HowOften>("how often", howOften, { times: whole(0) });
  const candidates = entries.filter(matches(wanted));
  const found = candidates.filter(counts).length;
  // What was dropped may have been one more of them; only what is settled without it is said.
  const isSettled = times === undefined ? found > 0 : found > times;
  const dropped = droppedBy(received);
  if (dropped > 0 && !isSettled) {
    throw new RangeError(
      `Whether ${show(wanted)} was ${verb} cannot be known: the journal has dropped its oldest ${dropped} of the requests. Raise journalSize.`,
    );
  }
  const often = times === undefined ? "" : ` ${times} times`;
  const seen =
    candidates.length === 0 ? "No such request came." : `Of these came:\n${list(candidates)}`;
  const pass = times === undefined ? found > 0 : found === times;
  // A matcher that passes is asked for its message only after `.not`.
  const not = pass ? "not " : "";
  const expected = `expected ${show(wanted)} ${not}to have been ${verb}${often}`;
  return { pass, message: () => `${expected}, but it was ${found} times.\n${seen}` };
}

function isUrl(wanted: Wanted): wanted is string | URL {
  return typeof wanted === "string" || wanted instanceof URL;
}

/** Origin and path of a URL that was asked for. */
function readUrl(wanted: string | URL): { readonly origin: string; readonly pathname: string } {
  if (!URL.canParse(wanted)) throw new OptionError("wanted", "an absolute URL, or a filter");
  return new URL(wanted);
}

function matches(wanted: Wanted): (entry: JournalEntry) => boolean {
  if (!isUrl(wanted)) return matcherOf(wanted);
  const { origin, pathname } = readUrl(wanted);
  const path = keptPath(pathname);
  return (entry) => entry.originUrl === origin && (entry.askedPath === path || entry.path === path);
}

function show(wanted: Wanted): string {
  if (!isUrl(wanted)) {
    const fields = Object.entries(wanted).map(([name, value]) => `${name}: ${value}`);
    return `a request with { ${fields.join(", ")} }`;
  }
  const { origin, pathname } = readUrl(wanted);
  return origin + pathname;
}

/** Origins as entries have them, and roles as they are. */
function readOrigins(origins: readonly string[]): string[] {
  const expected = `a list of origins, or of ${originRoles.join(", ")}`;
  if (!Array.isArray(origins)) throw new OptionError("origins", expected);
  return origins.map((origin) => {
    if (originRoles.some((role) => role === origin)) return origin;
    if (typeof origin !== "string" || !/^https?:\/\/[^/?#]+\/?$/.test(origin)) {
      throw new OptionError("origins", expected);
    }
    return readUrl(origin).origin;
  });
}

const most = 10;

function list(entries: readonly JournalEntry[]): string {
  const lines = entries.slice(0, most).map((entry) => {
    const why = entry.reason === null ? entry.decision : `${entry.decision}: ${entry.reason}`;
    const fault = entry.fault === null ? "" : `, fault ${entry.fault}`;
    return `  ${entry.method} ${entry.originUrl}${entry.path} → ${entry.status} (${why}${fault})`;
  });
  const more = entries.length > most ? [`  and ${entries.length - most} more`] : [];
  return [...lines, ...more].join("\n");
}

function read(received: unknown, matcher: string): readonly JournalEntry[] {
  const iterable = typeof received === "object" && received !== null && Symbol.iterator in received;
  if (!iterable) throw new TypeError(`${matcher} takes platform.journal, or entries of it.`);
  // What it is made of is the caller's word, which the types have asked for.
  const entries = [...(received as Entries)];
  // What the mock itself sent is no request to it, and its dashboard only looks on.
  return entries.filter(
    ({ callback, dashboard }) => callback === undefined && dashboard === undefined,
  );
}

/** How many entries a journal has lost; of a list nothing is known. */
function droppedBy(received: unknown): number {
  // `read` has found it to be an object; a journal has both, a list neither.
  const { recorded, size } = received as { readonly recorded?: number; readonly size?: number };
  return recorded === undefined || size === undefined ? 0 : recorded - size;
}
