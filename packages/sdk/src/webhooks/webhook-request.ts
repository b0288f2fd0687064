import { isRecord, OptionError } from "../errors.js";
import type { CallbackBody } from "./callback-body.js";

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
   * form will do, since forms are signed by their parameters. Or a stream of it that nothing has read,
   * Web or Node. Without a body, a Node request is read itself.
   */
  readonly body?:
    | CallbackBody
    | ReadableStream<Uint8Array>
    | AsyncIterable<Uint8Array | string>
    | null
    | undefined;
}

/** The value of a header by its name in lower case; several are one with commas, as in `Headers`. */
export type HeaderOf = (name: string) => string | undefined;

/** What of a request is signed or says how. */
export interface ReceivedRequest {
  /** The URL, or its path and query. */
  readonly url: string;
  readonly headerOf: HeaderOf;
}

/** @throws OptionError for a request, its URL or its headers that are none */
export function readRequest(request: WebhookRequest): ReceivedRequest {
  if (!isRecord(request)) {
    throw new OptionError("request", "a Request, a Node request, or { url, headers, body }");
  }
  const url: unknown = request.originalUrl ?? request.url ?? "";
  if (typeof url !== "string") throw new OptionError("request.url", "a URL, or a path and query");
  return { url, headerOf: readHeaders(request.headers) };
}

function readHeaders(headers: unknown): HeaderOf {
  if (!isRecord(headers)) {
    throw new OptionError("request.headers", "Headers, or an object of header fields");
  }
  // By shape, since they may come from another realm or a polyfill. A Map has its names in any case.
  const { get } = headers;
  if (typeof get === "function" && !(headers instanceof Map)) {
    return (name) => textOf(get.call(headers, name));
  }
  const entries: unknown[] =
    Symbol.iterator in headers ? [...(headers as Iterable<unknown>)] : Object.entries(headers);
  const fields = entries.map((entry) => {
    if (Array.isArray(entry) && typeof entry[0] === "string") {
      return { name: entry[0].toLowerCase(), value: textOf(entry[1]) };
    }
    throw new OptionError("request.headers", "Headers, or an object of header fields");
  });
  return (name) => {
    const values = fields
      .filter((field) => field.name === name)
      .flatMap(({ value }) => value ?? []);
    return values.length === 0 ? undefined : values.join(", ");
  };
}

/** A header's value as text; what is none is not there. */
function textOf(value: unknown): string | undefined {
  const values = (Array.isArray(value) ? value : [value]).filter(
    (one) => typeof one === "string" || typeof one === "number",
  );
  return values.length === 0 ? undefined : values.join(", ");
}
