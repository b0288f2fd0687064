/**
 * Reads a state: a line that says what it is, so many lines of all there was when it was written
 * whole, and a line for each change since.
 */

import { readFile } from "node:fs/promises";
import { OptionError } from "../platform/options.js";
import type { Platform } from "../platform/platform.js";
import { readSwitches, SwitchError } from "../rules/switches.js";
import { integer, MalformedError } from "./codecs.js";
import { codeOf } from "./disk.js";
import { type Identity, identity } from "./model-codecs.js";
import { StateError } from "./state-error.js";
import type { Table } from "./table.js";

/** Says what a file is, to people and to us. */
export const format = "media-protection-mock state";
/** Another number says that older programs cannot read it. Version 1 is one object, and no lines. */
export const version = 2;

/** A state as it was found. */
export interface FoundState {
  readonly identity: Identity;
  /** The bytes of what was written whole; `undefined` for a state to be written anew. */
  readonly base: number | undefined;
  /** The bytes of all of it. */
  readonly length: number;
  /**
   * Puts it into a platform of the same identity, in the place of what is there.
   *
   * @throws StateError for what a state cannot have.
   */
  restore(platform: Platform, tables: readonly Table[]): void;
}

/**
 * Reads a state from a file.
 *
 * @param path where it really is
 * @param file as it was given, for errors
 * @returns `undefined` where there is no file.
 * @throws StateError for a file that is no state, or only a part of one.
 */
export async function readState(path: string, file: string): Promise<FoundState | undefined> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw new StateError(file, `it cannot be read (${codeOf(error)})`, { cause: error });
  }
  const lines = linesOf(bytes);
  const head = parse(lines[0]) ?? parse(bytes);
  if (head === undefined) throw missing(file);
  if (head["format"] !== format) throw new StateError(file, "it is no state of this mock");
  const isFirst = head["version"] === 1;
  if (!isFirst && head["version"] !== version) {
    throw new StateError(file, "it is of another version of this mock");
  }
  return telling(file, () => {
    const found = { identity: identity.read(head["identity"], "state.identity") };
    return isFirst
      ? { ...found, ...firstVersion(file, head) }
      : { ...found, ...laterVersion(file, head, lines, bytes.length) };
  });
}

type Json = Readonly<Record<string, unknown>>;

function firstVersion(file: string, head: Json): Omit<FoundState, "identity"> {
  const { format: _format, version: _version, identity: _identity, ...all } = head;
  return {
    base: undefined,
    length: 0,
    restore(platform, tables) {
      telling(file, () => {
        for (const { name } of tables) {
          if (!Array.isArray(all[name])) throw new MalformedError(`state.${name}`, "a list");
        }
        begin(tables);
        replay(platform, tables, all, "state", true);
      });
    },
  };
}

function laterVersion(
  file: string,
  head: Json,
  lines: readonly Buffer[],
  size: number,
): Omit<FoundState, "identity"> {
  const count = integer.read(head["lines"], "state.lines");
  // A line that lacks its end was being written when the process was killed, and nobody was answered.
  const [, ...whole] = lines;
  if (whole.length < count) throw missing(file);
  const base = sizeOf(lines.slice(0, 1 + count));
  const length = sizeOf(lines);
  return {
    base: length === size ? base : undefined,
    length,
    restore(platform, tables) {
      telling(file, () => {
        begin(tables);
        for (const [index, line] of whole.entries()) {
          const json = parse(line);
          if (json === undefined) throw new MalformedError(`line ${index + 2}`, "an object");
          replay(platform, tables, json, `line ${index + 2}`, index < count);
        }
      });
    },
  };
}

function begin(tables: readonly Table[]): void {
  for (const table of tables) table.clear();
}

/** Does again what one line says. */
function replay(
  platform: Platform,
  tables: readonly Table[],
  json: Json,
  at: string,
  isWhole: boolean,
): void {
  const known = new Set(["ids", "switches", "remove", ...tables.map(({ name }) => name)]);
  const unknown = Object.keys(json).find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new MalformedError(`${at}.${unknown}`, "something that a state has");
  }
  const { ids, switches, remove } = json;
  if (ids !== undefined) platform.idPosition = integer.read(ids, `${at}.ids`);
  // `readSwitches` checks every name and value itself.
  if (switches !== undefined) platform.setSwitches(readSwitches(switches));
  const removed: Json = isObject(remove) ? remove : {};
  for (const table of tables) table.replay(json[table.name], removed[table.name], at, isWhole);
}

/** Runs what reads, and tells what is wrong with a state as such. */
function telling<Result>(file: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    const known =
      error instanceof MalformedError ||
      error instanceof SwitchError ||
      error instanceof OptionError ||
      // From the makers of files.
      error instanceof RangeError;
    if (!known) throw error;
    throw new StateError(file, error.message.replace(/\.$/, ""), { cause: error });
  }
}

/** The lines that have an end, without it. */
function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0, end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

function sizeOf(lines: readonly Buffer[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

function parse(text: Buffer | undefined): Json | undefined {
  if (text === undefined) return undefined;
  try {
    const json: unknown = JSON.parse(text.toString());
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function isObject(json: unknown): json is Json {
  return typeof json === "object" && json !== null;
}

function missing(file: string): StateError {
  return new StateError(file, "it is no JSON, or the end of it is missing");
}
