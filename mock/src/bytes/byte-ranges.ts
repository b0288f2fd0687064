import parseRanges from "range-parser";

/** A part of a file: `start` inclusive, `end` exclusive. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * A request for more ranges than this is answered with the whole file, as RFC 9110 §14.2 permits: no
 * honest client asks so, and each range costs more than its bytes.
 */
export const MOST_RANGES = 64;

/** `first-last`, `first-` or `-suffix`. */
const RANGE_SPEC = /^(?:(\d+)-(\d*)|-(\d+))$/;

/**
 * What a Range field asks of a file of `size` bytes (RFC 9110 §14.1, §14.2). Checked first, since the
 * parser knows neither invalid ranges nor the list rules; it does the arithmetic and the joining.
 *
 * @returns the parts in the order asked for, those that touch or overlap joined; none when the field
 *   is valid but nothing of it lies in the file (416); undefined when the field does not count and the
 *   file is sent whole: it is malformed, of another unit, asks for too many ranges, or the file is
 *   empty, no part of which could be told in a Content-Range
 */
export function byteRanges(field: string, size: number): ByteRange[] | undefined {
  const [, set] = /^bytes=(.*)$/i.exec(field) ?? [];
  if (set === undefined || size === 0) return undefined;
  // Empty list elements do not count (§5.6.1.2).
  const specs = set
    .split(",")
    .map((spec) => spec.trim())
    .filter((spec) => spec !== "");
  if (specs.length === 0 || specs.length > MOST_RANGES) return undefined;
  const valid: string[] = [];
  for (const spec of specs) {
    const [matched, first, last, suffix] = RANGE_SPEC.exec(spec) ?? [];
    // The parser takes a range that ends before it starts for unsatisfiable; it is invalid (§14.1.1).
    if (matched === undefined || (last && Number(first) > Number(last))) return undefined;
    // The parser drops a suffix longer than the file; it means the whole file (§14.1.2).
    valid.push(suffix && Number(suffix) > size ? "0-" : spec);
  }
  const ranges = parseRanges(size, `bytes=${valid.join(",")}`, { combine: true });
  if (typeof ranges === "number") return [];
  return ranges.map(({ start, end }) => ({ start, end: end + 1 }));
}
