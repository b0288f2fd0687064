import { OptionError } from "../errors.js";
import { checkKnown } from "../trust/known-options.js";
import type { CallbackMedia } from "./callback-media.js";
import { mediaInCallback } from "./media-in-callback.js";
import { signedUrls } from "./signed-url.js";
import { type VerifiedWebhook, verifyWebhook } from "./verify-webhook.js";
import { WebhookError, type WebhookReason } from "./webhook-error.js";
import { resolveWebhookOptions, type WebhookOptions } from "./webhook-options.js";
import type { WebhookRequest } from "./webhook-request.js";

/** Options of {@link createMediaReceiver}: those of `verifyWebhook`, and what is done with the media. */
export interface MediaReceiverOptions extends Omit<WebhookOptions, "publicUrl" | "signal"> {
  /**
   * The URL that the platform was given: an origin (`https://hooks.example.com`), or with path and
   * query. Required, since behind a proxy the request's own is another, which no test without the proxy
   * would find.
   */
  readonly publicUrl: string | URL;
  /**
   * Takes back what `seen` has stored, for a delivery whose medium could not be taken: else the platform
   * would call again in vain. Required with `seen`.
   */
  readonly forget?: ((id: string) => unknown) | undefined;
  /**
   * Is given each medium that is ready, one after the other; the platform is answered when it is done.
   * If it fails the answer is 500, the delivery is forgotten, and the platform may call again.
   */
  readonly onMedia: (medium: CallbackMedia, webhook: VerifiedWebhook) => unknown;
  /**
   * Is told of every request that is refused (a `WebhookError`) and of each failure of `onMedia`. What it
   * throws is its own.
   * @default nobody is told; the sender learns nothing but the status
   */
  readonly onError?: ((error: unknown) => void) | undefined;
}

const known = {
  signingKey: true,
  publicUrl: true,
  seen: true,
  maxBodyBytes: true,
  forget: true,
  onMedia: true,
  onError: true,
} as const;

/** A replay was taken when it first came: to whoever sends it twice, all is well. */
const answers: Partial<Record<WebhookReason, number>> = {
  "too-large": 413,
  unrecognised: 400,
  replayed: 204,
};

/**
 * Makes a receiver of the platform's callbacks: verifies each, hands over the media it tells of, and
 * answers: 204; 403 for what is not verified, 413 for what is too large, 400 for what is no callback;
 * 500 where `onMedia` fails. What `seen` knows is answered 204, and nothing is done for it. No answer has
 * a body.
 *
 * @returns a Web handler; it takes Node's and Express's `req`, too, whose answer is then the status
 * @throws OptionError when it is made, for a key, a `publicUrl` or another option that cannot be right
 * @example
 * const receive = createMediaReceiver({ signingKey, publicUrl, onMedia: (medium) => save(medium) });
 * export const POST = receive; // a Web handler
 * app.post("/hooks", async (req, res) => res.sendStatus((await receive(req)).status)); // Express
 */
export function createMediaReceiver(
  options: MediaReceiverOptions,
): (request: WebhookRequest) => Promise<Response> {
  const { onMedia, onError, forget, ...webhook } = checkKnown(options, known);
  if (typeof onMedia !== "function") throw new OptionError("onMedia", "a function from a medium");
  if (onError !== undefined && typeof onError !== "function") {
    throw new OptionError("onError", "a function from an error, or left out");
  }
  if (typeof forget !== (webhook.seen === undefined ? "undefined" : "function")) {
    throw new OptionError("forget", 'a function from an id, with "seen"; left out without it');
  }
  resolveWebhookOptions(webhook);
  // Whatever a request asks for, its URL is made of this one.
  signedUrls("/", webhook.publicUrl);
  return async (request) => {
    try {
      const verified = await verifyWebhook(request, webhook);
      try {
        for (const medium of mediaInCallback(verified.content)) {
          if (medium.ready) await onMedia(medium, verified);
        }
      } catch (error) {
        await forget?.(verified.id);
        throw error;
      }
      return new Response(null, { status: 204 });
    } catch (error) {
      try {
        onError?.(error);
      } catch {
        // The platform is answered all the same.
      }
      const status = error instanceof WebhookError ? (answers[error.reason] ?? 403) : 500;
      return new Response(null, { status });
    }
  };
}
