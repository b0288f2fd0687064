import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { type BodyReader, offerBody, streamOver } from "./response-body.js";

/** What a request was ended with, as an error. */
export function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(`aborted: ${reason}`);
}

/** Node's message as a response, of which nothing is decoded. */
export function responseFrom(message: IncomingMessage): Response {
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

/**
 * Whether a connection takes bytes. A socket by itself takes one chunk more after it is paused, which a thousand
 * that stall hold in memory; its handle takes none. That is Node's own affair: it may be missing.
 */
function read(socket: Socket, what: "readStart" | "readStop"): void {
  if (what === "readStop") socket.pause();
  else socket.resume();
  const handle: unknown = Reflect.get(socket, "_handle");
  if (typeof handle !== "object" || handle === null) return;
  const method: unknown = Reflect.get(handle, what);
  if (typeof method === "function") Reflect.apply(method, handle, []);
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
  let isStopped = false;
  return {
    sawEnd: () => sawEnd(message),
    pause() {
      // One that is complete has given its connection back, which others may be using.
      if (end || isStopped || message.complete) return;
      isStopped = true;
      message.pause();
      // The message by itself stops its connection two chunks later.
      read(message.socket, "readStop");
    },
    async read() {
      if (isStopped && chunks.length === 0) {
        isStopped = false;
        if (!message.complete) read(message.socket, "readStart");
        message.resume();
      }
      if (chunks.length === 0 && !end) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const chunk = chunks.shift();
      if (chunk) {
        held -= chunk.byteLength;
        if (held < readAhead && message.isPaused() && !isStopped) message.resume();
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
