import { isRecord } from "../errors.js";
import { joinBytes } from "../http/bytes.js";
import { unlessAborted } from "../http/deadline.js";
import { checkLength } from "./callback-body.js";
import { rawBodyNeeded, WebhookError } from "./webhook-error.js";

/** Where the bytes of a body come from. */
interface BodySource {
  /** The next chunk. */
  next(): Promise<IteratorResult<unknown, unknown>>;
  /** Gives up the rest. */
  leave(): void;
  /** Whether its sender waits for an answer on the same connection. */
  readonly isConnection: boolean;
}

/**
 * How much beyond the limit is taken off a connection before it is given up: while the sender still
 * sends, an answer may be lost with the connection that it would close (RFC 9112 §9.6).
 */
const maxDrainedBytes = 64 * 1024 * 1024;

/**
 * The source that a stream is; `undefined` for a body that is there already.
 *
 * @throws WebhookError `raw-body` for a stream that was read before or is being read
 */
export function sourceOf(body: unknown, isRequest: boolean): BodySource | undefined {
  if (!isRecord(body)) return undefined;
  if (body instanceof ReadableStream) {
    if (body.locked) throw rawBodyNeeded("its stream is locked to another reader");
    const reader = body.getReader();
    return {
      next: () => reader.read(),
      leave: () => void reader.cancel().catch(() => undefined),
      isConnection: isRequest,
    };
  }
  if (!(Symbol.asyncIterator in body)) return undefined;
  if (wasRead(body)) throw rawBodyNeeded("its stream was read before");
  // Checked just now.
  const chunks = (body as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  if (!isNodeStream(body)) {
    const leave = () => void chunks.return?.().catch(() => undefined);
    return { next: () => chunks.next(), leave, isConnection: isRequest };
  }
  // Returning from the iteration would destroy the stream, and the connection with it.
  return { next: () => chunks.next(), leave: () => void drain(chunks), isConnection: true };
}

/** Whether what may be a Node stream was read before, be it in part. */
export function wasRead(stream: object): boolean {
  return (
    ("readableDidRead" in stream && stream.readableDidRead === true) ||
    ("destroyed" in stream && stream.destroyed === true)
  );
}

/** Whether a body is a Node stream, by its shape: nothing of Node is imported here. */
function isNodeStream(body: object): boolean {
  return "resume" in body && typeof body.resume === "function" && Symbol.asyncIterator in body;
}

/** Reads on to the end and drops it, as Node does with a request that nobody reads. */
async function drain(chunks: AsyncIterator<unknown>): Promise<void> {
  try {
    while (!(await chunks.next()).done);
  } catch {
    // The connection is gone; what there was to say about it has been said.
  }
}

/**
 * All of a source, up to the limit. Of what is longer, the rest is dropped before the refusal, so that
 * whoever sends it can be answered.
 *
 * @throws WebhookError `too-large`, `raw-body` if the sender stops in the middle, or `unrecognised`
 *   for a stream of something else than bytes
 */
export async function gather(
  source: BodySource,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const dropped = source.isConnection ? maxDrainedBytes : 0;
  let length = 0;
  let ended = false;
  try {
    while (length <= maxBytes + dropped) {
      const chunk = await unlessAborted(signal, source.next().catch(failReading));
      ended = chunk.done === true;
      if (ended) break;
      const part = bytesOf(chunk.value);
      length += part.byteLength;
      if (length <= maxBytes) parts.push(part);
      else parts.length = 0;
    }
  } finally {
    if (!ended) source.leave();
  }
  checkLength(length, maxBytes);
  return joinBytes(parts);
}

function failReading(cause: unknown): never {
  throw rawBodyNeeded("its stream ended before its end", { cause });
}

/** A copy of a chunk, which may be reused by whoever gave it. */
function bytesOf(chunk: unknown): Uint8Array<ArrayBuffer> {
  if (typeof chunk === "string") return new TextEncoder().encode(chunk);
  if (ArrayBuffer.isView(chunk)) {
    return new Uint8Array(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  }
  throw new WebhookError(
    "unrecognised",
    "The callback's body is a stream of something else than bytes.",
  );
}
