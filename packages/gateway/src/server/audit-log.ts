import { createHash } from "node:crypto";
import { closeSync, createReadStream, openSync, writeSync } from "node:fs";
import { readFile } from "node:fs/promises";
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
 * JSON, so that a line that is changed, left out or put between breaks the chain; what is cut off at the
 * end does not show, unless the last hash is kept elsewhere. One process for each file.
 */
export async function openAuditLog(path: string): Promise<AuditLog> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const lines = text.split("\n").filter(Boolean);
  // A line that a crash cut is ended, so that the next one is whole; verifying names it.
  const isCut = text !== "" && !text.endsWith("\n");
  let previous = (lastHash(lines) ?? beginning) || beginning;
  const file = openSync(path, "a", 0o600);
  if (isCut) writeSync(file, "\n");
  return {
    write(event) {
      const hash = hashOf(previous, event);
      writeSync(file, `${JSON.stringify({ ...event, hash })}\n`);
      previous = hash;
    },
    close: () => closeSync(file),
  };
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

/** Follows the chain of an audit log. @returns the first line, counted from 1, that breaks it */
export async function verifyAuditLog(path: string): Promise<AuditVerdict> {
  let previous = beginning;
  let number = 0;
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
  }
  return { ok: true, lines: number, lastHash: previous };
}
