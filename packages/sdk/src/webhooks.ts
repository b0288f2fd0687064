/**
 * Callbacks of the platform: verify who sent them, and read the media they tell of. Runs wherever Web
 * Crypto does.
 *
 * @packageDocumentation
 */
export type { CallbackBody, CallbackContent } from "./callback-body.js";
export { type CallbackMedia, mediaInCallback } from "./media-in-callback.js";
export { type VerifiedWebhook, verifyWebhook, type WebhookOptions } from "./verify-webhook.js";
export { WebhookError, type WebhookReason } from "./webhook-error.js";
export type { WebhookRequest } from "./webhook-request.js";
