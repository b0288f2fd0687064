import { constants, type FileHandle, open, rename, writeFile } from "node:fs/promises";
import { isRecord } from "../errors.js";
import { isAt } from "./collision.js";
import { removeFile } from "./disk.js";
import type { PartLock } from "./part-lock.js";
import { openOwn, type PartPlace, passingPath } from "./part-place.js";
import { cutFurther, type Segment } from "./segments.js";

/** What the file beside a partial says of it: whose bytes they are, and which are there. */
interface Sidecar {
  /** The medium's URL, without credentials. */
  readonly url: string;
  /** The strong entity tag of the version. */
  readonly tag: string;
  /** Its size in bytes. */
  readonly size: number;
  readonly segments: readonly Segment[];
}

/** Which version of which medium is being saved. */
export type Version = Omit<Sidecar, "segments">;

/** The file beside a partial, and whether it is there yet. */
interface Note {
  readonly path: string;
  readonly lock: PartLock;
  readonly version: Version;
  written: boolean;
}

/** How many bytes are written between two notes in the sidecar. */
const noteEvery = 8 * 2 ** 20;

/** How many bytes are written before they are flushed, so that little is left to flush at the end. */
const flushEvery = 64 * 2 ** 20;

/**
 * A file being filled, beside its target. If its version is provable it has a note, by which a later
 * process goes on, and a lock, so that it is one save that writes to it.
 */
export class Partial {
  readonly path: string;
  readonly file: FileHandle;
  readonly segments: readonly Segment[];
  /** The strong entity tag of the version; `undefined` where there is none. */
  readonly tag: string | undefined;
  private readonly note: Note | undefined;
  private isClosed = false;
  private sinceFlush = 0;
  private flushing: Promise<void> | undefined;

  private constructor(
    path: string,
    file: FileHandle,
    segments: readonly Segment[],
    tag: string | undefined,
    note?: Note,
  ) {
    this.path = path;
    this.file = file;
    this.segments = segments;
    this.tag = tag;
    this.note = note;
  }

  /**
   * Starts a file that is gone when the save fails.
   *
   * @param tag the strong entity tag, for a file that several answers fill
   */
  static async startPassing(
    folder: string,
    segments: readonly Segment[],
    tag?: string,
  ): Promise<Partial> {
    const path = passingPath(folder);
    return new Partial(path, await open(path, "wx"), segments, tag);
  }

  /** Starts a file that a later save can go on with; what an earlier one left there is removed. */
  static async start(
    place: PartPlace,
    lock: PartLock,
    version: Version,
    segments: readonly Segment[],
  ): Promise<Partial> {
    await removeFile(place.note);
    // Not emptied: it may be another name of a target, if a process was killed between the last steps.
    await removeFile(place.part);
    const file = await open(place.part, "wx+");
    const note = { path: place.note, lock, version, written: false };
    return new Partial(place.part, file, segments, version.tag, note);
  }

  /**
   * Opens what an earlier save left. `undefined` if there is nothing of use; what is there is then
   * removed.
   *
   * @param most how many segments what is missing is cut into, if that is large
   */
  static async find(
    place: PartPlace,
    lock: PartLock,
    url: string,
    most: number,
  ): Promise<Partial | undefined> {
    const read = await readNote(place.note);
    const file = read?.url === url ? await openPart(place.part, read) : undefined;
    if (read && file) {
      const { segments, ...version } = read;
      const note = { path: place.note, lock, version, written: true };
      return new Partial(place.part, file, cutFurther(segments, most), version.tag, note);
    }
    // Whatever cannot be removed is none of ours, and nothing to go on with.
    await removeFile(place.note).catch(() => {});
    await removeFile(place.part).catch(() => {});
    return undefined;
  }

  /** Bytes that are there. */
  get loaded(): number {
    return this.segments.reduce((sum, { start, next }) => sum + next - start, 0);
  }

  /** Bytes in all; `undefined` where that is not known. */
  get size(): number | undefined {
    const end = this.segments.at(-1)?.end;
    return end === undefined ? undefined : end + 1;
  }

  /**
   * The segments that are not complete; if all are, since a save ended just before the last step,
   * the last one with its last byte to be asked for again, which tells whether the medium is the same.
   */
  missing(): readonly Segment[] {
    const missing = this.segments.filter(({ next, end }) => end === undefined || next <= end);
    const last = this.segments.at(-1);
    if (missing.length > 0 || last?.end === undefined) return missing;
    last.next = last.end;
    return [last];
  }

