/**
 * The one vocabulary of checks for what comes from outside: code without types, options, the control
 * endpoints, filters. What passes is written in one way: UUIDs in lower case, times in whole ms.
 */

import { isUuid } from "./ids.js";
import { allScopes } from "./scopes.js";

/** An option that cannot be used; says which, and what was expected. */
export class OptionError extends TypeError {
  override readonly name = "OptionError";
  /** The name of the option. */
  readonly option: string;

  constructor(option: string, expected: string) {
    super(`Option "${option}" must be ${expected}.`);
    this.option = option;
  }
}

/** What a value must be, how to say it, and how it is written from then on. */
export interface Check {
  readonly holds: (value: unknown) => boolean;
  /** Completes "must be …". */
  readonly expected: string;
  /** Called with what holds. Default: as it is. */
  readonly write?: (value: unknown) => unknown;
}

/** A check for each field of a type; a field without one does not compile. */
export type Checks<Fields> = { readonly [Name in keyof Fields]-?: Check };

const isText = (value: unknown): value is string => typeof value === "string";
const isNumber = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value);

/** A text, which may be empty. */
export const anyText: Check = { holds: isText, expected: "a text" };

/** A text that is not empty. */
export const text: Check = {
  holds: (value) => isText(value) && value !== "",
  expected: "a text that is not empty",
};

/** A secret as a header can carry it: RFC 7617 forbids control characters in it. */
export const secret: Check = {
  holds: (value) => isText(value) && value === value.trim() && /^[^\p{Cc}]+$/u.test(value),
  expected: "a text that is not empty, without control characters or spaces around it",
};

/** `true` or `false`. */
export const flag: Check = {
  holds: (value) => typeof value === "boolean",
  expected: "true or false",
};

/** A UUID, in any case. */
export const uuid: Check = {
  holds: (value) => isText(value) && isUuid(value),
  expected: "a UUID",
  write: (value) => String(value).toLowerCase(),
};

/** A number within bounds, both inclusive. */
export function number(minimum: number, maximum: number, unit = ""): Check {
  const of = unit === "" ? "" : ` of ${unit}`;
  const upTo = maximum === Number.MAX_VALUE ? "" : ` to ${maximum}`;
  return {
    holds: (value) => isNumber(value) && value >= minimum && value <= maximum,
    expected: `a number${of} from ${minimum}${upTo}`,
  };
}

/** A whole number within bounds, both inclusive. */
export function whole(minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER): Check {
  const from = minimum === Number.MIN_SAFE_INTEGER ? "" : ` from ${minimum}`;
  const to = maximum === Number.MAX_SAFE_INTEGER ? "" : ` to ${maximum}`;
  return {
    holds: (value) =>
      isNumber(value) && Number.isSafeInteger(value) && value >= minimum && value <= maximum,
    expected: `a whole number${from}${to}`,
  };
}

/** The last moment of the year 9999, beyond which no API writes dates; in ms since the epoch. */
const lastMoment = Date.UTC(10_000, 0, 1) - 1;

/** The first moment of the year 1900: years of fewer digits are written in more ways than one. */
const firstMoment = Date.UTC(1900, 0, 1);

/** A time in ms since the epoch; fractions of a ms are dropped. */
export const moment: Check = {
  holds: (value) => isNumber(value) && value >= firstMoment && value <= lastMoment,
  expected: "a time in ms since 1970, of the years 1900 to 9999",
  write: (value) => Math.floor(Number(value)),
};

/** One of some values. */
export function oneOf(...values: readonly unknown[]): Check {
  return {
    holds: (value) => values.includes(value),
    expected: `one of ${values.join(", ")}`,
  };
}

/** What a check lets pass, or `null`. */
export function orNull(check: Check): Check {
  return {
    holds: (value) => value === null || check.holds(value),
    expected: `${check.expected}, or null`,
    write: (value) => (value === null ? null : (check.write?.(value) ?? value)),
  };
}

/** A function. */
export const callable: Check = {
  holds: (value) => typeof value === "function",
  expected: "a function",
};

/** An object whose own check comes later. */
export const record: Check = {
  holds: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  expected: "an object",
};

/** Scopes of a token, in a list or a set. A text is iterable, too, and none. */
export const scopes: Check = {
  holds: (value) =>
    (Array.isArray(value) || value instanceof Set) &&
    Array.from<unknown>(value).every((scope) => allScopes.some((known) => known === scope)),
  expected: `a list or a set of ${allScopes.join(", ")}`,
  write: (value) => (Array.isArray(value) || value instanceof Set ? new Set(value) : value),
};

/** What `readFields` is told besides the checks. */
export interface FieldRules {
  /** Those that must be there. */
  readonly required?: readonly string[];
  /** What `undefined` is: `"absent"`, as good as not there, or `"refused"`. Default "absent". */
  readonly undefinedIs?: "absent" | "refused";
}

/**
 * Holds an object against the checks of its fields.
 *
 * @param what names the object where it is none: `options`.
 * @returns a copy with its values as they are written from then on.
 * @throws OptionError for no object, a field that is unknown or missing, and a value that fails.
 */
export function readFields<Fields extends object>(
  what: string,
  input: unknown,
  checks: Checks<Fields>,
  { required = [], undefinedIs = "absent" }: FieldRules = {},
): Fields {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw new OptionError(what, "an object");
  }
  const table: Readonly<Record<string, Check>> = checks;
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(input)) {
    const check = Object.hasOwn(table, name) ? table[name] : undefined;
    if (check === undefined) {
      const known = Object.keys(table).join(", ");
      throw new OptionError(name, `left out: ${what} knows only ${known}`);
    }
    if (value === undefined && undefinedIs === "absent") continue;
    read[name] = readValue(name, value, check);
  }
  for (const name of required) {
    if (read[name] === undefined) throw new OptionError(name, table[name]?.expected ?? "given");
  }
  // Each field was held against its check, of which `Checks` has one for every field of the type.
  return read as Fields;
}

/**
 * Holds one value against a check.
 *
 * @returns it as it is written from then on.
 * @throws OptionError when it fails.
 */
export function readValue(name: string, value: unknown, check: Check): unknown {
  if (!check.holds(value)) throw new OptionError(name, check.expected);
  return check.write === undefined ? value : check.write(value);
}
