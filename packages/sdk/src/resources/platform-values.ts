import { isRecord, UnexpectedAnswerError } from "../errors.js";
import { isUuid } from "../trust/uuid.js";

/**
 * Values of the platform's answers that a wrong one would do harm with: read, not believed. An
 * answer outside the contract is an error, since passing over an item would look like its absence.
 */

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
  throw new UnexpectedAnswerError("field", "The platform's page does not hold the list it should.");
}

/** @throws UnexpectedAnswerError unless the value is a UUID */
export function readId(value: unknown): string {
  if (isUuid(value)) return value;
  throw new UnexpectedAnswerError("field", "The platform's answer has an id that is no UUID.");
}

/** @throws UnexpectedAnswerError unless the value is a date in RFC 2822 or ISO 8601 */
export function readDate(value: unknown): Date {
  const date = new Date(typeof value === "string" ? value : Number.NaN);
  if (!Number.isNaN(date.getTime())) return date;
  throw new UnexpectedAnswerError("field", "The platform's answer has a date that is none.");
}
