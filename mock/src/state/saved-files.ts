/**
 * The media files of a state: generated ones as what they are made from, short bytes in the state
 * itself, and long ones in a folder beside it, each in a file that is named by its hash and written
 * once.
 */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileOfType } from "../files/files.js";
import { contentOf, type MediaFile, mediaFile, recipeOf } from "../files/media-file.js";
import { type Codec, integer, MalformedError, nullable, object, text } from "./codecs.js";
import { codeOf, removeLeftovers, replaceFile } from "./disk.js";
import { readRecipe } from "./recipe.js";

/** Up to here bytes stand in the state itself. */
const inlineBytes = 16 * 1024;

const namePattern = /^[0-9a-f]{64}$/;

/** How a file is written: its head and pattern, in base64 or by the name of the file that has them. */
interface SavedBytes {
  readonly contentType: string;
  readonly extension: string;
  readonly lastModified: number;
  readonly size: number;
  /** Computing it takes seconds for a large file. `null` in states of version 1. */
  readonly etag: string | null;
  readonly head: string;
  readonly pattern: string;
}

const saved: Codec<SavedBytes> = object<SavedBytes>({
  contentType: text,
  extension: text,
  lastModified: integer,
  size: integer,
  etag: { write: (etag) => etag, read: (json, at) => nullable(text).read(json ?? null, at) },
  head: text,
  pattern: text,
});

/** The media files of one state. */
export class SavedFiles implements Codec<MediaFile> {
  readonly #folder: string;
  /** Files never change, so each is hashed once. */
  readonly #written = new WeakMap<MediaFile, SavedBytes>();
  /** Bytes that a state names and the folder has not yet. */
  readonly #unsaved = new Map<string, Uint8Array>();
  /** What the folder has. */
  readonly #stored = new Set<string>();
  /** How many media of the state have the bytes of each name. */
  readonly #uses = new Map<string, number>();
  /** What the change that is being written adds to the uses, or takes away. */
  #pending = new Map<string, number>();

  /** @param folder made when there is something to put into it. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  write(file: MediaFile): unknown {
    const recipe = recipeOf(file);
    if (recipe !== undefined) {
      return { made: file.contentType, lastModified: file.lastModified.getTime(), ...recipe };
    }
    const known = this.#written.get(file);
    // A medium that was removed, and its bytes with it, comes back when the platform is reset.
    const isThere = known !== undefined && namesIn(known).every((name) => this.#has(name));
    const written = isThere ? known : this.#describe(file);
    this.#written.set(file, written);
    this.#count(written, 1);
    return written;
  }

  /** Says that the change that is being written removes a medium with this file. */
  release(file: MediaFile): void {
    const known = this.#written.get(file);
    if (known !== undefined) this.#count(known, -1);
  }

  /** Says that a medium of the state that was read has this file. */
  use(file: MediaFile): void {
    const known = this.#written.get(file);
    if (known === undefined) return;
    for (const name of namesIn(known)) this.#uses.set(name, (this.#uses.get(name) ?? 0) + 1);
  }

  read(json: unknown, at: string): MediaFile {
    const recipe = readRecipe(json, at);
    if (recipe !== undefined) return fileOfType(recipe.contentType, recipe.options);
    const written = saved.read(json, at);
    const { contentType, extension, lastModified, size, etag } = written;
    const head = this.#load(written.head, `${at}.head`);
    const pattern = this.#load(written.pattern, `${at}.pattern`);
    const file = mediaFile(
      { contentType, extension },
      new Date(lastModified),
      () => ({ head, pattern, size }),
      etag === null ? {} : { etag },
    );
    this.#written.set(file, written);
    return file;
  }

  /** Writes the bytes that the change about to be written names, before it is. */
  async flush(): Promise<void> {
    if (this.#unsaved.size === 0) return;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    for (const [name, bytes] of [...this.#unsaved]) {
      const handle = await replaceFile(join(this.#folder, name), [bytes]);
      await handle.close();
      this.#unsaved.delete(name);
      this.#stored.add(name);
    }
  }

  /** The change was written: bytes that no medium has any more go. */
  async commit(): Promise<void> {
    const pending = this.#pending;
    this.#pending = new Map();
    for (const [name, change] of pending) {
      const uses = (this.#uses.get(name) ?? 0) + change;
      if (uses > 0) {
        this.#uses.set(name, uses);
        continue;
      }
      this.#uses.delete(name);
      this.#stored.delete(name);
      await rm(join(this.#folder, name), { force: true });
    }
  }

  /** The change was not written. */
  rollback(): void {
    this.#pending.clear();
    this.#unsaved.clear();
  }

  /** Begins a state anew: what is written from here on is all there is. */
  restart(): void {
    this.#pending = new Map([...this.#uses].map(([name, uses]) => [name, -uses]));
  }

  /** Removes what no medium of the state that was read has, and what a process that was killed left. */
  async sweep(): Promise<void> {
    await removeLeftovers(this.#folder, (name) => namePattern.test(name));
    const names = await readdir(this.#folder).catch((): string[] => []);
    for (const name of names) {
      if (namePattern.test(name) && !this.#uses.has(name)) {
        await rm(join(this.#folder, name), { force: true });
      }
    }
  }

  #has(name: string): boolean {
    return this.#stored.has(name) || this.#unsaved.has(name);
  }

  #count(written: SavedBytes, change: 1 | -1): void {
    for (const name of namesIn(written)) {
      this.#pending.set(name, (this.#pending.get(name) ?? 0) + change);
    }
  }

  #describe(file: MediaFile): SavedBytes {
    const { head, pattern, size } = contentOf(file);
    return {
      contentType: file.contentType,
      extension: file.extension,
      lastModified: file.lastModified.getTime(),
      size,
      etag: file.etag,
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
        return bytes;
      }
    } catch (error) {
      throw new MalformedError(at, `in ${file}, which cannot be read (${codeOf(error)})`);
    }
    throw new MalformedError(at, `in ${file}, which has other bytes`);
  }
}

/** The names of the files that have a file's bytes. */
function namesIn({ head, pattern }: SavedBytes): string[] {
  return [head, pattern]
    .filter((part) => part.startsWith("sha256:"))
    .map((part) => part.slice("sha256:".length));
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
