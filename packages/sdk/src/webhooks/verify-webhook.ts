import { OptionError } from "../errors.js";
import { unlessAborted } from "../http/deadline.js";
import { maskUrl } from "../trust/masking.js";
import type { CallbackContent } from "./callback-body.js";
import { readBody } from "./request-body.js";
import { deliveryId, type SignedText, signedTexts } from "./signed-text.js";
import { signedUrls } from "./signed-url.js";
import { claimedProject, keysOf } from "./signing-keys.js";
import { rawBodyNeeded, WebhookError } from "./webhook-error.js";
import { resolveWebhookOptions, type WebhookOptions } from "./webhook-options.js";
import { readRequest, type WebhookRequest } from "./webhook-request.js";
import { findKey, readSignature, type Signature } from "./webhook-signature.js";

/** A callback that the platform sent. */
export interface VerifiedWebhook {
  /** What was verified: act on this, not on what another parser made of the request. */
  readonly content: CallbackContent;
  /** Tells this delivery from others: what `seen` is asked. */
  readonly id: string;
  /**
   * Which of the signing keys it was, from 0: while only 0 is seen, the others can go. Where
   * `signingKey` is a function, which of those that it gave for `projectId`.
   */
  readonly keyIndex: number;
  /**
   * The project that the callback says it is of, a form's `AccountSid` or an event's `project_id`;
   * `undefined` where it names none. Where `signingKey` is a function, it was this project's key that
   * verified it; else whoever has one of the keys may name any project.
   */
  readonly projectId: string | undefined;
}

/**
 * Verifies that the platform sent a request, by its signature. Knows both schemes (JSON: hex HMAC of
 * URL and raw body; form: base64 HMAC of URL and sorted parameters), SHA-256 and SHA-1, and
 * `bodySHA256`. Runs wherever Web Crypto does.
 *
 * Throws for whatever is not verified, and gives the content only after: so neither a forgotten
 * `await` nor a forgotten `if` lets a forged callback through.
 *
 * @param request a Web `Request`, Node's or Express's `req`, or `{ url, headers, body }`. It is read,
 *   and its connection left open for the answer, whatever is wrong with it.
 * @throws WebhookError for a request that must not be acted on; its `reason` says why
 * @throws OptionError for a missing key, another option that can not be right, or no request at all
 * @example
 * const { content } = await verifyWebhook(request, { signingKey });
 * for (const { ready, url } of mediaInCallback(content)) { … }
 */
export async function verifyWebhook(
  request: WebhookRequest,
  options: WebhookOptions,
): Promise<VerifiedWebhook> {
  const { signingKey, publicUrl, seen, maxBodyBytes, signal } = resolveWebhookOptions(options);
  const { url, headerOf } = readRequest(request);
  if (signal?.aborted) throw signal.reason;
  const urls = signedUrls(url, publicUrl);
  const signature = readSignature(headerOf);
  const body = await readBody(request, headerOf, maxBodyBytes, signal);
  const texts = await signedTexts(signature, urls, body);
  const keysFor = keysOnce((projectId) => unlessAborted(signal, keysOf(signingKey, projectId)));
  const verified = await findText(signature, texts, keysFor);
  if (!verified) {
    if (body.isMissing) throw rawBodyNeeded("none was given, or only what was left of it");
    throw new WebhookError("mismatch", mismatch(urls[0] ?? url));
  }
  const id = await deliveryId(verified.bytes);
  if (seen && (await unlessAborted(signal, ask(seen, id)))) {
    throw new WebhookError("replayed", "This delivery was seen before.");
  }
  const { content, keyIndex, projectId } = verified;
  return { content, id, keyIndex, projectId };
}

type KeysFor = (projectId: string | undefined) => Promise<readonly string[]>;

/** Asks for the keys of each project once. */
function keysOnce(ask: KeysFor): KeysFor {
  const asked = new Map<string | undefined, Promise<readonly string[]>>();
  return (projectId) => {
    const keys = asked.get(projectId) ?? ask(projectId);
    asked.set(projectId, keys);
    return keys;
  };
}

/** The text that was signed, by a key of the project that it names. */
async function findText(
  signature: Signature,
  texts: readonly SignedText[],
  keysFor: KeysFor,
): Promise<(SignedText & Pick<VerifiedWebhook, "keyIndex" | "projectId">) | undefined> {
  for (const text of texts) {
    const projectId = claimedProject(text.content);
    const keyIndex = await findKey(await keysFor(projectId), signature, text.bytes);
    if (keyIndex >= 0) return { ...text, keyIndex, projectId };
  }
  return undefined;
}

function mismatch(url: string): string {
  return `The signature is not that of ${maskUrl(url)} and this body by any of the signing keys. Behind a proxy, set the option "publicUrl" to the URL that the platform was given, and give the body as it was sent.`;
}

/** What the guard says, if it says anything: one that gives neither would let every replay through. */
async function ask(seen: NonNullable<WebhookOptions["seen"]>, id: string): Promise<boolean> {
  const answer: unknown = await seen(id);
  if (typeof answer === "boolean") return answer;
  throw new OptionError("seen", "a function that gives true or false");
}
