import { OptionError } from "../errors.js";

/**
 * When an item must have been created. The platform does not say whether it compares days or
 * instants, so it is asked for whole days (UTC) with one to spare, and the instants are compared
 * here: what comes out is exact either way. Raw pages may hold items of the days around.
 */
export interface CreatedFilter {
  /** Only items created later than this instant. */
  readonly createdAfter?: Date;
  /** Only items created earlier than this instant. */
  readonly createdBefore?: Date;
  /** Only items created on the day, in UTC, that this instant is in. */
  readonly createdOn?: Date;
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

const day = 86_400_000;

/**
 * Reads a date filter. Pure.
 *
 * @param what what the options' names begin with
 * @throws OptionError unless each bound is a valid `Date` or left out
 */
export function dateWindow(
  what: "created" | "sent",
  afterDate: Date | undefined,
  beforeDate: Date | undefined,
  onDate: Date | undefined,
): DateWindow {
  let after = instant(`${what}After`, afterDate);
  let before = instant(`${what}Before`, beforeDate);
  const on = instant(`${what}On`, onDate);
  if (on !== undefined) {
    const start = Math.floor(on / day) * day;
    after = Math.max(after ?? -Infinity, start - 1);
    before = Math.min(before ?? Infinity, start + day);
  }
  const open = after === undefined && before === undefined;
  return {
    after: after === undefined ? undefined : dayText(after - day),
    before: before === undefined ? undefined : dayText(before + day),
    on: on === undefined ? undefined : dayText(on),
    includes: (date) => {
      if (date === undefined) return open;
      const time = date.getTime();
      return time > (after ?? -Infinity) && time < (before ?? Infinity);
    },
  };
}

/** Milliseconds since the epoch. */
function instant(option: string, date: Date | undefined): number | undefined {
  if (date === undefined) return undefined;
  // By shape, since a Date may come from another realm.
  const time: unknown = typeof date?.getTime === "function" ? date.getTime() : undefined;
  if (typeof time === "number" && !Number.isNaN(time)) return time;
  throw new OptionError(option, "a valid Date");
}

/** The UTC day of an instant; of one that four digits of a year cannot say, the nearest they can. */
function dayText(time: number): string {
  const nearest = Math.min(Math.max(time, 0), Date.UTC(9999, 11, 31));
  return new Date(nearest).toISOString().slice(0, 10);
}
