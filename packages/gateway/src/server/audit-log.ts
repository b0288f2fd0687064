import { createHash } from "node:crypto";
import {
  closeSync,
  createReadStream,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from "node:fs";
import { createInterface } from "node:readline";
import type { AuditEvent } from "../gateway/options.js";

/** What stands before the first line. */
const beginning = "0".repeat(64);

/** A log of who opened what: JSON lines, each with the hash of itself and of the line before. */
export interface AuditLog {
  /** Writes a line. */
  write(event: AuditEvent): void;
  /** Closes the file. */
  close(): void;
}

/**
 * Opens a log to go on writing. Each line's `hash` is SHA-256 of the hash before it and the event's
 * JSON, so that a line that is changed, left out or put between breaks the chain. Whoever may write the
 * file can cut its end off, or make a whole chain anew: keep the last hash elsewhere from time to time,
 * and compare. A line that a crash cut is taken off, and a line says so. One process for each file.
 */
export async function openAuditLog(path: string): Promise<AuditLog> {
  const file = openSync(path, "a+", 0o600);
  let { size } = fstatSync(file);
  const tail = readEnd(file, size);
  const cut = tail.length - (tail.lastIndexOf("\n") + 1);
  let previous = lastHash(tail.toString("utf8", 0, tail.length - cut).split("\n")) ?? beginning;
  const write = (event: object) => {
    const hash = hashOf(previous, event);
    const line = Buffer.from(`${JSON.stringify({ ...event, hash })}\n`);
    try {
      let written = 0;
      while (written < line.length) written += writeSync(file, line, written);
    } catch (error) {
      // A full disk takes a part of a line, behind which the next one would be none.
      ftruncateSync(file, size);
      throw error;
    }
    size += line.length;
    previous = hash;
  };
  if (cut > 0) {
    size -= cut;
    ftruncateSync(file, size);
    write({ time: new Date().toISOString(), what: "recovered", bytes: cut });
  }
  return { write, close: () => closeSync(file) };
}

/** No line is longer, so that not all of a log is read to go on with it. */
const longestLine = 2 ** 16;

function readEnd(file: number, size: number): Buffer {
  const end = Buffer.alloc(Math.min(size, longestLine));
  const read = readSync(file, end, 0, end.length, size - end.length);
  return end.subarray(0, read);
}

function hashOf(previous: string, event: object): string {
  return createHash("sha256").update(previous).update(JSON.stringify(event)).digest("hex");
}

function lastHash(lines: readonly string[]): string | undefined {
  for (const line of lines.toReversed()) {
    const hash = readLine(line)?.hash;
    if (hash !== undefined) return hash;
  }
  return undefined;
}

function readLine(line: string): { readonly hash: string; readonly event: object } | undefined {
  try {
    const { hash, ...event }: Record<string, unknown> = JSON.parse(line);
    return typeof hash === "string" ? { hash, event } : undefined;
  } catch {
    return undefined;
  }
}

/** What verifying an audit log found. */
export type AuditVerdict =
  | { readonly ok: true; readonly lines: number; readonly lastHash: string }
  | { readonly ok: false; readonly line: number; readonly because: string };

/**
 * Follows the chain of an audit log.
 *
 * @param known the `lastHash` of an earlier verdict, kept elsewhere: one of the log's lines has to have it,
 *   else its end was cut off, or it was made anew
 * @returns the first line, counted from 1, that breaks it
 */
export async function verifyAuditLog(path: string, known = beginning): Promise<AuditVerdict> {
  let previous = beginning;
  let number = 0;
  let isKnown = known === beginning;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    number++;
    const read = readLine(line);
    if (!read) return { ok: false, line: number, because: "it is no line of an audit log" };
    if (hashOf(previous, read.event) !== read.hash) {
      const because =
        "its hash does not follow from the line before: it, or one before, was changed or is missing";
      return { ok: false, line: number, because };
    }
    previous = read.hash;
    isKnown ||= previous === known;
  }
  if (!isKnown) {
    const because =
      "no line has the hash that was the last: the end was cut off, or all was made anew";
    return { ok: false, line: number, because };
  }
  return { ok: true, lines: number, lastHash: previous };
}
