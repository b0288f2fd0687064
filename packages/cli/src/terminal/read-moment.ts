import { parseMoment } from "../words/when.js";
import { CommandError } from "./failure.js";

/**
 * The moment that an option says; `undefined` where it was not given.
 *
 * @throws CommandError for a text that is none
 */
export function readMoment(option: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const read = parseMoment(text, Date.now());
  if (read !== undefined) return read;
  throw new CommandError(
    `${option} must be a date (2026-01-05), a time, today, yesterday, or so long ago (7d), not "${text}".`,
  );
}
