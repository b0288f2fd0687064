import { isRecord } from "../errors.js";
import { gather, sourceOf, wasRead } from "./body-source.js";
import { type CallbackContent, checkLength, readContent } from "./callback-body.js";
import { rawBodyNeeded } from "./webhook-error.js";
import type { HeaderOf, WebhookRequest } from "./webhook-request.js";

/** The body as signatures see it. */
export interface SignedBody {
  /** The bytes as sent; `undefined` where only a parsed body was given. */
  readonly raw: Uint8Array<ArrayBuffer> | undefined;
  readonly content: CallbackContent;
  /** Whether nothing is in it, and yet something was sent: then somebody has read it before. */
  readonly isMissing: boolean;
}

/**
 * Reads the body, up to the limit.
 *
 * @throws WebhookError `too-large`, `raw-body` if it was read before, or `unrecognised` for what is no
 *   body
 */
export async function readBody(
  request: WebhookRequest,
  headerOf: HeaderOf,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<SignedBody> {
  if ("bodyUsed" in request && request.bodyUsed === true) throw rawBodyNeeded("it was read before");
  const isStream = Symbol.asyncIterator in request;
  let body: unknown = request.body;
  // Parsers that do not know a body's type leave it unread, and `{}` in its place.
  if (isStream && !wasRead(request) && (body === undefined || isEmptyObject(body))) body = request;
  const source = sourceOf(body, body === request || "bodyUsed" in request);
  if (source) body = await gather(source, maxBytes, signal);
  body ??= "";
  if (typeof body === "string") {
    checkLength(body.length, maxBytes);
    body = new TextEncoder().encode(body);
  }
  // Bytes are copied once, so that nobody changes them between the check and the reading.
  const raw =
    body instanceof ArrayBuffer
      ? new Uint8Array(body.slice(0))
      : ArrayBuffer.isView(body)
        ? new Uint8Array(new Uint8Array(body.buffer, body.byteOffset, body.byteLength))
        : undefined;
  const content = readContent(raw ?? body, maxBytes);
  const isEmpty = raw ? raw.length === 0 : isEmptyForm(content);
  const isExpected = !raw || announcesBody(headerOf) || (isStream && !source);
  return { raw, content, isMissing: isEmpty && isExpected };
}

/** Whether the content is a form without parameters. */
export function isEmptyForm(content: CallbackContent): boolean {
  return content instanceof URLSearchParams && content.toString() === "";
}

/** Whether the header says that there is a body, RFC 9112 §6, or of which type one is. */
function announcesBody(headerOf: HeaderOf): boolean {
  if (headerOf("content-length") === "0") return false;
  return ["content-length", "transfer-encoding", "content-type"].some(
    (name) => headerOf(name) !== undefined,
  );
}

function isEmptyObject(body: unknown): boolean {
  if (!isRecord(body) || Object.keys(body).length > 0) return false;
  const prototype: unknown = Object.getPrototypeOf(body);
  return prototype === Object.prototype || prototype === null;
}
