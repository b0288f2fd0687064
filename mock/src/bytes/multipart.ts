import type { MediaFile } from "../files/files.js";
import { CHUNK_BYTES } from "../files/pull-stream.js";
import type { ByteRange } from "./byte-ranges.js";

/** A multipart/byteranges body (RFC 9110 §14.6), told before any of it is made. */
export interface Multipart {
  readonly contentType: string;
  /** Exact length in bytes. */
  readonly size: number;
  /** The body, piece by piece. */
  chunks(): Iterator<Uint8Array<ArrayBuffer>, void, void>;
}

/** Lays out several parts of a file. The boundary comes from the entity tag: equal requests get equal answers. */
export function multipart(file: MediaFile, ranges: readonly ByteRange[]): Multipart {
  const boundary = `part-of-${file.etag.slice(1, -1)}`;
  const encoder = new TextEncoder();
  const parts = ranges.map((range, index) => {
    const contentRange = `bytes ${range.start}-${range.end - 1}/${file.size}`;
    const head = `--${boundary}\r\nContent-Type: ${file.contentType}\r\nContent-Range: ${contentRange}\r\n\r\n`;
    return { head: encoder.encode(index === 0 ? head : `\r\n${head}`), range };
  });
  const tail = encoder.encode(`\r\n--${boundary}--\r\n`);
  const sizes = parts.map(({ head, range }) => head.length + range.end - range.start);
  return {
    contentType: `multipart/byteranges; boundary=${boundary}`,
    size: sizes.reduce((sum, size) => sum + size, tail.length),
    *chunks() {
      for (const { head, range } of parts) {
        yield head;
        for (let from = range.start; from < range.end; from += CHUNK_BYTES) {
          yield file.bytes(from, Math.min(from + CHUNK_BYTES, range.end));
        }
      }
      yield tail;
    },
  };
}
