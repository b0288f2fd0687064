import { OptionError } from "../errors.js";

/** A day in UTC, such as `"2026-01-05"`: the instant at which it begins. */
export type Day = `${number}-${number}-${number}`;

/**
 * When an item must have been created. Windows are half-open, at the whole seconds that the platform's
 * dates have: where one ends the next begins, so consecutive windows cover every item once.
 *
 * The platform does not say whether it compares days or instants, so it is asked for whole days (UTC)
 * with one to spare, and the instants are compared here: what comes out is exact either way. Raw
 * pages may hold items of the days around.
 */
export interface CreatedFilter {
  /** Only items created in this second or later. */
  readonly createdAfter?: Date | Day | undefined;
  /** Only items created before this second. */
  readonly createdBefore?: Date | Day | undefined;
  /** Only items created on the day, in UTC, that this instant is in. */
  readonly createdOn?: Date | Day | undefined;
}

/** A date filter as it goes to the platform, and as it is applied here. */
export interface DateWindow {
  /** A day (`YYYY-MM-DD`) before every wanted one; `undefined` without such a bound. */
  readonly after: string | undefined;
  /** A day after every wanted one. */
  readonly before: string | undefined;
  /** The wanted day itself, where one was named. */
  readonly on: string | undefined;
  /** Whether an item of this date is wanted; one that has no date only if no bound was given. */
  includes(date: Date | undefined): boolean;
}

const day = 86_400;

/**
 * Reads a date filter. Pure.
 *
 * @param what what the options' names begin with
 * @throws OptionError unless each bound is a valid `Date`, a day or left out
 */
export function dateWindow(
  what: "created" | "sent",
  afterDate: Date | Day | undefined,
  beforeDate: Date | Day | undefined,
  onDate: Date | Day | undefined,
): DateWindow {
  let from = second(`${what}After`, afterDate);
  let to = second(`${what}Before`, beforeDate);
  const on = second(`${what}On`, onDate);
  if (on !== undefined) {
    const start = Math.floor(on / day) * day;
    from = Math.max(from ?? -Infinity, start);
    to = Math.min(to ?? Infinity, start + day);
  }
  const open = from === undefined && to === undefined;
  return {
    after: from === undefined ? undefined : dayText(from - day),
    before: to === undefined ? undefined : dayText(to + day),
    on: on === undefined ? undefined : dayText(on),
    includes: (date) => {
      if (date === undefined) return open;
      const time = wholeSecond(date.getTime());
      return time >= (from ?? -Infinity) && time < (to ?? Infinity);
    },
  };
}

/** Seconds since the epoch, without what lies beyond the second. */
function second(option: string, bound: unknown): number | undefined {
  if (bound === undefined) return undefined;
  const time = typeof bound === "string" ? dayStart(bound) : timeOf(bound);
  if (time !== undefined && !Number.isNaN(time)) return wholeSecond(time);
  throw new OptionError(option, 'a valid Date, or a day such as "2026-01-05"');
}

/** Milliseconds since the epoch. By shape, since a Date may come from another realm. */
function timeOf(date: unknown): number | undefined {
  const isDate = typeof date === "object" && date !== null && "getTime" in date;
  const time: unknown = isDate && typeof date.getTime === "function" && date.getTime();
  return typeof time === "number" ? time : undefined;
}

/** When a day begins in UTC; `undefined` for a text that names no day there is. */
function dayStart(text: string): number | undefined {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // The 31st of February is not taken for a day in March.
  return !Number.isNaN(time) && dayText(time / 1000) === text ? time : undefined;
}

function wholeSecond(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

/** The UTC day of an instant; of one that four digits of a year cannot say, the nearest they can. */
function dayText(seconds: number): string {
  const nearest = Math.min(Math.max(seconds * 1000, 0), Date.UTC(9999, 11, 31));
  return new Date(nearest).toISOString().slice(0, 10);
}
