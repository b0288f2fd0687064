import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import type { Fetch } from "../options/client-options.js";
import { codeOf } from "../trust/masking.js";
import { onAbort } from "./deadline.js";
import { type BodyReader, offerBody, streamOver } from "./response-body.js";

const agents = {
  "http:": new HttpAgent({ keepAlive: true }),
  "https:": new HttpsAgent({ keepAlive: true }),
};

/**
 * A `fetch` over Node's own HTTP client: for what this SDK asks of it the same as the global one, with
 * less work for each request. It follows no redirect, decodes no body, and keeps connections alive; one
 * that the server had just closed, so that nothing of an answer came, is replaced by another, but not
 * for a `POST`. Of a body in chunks it knows whether the end was seen, which saves the request that
 * proves it. In Node clients use it by themselves, unless the global fetch was replaced or its
 * dispatcher set; the option `fetch` has them use it all the same.
 *
 * @example
 * const client = clientFromEnv({ fetch: nodeFetch });
 *
 * @throws TypeError for a `redirect` other than `"manual"`, or a scheme other than http(s)
 */
export const nodeFetch: Fetch = async (
  url,
  { method = "GET", headers, body, redirect, signal },
) => {
  const target = new URL(url);
  if (redirect !== "manual") throw new TypeError('nodeFetch needs redirect: "manual"');
  if (target.protocol !== "http:" && target.protocol !== "https:") {
    throw new TypeError(`nodeFetch cannot ask for ${target.protocol}`);
  }
  if (body !== undefined && body !== null && typeof body !== "string") {
    throw new TypeError("nodeFetch sends text only");
  }
  const send = target.protocol === "https:" ? requestHttps : requestHttp;
  const agent = agents[target.protocol];
  const fields = Object.fromEntries(new Headers(headers));
  const exchange = () =>
    new Promise<Response>((resolve, reject) => {
      const request = send(target, { method, agent, headers: fields }, (message) => {
        try {
          resolve(responseFrom(message));
        } catch (error) {
          message.destroy();
          reject(error);
        }
      });
      if (signal) {
        const stop = () => request.destroy(asError(signal.reason));
        if (signal.aborted) stop();
        request.once("close", onAbort(signal, stop));
      }
      request.once("error", (error) => {
        const isStale = request.reusedSocket && method !== "POST" && isClosed(error);
        reject(isStale ? new StaleSocket() : error);
      });
      // Without a listener Node closes the connection, and never says so.
      request.once("upgrade", (message, socket) => {
        socket.destroy();
        reject(new Error(`an answer ${message.statusCode} that nobody asked for`));
      });
      request.end(body ?? undefined);
    });
  for (;;) {
    try {
      return await exchange();
    } catch (error) {
      // Each try uses up a connection that was kept, so there is an end to them.
      if (!(error instanceof StaleSocket)) throw error;
    }
  }
};

/** A kept connection was closed before anything of an answer came. */
class StaleSocket extends Error {}

function isClosed(error: Error): boolean {
  return ["ECONNRESET", "EPIPE"].includes(codeOf(error) ?? "");
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(`aborted: ${reason}`);
}

function responseFrom(message: IncomingMessage): Response {
  const { statusCode: status = 0, rawHeaders } = message;
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name = "", value = ""] = rawHeaders.slice(index, index + 2);
    headers.push([name, value]);
  }
  if (status === 204 || status === 205 || status === 304) {
    message.resume();
    return new Response(null, { status, headers });
  }
  return new MessageResponse({ status, headers }, messageReader(message));
}

/**
 * Whether the parser saw the end of the body. Of chunks it did, whatever the version of HTTP and
 * whether or not the connection closes behind them: without the last line of all it reports an error,
 * and the message is not complete. A body that ends with its connection is "complete" however it ends.
 */
function sawEnd({ complete, headers }: IncomingMessage): boolean {
  return complete && headers["transfer-encoding"]?.trim().toLowerCase() === "chunked";
}

/** A response that makes a stream of its body only for who asks for one. */
class MessageResponse extends Response {
  private readonly reader: BodyReader;
  private whole: Response | undefined;
  private isTaken = false;

  constructor(init: ResponseInit, reader: BodyReader) {
    super(null, init);
    this.reader = reader;
    const end = () => reader.sawEnd?.() ?? false;
    offerBody(this, { take: () => this.take(), sawEnd: end });
  }

  override get body() {
    return this.all().body;
  }
  override get bodyUsed() {
    return this.all().bodyUsed;
  }
  override text() {
    return this.all().text();
  }
  override json() {
    return this.all().json();
  }
  override arrayBuffer() {
    return this.all().arrayBuffer();
  }
  override blob() {
    return this.all().blob();
  }
  override bytes() {
    return this.all().bytes();
  }
  override formData() {
    return this.all().formData();
  }
  override clone() {
    return this.all().clone();
  }

  /** The reader, unless a stream is over it: a hook may have cloned this and be reading the clone. */
  private take(): BodyReader | undefined {
    if (this.whole) return undefined;
    this.isTaken = true;
    return this.reader;
  }

  /** An ordinary response of the same. */
  private all(): Response {
    if (this.whole) return this.whole;
    const { status, headers } = this;
    const stream = streamOver(this.reader);
    this.whole = new Response(stream, { status, headers });
    // Nobody else may have bytes of a body that is being read.
    if (this.isTaken) stream.getReader();
    return this.whole;
  }
}

/** How many bytes are read ahead of a consumer before the socket is paused. */
const readAhead = 2 ** 18;

/** Reads a body as it arrives. Pausing the socket after each chunk would cost more than the chunk. */
function messageReader(message: IncomingMessage): BodyReader {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let held = 0;
  let end: { readonly error?: Error } | undefined;
  let wake = () => {};
  const finish = (error?: Error) => {
    end ??= error ? { error } : {};
    wake();
  };
  message.on("data", (chunk: Buffer<ArrayBuffer>) => {
    if (end) return;
    chunks.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    held += chunk.byteLength;
    if (held >= readAhead) message.pause();
    wake();
  });
  message.once("end", () => finish());
  message.once("error", finish);
  message.once("close", () => finish(new Error("the connection was closed")));
  return {
    sawEnd: () => sawEnd(message),
    async read() {
      if (chunks.length === 0 && !end) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const chunk = chunks.shift();
      if (chunk) {
        held -= chunk.byteLength;
        if (held < readAhead && message.isPaused()) message.resume();
        return chunk;
      }
      if (end?.error) throw end.error;
      return undefined;
    },
    cancel(reason) {
      // A message that is complete has given its connection back.
      if (end) return;
      chunks.length = 0;
      finish();
      message.destroy(asError(reason));
    },
  };
}
