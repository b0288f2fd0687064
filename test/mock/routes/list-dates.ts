import type { Item } from "./list-cases.js";

// The times of what is listed, and which of them each date lets through.

/** The day that filters are about, to the millisecond; newest first, as lists are. */
export const later = Date.UTC(2026, 2, 5, 8);
export const next = Date.UTC(2026, 2, 2);
export const last = Date.UTC(2026, 2, 1, 23, 59, 59, 999);
export const noon = Date.UTC(2026, 2, 1, 12);
export const midnight = Date.UTC(2026, 2, 1);
export const before = Date.UTC(2026, 1, 28, 23, 59, 59, 999);

const days = { later, next, last, noon, midnight, before };
export const dated: readonly Item[] = Object.entries(days).map(([name, at]) => ({ name, at }));

/** Only on that day. */
export const on = {
  "2026-03-01": "last noon midnight",
  "2026-03-01T12:00:00Z": "last noon midnight",
  "Sun, 01 Mar 2026 12:00:00 +0000": "last noon midnight",
  "2026-02-28": "before",
  "2026-03-03": "",
};

/** Exclusive; a date is its first moment. */
export const earlier = {
  "2026-03-01": "before",
  "2026-03-02": "last noon midnight before",
  "2026-03-01T12:00:00Z": "midnight before",
  "2026-03-06": "later next last noon midnight before",
  "2026-02-28": "",
};

/** Exclusive; a date is its first moment. */
export const after = {
  "2026-03-01": "later next last noon",
  "2026-03-02": "later",
  "2026-03-01T12:00:00Z": "later next last",
  "2026-02-28": "later next last noon midnight before",
  "2026-03-06": "",
};

/** Inclusive; a date is its last moment. */
export const until = {
  "2026-03-01": "last noon midnight before",
  "2026-03-01T12:00:00Z": "noon midnight before",
  "2026-02-28": "before",
  "2026-03-05": "later next last noon midnight before",
  "2026-02-27": "",
};
