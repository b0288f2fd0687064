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
}

/** What gives the reader behind a response that has one. */
const directReaders = new WeakMap<Response, () => BodyReader | undefined>();

/**
 * Lets what knows of it go past the body's stream, which costs as much as all else of a small one.
 *
 * @param take gives the reader; `undefined` once the stream has been asked for, which shares its bytes
 */
export function offerReader(response: Response, take: () => BodyReader | undefined): void {
  directReaders.set(response, take);
}

/** What reads a response's body, of which nobody has begun to read; `undefined` if it has none. */
export function readerOfBody(response: Response): BodyReader | undefined {
  const direct = directReaders.get(response)?.();
  return direct ?? (response.body ? readerOfStream(response.body) : undefined);
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
  const direct = directReaders.get(response)?.();
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

/** Reads a body as text, as far as `limit` bytes. */
export async function readText(response: Response, limit: number): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return "";
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