  /** The offset before which everything is written. */
  get prefix(): number {
    const gap = this.segments.find(({ next, end }) => end === undefined || next <= end);
    return (gap ?? this.segments.at(-1))?.next ?? 0;
  }

  /**
   * To be called after each write; flushes, now and then, what was written, and notes how far it has
   * come. Meanwhile the writing goes on, until that is due again.
   */
  async wrote(bytes: number): Promise<void> {
    this.sinceFlush += bytes;
    if (this.sinceFlush < (this.note ? noteEvery : flushEvery)) return;
    this.sinceFlush = 0;
    const before = this.flushing;
    this.flushing = (async () => {
      await before;
      await (this.note ? this.writeNote() : this.file.datasync());
    })();
    // It is awaited when the next one is due, and at the end.
    this.flushing.catch(() => {});
    await before;
  }

  /** Flushes all that was written. */
  async flush(): Promise<void> {
    await this.flushing;
    await this.file.sync();
  }

  /** Closes the file and leaves it to a later save, or removes it if none could go on with it. */
  async leave(): Promise<void> {
    await this.flushing?.catch(() => {});
    if (!this.note || this.loaded === 0) return this.discard();
    try {
      await this.writeNote();
    } catch (error) {
      // An earlier note is right about what it tells; without any nobody could go on.
      if (!this.note.written) await this.discard();
      throw error;
    } finally {
      await this.close();
    }
  }

  /** Closes the file, which has moved into place, and removes what else is beside the target. */
  async finish(): Promise<void> {
    await this.flushing?.catch(() => {});
    // The medium is where it belongs; a note that cannot be removed is only removed later.
    if (this.note) await removeFile(this.note.path).catch(() => {});
    await this.close();
  }

  /** Closes the file and removes what is beside the target. */
  async discard(): Promise<void> {
    const isThere = isAt(this.path, this.file.fd);
    // The note first: without its part it would mislead, a part without its note is only removed.
    if (this.note) await removeFile(this.note.path).catch(() => {});
    try {
      if (isThere) await removeFile(this.path);
    } finally {
      await this.finish();
    }
  }

  /** Closes the file, once, and lets another save have it. */
  private async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    await this.file.close().finally(() => this.note?.lock.release());
  }

  /** Flushes what was written before noting it, so that a power failure leaves no false note. */
  private async writeNote(): Promise<void> {
    if (!this.note) return;
    const { path, version, lock } = this.note;
    const noted: Sidecar = { ...version, segments: this.segments.map((one) => ({ ...one })) };
    await this.file.datasync();
    const draft = `${path}.new`;
    try {
      // What a killed process left of one.
      await removeFile(draft);
      await writeFile(draft, JSON.stringify(noted), { flag: "wx" });
      await rename(draft, path);
    } catch (error) {
      // On a full disk there is room for its name, but not for its text.
      await removeFile(draft).catch(() => {});
      throw error;
    }
    this.note.written = true;
    await lock.touch();
  }
}

async function readNote(path: string): Promise<Sidecar | undefined> {
  const file = await openOwn(path, constants.O_RDONLY);
  try {
    return file && readSidecar(await file.readFile("utf8"));
  } finally {
    await file?.close();
  }
}

/** The bytes that a note tells of; `undefined` if they are not all there. */
async function openPart(path: string, { segments }: Sidecar): Promise<FileHandle | undefined> {
  const reach = segments.reduce((far, { start, next }) => (next > start ? next : far), 0);
  const file = await openOwn(path, constants.O_RDWR);
  if (file && reach > 0 && (await file.stat()).size >= reach) return file;
  await file?.close();
  return undefined;
}

/** A sidecar that makes sense; `undefined` if it was cut short or tampered with. */
function readSidecar(text: string): Sidecar | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return isSidecar(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

function isSidecar(value: unknown): value is Sidecar {
  if (!isRecord(value)) return false;
  const { url, tag, size, segments }: { [Name in keyof Sidecar]?: unknown } = value;
  if (typeof url !== "string" || typeof tag !== "string" || !Array.isArray(segments)) return false;
  let expected = 0;
  for (const { start, end, next } of segments) {
    if (start !== expected || !(end >= start) || !(next >= start) || !(next <= end + 1))
      return false;
    expected = end + 1;
  }
  return expected > 0 && expected === size;
}
