import type { Client } from "../client/client.js";
import { readerOf } from "../download/download.js";
import type { MediaSource } from "../download/media.js";
import { OptionError } from "../errors.js";
import { answerTo, type PlayerOptions } from "./player-options.js";

/** A player's request, as Node has it: `IncomingMessage`, Express's `req`, Fastify's `request.raw`. */
export interface PlayerRequest {
  /** `GET`, or `HEAD` for the fields alone. @default "GET" */
  readonly method?: string | undefined;
  /** Its fields, by names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/**
 * What answers it, as Node has it: `ServerResponse`, Express's `res`, Fastify's `reply.raw`. Described by
 * what of it is used, so that the types of this package need none of Node's.
 */
export interface PlayerResponse {
  /** Set before the fields are sent. */
  statusCode: number;
  /** Whether somebody has begun to answer. */
  readonly headersSent: boolean;
  /** Whether the connection is gone. */
  readonly destroyed: boolean;
  /** Bytes that the player has yet to take; where it is told, `write` counts only while there are some. */
  readonly writableLength?: number | undefined;
  /** Sets a field. */
  setHeader(name: string, value: string): unknown;
  /** Sends bytes; `false` where the player should be waited for. */
  write(chunk: Uint8Array): boolean;
  /** Ends the answer. */
  end(text?: string): unknown;
  /** Breaks the connection off. */
  destroy(): unknown;
  /** Tells that the connection is gone, or that there is room again. */
  once(event: "close" | "drain", listener: () => void): unknown;
  /** Ends that. */
  off(event: "close" | "drain", listener: () => void): unknown;
}

/**
 * Sends a medium to a player over Node's `ServerResponse`, as `serveMedia` of
 * `@media-protection/sdk/players` answers one. No faster than the player takes it; when the player goes,
 * the platform's connection is closed. Where the platform's bytes break off for good, so does the
 * answer: no player takes a part for the whole.
 *
 * @returns when the answer is sent, or the player has gone; never rejects for what the platform does
 * @throws OptionError for a client, a response or an option that is malformed, or an answer that was begun
 * @example
 * app.get("/recordings/:id", (request, response) =>
 *   sendMedia(client, { kind: "recording", recordingId: request.params.id }, request, response));
 */
export async function sendMedia(
  client: Client,
  source: MediaSource,
  request: PlayerRequest,
  response: PlayerResponse,
  options: PlayerOptions = {},
): Promise<void> {
  if (typeof request?.headers !== "object") throw new OptionError("request", "a Node request");
  if (typeof response?.setHeader !== "function") {
    throw new OptionError("response", "a Node response");
  }
  if (response.headersSent) throw new OptionError("response", "one that nobody has begun to send");
  const gone = new AbortController();
  const leave = () => gone.abort(new DOMException("The player has gone.", "AbortError"));
  if (response.destroyed) leave();
  response.once("close", leave);
  try {
    await send(client, source, request, response, gone.signal, options);
  } finally {
    response.off("close", leave);
  }
}

async function send(
  client: Client,
  source: MediaSource,
  { method = "GET", headers }: PlayerRequest,
  response: PlayerResponse,
  signal: AbortSignal,
  options: PlayerOptions,
): Promise<void> {
  const field = (name: string) => {
    const value = headers[name];
    return typeof value === "object" ? value.join(", ") : value;
  };
  const answer = await answerTo(client, source, { method, field, signal }, options);
  if (signal.aborted) return;
  const isHead = method === "HEAD";
  if (!("media" in answer)) {
    response.statusCode = answer.status;
    for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
    response.end(isHead ? undefined : answer.text);
    return;
  }
  const { media, head } = answer;
  const reader = readerOf(media);
  try {
    response.statusCode = head.status;
    head.headers.forEach((value, name) => void response.setHeader(name, value));
    if (isHead || media.notModified) {
      reader.cancel();
      response.end();
      return;
    }
    for (let chunk = await reader.read(); chunk; chunk = await reader.read()) {
      // Node's says that it is full of any chunk above 16 KiB, also of one that is already sent.
      if (response.write(chunk) || response.writableLength === 0) continue;
      reader.pause?.();
      await drained(response, signal);
    }
    response.end();
  } catch (error) {
    reader.cancel();
    if (!signal.aborted) options.onError?.(error);
    response.destroy();
  }
}

/** Waits until the player has taken what was written. */
function drained(response: PlayerResponse, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      response.off("drain", settle);
      signal.removeEventListener("abort", settle);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    };
    response.once("drain", settle);
    signal.addEventListener("abort", settle);
    if (signal.aborted) settle();
  });
}
