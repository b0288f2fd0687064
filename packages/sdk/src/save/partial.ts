import { createHash, randomUUID } from "node:crypto";
import { constants, type FileHandle, open, readFile, rename, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isRecord } from "../errors.js";
import { detach, isAt } from "./collision.js";
import { removeFile, statOrUndefined } from "./disk.js";

/** A run of bytes, and how far it has been written. Offsets in bytes, `end` included. */
export interface Segment {
  readonly start: number;
  /** `undefined` where the size is not known. */
  readonly end: number | undefined;
  /** The offset of the next byte to write. */
  next: number;
}

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
  readonly sidecar: string;
  readonly version: Version;
  written: boolean;
}

/** How many bytes are written between two notes in the sidecar. */
const noteEvery = 8 * 2 ** 20;

/** How many bytes are written before they are flushed, so that little is left to flush at the end. */
const flushEvery = 64 * 2 ** 20;

/**
 * A file being filled, beside its target. If its version is provable it has a sidecar, by which a
 * later process goes on; two processes that save the same version write the same bytes to the same
 * places, so they cannot spoil each other's.
 */
export class Partial {
  readonly path: string;
  readonly file: FileHandle;
  readonly segments: readonly Segment[];
  /** The strong entity tag of the version; `undefined` where there is none. */
  readonly tag: string | undefined;
  private readonly note: Note | undefined;
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

  /** Starts a file that a later save can go on with. */
  static async start(
    sidecar: string,
    version: Version,
    segments: readonly Segment[],
  ): Promise<Partial> {
    const path = partPath(sidecar, version);
    detach(path);
    // Not truncated: another process may be writing the same bytes to it.
    const file = await open(path, constants.O_RDWR | constants.O_CREAT);
    return new Partial(path, file, segments, version.tag, { sidecar, version, written: false });
  }

  /**
   * Opens what an earlier save left. `undefined` if there is nothing of use for this medium; what is
   * there for another one under the same name is removed.
   */
  static async find(sidecar: string, url: string): Promise<Partial | undefined> {
    const text = await readFile(sidecar, "utf8").catch(() => undefined);
    if (text === undefined) return undefined;
    const read = readSidecar(text);
    if (!read) return undefined;
    const { segments, ...version } = read;
    const path = partPath(sidecar, version);
    detach(path);
    const reach = segments.reduce((far, { start, next }) => (next > start ? next : far), 0);
    const found = await statOrUndefined(path);
    if (read.url === url && found && reach > 0 && found.size >= reach) {
      const file = await open(path, constants.O_RDWR);
      return new Partial(path, file, segments, version.tag, { sidecar, version, written: true });
    }
    await removeFile(path);
    await removeFile(sidecar);
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
    if (!this.note) return this.discard();
    if (this.loaded === 0) {
      // What may be there came from another save of the same version, which may be at it still.
      return (await this.file.stat()).size > 0 ? this.file.close() : this.discard();
    }
    try {
      await this.writeNote();
    } finally {
      await this.file.close();
    }
  }

  /** Closes the file, which has moved into place, and removes what else is beside the target. */
  async finish(): Promise<void> {
    await this.flushing?.catch(() => {});
    await this.file.close();
    if (this.note?.written) await removeFile(this.note.sidecar);
  }

  /** Closes the file and removes what is beside the target. */
  async discard(): Promise<void> {
    const isThere = isAt(this.path, this.file.fd);
    await this.finish();
    if (isThere) await removeFile(this.path);
  }

  /** Flushes what was written before noting it, so that a power failure leaves no false note. */
  private async writeNote(): Promise<void> {
    if (!this.note) return;
    const { sidecar, version } = this.note;
    const noted: Sidecar = { ...version, segments: this.segments.map((one) => ({ ...one })) };
    await this.file.datasync();
    const draft = `${sidecar}.${randomUUID()}`;
    try {
      await writeFile(draft, JSON.stringify(noted), { flag: "wx" });
      await rename(draft, sidecar);
    } catch (error) {
      // On a full disk there is room for its name, but not for its text.
      await removeFile(draft).catch(() => {});
      throw error;
    }
    this.note.written = true;
  }
}

/** A name for a file that no later save will look for. */
export function passingPath(folder: string): string {
  return join(folder, `.${randomUUID()}.part`);
}

/** Named by the version, so that bytes of two versions never meet in one file. */
export function partPath(sidecar: string, { url, tag, size }: Version): string {
  const version = createHash("sha256")
    .update(JSON.stringify([url, tag, size]))
    .digest("hex");
  const name = basename(sidecar).replace(/\.json$/, "");
  return join(dirname(sidecar), name.replace(/part$/, `${version.slice(0, 16)}.part`));
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
