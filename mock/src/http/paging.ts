/**
 * Pages of a list: cut by number and size, found again by a token even when items come and go.
 */

import { comparePositions, type Placed, type Position } from "../platform/collection.js";

/** Which page is wanted. */
export interface PageRequest {
  /** Counted from 0. */
  readonly number: number;
  /** The most items a page holds. */
  readonly size: number;
  /** The token of the page, where there is one; it counts more than the number. */
  readonly token: string | undefined;
}

/** How another page is asked for. */
export interface PageReference {
  readonly number: number;
  /** Absent for the first page. */
  readonly token?: string;
}

/** A page of a list. */
export interface Page<Entity> {
  readonly items: readonly Entity[];
  readonly size: number;
  readonly current: PageReference;
  readonly next: PageReference | null;
  readonly previous: PageReference | null;
}

/** How a list is ordered and which of it counts. */
export interface ListOptions<Entity> {
  /** Default "newest" first. */
  readonly first?: "newest" | "oldest";
  /** Default: everything. */
  readonly filter?: (entity: Entity) => boolean;
}

const tokenPattern = /^PA([0-9a-f]{16})-([0-9a-z]{1,12})$/;

/** Whether a text has the form of a page token. */
export function isPageToken(token: string): boolean {
  return readToken(token) !== undefined;
}

/**
 * The token of the page that begins behind an item. It names the item's place, which stays where it is
 * when the item goes. The time is written bit by bit: it may be any number, with a fraction or before
 * 1970.
 */
function tokenBehind({ createdAt, sequence }: Position): string {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, createdAt);
  return `PA${bits.getBigUint64(0).toString(16).padStart(16, "0")}-${sequence.toString(36)}`;
}

function readToken(token: string): Position | undefined {
  const [, time, sequence] = tokenPattern.exec(token) ?? [];
  if (time === undefined || sequence === undefined) return undefined;
  const bits = new DataView(new ArrayBuffer(8));
  bits.setBigUint64(0, BigInt(`0x${time}`));
  const createdAt = bits.getFloat64(0);
  return Number.isNaN(createdAt)
    ? undefined
    : { createdAt, sequence: Number.parseInt(sequence, 36) };
}

/**
 * Cuts a page from a list.
 *
 * @param placed the whole list, oldest first.
 */
export function paginate<Entity>(
  placed: readonly Placed<Entity>[],
  request: PageRequest,
  options: ListOptions<Entity> = {},
): Page<Entity> {
  const { filter, first = "newest" } = options;
  const list = filter === undefined ? [...placed] : placed.filter(({ entity }) => filter(entity));
  if (first === "newest") list.reverse();

  const start = startOf(list, request, first);
  const end = Math.min(start + request.size, list.length);
  const previousStart = Math.max(0, start - request.size);
  const last = list[end - 1];
  const beforePrevious = list[previousStart - 1];
  const hasPrevious = start > 0 && list.length > 0;
  return {
    items: list.slice(start, end).map(({ entity }) => entity),
    size: request.size,
    current:
      request.token === undefined
        ? { number: request.number }
        : { number: request.number, token: request.token },
    next:
      end < list.length && last !== undefined
        ? { number: request.number + 1, token: tokenBehind(last) }
        : null,
    previous: !hasPrevious
      ? null
      : beforePrevious === undefined
        ? { number: 0 }
        : { number: Math.max(0, request.number - 1), token: tokenBehind(beforePrevious) },
  };
}

function startOf(
  list: readonly Position[],
  request: PageRequest,
  first: "newest" | "oldest",
): number {
  const behind = request.token === undefined ? undefined : readToken(request.token);
  if (behind === undefined) return Math.min(request.number * request.size, list.length);
  const sign = first === "newest" ? -1 : 1;
  const index = list.findIndex((position) => sign * comparePositions(position, behind) > 0);
  return index < 0 ? list.length : index;
}
