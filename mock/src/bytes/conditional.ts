import { parseHttpDate } from "./http-date.js";

/** What a stored file is compared by (RFC 9110 §8.8). */
export interface Validators {
  /** A strong entity tag, with its quotes. */
  readonly etag: string;
  readonly lastModified: Date;
}

/** What a request's conditions make of it: answer it, 304 Not Modified, or 412 Precondition Failed. */
export type Verdict = "answer" | "not-modified" | "precondition-failed";

/** Judges the conditions of a GET or HEAD for an existing file, in the order of RFC 9110 §13.2.2. */
export function judgeConditions(headers: Headers, file: Validators): Verdict {
  const ifMatch = headers.get("if-match");
  if (ifMatch !== null) {
    if (!matches(ifMatch, file.etag, "strong")) return "precondition-failed";
  } else if (modifiedSince(headers.get("if-unmodified-since"), file) === true) {
    return "precondition-failed";
  }
  const ifNoneMatch = headers.get("if-none-match");
  if (ifNoneMatch !== null) {
    return matches(ifNoneMatch, file.etag, "weak") ? "not-modified" : "answer";
  }
  const unchanged = modifiedSince(headers.get("if-modified-since"), file) === false;
  return unchanged ? "not-modified" : "answer";
}

/**
 * Whether If-Range lets a Range header count (RFC 9110 §13.1.5): it is absent, the file's own strong
 * tag, or exactly its date. The date counts as strong since a stored file never changes.
 */
export function rangeApplies(ifRange: string | null, file: Validators): boolean {
  if (ifRange === null) return true;
  if (ifRange.includes('"')) return ifRange === file.etag;
  return parseHttpDate(ifRange) === wholeSeconds(file.lastModified);
}

/**
 * Compares a list of entity tags, or `*` for any, with the file's (RFC 9110 §8.8.3.2). A weak tag is
 * never strongly equal to anything. Text between the tags is passed over.
 */
function matches(field: string, etag: string, comparison: "strong" | "weak"): boolean {
  if (field.trim() === "*") return true;
  const tags = field.match(/(?:W\/)?"[^"]*"/g) ?? [];
  return tags.some((tag) => (comparison === "weak" ? tag.replace(/^W\//, "") : tag) === etag);
}

/** Whether the file is newer than a date field; undefined when the field is absent or no date, and so ignored. */
function modifiedSince(field: string | null, file: Validators): boolean | undefined {
  const date = field === null ? undefined : parseHttpDate(field);
  return date === undefined ? undefined : wholeSeconds(file.lastModified) > date;
}

/** As precise as an HTTP-date can tell; finer, a file would always be newer than its own Last-Modified. */
function wholeSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000) * 1000;
}
