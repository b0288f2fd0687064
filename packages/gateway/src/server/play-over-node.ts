import type { IncomingMessage, ServerResponse } from "node:http";
import { type PlayerResponse, sendMedia } from "@media-protection/sdk/node";
import { headFor, type PlayTools, refusalFor } from "../bytes/play.js";
import { refuse } from "../bytes/refusals.js";
import type { Entry } from "../gateway/admission.js";
import { sendWeb } from "./web-over-node.js";

/**
 * Sends a medium over Node's response: the same as a Web answer with less work for each chunk, and with
 * nothing read ahead, so that who does not take its bytes holds none but those on their way.
 *
 * @param now Unix time in seconds
 * @returns when the answer is sent, or the viewer has gone
 */
export async function playOverNode(
  request: IncomingMessage,
  response: ServerResponse,
  entry: Entry,
  tools: PlayTools,
  now: number,
): Promise<void> {
  const { link, end } = entry;
  const { ref, contentType } = link;
  const sink = new MediaSink(response, async (status, fields, failure) => {
    if (failure !== undefined) tools.onError(failure);
    if (status >= 400) return refusalFor({ status, headers: fields }, link, tools.client);
    return headFor(fields, link, tools, request.headers.origin ?? null, now);
  });
  const over = () => {
    const { statusCode, writableFinished } = response;
    if (sink.isBroken) end(statusCode, "broken", sink.bytes);
    else if (sink.isRefused) end(statusCode, "refused", 0);
    else end(statusCode, writableFinished ? "complete" : "left", sink.bytes);
  };
  if (response.closed || response.destroyed) return over();
  response.once("close", over);
  await sendMedia(tools.client, { ref, contentType }, request, sink, {
    projectId: ref.projectId,
    onError: (error) => {
      sink.failure = error;
      // Before that, it is told with the refusal.
      if (response.headersSent) tools.onError(error);
    },
  });
}

type MakeHead = (
  status: number,
  fields: ReadonlyMap<string, string>,
  failure: unknown,
) => Promise<ReadonlyMap<string, string> | Response>;

/** Takes what the SDK says to a player, and says it in the gateway's words. */
class MediaSink implements PlayerResponse {
  statusCode = 200;
  /** What went wrong, told before it is answered. */
  failure: unknown;
  /** Bytes of the medium that were written. */
  bytes = 0;
  isBroken = false;
  isRefused = false;
  readonly #response: ServerResponse;
  readonly #makeHead: MakeHead;
  readonly #fields = new Map<string, string>();
  readonly #waiting = new Set<() => void>();
  #isSent = false;
  #isSending = false;

  constructor(response: ServerResponse, makeHead: MakeHead) {
    this.#response = response;
    this.#makeHead = makeHead;
  }

  get headersSent(): boolean {
    return this.#response.headersSent;
  }

  get destroyed(): boolean {
    return this.#response.destroyed;
  }

  get writableLength(): number | undefined {
    return this.#isSent ? this.#response.writableLength : undefined;
  }

  setHeader(name: string, value: string): void {
    this.#fields.set(name.toLowerCase(), value);
  }

  write(chunk: Uint8Array): boolean {
    if (this.#isSent) return this.#take(chunk);
    // What turns out to be an error page at its first bytes is no answer yet; now it is one.
    void this.#send(() => {
      this.#take(chunk);
      for (const listener of this.#waiting) listener();
      this.#waiting.clear();
    });
    return false;
  }

  end(): void {
    if (this.#isSent) this.#response.end();
    else void this.#send(() => this.#response.end());
  }

  destroy(): void {
    // Its head may be being made: what is said first stays said.
    if (this.#isSending || this.#isSent || this.#response.destroyed) {
      this.isBroken = true;
      this.#response.destroy();
      return;
    }
    this.#fields.clear();
    this.statusCode = 502;
    this.end();
  }

  once(event: "close" | "drain", listener: () => void): void {
    if (event === "drain" && !this.#isSent) this.#waiting.add(listener);
    else this.#response.once(event, listener);
  }

  off(event: "close" | "drain", listener: () => void): void {
    this.#waiting.delete(listener);
    this.#response.off(event, listener);
  }

  #take(chunk: Uint8Array): boolean {
    this.bytes += chunk.byteLength;
    const isTaken = this.#response.write(chunk);
    // Node would hold it for company until the next tick, and nobody could tell whether it went.
    this.#response.socket?.uncork();
    return isTaken;
  }

  async #send(then: () => void): Promise<void> {
    const response = this.#response;
    this.#isSending = true;
    const head = await this.#makeHead(this.statusCode, this.#fields, this.failure).catch(() =>
      refuse(500),
    );
    if (response.destroyed || this.#isSent) return;
    this.#isSent = true;
    if (head instanceof Response) {
      this.isRefused = true;
      return sendWeb(head, response);
    }
    response.statusCode = this.statusCode;
    for (const [name, value] of head) response.setHeader(name, value);
    then();
  }
}
