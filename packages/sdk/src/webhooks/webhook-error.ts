import { MediaProtectionError } from "../errors.js";

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
  /** The signature is over the raw body, and a parsed one was given. */
  | "raw-body"
  /** The body is longer than the limit. */
  | "too-large"
  /** `seen` knows it. */
  | "replayed"
  /** The body is not a callback of the platform. */
  | "unrecognised";

/** A webhook must not be acted on: answer it with 403, or 400 if it is only `unrecognised`. */
export class WebhookError extends MediaProtectionError {
  override readonly name = "WebhookError";
  /** What is wrong with it. */
  readonly reason: WebhookReason;

  constructor(reason: WebhookReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
