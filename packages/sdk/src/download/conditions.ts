import { OptionError } from "../errors.js";

/** The fields of a conditional request, RFC 9110 §13.1, by their names; empty: none. */
export type Conditions = Readonly<Record<string, string>>;

/**
 * A player's conditions, which may be missing. What they mean is for the origin to decide: they are
 * passed on as they were written.
 *
 * @throws OptionError for what no field can hold
 */
export function checkConditions(given: {
  readonly ifNoneMatch: string | null | undefined;
  readonly ifModifiedSince: string | null | undefined;
}): Conditions {
  const fields: Record<string, string> = {};
  for (const [option, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === "") continue;
    if (typeof value !== "string" || !/^[\t\x20-\x7e\x80-\xff]+$/.test(value)) {
      throw new OptionError(option, "the field of a player's request, as text");
    }
    fields[option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)] = value;
  }
  return fields;
}
