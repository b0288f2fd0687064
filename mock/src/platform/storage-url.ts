/**
 * Signed URLs of the storage host: S3's form, a signature that is no cryptography. It only has to be
 * wrong when something of the URL was changed.
 */

import { createIdGenerator, hashText } from "../rules/ids.js";

/** For how long a signed URL works, in seconds. */
const storageUrlLifetime = 900;

const region = "us-east-1";

/**
 * A URL that opens one object for a while.
 *
 * @param now in ms since the epoch
 */
export function signStorageUrl(origin: string, path: string, key: string, now: number): string {
  const date = amzDate(now);
  const query = new URLSearchParams({
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": `MOCKACCESSKEY/${date.slice(0, 8)}/${region}/s3/aws4_request`,
    "X-Amz-Date": date,
    "X-Amz-Expires": String(storageUrlLifetime),
    "X-Amz-SignedHeaders": "host",
    "X-Amz-Signature": signature(path, key, date, String(storageUrlLifetime)),
  });
  return `${origin}${path}?${query}`;
}

/** What a signed query is worth. */
export type SignatureVerdict = "valid" | "missing" | "wrong" | "expired";

/** Checks the query of a signed URL. */
export function checkStorageUrl(
  path: string,
  query: URLSearchParams,
  key: string,
  now: number,
): SignatureVerdict {
  const presented = query.get("X-Amz-Signature");
  if (presented === null) return "missing";
  const date = query.get("X-Amz-Date") ?? "";
  const expires = query.get("X-Amz-Expires") ?? "";
  if (presented !== signature(path, key, date, expires)) return "wrong";
  return now > amzTime(date) + Number(expires) * 1000 ? "expired" : "valid";
}

function signature(path: string, key: string, date: string, expires: string): string {
  return createIdGenerator(hashText(`${key}\n${path}\n${date}\n${expires}`)).hex(64);
}

/** A time as S3 writes it: `20240509T140311Z`. */
function amzDate(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}

function amzTime(date: string): number {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(date)?.slice(1).map(Number);
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts ?? [];
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
