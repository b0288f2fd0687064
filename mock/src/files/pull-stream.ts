/**
 * A stream of chunks that are made when they are asked for: the reader sets the pace, and cancelling
 * ends the iterator. (`ReadableStream.from` would do, but browsers lack it.)
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
      cancel() {
        chunks.return?.();
      },
    },
    // Without this the stream would make its first chunk before anybody reads.
    { highWaterMark: 0 },
  );
}
