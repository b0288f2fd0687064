import { OptionError } from "../errors.js";
import { maskUrl } from "../trust/masking.js";
import { type CallbackContent, defaultMaxBodyBytes } from "./callback-body.js";
import { WebhookError } from "./webhook-error.js";
import { readBody, type SignedBody, signedUrl, type WebhookRequest } from "./webhook-request.js";
import {
  deliveryId,
  findKey,
  rawBodyNeeded,
  readSignature,
  sha256,
  signedTexts,
} from "./webhook-signature.js";

/** Options of {@link verifyWebhook}. */
export interface WebhookOptions {
  /**
   * The project's signing key. Two or more while rotating it: each is tried, so that callbacks signed
   * with the old one, which the platform uses for a minute or two more, are still taken.
   */
  readonly signingKey: string | readonly string[];
  /**
   * The URL the platform was given, where a proxy or tunnel makes the request's own another: an origin
   * (`https://hooks.example.com`), or with path and query. What it leaves out is taken from the
   * request. The scheme lets a sender who knows a signed request shift parameters into a query that is
   * not given here, so give the query too where it is fixed.
   * @default the request's own URL
   */
  readonly publicUrl?: string | URL;
  /**
   * The replay guard: whether this delivery was seen before. Signatures hold no time and stay valid as
   * long as the key does, so keep the ids until the key is rotated, or as long as acting twice would
   * harm. The id is the same for whatever header or encoding a replay picks. Ask and store in one step
   * (Redis `SET id 1 NX`), and forget the id again if handling fails: the platform then sends the same
   * delivery once more. Called only for verified requests.
   * @default none: replays are not noticed
   */
  readonly seen?: (id: string) => boolean | Promise<boolean>;
  /**
   * The longest body that is read, in bytes.
   * @default 1048576
   */
  readonly maxBodyBytes?: number;
}

/** A callback that the platform sent. */
export interface VerifiedWebhook {
  /** What was verified: act on this, not on what another parser made of the request. */
  readonly content: CallbackContent;
  /** Tells this delivery from others: what `seen` is asked. */
  readonly id: string;
  /** Which of the signing keys it was, from 0: while only 0 is seen, the others can go. */
  readonly keyIndex: number;
}

/**
 * Verifies that the platform sent a request, by its signature. Knows both schemes (JSON: hex HMAC of
 * URL and raw body; form: base64 HMAC of URL and sorted parameters), SHA-256 and SHA-1, and
 * `bodySHA256`. Runs wherever Web Crypto does.
 *
 * Throws for whatever is not verified, and gives the content only after: so neither a forgotten
 * `await` nor a forgotten `if` lets a forged callback through.
 *
 * @param request a Web `Request`, Node's or Express's `req`, or `{ url, headers, body }`. It is read.
 * @throws WebhookError for a request that must not be acted on; its `reason` says why
 * @throws OptionError for a missing key or another option that can not be right
 * @example
 * const { content } = await verifyWebhook(request, { signingKey });
 * for (const { ready, url } of mediaInCallback(content)) { … }
 */
export async function verifyWebhook(
  request: WebhookRequest,
  options: WebhookOptions,
): Promise<VerifiedWebhook> {
  const { publicUrl, seen, maxBodyBytes = defaultMaxBodyBytes } = options;
  const keys = readKeys(options.signingKey);
  if (typeof maxBodyBytes !== "number" || !(maxBodyBytes > 0)) {
    throw new OptionError("maxBodyBytes", "a positive number of bytes");
  }
  if (seen !== undefined && typeof seen !== "function") {
    throw new OptionError("seen", "a function from an id to whether it was seen");
  }
  const url = signedUrl(request, publicUrl);
  const signature = readSignature(request.headers);
  const body = await readBody(request, maxBodyBytes);
  const query = new URLSearchParams(/\?(.*)$/s.exec(url)?.[1]);
  const boundByHash = await checkBodyHash(query.getAll("bodySHA256"), body);
  const keyIndex = await findKey(keys, signature, signedTexts(signature, url, body, boundByHash));
  if (keyIndex === undefined) {
    throw new WebhookError(
      "mismatch",
      `The signature is not that of ${maskUrl(url)} and this body by ${keys.length === 1 ? "the signing key" : "any of the signing keys"}. Behind a proxy, set the option "publicUrl" to the URL that the platform was given.`,
    );
  }
  const id = await deliveryId(url, body);
  if (await seen?.(id)) throw new WebhookError("replayed", "This delivery was seen before.");
  // A callback by GET has its parameters in the query, which the signature covers.
  return { content: isEmpty(body.content) ? query : body.content, id, keyIndex };
}

function isEmpty(content: CallbackContent): boolean {
  return content instanceof URLSearchParams && content.toString() === "";
}

function readKeys(signingKey: unknown): readonly string[] {
  const keys: readonly unknown[] = Array.isArray(signingKey) ? [...signingKey] : [signingKey];
  const isKey = (key: unknown): key is string => typeof key === "string" && /^\S+$/.test(key);
  if (keys.length > 0 && keys.every(isKey)) return keys;
  throw new OptionError(
    "signingKey",
    "the project's signing key, or a list of them, without spaces",
  );
}

/** Whether the query holds the body's hash; @throws WebhookError if it is another's. */
async function checkBodyHash(hashes: readonly string[], { raw }: SignedBody): Promise<boolean> {
  if (hashes.length === 0) return false;
  if (!raw) throw rawBodyNeeded();
  const hash = await sha256(raw);
  if (hashes.every((one) => one.toLowerCase() === hash)) return true;
  throw new WebhookError("body-hash", "The query's bodySHA256 is not the hash of the body.");
}
