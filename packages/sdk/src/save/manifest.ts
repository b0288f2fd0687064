import { writeSync } from "node:fs";
import { type FileHandle, open, readFile } from "node:fs/promises";
import { isRecord } from "../errors.js";
import { codeOf } from "../trust/masking.js";
import type { MediaRef } from "../trust/media-reference.js";

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

/** A file of JSON lines, one for each medium saved; the last line of a medium counts. */
export class Manifest {
  private readonly entries: Map<string, ManifestEntry>;
  private readonly file: FileHandle;

  private constructor(entries: Map<string, ManifestEntry>, file: FileHandle) {
    this.entries = entries;
    this.file = file;
  }

  /** Opens it for adding; lines that make no sense, such as one cut short, are passed over. */
  static async open(path: string): Promise<Manifest> {
    const text = await readFile(path, "utf8").catch((error: unknown) => {
      if (codeOf(error) === "ENOENT") return "";
      throw error;
    });
    const entries = new Map<string, ManifestEntry>();
    for (const line of text.split("\n")) {
      const entry = readEntry(line);
      if (entry) entries.set(entry.url, entry);
    }
    const manifest = new Manifest(entries, await open(path, "a"));
    // So that the next line does not continue one that a crash cut short.
    try {
      if (text !== "" && !text.endsWith("\n")) manifest.write("\n");
    } catch (error) {
      await manifest.file.close();
      throw error;
    }
    return manifest;
  }

  /** What is known of a medium. */
  entryOf(url: string): ManifestEntry | undefined {
    return this.entries.get(url);
  }

  /** Adds a line. */
  add(entry: ManifestEntry): void {
    this.entries.set(entry.url, entry);
    this.write(`${JSON.stringify(entry)}\n`);
  }

  /** Flushes it and lets go of the file. */
  async close(): Promise<void> {
    await this.file.sync().finally(() => this.file.close());
  }

  /**
   * Hands it to the file system, which takes it into memory in less time than the thread pool needs
   * to hear of it.
   */
  private write(text: string): void {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) at += writeSync(this.file.fd, bytes, at);
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

/** Checks what is relied upon; the rest is for people. */
function isEntry(value: unknown): value is ManifestEntry {
  if (!isRecord(value)) return false;
  const { url, path, size, sha256 }: { [Name in keyof ManifestEntry]?: unknown } = value;
  return (
    typeof url === "string" &&
    typeof path === "string" &&
    typeof size === "number" &&
    typeof sha256 === "string"
  );
}
