/**
 * Bodies that come slowly, or not whole.
 */

type Bytes = Uint8Array<ArrayBuffer>;
type Body = ReadableStream<Bytes>;

/** Waits, or less when the signal says that nobody is interested any more. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/** How a connection ends before its time: closed, or broken with a TCP reset. */
export type Disconnect = (how: "cut" | "reset") => void;

const partsPerSecond = 10;

/**
 * A body at a pace: a part, then a wait for as long as the part should have taken.
 *
 * @param signal says that nobody waits for the rest any more
 */
export function throttled(
  body: Body,
  bytesPerSecond: number,
  wait: Wait,
  signal: AbortSignal,
): Body {
  const most = Math.max(1, Math.floor(bytesPerSecond / partsPerSecond));
  return rewritten(body, async function* (chunks) {
    for await (const chunk of chunks) {
      for (let start = 0; start < chunk.length; start += most) {
        const part = chunk.subarray(start, start + most);
        yield part;
        await wait((part.length / bytesPerSecond) * 1000, signal);
      }
    }
  });
}

/**
 * A body that ends before its time, when so many bytes of it were read and more would come.
 *
 * @param end says how, and settles when it has; what it rejects with is the error of the body.
 */
export function endedAfter(body: Body, after: number, end: () => Promise<never>): Body {
  return rewritten(body, async function* (chunks) {
    let left = after;
    for await (const chunk of chunks) {
      if (chunk.length > left) {
        if (left > 0) yield chunk.subarray(0, left);
        await end();
      }
      left -= chunk.length;
      yield chunk;
    }
  });
}

/** Nothing more comes, until the reader gives up. */
export const stall = (): Promise<never> => new Promise(() => {});

/**
 * Ends the connection. Where there is none, under MSW and in process, the body fails with the error
 * that `fetch` has for it; there a cut and a reset are the same.
 */
export function breakOff(how: "cut" | "reset", disconnect: Disconnect | undefined): Promise<never> {
  if (disconnect === undefined) return Promise.reject(new TypeError("terminated"));
  disconnect(how);
  // The connection takes the body with it.
  return stall();
}

/** A stream from a generator over another one, which is cancelled when it is cancelled itself. */
function rewritten(
  body: Body,
  rewrite: (chunks: AsyncIterable<Bytes>) => AsyncGenerator<Bytes>,
): Body {
  const reader = body.getReader();
  const chunks = rewrite(readAll(reader));
  let cancelled = false;
  return new ReadableStream<Bytes>(
    {
      async pull(stream) {
        const next = await chunks.next();
        if (cancelled) return;
        if (next.done === true) stream.close();
        else stream.enqueue(next.value);
      },
      async cancel(reason) {
        cancelled = true;
        // The reader itself: a generator that waits for ever would never hear of it.
        await reader.cancel(reason);
      },
    },
    // Nothing is made before somebody reads, and so nothing is sent after the connection ended.
    { highWaterMark: 0 },
  );
}

async function* readAll(reader: ReadableStreamDefaultReader<Bytes>): AsyncGenerator<Bytes> {
  for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
}
