import { OptionError } from "../errors.js";
import type { ProjectRequestOptions } from "../options/call-options.js";
import { isUuid } from "../trust/uuid.js";

/** Options of every list that has pages of a size to choose. */
export interface ListOptions extends ProjectRequestOptions {
  /**
   * Items in a page, 1–1000.
   * @default 50, the platform's
   */
  readonly pageSize?: number | undefined;
}

/** A record without the fields that are `undefined`, as query parameters must be. */
type Given<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

/** @throws OptionError unless the value is 1–1000 or left out */
export function checkPageSize(pageSize: number | undefined): number | undefined {
  if (pageSize === undefined) return undefined;
  if (Number.isInteger(pageSize) && pageSize >= 1 && pageSize <= 1000) return pageSize;
  throw new OptionError("pageSize", "a whole number, 1 to 1000");
}

/** @throws OptionError unless the value is a text with something in it, or left out */
export function checkText<Text extends string>(
  option: string,
  value: Text | undefined,
): Text | undefined {
  if (value === undefined || (typeof value === "string" && value !== "")) return value;
  throw new OptionError(option, "a text that is not empty");
}

/** @throws OptionError unless the value is a UUID */
export function checkId(option: string, value: unknown): string {
  if (isUuid(value)) return value;
  throw new OptionError(option, "a UUID");
}

/** The fields that were given. */
export function given<Fields extends object>(fields: Fields): Given<Fields> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  // Safe: the same fields, less those whose value is undefined.
  return Object.fromEntries(entries) as Given<Fields>;
}
