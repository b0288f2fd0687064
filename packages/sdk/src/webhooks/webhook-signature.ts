import { joinBytes } from "../http/bytes.js";
import { WebhookError } from "./webhook-error.js";
import { headerOf, type SignedBody, type WebhookRequest } from "./webhook-request.js";

/** A signature as a header carries it. */
export interface Signature {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly hash: "SHA-1" | "SHA-256";
  /**
   * What was signed behind the URL: the raw body (such signatures are written in hex), or the
   * parameters of a form (those are written in base64).
   */
  readonly over: "raw" | "parameters";
}

/** Where signatures are, best first; with the digest, its bytes, and how long they are in base64. */
const headers = [
  ["x-signalwire-sha256-signature", "SHA-256", 32, /^[A-Za-z0-9+/]{43}=$/],
  ["x-signalwire-signature", "SHA-1", 20, /^[A-Za-z0-9+/]{27}=$/],
  ["x-twilio-signature", "SHA-1", 20, /^[A-Za-z0-9+/]{27}=$/],
] as const;

/**
 * The signature of the best header that is there. It alone decides: a valid weaker one beside a wrong
 * one does not help.
 *
 * @throws WebhookError `no-signature` or `malformed-signature`
 */
export function readSignature(from: WebhookRequest["headers"]): Signature {
  for (const [name, hash, length, base64] of headers) {
    const value = headerOf(from, name);
    if (value === undefined) continue;
    if (base64.test(value)) {
      const bytes = Uint8Array.from(atob(value), (one) => one.charCodeAt(0));
      return { bytes, hash, over: "parameters" };
    }
    if (value.length === 2 * length && /^[0-9a-f]+$/i.test(value)) {
      const digits = value.match(/../g) ?? [];
      const bytes = Uint8Array.from(digits, (two) => Number.parseInt(two, 16));
      return { bytes, hash, over: "raw" };
    }
    throw new WebhookError(
      "malformed-signature",
      `The header ${name} is neither ${2 * length} hex digits nor the base64 of ${length} bytes.`,
    );
  }
  const names = headers.map(([name]) => name).join(", ");
  throw new WebhookError("no-signature", `The request has no signature: none of ${names}.`);
}

/**
 * The texts that the platform may have signed: with and without the default port in the URL, and with
 * parameters of the same name in either order that its own and its forerunner's libraries put them in.
 *
 * @param boundByHash whether the URL holds the hash of the body, and so may have been signed alone
 * @throws WebhookError `raw-body` if the signature is over bytes and there are none
 */
export function signedTexts(
  { over }: Signature,
  url: string,
  { raw, content }: SignedBody,
  boundByHash: boolean,
): Uint8Array<ArrayBuffer>[] {
  const payloads: Uint8Array<ArrayBuffer>[] = [];
  if (over === "raw") {
    if (!raw) throw rawBodyNeeded();
    payloads.push(raw);
  } else {
    if (content instanceof URLSearchParams) {
      payloads.push(...new Set([inOrderSent(content), inOrderOfValues(content)].map(utf8)));
    }
    if (boundByHash) payloads.push(utf8(""));
  }
  return urlsOf(url).flatMap((one) => payloads.map((payload) => joinBytes([utf8(one), payload])));
}

/** The error for a body that was parsed where its bytes count. */
export function rawBodyNeeded(): WebhookError {
  return new WebhookError(
    "raw-body",
    "The signature is over the raw body: give its text or bytes (in Express, express.raw() instead of express.json()).",
  );
}

/**
 * What makes two requests the same delivery, whatever header, order, port or encoding a replay picks:
 * the SHA-256 of URL and content, in hex.
 */
export async function deliveryId(url: string, { raw, content }: SignedBody): Promise<string> {
  const payload = content instanceof URLSearchParams ? utf8(inOrderOfValues(content)) : raw;
  const [withoutPort = url] = urlsOf(url).sort((one, other) => one.length - other.length);
  return sha256(joinBytes([utf8(withoutPort), payload ?? utf8("")]));
}

/** The index of the key that made the signature over one of the texts. Compares in constant time. */
export async function findKey(
  keys: readonly string[],
  { bytes, hash }: Signature,
  texts: readonly Uint8Array<ArrayBuffer>[],
): Promise<number | undefined> {
  for (const [index, key] of keys.entries()) {
    const algorithm = { name: "HMAC", hash };
    const imported = await crypto.subtle.importKey("raw", utf8(key), algorithm, false, ["verify"]);
    for (const text of texts) {
      if (await crypto.subtle.verify("HMAC", imported, bytes, text)) return index;
    }
  }
  return undefined;
}

/** The SHA-256 of bytes, in lower-case hex. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (one) => one.toString(16).padStart(2, "0")).join("");
}

/** A URL as written, and with its default port added or taken away. */
function urlsOf(url: string): string[] {
  const [, scheme = "", authority = "", rest = ""] = /^(\w+:\/\/)([^/?#]*)(.*)$/s.exec(url) ?? [];
  const port = scheme.toLowerCase() === "https://" ? ":443" : ":80";
  if (authority.endsWith(port)) return [url, scheme + authority.slice(0, -port.length) + rest];
  return [url, scheme + authority + port + rest];
}

/** Names and values one after the other, sorted by name; what has the same name stays as sent. */
function inOrderSent(form: URLSearchParams): string {
  return [...form]
    .sort(([one], [other]) => compare(one, other))
    .map(([name, value]) => name + value)
    .join("");
}

/** The same, but what has the same name sorted by value, and each value once. */
function inOrderOfValues(form: URLSearchParams): string {
  const sorted = [...form].sort(
    ([one, value], [other, otherValue]) => compare(one, other) || compare(value, otherValue),
  );
  return sorted
    .filter(([name, value], index) => {
      const [before, valueBefore] = sorted[index - 1] ?? [];
      return name !== before || value !== valueBefore;
    })
    .map(([name, value]) => name + value)
    .join("");
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
