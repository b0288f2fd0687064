import { WebhookError } from "./webhook-error.js";
import type { HeaderOf } from "./webhook-request.js";

/** A signature as a header carries it. */
export interface Signature {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly hash: "SHA-1" | "SHA-256";
  /**
   * What was signed behind the URL: JSON as its raw body (such signatures are written in hex), or the
   * parameters of a form (those are written in base64).
   */
  readonly over: "json" | "parameters";
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
export function readSignature(headerOf: HeaderOf): Signature {
  for (const [name, hash, length, base64] of headers) {
    const value = headerOf(name);
    if (value === undefined) continue;
    if (base64.test(value)) {
      const bytes = Uint8Array.from(atob(value), (one) => one.charCodeAt(0));
      return { bytes, hash, over: "parameters" };
    }
    if (value.length === 2 * length && /^[0-9a-f]+$/i.test(value)) {
      const digits = value.match(/../g) ?? [];
      const bytes = Uint8Array.from(digits, (two) => Number.parseInt(two, 16));
      return { bytes, hash, over: "json" };
    }
    throw new WebhookError(
      "malformed-signature",
      `The header ${name} is neither ${2 * length} hex digits nor the base64 of ${length} bytes.`,
    );
  }
  const names = headers.map(([name]) => name).join(", ");
  throw new WebhookError("no-signature", `The request has no signature: none of ${names}.`);
}

/** The index of the key that made the signature over the text, or -1. Compares in constant time. */
export async function findKey(
  keys: readonly string[],
  { bytes, hash }: Signature,
  text: Uint8Array<ArrayBuffer>,
): Promise<number> {
  for (const [index, key] of keys.entries()) {
    const algorithm = { name: "HMAC", hash };
    const imported = await crypto.subtle.importKey("raw", utf8(key), algorithm, false, ["verify"]);
    if (await crypto.subtle.verify("HMAC", imported, bytes, text)) return index;
  }
  return -1;
}

/** The SHA-256 of bytes, in lower-case hex. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (one) => one.toString(16).padStart(2, "0")).join("");
}

/** A text as signatures see it. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
