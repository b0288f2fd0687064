/** A run of bytes, and how far it has been written. Offsets in bytes, `end` included. */
export interface Segment {
  readonly start: number;
  /** `undefined` where the size is not known. */
  readonly end: number | undefined;
  /** The offset of the next byte to write. */
  next: number;
}

/** The smallest part of a medium that is worth a connection of its own, in bytes. */
const smallestSegment = 2 ** 20;

/** Cuts a medium into at most so many segments, about equal and none too small. */
export function splitInto(count: number, size: number | undefined): Segment[] {
  if (size === undefined) return [{ start: 0, end: undefined, next: 0 }];
  const segments = Math.max(1, Math.min(count, Math.floor(size / smallestSegment)));
  return Array.from({ length: segments }, (_, index) => {
    const start = Math.floor((size * index) / segments);
    return { start, end: Math.floor((size * (index + 1)) / segments) - 1, next: start };
  });
}

/** Cuts what is missing into at most so many segments, the largest first, and none too small. */
export function cutFurther(segments: readonly Segment[], count: number): Segment[] {
  const cut = segments.map((one) => ({ ...one }));
  const left = ({ next, end }: Segment) => (end === undefined ? 0 : end + 1 - next);
  for (;;) {
    const missing = cut.filter((one) => left(one) > 0);
    const largest = missing.reduce<Segment | undefined>(
      (most, one) => (most && left(most) >= left(one) ? most : one),
      undefined,
    );
    if (!largest || missing.length >= count || left(largest) < 2 * smallestSegment) return cut;
    const middle = largest.next + Math.ceil(left(largest) / 2);
    const { start, next, end } = largest;
    const halves = [
      { start, next, end: middle - 1 },
      { start: middle, next: middle, end },
    ];
    cut.splice(cut.indexOf(largest), 1, ...halves);
  }
}
