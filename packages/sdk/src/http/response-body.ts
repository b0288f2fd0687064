import { onAbort } from "./deadline.js";

/**
 * Lets go of a body (or its reader) that nobody will read, so that its connection closes. Does not
 * wait: where a response was cloned, as interceptors do, a cancel settles only with that of the
 * other copy, which may be never.
 */
export function discard(
  body: { cancel(reason?: unknown): Promise<void> } | null | undefined,
  reason?: unknown,
): void {
  // A body that already failed rejects with its own error, which was or will be thrown elsewhere.
  body?.cancel(reason).catch(() => {});
}

/** Reads a body chunk by chunk. */
export interface BodyReader {
  /** The next chunk; `undefined` after the last. */
  read(): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Lets go of the connection, without waiting for it. */
  cancel(reason?: unknown): void;
  /**
   * Whether the transport vouches for the end that came: asked behind the last chunk. A stream that
   * ends says nothing: fetch takes many a cut connection for the end.
   * @default no
   */
  readonly sawEnd?: (() => boolean) | undefined;
  /**
   * Takes nothing from the connection until more is asked for: for a consumer who is stopped by one of
   * its own, and may be for hours. Where it is missing, some bytes are read ahead.
   */
  readonly pause?: (() => void) | undefined;
}

/** What a transport of ours knows of a response's body. */
export interface BodyOffer {
  /** Gives the reader; `undefined` once the stream has been asked for, which shares its bytes. */
  take(): BodyReader | undefined;
  /** As {@link BodyReader.sawEnd}, for whoever has read the stream to its end. */
  sawEnd(): boolean;
}

const offers = new WeakMap<Response, BodyOffer>();

/**
 * Lets what knows of it go past the body's stream, which costs as much as all else of a small one,
 * and learn whether its end is the true one, which no field of a response tells.
 */
export function offerBody(response: Response, offer: BodyOffer): void {
  offers.set(response, offer);
}

/** What reads a response's body, of which nobody has begun to read; `undefined` if it has none. */
export function readerOfBody(response: Response): BodyReader | undefined {
  const offer = offers.get(response);
  const direct = offer?.take();
  if (direct || !response.body) return direct;
  return { ...readerOfStream(response.body), sawEnd: offer && (() => offer.sawEnd()) };
}

/** A stream that nobody has begun to read, as a reader of this kind. */
export function readerOfStream(stream: ReadableStream<Uint8Array<ArrayBuffer>>): BodyReader {
  const reader = stream.getReader();
  return {
    read: async () => (await reader.read()).value,
    cancel: (reason) => discard(reader, reason),
  };
}

/** Lets go of a response that nobody will read. */
export function discardBody(response: Response, reason?: unknown): void {
  const direct = offers.get(response)?.take();
  if (direct) direct.cancel(reason);
  else discard(response.body, reason);
}

/** A stream over a reader, to which nothing is read ahead of the consumer. */
export function streamOver(reader: BodyReader): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream(
    {
      async pull(controller) {
        const chunk = await reader.read();
        if (chunk) controller.enqueue(chunk);
        else controller.close();
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/**
 * Reads a body as text, as far as `limit` bytes. A signal that ends lets go of the connection, also
 * where the fetch that made it is deaf to signals.
 */
export async function readText(
  response: Response,
  limit: number,
  signal: AbortSignal,
): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return "";
  const drop = () => discard(reader, signal.reason);
  const unfollow = onAbort(signal, drop);
  if (signal.aborted) drop();
  try {
    return await readAsText(reader, limit);
  } finally {
    unfollow();
  }
}

async function readAsText(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  limit: number,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for (let left = limit; left > 0; ) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value.subarray(0, left), { stream: true });
    left -= value.byteLength;
  }
  discard(reader);
  return text;
}
