/**
 * Dates as the APIs write them and as their filters read them.
 */

const isoTimes = new Map<number, string>();
const mostIsoTimes = 1024;

/** A time in ISO 8601, without fractions of a second: `2024-05-09T14:03:11Z`. */
export function isoTime(time: number): string {
  const known = isoTimes.get(time);
  if (known !== undefined) return known;
  const text = `${new Date(time).toISOString().slice(0, 19)}Z`;
  // The same few times are written again and again; writing one takes longer than all the routing.
  if (isoTimes.size === mostIsoTimes) isoTimes.clear();
  isoTimes.set(time, text);
  return text;
}

/** A time as RFC 2822 has it: `Thu, 09 May 2024 14:03:11 +0000`. */
export function rfc2822Time(time: number): string {
  return new Date(time).toUTCString().replace("GMT", "+0000");
}

/** A date or a time of a filter. */
export interface When {
  /** The moment itself; of a date its first, in UTC. In ms since the epoch. */
  readonly moment: number;
  /** The last moment meant: of a date its last, of a time the moment itself. */
  readonly last: number;
}

const day = 86_400_000;
const isoDate = /^\d{4}-\d{2}-\d{2}$/;
const isoDateTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;
const rfc2822 =
  /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}:\d{2}(?::\d{2})?) ([+-]\d{4}|GMT|UTC|UT|Z)$/;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A time of RFC 2822 in ISO 8601, which `Date.parse` reads strictly; other texts as they are. */
function isoOf(text: string): string {
  const [, day = "", month = "", year, time, zone = ""] = rfc2822.exec(text) ?? [];
  if (year === undefined) return text;
  const number = String(months.indexOf(month) + 1).padStart(2, "0");
  const offset = /\d/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : "Z";
  return `${year}-${number}-${day.padStart(2, "0")}T${time}${offset}`;
}

/**
 * Reads a date (`YYYY-MM-DD`) or a time (ISO 8601, in UTC unless it says otherwise, or RFC 2822).
 *
 * @returns `undefined` for anything else, and for dates that do not exist.
 */
export function parseWhen(text: string): When | undefined {
  if (isoDate.test(text)) {
    const moment = Date.parse(text);
    return isRealDate(text) ? { moment, last: moment + day - 1 } : undefined;
  }
  let readable = isoOf(text);
  if (!isoDateTime.test(readable) || !isRealDate(readable.slice(0, 10))) return undefined;
  readable = readable.replace(" ", "T");
  if (!/(Z|[+-]\d{2}:?\d{2})$/.test(readable)) readable += "Z";
  const moment = Date.parse(readable);
  return Number.isNaN(moment) ? undefined : { moment, last: moment };
}

/** Whether a date exists: `Date.parse` takes 30 February for 2 March. */
function isRealDate(date: string): boolean {
  const moment = Date.parse(date);
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(date);
}

/** What a list is filtered by: texts as they came, `undefined` where a filter is absent. */
export interface DateFilter {
  /** Only on the day of this. */
  readonly on?: string | undefined;
  /** Only earlier than this; a date means its first moment. */
  readonly before?: string | undefined;
  /** Only later than this; a date means its first moment. */
  readonly after?: string | undefined;
  /** Only until this; a date means its last moment. */
  readonly until?: string | undefined;
}

/**
 * Whether a time passes a filter; a time that is not there passes an empty filter only. Texts that
 * `parseWhen` does not read let nothing pass.
 */
export function passesDates(time: number | null, filter: DateFilter): boolean {
  const { on, before, after, until } = filter;
  const test = (text: string | undefined, holds: (when: When, time: number) => boolean) => {
    if (text === undefined) return true;
    const when = parseWhen(text);
    return when !== undefined && time !== null && holds(when, time);
  };
  return (
    test(on, (when, at) => Math.floor(at / day) === Math.floor(when.moment / day)) &&
    test(before, (when, at) => at < when.moment) &&
    test(after, (when, at) => at > when.moment) &&
    test(until, (when, at) => at <= when.last)
  );
}
