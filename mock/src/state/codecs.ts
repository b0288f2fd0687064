/**
 * How values are written to JSON and read back, checked. A codec of an entity names every field of it:
 * one that is added later and forgotten here does not compile.
 */

import type { Check } from "../rules/checks.js";
import * as checks from "../rules/checks.js";

/** Where a value stands in the state, and what is wrong with it. */
export class MalformedError extends Error {
  override readonly name = "MalformedError";

  constructor(at: string, expected: string) {
    super(`${at} must be ${expected}`);
  }
}

/** Writes values of a type as JSON, and reads them. */
export interface Codec<Value> {
  write(value: Value): unknown;
  /**
   * @param at where it stands, for errors.
   * @throws MalformedError for what is no such value.
   */
  read(json: unknown, at: string): Value;
}

/** A codec of what JSON holds as it is, held against a check of the platform's own. */
function checked<Value>(check: Check): Codec<Value> {
  return {
    write: (value) => value,
    read(json, at) {
      if (!check.holds(json)) throw new MalformedError(at, check.expected);
      // Safe: each use below names the type of what its check lets pass.
      return (check.write === undefined ? json : check.write(json)) as Value;
    },
  };
}

/** A text, which may be empty, as the body of a message. */
export const text = checked<string>(checks.anyText);

/** A whole number. */
export const integer = checked<number>(checks.whole());

/** A time in ms since the epoch. */
export const moment = checked<number>(checks.moment);

/** `true` or `false`. */
export const flag = checked<boolean>(checks.flag);

/** A UUID. */
export const uuid = checked<string>(checks.uuid);

/** A word of a list that the contract has as types only; which words there are is not checked. */
export function word<Word extends string>(): Codec<Word> {
  return checked<Word>(checks.anyText);
}

/** One of some values. */
export function oneOf<const Value extends string | number>(
  ...values: readonly Value[]
): Codec<Value> {
  return checked<Value>(checks.oneOf(...values));
}

/** A value or `null`. */
export function nullable<Value>(codec: Codec<Value>): Codec<Value | null> {
  return {
    write: (value) => (value === null ? null : codec.write(value)),
    read: (json, at) => (json === null ? null : codec.read(json, at)),
  };
}

/** A list. */
export function list<Value>(codec: Codec<Value>): Codec<Value[]> {
  return {
    write: (values) => values.map((value) => codec.write(value)),
    read(json, at) {
      if (!Array.isArray(json)) throw new MalformedError(at, "a list");
      return json.map((item, index) => codec.read(item, `${at}[${index}]`));
    },
  };
}

/** A set, written as a list. */
export function setOf<Value>(codec: Codec<Value>): Codec<ReadonlySet<Value>> {
  const items = list(codec);
  return {
    write: (values) => items.write([...values]),
    read: (json, at) => new Set(items.read(json, at)),
  };
}

/** An object of exactly these fields. */
export function object<Value extends object>(
  fields: {
    readonly [Name in keyof Value]-?: Codec<Value[Name]>;
  },
): Codec<Value> {
  // The names of the fields are those of the value.
  const names = Object.keys(fields) as (keyof Value & string)[];
  return {
    write: (value) =>
      Object.fromEntries(names.map((name) => [name, fields[name].write(value[name])])),
    read(json, at) {
      if (typeof json !== "object" || json === null) throw new MalformedError(at, "an object");
      const read: Partial<Value> = {};
      for (const name of names) {
        const value: unknown = Object.getOwnPropertyDescriptor(json, name)?.value;
        read[name] = fields[name].read(value, `${at}.${name}`);
      }
      // Every field was read.
      return read as Value;
    },
  };
}
