/** How an answer ended. */
export type Ending = "complete" | "left" | "broken";

/**
 * A body that counts its bytes, asks for no more than is taken, and tells once how it ended. Its beginning
 * is there when it is: what turns out to be an error page at its first bytes is no answer yet.
 *
 * @throws whatever the beginning fails with; `onEnd` is not called then
 */
export async function countedBody(
  body: ReadableStream<Uint8Array>,
  onEnd: (bytes: number, ending: Ending) => void,
): Promise<ReadableStream<Uint8Array>> {
  const reader = body.getReader();
  let beginning: Awaited<ReturnType<typeof reader.read>> | undefined = await reader.read();
  let bytes = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = beginning ?? (await reader.read());
          beginning = undefined;
          if (done) {
            onEnd(bytes, "complete");
            controller.close();
          } else {
            bytes += value.byteLength;
            controller.enqueue(value);
          }
        } catch (error) {
          onEnd(bytes, "broken");
          controller.error(error);
        }
      },
      async cancel(reason) {
        onEnd(bytes, "left");
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
