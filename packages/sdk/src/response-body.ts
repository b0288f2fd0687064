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

/** The readers behind bodies that have one. */
const readers = new WeakMap<object, BodyReader>();

/** Lets what knows of it go past a stream, which costs as much as all else for a small medium. */
export function offerReader(body: object, reader: BodyReader): void {
  readers.set(body, reader);
}

/** What reads a body that nobody has begun to read. */
export function readerOfBody(body: ReadableStream<Uint8Array<ArrayBuffer>>): BodyReader {
  const direct = readers.get(body);
  if (direct && !body.locked) return direct;
  const reader = body.getReader();
  return {
    read: async () => (await reader.read()).value,
    cancel: (reason) => discard(reader, reason),
  };
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
