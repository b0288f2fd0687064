/**
 * Reads what comes from outside: query parameters and JSON bodies, checked against what an operation
 * takes. A reader answers a value, or says what is wrong.
 */

import { isUuid } from "../rules/ids.js";
import { parseWhen } from "./dates.js";
import type { Problem } from "./errors.js";

/** A value, or what is wrong with it. `malformed`: not of its type; otherwise understood and refused. */
export type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly malformed: boolean; readonly problem: Problem };

/** Reads one query parameter, which is text. */
export type TextReader<Value> = (text: string, name: string) => Read<Value>;

/** Reads one value of a JSON body. */
export type JsonReader<Value> = (value: unknown, name: string) => Read<Value>;

function ok<Value>(value: Value): Read<Value> {
  return { ok: true, value };
}

function malformed(name: string, expected: string): Read<never> {
  const problem = { code: "invalid_type", message: `${name} must be ${expected}`, attribute: name };
  return { ok: false, malformed: true, problem };
}

function refused(name: string, expected: string): Read<never> {
  const problem = {
    code: "invalid_value",
    message: `${name} must be ${expected}`,
    attribute: name,
  };
  return { ok: false, malformed: false, problem };
}

/** Any text. */
export const text: TextReader<string> = (value) => ok(value);

/** A whole number within bounds, both inclusive. */
export function integer(minimum: number, maximum = 2 ** 31 - 1): TextReader<number> {
  return (value, name) => {
    if (!/^-?\d+$/.test(value)) return malformed(name, "a whole number");
    const number = Number(value);
    const within = number >= minimum && number <= maximum;
    return within ? ok(number) : refused(name, `from ${minimum} to ${maximum}`);
  };
}

/** `true` or `false`. */
export const flag: TextReader<boolean> = (value, name) => {
  if (value === "true") return ok(true);
  return value === "false" ? ok(false) : malformed(name, "true or false");
};

/** A UUID. */
export const uuid: TextReader<string> = (value, name) =>
  isUuid(value) ? ok(value.toLowerCase()) : refused(name, "a UUID");

/** One of some texts. */
export function oneOf<const Value extends string>(...values: readonly Value[]): TextReader<Value> {
  return (value, name) => {
    const known = values.find((candidate) => candidate === value);
    return known === undefined ? refused(name, `one of ${values.join(", ")}`) : ok(known);
  };
}

/** A date or a time, as text; `dates.ts` knows what it means. */
export const date: TextReader<string> = (value, name) =>
  parseWhen(value) === undefined ? refused(name, "a date (YYYY-MM-DD) or a time") : ok(value);

/** Readers for all parameters of a query. */
export type QueryReaders<Query> = {
  readonly [Name in keyof Query]-?: TextReader<Exclude<Query[Name], undefined>>;
};

/** Reads a query; parameters nobody reads are ignored, of a repeated one the first counts. */
export function readQuery(
  search: URLSearchParams,
  readers: Readonly<Record<string, TextReader<unknown>>>,
): Read<Record<string, unknown>> {
  const query: Record<string, unknown> = {};
  for (const name of Object.keys(readers)) {
    const written = search.get(name);
    const read = written === null ? undefined : readers[name]?.(written, name);
    if (read === undefined) continue;
    if (!read.ok) return read;
    query[name] = read.value;
  }
  return ok(query);
}

/** `true` or `false`, in JSON. */
export const jsonBoolean: JsonReader<boolean> = (value, name) =>
  typeof value === "boolean" ? ok(value) : refused(name, "true or false");

/** Text of a length within bounds, in JSON. */
export function jsonText(minimum: number, maximum = Number.MAX_SAFE_INTEGER): JsonReader<string> {
  return (value, name) => {
    if (typeof value !== "string") return refused(name, "a text");
    const length = Array.from(value).length;
    const within = length >= minimum && length <= maximum;
    return within ? ok(value) : refused(name, `from ${minimum} to ${maximum} characters long`);
  };
}

/** A UUID, in JSON. */
export const jsonUuid: JsonReader<string> = (value, name) =>
  typeof value === "string" ? uuid(value, name) : refused(name, "a UUID");

/** A list of some texts, in JSON. */
export function jsonListOf<const Value extends string>(
  values: readonly Value[],
  minimum: number,
): JsonReader<Value[]> {
  return (value, name) => {
    if (!Array.isArray(value)) return refused(name, "a list");
    if (value.length < minimum) return refused(name, `a list of ${minimum} or more`);
    const known = values.filter((candidate) => value.includes(candidate));
    const allKnown = value.every((item) => values.some((candidate) => candidate === item));
    return allKnown ? ok(known) : refused(name, `a list of ${values.join(", ")}`);
  };
}

/** How a body's field is read, and whether it must be there. */
export interface Field<Value> {
  readonly read: JsonReader<Value>;
  readonly required?: boolean;
}

/** Readers for all fields of a body: those it requires are marked so, the others are not. */
export type BodyFields<Body> = {
  readonly [Name in keyof Body]-?: {
    readonly read: JsonReader<Exclude<Body[Name], undefined>>;
  } & (undefined extends Body[Name] ? { readonly required?: false } : { readonly required: true });
};

/** Reads a JSON object; every field must be known, and the required ones there. All problems at once. */
export function readBody(
  body: unknown,
  fields: Readonly<Record<string, Field<unknown>>>,
): { readonly value: Record<string, unknown>; readonly problems: readonly Problem[] } {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    const problem = { code: "invalid_type", message: "The body must be a JSON object" };
    return { value: {}, problems: [problem] };
  }
  const problems: Problem[] = [];
  const value: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(body)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) {
      const message = `${name} is not a field of this request`;
      problems.push({ code: "unknown_attribute", message, attribute: name });
      continue;
    }
    const read = field.read(given, name);
    if (read.ok) value[name] = read.value;
    else problems.push(read.problem);
  }
  for (const [name, field] of Object.entries(fields)) {
    if (field.required !== true || Object.hasOwn(body, name)) continue;
    problems.push({ code: "missing", message: `${name} is required`, attribute: name });
  }
  return { value, problems };
}
