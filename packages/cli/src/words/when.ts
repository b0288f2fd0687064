/**
 * Times as people write them: lengths (`30s`, `15m`, `2h`, `7d`), and moments (ISO, `today`,
 * `yesterday`, or so long ago).
 */

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A length in ms; `undefined` for a text that is none. */
export function parseLength(text: string): number | undefined {
  const [, count, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text.trim()) ?? [];
  if (count === undefined || !isUnit(unit)) return undefined;
  return Number(count) * units[unit];
}

/**
 * A moment; `undefined` for a text that is none. Days are of UTC, as the platform's.
 *
 * @param now in ms since the epoch
 */
export function parseMoment(text: string, now: number): Date | undefined {
  const word = text.trim().toLowerCase();
  const midnight = Math.floor(now / units.d) * units.d;
  if (word === "now") return new Date(now);
  if (word === "today") return new Date(midnight);
  if (word === "yesterday") return new Date(midnight - units.d);
  const ago = parseLength(word);
  if (ago !== undefined) return new Date(now - ago);
  // A date, or a date with a time (RFC 3339); Date alone takes much that nobody means.
  if (
    !/^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/i.test(
      word,
    )
  ) {
    return undefined;
  }
  // The 30th of February is not taken for a day in March.
  const day = word.slice(0, 10);
  if (new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) !== day) return undefined;
  const hasZone = word.length === 10 || /(?:z|[+-]\d{2}:\d{2})$/.test(word);
  const moment = new Date(hasZone ? word.toUpperCase() : `${word.toUpperCase()}Z`);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

function isUnit(text: string | undefined): text is keyof typeof units {
  return text !== undefined && Object.hasOwn(units, text);
}

/** A length in ms in words of a glance: `850 ms`, `12 s`, `3 min`, `2 h`. */
export function lengthInWords(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`;
  if (ms < 2 * units.h) return `${Math.round(ms / 60_000)} min`;
  return `${Math.round(ms / units.h)} h`;
}
