import { createHash } from "node:crypto";
import { readerOf } from "../download/download.js";
import type { MediaDownload } from "../download/media.js";
import { IntegrityError } from "../errors.js";
import { unlessAborted } from "../http/deadline.js";
import { hashFile, onDisk, writeAll } from "./disk.js";
import { giveName } from "./into-place.js";
import type { Partial } from "./partial.js";
import { FileExistsError } from "./save-errors.js";
import type { Asked, Named, SaveJob } from "./save-job.js";
import type { Finish, SavedMedia } from "./save-options.js";
import type { Segment } from "./segments.js";
import { startPartial } from "./start-partial.js";

/** The size of a medium, in bytes, from which it is written in larger steps, and hashed by the thread. */
const largeSize = 2 ** 23;

/** How many bytes are gathered for one write. */
const writeSize = 2 ** 18;

/** The same, of a large medium. */
const largeWriteSize = 2 ** 20;

/** The way of every medium that is not small or not one of many: bytes go to disk as they come. */
export async function writeThrough(
  job: SaveJob,
  asked: Asked,
  path: string,
): Promise<Finish<Named & Pick<SavedMedia, "size" | "sha256">>> {
  asked.partial ??= await startPartial(job, asked.media, path);
  const { partial, media } = asked;
  const flush = await fill(partial, media, job);
  return async () => {
    const sha256 = await flush();
    const { loaded: size } = partial;
    return { ...(await giveName(job, partial, path, sha256)), size, sha256 };
  };
}

/**
 * Writes what is missing of a partial. The first failure ends all connections.
 *
 * @param first the answer that begins with the first missing byte
 * @returns what flushes it, and answers its SHA-256, lower-case hex
 */
async function fill(partial: Partial, first: MediaDownload, job: SaveJob): Promise<Finish<string>> {
  const { client, source, download, onProgress, abort, thread } = job;
  const { file, path, segments } = partial;
  const before = partial.loaded;
  const isLarge = (partial.size ?? 0) >= largeSize;
  const step = isLarge ? largeWriteSize : writeSize;
  const behind = isLarge ? thread.hashBehind(path) : undefined;
  behind?.reach(partial.prefix);
  const isHashedHere = !behind && before === 0 && segments.length === 1;
  const hash = isHashedHere ? createHash("sha256") : undefined;
  const start = performance.now();

  /** Few large writes, each under way while the bytes of the next one arrive. */
  async function write(segment: Segment, media: MediaDownload): Promise<void> {
    const reader = readerOf(media);
    const { end } = segment;
    // The first of several segments comes out of an answer that holds the whole medium.
    const isCutOut = segments.length > 1 && media.range === undefined;
    let received = segment.next;
    let held: Uint8Array[] = [];
    let holding = 0;
    let writing: Promise<void> | undefined;
    const put = async (chunks: readonly Uint8Array[], length: number) => {
      await onDisk(path, () => writeAll(file, chunks, segment));
      await onDisk(path, () => partial.wrote(length));
      behind?.reach(partial.prefix);
      if (!onProgress) return;
      const { loaded, size: total } = partial;
      const rate = ((loaded - before) * 1000) / (performance.now() - start || 1);
      // A promise of the caller's need never settle.
      const told = Promise.resolve(onProgress({ loaded, total, rate }));
      await unlessAborted(download.signal, told);
    };
    const flush = async () => {
      await writing;
      writing = put(held, holding);
      // It is awaited before the next one, and at the end.
      writing.catch(() => {});
      [held, holding] = [[], 0];
    };
    try {
      for (let isFull = false; !(isFull && isCutOut); ) {
        const value = await reader.read();
        if (value === undefined) break;
        const bytes = end === undefined ? value : value.subarray(0, end + 1 - received);
        hash?.update(bytes);
        held.push(bytes);
        holding += bytes.length;
        received += bytes.length;
        isFull = end !== undefined && received > end;
        if (holding >= step || isFull) await flush();
      }
      if (isCutOut) reader.cancel();
    } finally {
      // What came before a connection broke off is worth keeping.
      if (holding > 0 && !download.signal.aborted) await flush();
      await writing;
    }
  }

  async function complete(segment: Segment, index: number): Promise<void> {
    const { next, end } = segment;
    let media: MediaDownload | undefined = index === 0 ? first : undefined;
    try {
      if (!media && end !== undefined && partial.tag !== undefined) {
        const range = { start: next, end };
        media = await client.media.download(source, { ...download, range, ifRange: partial.tag });
        if (!media.range) {
          const why = { reason: "changed" } as const;
          throw new IntegrityError(`${path}: the medium has changed while it was saved.`, why);
        }
      }
      if (media) await write(segment, media);
    } catch (error) {
      abort(error);
      throw error;
    }
  }

  try {
    const results = await Promise.allSettled(partial.missing().map(complete));
    for (const result of results) if (result.status === "rejected") throw result.reason;
    download.signal.throwIfAborted();
  } catch (error) {
    behind?.drop();
    throw error;
  }
  return async () => {
    try {
      const digest = behind?.digest();
      await onDisk(path, () => partial.flush());
      // Of a resumed file the thread may have much to read, which an abort does not wait for.
      const told = digest && (await unlessAborted(download.signal, digest));
      const sha256 = told ?? hash?.digest("hex");
      return sha256 ?? (await onDisk(path, () => hashFile(path, download.signal)));
    } finally {
      behind?.drop();
    }
  };
}

/**
 * Compares a medium to a file that exists, without writing anything.
 *
 * @throws FileExistsError if they differ
 */
export async function compare(
  path: string,
  size: number,
  { body, contentLength }: MediaDownload,
  signal: AbortSignal,
): Promise<{ size: number; sha256: string }> {
  const differs = "exists, and has other bytes than the medium";
  if (contentLength !== undefined && contentLength !== size)
    throw new FileExistsError(path, differs);
  const hash = createHash("sha256");
  let received = 0;
  for await (const chunk of body) {
    hash.update(chunk);
    received += chunk.length;
    if (received > size) throw new FileExistsError(path, differs);
  }
  const sha256 = hash.digest("hex");
  const isSame = received === size && (await onDisk(path, () => hashFile(path, signal))) === sha256;
  if (!isSame) throw new FileExistsError(path, differs);
  return { size, sha256 };
}
