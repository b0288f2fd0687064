/**
 * Callbacks of the platform: verify who sent them, and read the media they tell of. Runs wherever Web
 * Crypto does.
 *
 * @packageDocumentation
 */
export type { CallbackBody, CallbackContent } from "./webhooks/callback-body.js";
export type { CallbackMedia } from "./webhooks/callback-media.js";
export {
  createMediaReceiver,
  type MediaReceiverOptions,
} from "./webhooks/create-media-receiver.js";
export { mediaInCallback } from "./webhooks/media-in-callback.js";
export type { SigningKey, SigningKeys } from "./webhooks/signing-keys.js";
export { type VerifiedWebhook, verifyWebhook } from "./webhooks/verify-webhook.js";
export { WebhookError, type WebhookReason } from "./webhooks/webhook-error.js";
export type { WebhookOptions } from "./webhooks/webhook-options.js";
export type { WebhookRequest } from "./webhooks/webhook-request.js";
