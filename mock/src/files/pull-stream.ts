/** Big enough that the stream machinery costs nothing beside the copying, small enough to hold for every slow client. */
export const CHUNK_BYTES = 64 * 1024;

/**
 * A stream of chunks that are made when they are asked for: the reader sets the pace, and once it
 * cancels nothing more is made. (`ReadableStream.from` would do, but browsers lack it.)
 */
export function pullStream(
  chunks: Iterator<Uint8Array<ArrayBuffer>, void, void>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream(
    {
      pull(controller) {
        const next = chunks.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
    },
    // Without this the stream would make its first chunk before anybody reads.
    { highWaterMark: 0 },
  );
}
