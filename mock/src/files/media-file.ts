import { hash53 } from "./hash53.js";
import { CHUNK_BYTES, pullStream } from "./pull-stream.js";

/**
 * One stored file of the platform: its type, exact size, validators, and any slice of its bytes.
 *
 * Making one is cheap: no byte exists until it is asked for. Files never change, so equal slices are
 * equal for ever and the validators stay true.
 */
export interface MediaFile {
  /** Media type, as `Content-Type` carries it. */
  readonly contentType: string;
  /** Customary file name extension, without the dot. */
  readonly extension: string;
  /** Exact size in bytes. */
  readonly size: number;
  /** Strong entity tag with its quotes (RFC 9110 §8.8.3): made from the content, so equal bytes have equal tags. */
  readonly etag: string;
  /** When the file was stored. HTTP tells it in whole seconds. */
  readonly lastModified: Date;
  /**
   * A slice as a stream. Nothing is generated before it is read, and nothing after it is cancelled.
   *
   * @param start first byte, inclusive; default 0
   * @param end end of the slice, exclusive; default the file's size
   * @throws RangeError unless 0 ≤ start ≤ end ≤ size, in whole bytes
   */
  stream(start?: number, end?: number): ReadableStream<Uint8Array<ArrayBuffer>>;
  /** The same slice at once. The array is the caller's own. Parameters and errors as for `stream`. */
  bytes(start?: number, end?: number): Uint8Array<ArrayBuffer>;
}

/** What every maker of files says about its format. */
export interface MediaFormat {
  readonly contentType: string;
  readonly extension: string;
}

/**
 * The bytes of a file in the shortest form that holds them all: `head`, then `pattern` over and over,
 * cut at `size`. A tone of many GiB is two kilobytes of pattern; a picture is a pattern seen once.
 */
export interface FileContent {
  readonly head: Uint8Array;
  readonly pattern: Uint8Array;
  readonly size: number;
}

/** What a file was made from, besides its type and its date: the same options make the same bytes. */
export type Recipe = Readonly<Record<string, string | number>>;

/** What else is known of a file. */
export interface Known {
  /** The options that it was made from, but for the date. Default: it is no generated file. */
  readonly recipe?: Recipe;
  /** Its entity tag, where whoever had the bytes has computed it. Default: computed when it is first wanted. */
  readonly etag?: string;
}

/**
 * A file of the given format.
 *
 * @param content called once, when the size, the tag or a byte is first wanted
 * @throws RangeError when `lastModified` is not a date
 */
export function mediaFile(
  format: MediaFormat,
  lastModified: Date,
  content: () => FileContent,
  known: Known = {},
): MediaFile {
  if (Number.isNaN(lastModified.getTime()))
    throw new RangeError("lastModified is not a valid date");
  return new PatternFile(format, lastModified, content, known);
}

/** What a generated file was made from; `undefined` for any other. */
export function recipeOf(file: MediaFile): Recipe | undefined {
  return file instanceof PatternFile ? file.recipe : undefined;
}

/** What the hash of content without a head begins with. */
export const etagSeed = hash53(new Uint8Array(0));

/** A file of bytes that nobody else has or will change, with a tag that is known. */
export function ownFile(own: {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly extension: string;
  readonly lastModified: Date;
  readonly etag: string;
}): MediaFile {
  const { bytes: pattern, contentType, extension, lastModified, etag } = own;
  const content = { head: new Uint8Array(0), pattern, size: pattern.length };
  return mediaFile({ contentType, extension }, lastModified, () => content, { etag });
}

/** The entity tag of content. */
export function etagOf({ head, pattern, size }: FileContent): string {
  return formatEtag(hash53(pattern, hash53(head)), size);
}

/** The entity tag of a hash of content and its size. */
export function formatEtag(hash: number, size: number): string {
  return `"${hash.toString(16).padStart(14, "0")}-${size.toString(16)}"`;
}

/**
 * The bytes of a file in their shortest form. Of a file that was not made here the pattern is all of
 * it, which takes its size in memory.
 */
export function contentOf(file: MediaFile): FileContent {
  if (file instanceof PatternFile) return file.content;
  return { head: new Uint8Array(0), pattern: file.bytes(), size: file.size };
}

class PatternFile implements MediaFile {
  readonly contentType: string;
  readonly extension: string;
  readonly #modified: number;
  readonly #makeContent: () => FileContent;
  #content: FileContent | undefined;
  readonly recipe: Recipe | undefined;
  #etag: string | undefined;

  constructor(
    format: MediaFormat,
    lastModified: Date,
    content: () => FileContent,
    { recipe, etag }: Known,
  ) {
    this.recipe = recipe;
    this.#etag = etag;
    this.contentType = format.contentType;
    this.extension = format.extension;
    this.#modified = lastModified.getTime();
    this.#makeContent = content;
  }

  get lastModified(): Date {
    return new Date(this.#modified);
  }

  get size(): number {
    return this.content.size;
  }

  get etag(): string {
    this.#etag ??= etagOf(this.content);
    return this.#etag;
  }

  stream(start = 0, end = this.size): ReadableStream<Uint8Array<ArrayBuffer>> {
    const content = this.content;
    checkSlice(start, end, content.size);
    return pullStream(chunks(content, start, end));
  }

  bytes(start = 0, end = this.size): Uint8Array<ArrayBuffer> {
    const content = this.content;
    checkSlice(start, end, content.size);
    return slice(content, start, end);
  }

  get content(): FileContent {
    this.#content ??= this.#makeContent();
    return this.#content;
  }
}

function checkSlice(start: number, end: number, size: number): void {
  const whole = Number.isInteger(start) && Number.isInteger(end);
  if (!whole || start < 0 || start > end || end > size) {
    throw new RangeError(`No slice ${start} to ${end} in a file of ${size} bytes`);
  }
}

function* chunks(content: FileContent, start: number, end: number) {
  for (let from = start; from < end; from += CHUNK_BYTES) {
    yield slice(content, from, Math.min(from + CHUNK_BYTES, end));
  }
}

function slice({ head, pattern }: FileContent, start: number, end: number) {
  const out = new Uint8Array(end - start);
  const fromHead = head.subarray(start, end);
  out.set(fromHead);
  const phase = (Math.max(start, head.length) - head.length) % pattern.length;
  fill(out.subarray(fromHead.length), pattern, phase);
  return out;
}

/** Fills `target` with `pattern` from `phase` on: one period byte by byte, then doubling what is there. */
function fill(target: Uint8Array, pattern: Uint8Array, phase: number): void {
  const tail = pattern.subarray(phase, phase + target.length);
  target.set(tail);
  const rest = pattern.subarray(0, Math.min(phase, target.length - tail.length));
  target.set(rest, tail.length);
  for (let done = pattern.length; done < target.length; done *= 2) target.copyWithin(done, 0, done);
}
