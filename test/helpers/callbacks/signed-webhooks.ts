import { createHmac } from "node:crypto";
import { expect } from "vitest";

/** Callbacks as the platform signs them, one of JSON and one of a form, and what they are made of. */
export const signingKey = "PSK_canary_0123456789";
export const url = "https://hooks.example.com/media";
export const json = '{"event_type":"calling.call.record","params":{"state":"finished"}}';
export const form = "AccountSid=a&CallSid=c";
export const sha256Header = "x-signalwire-sha256-signature";
export const sha1Header = "x-signalwire-signature";
export const twilioHeader = "x-twilio-signature";

export function hex(text: string, hash = "sha256", key = signingKey): string {
  return createHmac(hash, key).update(text).digest("hex");
}

export function base64(text: string, hash = "sha1", key = signingKey): string {
  return createHmac(hash, key).update(text).digest("base64");
}

export const signedJson = { url, body: json, headers: { [sha256Header]: hex(url + json) } };
export const signedForm = {
  url,
  body: form,
  headers: { [sha1Header]: base64(`${url}AccountSidaCallSidc`) },
};

/** The error that a callback is refused with. */
export function refusal(reason: string) {
  return expect.objectContaining({ name: "WebhookError", reason });
}
