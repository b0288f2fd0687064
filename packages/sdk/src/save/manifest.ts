import { readSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { isRecord, OptionError } from "../errors.js";
import type { MediaRef } from "../trust/media-reference.js";
import { DigestTable } from "./digest-table.js";

/** What a manifest says of one medium on disk. */
export interface ManifestEntry {
  /** What it is. */
  readonly ref: MediaRef;
  /** Its URL, without credentials: what it is known by. */
  readonly url: string;
  /** The file, relative to the folder. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** When it was saved, ISO 8601. */
  readonly time: string;
}

/** What a run may do about a medium: nothing, where it was taken before, or save it. */
export type Taken =
  | { readonly isTaken: true }
  | {
      readonly isTaken: false;
      /** What an earlier run noted of it. */
      readonly entry: ManifestEntry | undefined;
    };

/** The longest line that is read, in bytes; ours have some hundred. */
const longestLine = 65_536;

/** How much of the file is read at a time, in bytes. */
const readSize = 2 ** 18;

/** A medium that was taken in this run: there is no offset of this number. */
const taken = -1;

const newline = 0x0a;

/**
 * A file of JSON lines, one for each medium saved; the last line of a medium counts. Of each line only
 * its place is kept in memory.
 */
export class Manifest {
  /** Lines that a crash had cut short, and which were passed over. */
  tornLines = 0;
  private readonly path: string;
  private readonly file: FileHandle;
  /** Where the line of each URL begins; {@link taken} once it was asked for. */
  private readonly lines = new DigestTable();
  private readonly buffer = Buffer.alloc(longestLine);
  private unwritten = "";
  private next: Promise<void> | undefined;
  private last: Promise<void> = Promise.resolve();

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.file = file;
  }

  /**
   * Opens it for adding. A line that was cut short is passed over, and counted.
   *
   * @throws OptionError for a file that is no manifest; it names the line
   */
  static async open(path: string): Promise<Manifest> {
    const manifest = new Manifest(path, await open(path, "a+"));
    try {
      await manifest.read();
      return manifest;
    } catch (error) {
      await manifest.file.close();
      throw error;
    }
  }

  private async read(): Promise<void> {
    const chunk = Buffer.alloc(readSize);
    let rest: Buffer = Buffer.alloc(0);
    let [offset, number] = [0, 0];
    for (;;) {
      const { bytesRead } = await this.file.read(chunk, 0, readSize, offset + rest.length);
      const bytes = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      let start = 0;
      for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
        this.readLine(bytes.toString("utf8", start, end), offset + start, ++number);
        start = end + 1;
      }
      rest = bytes.subarray(start);
      offset += start;
      if (rest.length > longestLine) throw this.foreign(number + 1);
      if (bytesRead === 0) break;
    }
    if (rest.length === 0) return;
    this.readLine(rest.toString("utf8"), offset, number + 1);
    // So that the next line does not continue one that a crash cut short.
    await this.file.appendFile("\n");
  }

  private readLine(line: string, offset: number, number: number): void {
    if (line.trim() === "") return;
    const entry = readEntry(line);
    if (entry) this.lines.set(entry.url, offset);
    else if (isTorn(line)) this.tornLines++;
    else throw this.foreign(number);
  }

  private foreign(number: number): OptionError {
    return new OptionError(
      "manifest",
      `a file that saveAll has written, or a new one: line ${number} of ${this.path} is none of its lines`,
    );
  }

  /** Takes a medium, which nobody else gets in this run, and tells what is known of it. */
  take(url: string): Taken {
    const offset = this.lines.get(url);
    if (offset === taken) return { isTaken: true };
    this.lines.set(url, taken);
    return { isTaken: false, entry: offset === undefined ? undefined : this.entryAt(offset, url) };
  }

  /** Read when it is wanted: it is in the memory of the file system, in less time than a trip there. */
  private entryAt(offset: number, url: string): ManifestEntry | undefined {
    let length = 0;
    for (;;) {
      const read = readSync(
        this.file.fd,
        this.buffer,
        length,
        Math.min(1024, longestLine - length),
        offset + length,
      );
      const end = this.buffer.subarray(0, length + read).indexOf(newline, length);
      length += read;
      if (end < 0 && read > 0 && length < longestLine) continue;
      const entry = readEntry(this.buffer.toString("utf8", 0, end < 0 ? length : end));
      return entry?.url === url ? entry : undefined;
    }
  }

  /** Adds a line, in one write with those that come while the one before is under way. */
  add(entry: ManifestEntry): Promise<void> {
    this.unwritten += `${JSON.stringify(entry)}\n`;
    // What failed once fails for good: a line may have been cut short by it.
    this.next ??= this.last.then(() => this.writeLines());
    this.last = this.next;
    return this.next;
  }

  private writeLines(): Promise<void> {
    const lines = this.unwritten;
    this.unwritten = "";
    this.next = undefined;
    return this.file.appendFile(lines);
  }

  /** Flushes it and lets go of the file. */
  async close(): Promise<void> {
    await this.file.sync().finally(() => this.file.close());
  }
}

function readEntry(line: string): ManifestEntry | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isEntry(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** How each line of ours begins. */
const beginning = '{"ref":{"';

/** Whether a line is the beginning of one of ours, and no more. */
function isTorn(line: string): boolean {
  try {
    JSON.parse(line);
    return false;
  } catch {
    return line.startsWith(beginning) || beginning.startsWith(line);
  }
}

/** Checks what is relied upon; the rest is for people. */
function isEntry(value: unknown): value is ManifestEntry {
  if (!isRecord(value)) return false;
  const { url, path, size, sha256 }: { [Name in keyof ManifestEntry]?: unknown } = value;
  return (
    typeof url === "string" &&
    typeof path === "string" &&
    !path.includes("\0") &&
    Number.isSafeInteger(size) &&
    Number(size) >= 0 &&
    typeof sha256 === "string" &&
    /^[0-9a-f]{64}$/.test(sha256)
  );
}
