import { isRecord, OptionError } from "../errors.js";

/**
 * The options of a function, if they are an object that has no others than it knows: a misspelt one
 * would be ignored, and what it was to guard against would not be noticed.
 *
 * @throws OptionError naming the first that is unknown
 */
export function checkKnown<Options extends object>(
  options: Options,
  known: Readonly<Record<keyof Options, true>>,
): Options {
  const names = Object.keys(known);
  if (!isRecord(options) || Array.isArray(options)) {
    throw new OptionError("options", `an object of ${names.join(", ")}`);
  }
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return options;
  throw new OptionError(unknown, `left out: it is not one of ${names.join(", ")}`);
}
