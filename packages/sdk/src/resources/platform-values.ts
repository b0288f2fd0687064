import { isRecord, UnexpectedAnswerError, type UnexpectedAnswerReason } from "../errors.js";
import { isUuid } from "../trust/uuid.js";

/**
 * Values of the platform's answers that a wrong one would do harm with: read, not believed. An
 * answer outside the contract is an error, since passing over an item would look like its absence.
 */

/** The error for an answer that is not what the contract says. */
export function outsideContract(
  reason: UnexpectedAnswerReason,
  message: string,
  field?: string,
): UnexpectedAnswerError {
  return new UnexpectedAnswerError(reason, message, { field });
}

/** The error for a field whose value is none that the contract has. Shows its name only. */
function wrongField(field: string, expected: string): UnexpectedAnswerError {
  const message = `The platform's answer has a field "${field}" that is not ${expected}.`;
  return outsideContract("field", message, field);
}

/**
 * The list in a page.
 *
 * @throws UnexpectedAnswerError unless it is a list of objects
 */
export function readList<Raw extends object>(list: readonly Raw[] | undefined): readonly Raw[] {
  // Safe to ask: an answer may be anything, whatever its type says.
  if (Array.isArray(list) && list.every((raw): boolean => isRecord(raw))) {
    return list;
  }
  throw outsideContract("body", "The platform's page does not hold the list it should.");
}

/** @throws UnexpectedAnswerError unless the value is a UUID */
export function readId(field: string, value: unknown): string {
  if (isUuid(value)) return value;
  throw wrongField(field, "a UUID");
}

/** @throws UnexpectedAnswerError unless the value is a text with something in it */
export function readText<Text extends string>(field: string, value: Text): Text {
  // Safe to ask: an answer may be anything, whatever its type says.
  if (typeof value === "string" && (value as string) !== "") return value;
  throw wrongField(field, "a text");
}

/**
 * A text that may be missing: `undefined` for `null` and where the field is left out.
 *
 * @throws UnexpectedAnswerError for anything else that is no text
 */
export function readOptionalText(field: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  throw wrongField(field, "a text");
}

/** A number, 0 or more, that may also come as text; `undefined` for anything else. */
export function readNumber(value: unknown): number | undefined {
  const isDigits = typeof value === "string" && /^\d{1,15}(?:\.\d{1,9})?$/.test(value);
  const number: unknown = isDigits ? Number(value) : value;
  return typeof number === "number" && number >= 0 && number < Infinity ? number : undefined;
}

/** A whole number, 0 or more, that may also come as text; `undefined` for anything else. */
export function readCount(value: unknown): number | undefined {
  const number = readNumber(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

/**
 * A count by which it is decided what else is read, so that a guess would look like absence.
 *
 * @throws UnexpectedAnswerError unless it is a whole number, 0 or more
 */
export function readRequiredCount(field: string, value: unknown): number {
  const count = readCount(value);
  if (count !== undefined) return count;
  throw wrongField(field, "a whole number, 0 or more");
}

const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const time = "(?<hour>[01]\\d|2[0-3]):(?<minute>[0-5]\\d)";
/** RFC 2822 §3.3, with its zone. */
const mailDate = new RegExp(
  `^(?:[a-z]{3}, ?)?(?<day>\\d{1,2}) (?<month>${months.join("|")}) (?<year>\\d{4}) ${time}(?::(?<second>[0-5]\\d))? (?:(?<sign>[+-])(?<zoneHour>\\d\\d)(?<zoneMinute>[0-5]\\d)|GMT|UTC?|Z)$`,
  "i",
);
/** RFC 3339 §5.6, whose zone is not optional. */
const isoDate = new RegExp(
  `^(?<year>\\d{4})-(?<month>\\d\\d)-(?<day>\\d\\d)[T ]${time}(?::(?<second>[0-5]\\d)(?:\\.(?<fraction>\\d{1,9}))?)?(?:(?<sign>[+-])(?<zoneHour>\\d\\d):?(?<zoneMinute>[0-5]\\d)|Z)$`,
  "i",
);

/**
 * An instant. One without a zone would be another on each machine, so it is none; and no parser of
 * the runtime is asked, since each makes something else of a day that a month does not have.
 *
 * @throws UnexpectedAnswerError unless it is a date in RFC 2822 or ISO 8601 with its zone
 */
export function readDate(field: string, value: unknown): Date {
  const text = typeof value === "string" ? value : "";
  const parts = (mailDate.exec(text) ?? isoDate.exec(text))?.groups;
  if (parts) {
    const { year, month = "", day, hour, minute, second = 0, fraction = "" } = parts;
    const { sign, zoneHour = 0, zoneMinute = 0 } = parts;
    const named = months.indexOf(month.toLowerCase());
    const monthIndex = named === -1 ? Number(month) - 1 : named;
    const local = new Date(0);
    local.setUTCFullYear(Number(year), monthIndex, Number(day));
    const isReal = local.getUTCMonth() === monthIndex && local.getUTCDate() === Number(day);
    local.setUTCHours(
      Number(hour),
      Number(minute),
      Number(second),
      Number(fraction.padEnd(3, "0").slice(0, 3)),
    );
    const offset = (Number(zoneHour) * 60 + Number(zoneMinute)) * (sign === "-" ? -1 : 1);
    if (isReal && Number(zoneHour) < 24) return new Date(local.getTime() - offset * 60_000);
  }
  throw wrongField(field, "a date with its zone, in RFC 2822 or ISO 8601");
}
