import type { IntegrityReason } from "../errors.js";
import { plainText } from "../trust/masking.js";
import { answersFrom, type ByteRange, readContentRange, strongTag } from "./byte-range.js";
import { mediaType } from "./file-name.js";
import type { TrustedMedium } from "./media.js";
import { isTypeOf } from "./media-type.js";

/** What was asked for. */
export interface Asked {
  readonly range?: ByteRange | undefined;
  /** The strong entity tag that the range belongs to, sent as `If-Range`. */
  readonly tag?: string | undefined;
}

/** What an answer holds, in bytes of the whole medium, ends included. */
export interface Extent {
  /** The first byte wanted. */
  readonly start: number;
  /** The last byte wanted; `undefined` where the size is not known yet. */
  readonly end: number | undefined;
  /** The size of the medium. */
  readonly size: number | undefined;
  /** The first byte in the answer: before `start` where the server ignored the range. */
  readonly from: number;
  /** The last byte in the answer; `undefined` where it announces no length. */
  readonly to: number | undefined;
  /** Whether the whole medium was sent in place of a part, because it is no longer the one asked for. */
  readonly replaced: boolean;
}

/** An answer's head, judged. */
export type Judged =
  | { readonly extent: Extent; readonly tag: string | undefined }
  | { readonly wrong: string; readonly reason?: IntegrityReason };

/** What the head of a successful answer promises; or why it is not the medium that was asked for. */
export function judgeAnswer(
  { ref: { kind }, contentType: stated }: Pick<TrustedMedium, "ref" | "contentType">,
  response: Response,
  { range, tag: known }: Asked,
): Judged {
  const { status, headers } = response;
  const type = mediaType(headers.get("content-type"));
  const field = headers.get("content-length");
  const tag = strongTag(headers.get("etag"));
  const partial = status === 206 && range !== undefined;
  if (!partial && (status !== 200 || headers.has("content-range"))) {
    return { wrong: "with something else than a whole body" };
  }
  if (!isTypeOf(kind, type, stated)) return { wrong: `with ${plainText(type ?? "")}` };
  const coding = ["content-encoding", "transfer-encoding"]
    .map((name) => headers.get(name)?.trim().toLowerCase() ?? "")
    .find((value, index) => !["", index === 0 ? "identity" : "chunked"].includes(value));
  if (coding !== undefined) {
    const wrong = `encoded as ${plainText(coding)}, although only the identity coding was asked for`;
    return { wrong };
  }
  if (field !== null && !/^\d+$/.test(field)) return { wrong: "with an unreadable Content-Length" };
  const length = field === null ? undefined : Number(field);
  if (length === 0) return { wrong: "with an empty body" };
  if (partial) {
    const got = readContentRange(headers.get("content-range"));
    if (!got) return { wrong: "with a Content-Range that is missing or makes no sense" };
    if (!answersFrom(got, range)) {
      return { wrong: `with bytes ${got.start}–${got.end}, which are not those asked for` };
    }
    const { start, end: to, size } = got;
    if (length !== undefined && length !== to - start + 1) {
      return { wrong: "with a Content-Length that differs from its Content-Range" };
    }
    // A part names its version (RFC 9110 §15.3.7); one that does not may come from a server that
    // knows nothing of If-Range, and be of any.
    if (known !== undefined && tag !== known) {
      return { wrong: "with bytes of another version, or of none it names", reason: "changed" };
    }
    const last = size === undefined ? range.end : Math.min(range.end ?? size - 1, size - 1);
    // A part may be shorter than what was asked for, RFC 9110 §15.3.7.
    if (last === undefined) return { wrong: "with a part of which nothing tells the end" };
    return { extent: { start, end: last, size, from: start, to, replaced: false }, tag };
  }
  const replaced = range !== undefined && known !== undefined && tag !== known;
  const to = length === undefined ? undefined : length - 1;
  const all = { size: length, from: 0, to, replaced };
  if (range === undefined || replaced) return { extent: { start: 0, end: to, ...all }, tag };
  // The server ignores ranges: the part is cut out of the whole.
  if (range.last !== undefined && length === undefined) {
    return { wrong: "whole and of unknown length, so that its last bytes cannot be told" };
  }
  const start = range.start ?? Math.max(0, (length ?? 0) - range.last);
  const end = range.end === undefined ? to : Math.min(range.end, to ?? range.end);
  if (length !== undefined && start >= length) {
    return { wrong: `whole: the range asked for lies outside its ${length} bytes` };
  }
  return { extent: { start, end, ...all }, tag };
}
