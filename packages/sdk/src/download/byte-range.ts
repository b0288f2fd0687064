import { OptionError } from "../errors.js";

/**
 * A part of a medium, in bytes: from `start` to `end`, both included and counted from 0, to the last
 * byte where `end` is left out; or the `last` so many. RFC 9110 §14.1.2.
 */
export type ByteRange =
  | {
      /** The first byte, counted from 0. */
      readonly start: number;
      /** The last byte, included. @default the medium's last */
      readonly end?: number | undefined;
      /** Not beside `start`. */
      readonly last?: undefined;
    }
  | {
      /** How many bytes at the end, 1 or more. */
      readonly last: number;
      /** Not beside `last`. */
      readonly start?: undefined;
      /** Not beside `last`. */
      readonly end?: undefined;
    };

/** Which bytes an answer holds, RFC 9110 §14.4. */
export interface ContentRange {
  /** The first byte, counted from 0. */
  readonly start: number;
  /** The last byte, included. */
  readonly end: number;
  /** The size of the whole medium; `undefined` where the answer does not say. */
  readonly size: number | undefined;
}

/**
 * A range as the `Range` field writes it.
 *
 * @throws OptionError for a range of nothing, or of no whole numbers
 */
export function rangeHeader(range: ByteRange): string {
  // Untyped code may pass anything.
  const { start, end, last } = range ?? {};
  const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0;
  if (last === undefined && isCount(start) && (end === undefined || isCount(end))) {
    if (end === undefined || end >= Number(start)) return `bytes=${start}-${end ?? ""}`;
  }
  if (start === undefined && end === undefined && isCount(last) && last !== 0) {
    return `bytes=-${last}`;
  }
  throw new OptionError(
    "range",
    "{ start, end } or { start }, whole numbers of bytes with the end included and not before the start, or { last } for so many at the end",
  );
}

/**
 * Reads a `Range` field. `undefined` for what a server may pass over, and then sends the whole: no
 * bytes, several ranges, an end before the start, nothing at the end (RFC 9110 §14.2).
 */
export function readRange(field: string): ByteRange | undefined {
  const [, from = "", to = ""] = /^bytes=(?=.*\d)(\d*)-(\d*)$/i.exec(field.trim()) ?? [];
  const [start, count] = [Number(from), Number(to)];
  if (from === "") return count > 0 && Number.isSafeInteger(count) ? { last: count } : undefined;
  if (!Number.isSafeInteger(start)) return undefined;
  // An end beyond all media is none.
  if (to === "" || !Number.isSafeInteger(count)) return { start };
  return count >= start ? { start, end: count } : undefined;
}

/** Reads a `Content-Range` field; `undefined` for one that is absent or makes no sense. */
export function readContentRange(field: string | null): ContentRange | undefined {
  const found = /^bytes (\d+)-(\d+)\/(\d+|\*)$/i.exec(field?.trim() ?? "");
  if (!found) return undefined;
  const [start, end] = [Number(found[1]), Number(found[2])];
  const size = found[3] === "*" ? undefined : Number(found[3]);
  const sensible = start <= end && end < (size ?? Infinity) && Number.isSafeInteger(size ?? end);
  return sensible ? { start, end, size } : undefined;
}

/** Whether the range begins where asked and goes no further; a server may send less at a time. */
export function answersFrom(got: ContentRange, { start, end, last }: ByteRange): boolean {
  const { size } = got;
  if (last === undefined) return got.start === start && got.end <= (end ?? got.end);
  return size !== undefined && got.start === Math.max(0, size - last);
}

/** An entity tag that identifies the bytes, RFC 9110 §8.8.1: only such a one joins two answers. */
export function strongTag(etag: string | null): string | undefined {
  return etag !== null && /^"[\x21\x23-\x7e\x80-\xff]*"$/.test(etag) ? etag : undefined;
}
