import { type ErrorDetails, MediaProtectionError } from "../errors.js";

/** Why a webhook was refused. */
export type WebhookReason =
  /** It carries none of the signature headers. */
  | "no-signature"
  /** The signature is neither hex nor base64 of its digest's length, or there are several. */
  | "malformed-signature"
  /** No signing key makes this signature for this URL and body. */
  | "mismatch"
  /** The query's `bodySHA256` is not the hash of the body. */
  | "body-hash"
  /** The raw body is needed, and there was a parsed one, none, or a stream that was read before. */
  | "raw-body"
  /** The body is longer than the limit. */
  | "too-large"
  /** `seen` knows it. */
  | "replayed"
  /** The body is not a callback of the platform. */
  | "unrecognised";

/**
 * A webhook must not be acted on: answer it with 403, with 413 if it is `too-large`, or with 400 if it
 * is only `unrecognised`.
 */
export class WebhookError extends MediaProtectionError {
  override readonly name = "WebhookError";
  /** What is wrong with it. */
  readonly reason: WebhookReason;

  constructor(reason: WebhookReason, message: string, details: ErrorDetails = {}) {
    super(message, details);
    this.reason = reason;
  }
}

/** The error for a body that can not be verified as it was given. */
export function rawBodyNeeded(because: string, details: ErrorDetails = {}): WebhookError {
  return new WebhookError(
    "raw-body",
    `The raw body is needed, and ${because}. Give its text or bytes, or a stream that nothing has read (in Express, express.raw({ type: () => true }) in place of express.json() and express.urlencoded()).`,
    details,
  );
}
