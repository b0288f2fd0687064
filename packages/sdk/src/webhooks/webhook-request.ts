import { isRecord, OptionError } from "../errors.js";
import { joinBytes } from "../http/bytes.js";
import type { CallbackBody, CallbackContent } from "./callback-body.js";
import { checkLength, readContent } from "./callback-body.js";
import { WebhookError } from "./webhook-error.js";

/**
 * A request from the platform: the Web `Request`, Node's `IncomingMessage`, Express's and Fastify's
 * `req`, or an object of these fields.
 */
export interface WebhookRequest {
  /** The URL asked for; its path and query alone will do where `publicUrl` has the origin. */
  readonly url?: string | undefined;
  /** Express: the path before a router was mounted, which is what was signed. Goes before `url`. */
  readonly originalUrl?: string | undefined;
  /** Its header fields, their names in any case. */
  readonly headers:
    | Headers
    | Readonly<Record<string, string | readonly string[] | number | undefined>>;
  /**
   * The body, best raw (`express.raw({ type: () => true })`): JSON is signed as its bytes. A parsed
   * form will do, since forms are signed by their parameters. Without a body, a Node request is read
   * itself.
   */
  readonly body?: CallbackBody | ReadableStream<Uint8Array> | null | undefined;
}

/** The body as signatures see it. */
export interface SignedBody {
  /** The bytes as sent; `undefined` where only a parsed body was given. */
  readonly raw: Uint8Array<ArrayBuffer> | undefined;
  readonly content: CallbackContent;
}

/**
 * The URL the platform signed: the request's own, or `publicUrl` with what it leaves out (path, query)
 * taken from the request. Kept as text, since signatures are over the URL as written.
 *
 * @throws OptionError for a malformed `publicUrl`, or if none is given and the request has only a path
 */
export function signedUrl(request: WebhookRequest, publicUrl: string | URL | undefined): string {
  const received = /^(https?:\/\/[^/?#]+)?([^?#]*)(\?[^#]*)?/i.exec(
    request.originalUrl ?? request.url ?? "",
  );
  const [, origin, path = "", query = ""] = received ?? [];
  const expected =
    "the URL that the platform was given, such as https://hooks.example.com or https://hooks.example.com/media?tenant=1";
  if (publicUrl === undefined) {
    if (origin === undefined) throw new OptionError("publicUrl", expected);
    return origin + path + query;
  }
  const given = /^(https?:\/\/[^/?#\s]+)([^?#\s]*)(\?[^#\s]*)?$/.exec(String(publicUrl));
  if (!given) throw new OptionError("publicUrl", expected);
  const [, publicOrigin = "", publicPath = "", publicQuery] = given;
  const base = publicOrigin + (publicPath.length > 1 ? publicPath : path);
  if (publicQuery === undefined) return base + query;
  // The platform adds this one to whatever URL it was given.
  const added = /[?&](bodySHA256=[^&]*)/.exec(query)?.[1];
  return base + publicQuery + (added === undefined ? "" : `&${added}`);
}

/** A header's value; `undefined` if it is not there. Several are one with commas, as in `Headers`. */
export function headerOf(headers: WebhookRequest["headers"], name: string): string | undefined {
  if (isHeaders(headers)) return headers.get(name) ?? undefined;
  const values = Object.entries(headers)
    .filter(([one, value]) => one.toLowerCase() === name && value !== undefined)
    .flatMap(([, value]) => value);
  return values.length === 0 ? undefined : values.join(", ");
}

// By shape, since they may come from another realm or a polyfill.
function isHeaders(headers: WebhookRequest["headers"]): headers is Headers {
  return typeof headers["get"] === "function";
}

/**
 * Reads the body, up to the limit.
 *
 * @throws OptionError if it was read before
 * @throws WebhookError `too-large`, or `unrecognised` for what is no body
 */
export async function readBody(request: WebhookRequest, maxBytes: number): Promise<SignedBody> {
  if ("bodyUsed" in request && request.bodyUsed === true) {
    throw new OptionError("request", "unread: its body was read before");
  }
  let body: unknown = request.body;
  if (body === undefined && Symbol.asyncIterator in request) body = request;
  body ??= "";
  const chunks = chunksOf(body);
  if (chunks) body = await gather(chunks, maxBytes);
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
  return { raw, content: readContent(raw ?? body, maxBytes) };
}

/** The chunks of a Web stream or a Node request; `undefined` for a body that is there already. */
function chunksOf(body: unknown): AsyncIterable<unknown> | undefined {
  if (!isRecord(body)) return undefined;
  if (body instanceof ReadableStream) {
    if (body.locked) throw new OptionError("request", "unread: its body is locked to a reader");
    return readChunks(body.getReader());
  }
  // Checked just now.
  return Symbol.asyncIterator in body ? (body as AsyncIterable<unknown>) : undefined;
}

/** Not every runtime's streams can be iterated. */
async function* readChunks(
  reader: ReadableStreamDefaultReader<unknown>,
): AsyncGenerator<unknown, void> {
  let done = false;
  try {
    while (!done) {
      const read = await reader.read();
      ({ done } = read);
      if (!read.done) yield read.value;
    }
  } finally {
    if (!done) await reader.cancel().catch(() => undefined);
  }
}

async function gather(chunks: AsyncIterable<unknown>, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const part = typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
    if (!(part instanceof Uint8Array)) {
      throw new WebhookError(
        "unrecognised",
        "The callback's body is a stream of something else than bytes.",
      );
    }
    length += part.byteLength;
    checkLength(length, maxBytes);
    parts.push(new Uint8Array(part));
  }
  return joinBytes(parts);
}
