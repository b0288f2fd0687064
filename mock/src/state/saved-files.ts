/**
 * The bytes of media as a state keeps them: short ones in the state itself, long ones in a folder
 * beside it, each in a file that is named by its hash and written once.
 */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { contentOf, type MediaFile, mediaFile } from "../files/media-file.js";
import { type Codec, integer, MalformedError, object, text } from "./codecs.js";

/** Up to here bytes stand in the state itself. Of generated media only a TIFF is longer than that. */
const inlineBytes = 16 * 1024;

const namePattern = /^[0-9a-f]{64}$/;

/** How a file is written: its head and pattern, in base64 or by the name of the file that has them. */
interface SavedFile {
  readonly contentType: string;
  readonly extension: string;
  readonly lastModified: number;
  readonly size: number;
  readonly head: string;
  readonly pattern: string;
}

const saved: Codec<SavedFile> = object<SavedFile>({
  contentType: text,
  extension: text,
  lastModified: integer,
  size: integer,
  head: text,
  pattern: text,
});

/** The media files of one state. */
export class SavedFiles implements Codec<MediaFile> {
  readonly #folder: string;
  /** Files never change, so each is hashed once. */
  readonly #written = new WeakMap<MediaFile, SavedFile>();
  /** Bytes that a state names and the folder has not yet. */
  readonly #unsaved = new Map<string, Uint8Array>();
  /** What the folder has. */
  readonly #stored = new Set<string>();
  /** The names in the state that is being written. */
  #named = new Set<string>();

  /** @param folder made when there is something to put into it. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  write(file: MediaFile): unknown {
    const known = this.#written.get(file);
    // A medium that was removed, and its bytes with it, comes back when the platform is reset.
    const isThere = known !== undefined && namesIn(known).every((name) => this.#has(name));
    const written = isThere ? known : this.#describe(file);
    this.#written.set(file, written);
    for (const name of namesIn(written)) this.#named.add(name);
    return written;
  }

  #has(name: string): boolean {
    return this.#stored.has(name) || this.#unsaved.has(name);
  }

  read(json: unknown, at: string): MediaFile {
    const written = saved.read(json, at);
    const { contentType, extension, lastModified, size } = written;
    const head = this.#load(written.head, `${at}.head`);
    const pattern = this.#load(written.pattern, `${at}.pattern`);
    const file = mediaFile({ contentType, extension }, new Date(lastModified), () => ({
      head,
      pattern,
      size,
    }));
    this.#written.set(file, written);
    return file;
  }

  /** Writes the bytes that the state about to be written names, before it is. */
  async flush(): Promise<void> {
    if (this.#unsaved.size > 0) await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    for (const [name, bytes] of [...this.#unsaved]) {
      const target = join(this.#folder, name);
      await writeFile(`${target}.tmp`, bytes, { mode: 0o600, flush: true });
      await rename(`${target}.tmp`, target);
      this.#unsaved.delete(name);
      this.#stored.add(name);
    }
  }

  /** Removes what the state that has been written does not name. */
  async sweep(): Promise<void> {
    const named = this.#named;
    this.#named = new Set();
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names) {
      const ours = namePattern.test(name.replace(/\.tmp$/, ""));
      if (ours && !named.has(name) && !this.#unsaved.has(name)) {
        this.#stored.delete(name);
        await rm(join(this.#folder, name), { force: true });
      }
    }
  }

  #describe(file: MediaFile): SavedFile {
    const { head, pattern, size } = contentOf(file);
    return {
      contentType: file.contentType,
      extension: file.extension,
      lastModified: file.lastModified.getTime(),
      size,
      head: this.#keep(head),
      pattern: this.#keep(pattern),
    };
  }

  #keep(bytes: Uint8Array): string {
    if (bytes.length <= inlineBytes) return `base64:${Buffer.from(bytes).toString("base64")}`;
    const name = sha256(bytes);
    this.#unsaved.set(name, bytes);
    return `sha256:${name}`;
  }

  #load(written: string, at: string): Uint8Array {
    if (written.startsWith("base64:")) {
      return new Uint8Array(Buffer.from(written.slice("base64:".length), "base64"));
    }
    const name = written.slice("sha256:".length);
    if (!written.startsWith("sha256:") || !namePattern.test(name)) {
      throw new MalformedError(at, "bytes");
    }
    const file = join(this.#folder, name);
    try {
      const bytes = readFileSync(file);
      if (sha256(bytes) === name) {
        this.#stored.add(name);
        return new Uint8Array(bytes);
      }
    } catch (error) {
      throw new MalformedError(at, `in ${file}, which cannot be read (${codeOf(error)})`);
    }
    throw new MalformedError(at, `in ${file}, which has other bytes`);
  }
}

/** The names of the files that have a file's bytes. */
function namesIn({ head, pattern }: SavedFile): string[] {
  return [head, pattern]
    .filter((part) => part.startsWith("sha256:"))
    .map((part) => part.slice("sha256:".length));
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
