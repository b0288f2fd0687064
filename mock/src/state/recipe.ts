/**
 * Generated media in a state: its type, its date, and the options that it was made with.
 */

import type { FileOptions } from "../files/files.js";
import { MalformedError } from "./codecs.js";

/** What a generated file is made from. */
export interface MadeFile {
  readonly contentType: string;
  readonly options: FileOptions;
}

/** What each option must be. The makers check the ranges themselves, as they do for everybody. */
const kinds = {
  id: "string",
  title: "string",
  seconds: "number",
  size: "number",
  pages: "number",
  channels: "number",
} as const satisfies Record<Exclude<keyof FileOptions, "lastModified">, "string" | "number">;

/**
 * Reads a generated file.
 *
 * @returns `undefined` for a file that is written as its bytes.
 * @throws MalformedError for what no file can be made from.
 */
export function readRecipe(json: unknown, at: string): MadeFile | undefined {
  if (typeof json !== "object" || json === null || !("made" in json)) return undefined;
  const { made, lastModified, ...options } = json as Readonly<Record<string, unknown>>;
  if (typeof made !== "string") throw new MalformedError(`${at}.made`, "a media type");
  if (!Number.isSafeInteger(lastModified)) throw new MalformedError(`${at}.lastModified`, "a time");
  for (const [name, value] of Object.entries(options)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name as keyof typeof kinds] : undefined;
    if (kind === undefined || typeof value !== kind) {
      throw new MalformedError(`${at}.${name}`, "an option that files are made with");
    }
  }
  if (options["id"] === undefined) throw new MalformedError(`${at}.id`, "a text");
  const date = new Date(Number(lastModified));
  // Every option was checked to be of its type.
  return { contentType: made, options: { ...options, lastModified: date } as FileOptions };
}
