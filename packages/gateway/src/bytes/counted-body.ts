/** How an answer ended. */
export type Ending = "complete" | "left" | "broken";

/**
 * A body that counts its bytes, asks for no more than is taken, and tells once how it ended. Its beginning
 * is there when it is: what turns out to be an error page at its first bytes is no answer yet.
 *
 * @param signal ends it, also where nobody reads or cancels it: a server may drop an answer
 * @throws whatever the beginning fails with; `onEnd` is not called then
 */
export async function countedBody(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  onEnd: (bytes: number, ending: Ending) => void,
): Promise<ReadableStream<Uint8Array>> {
  const reader = body.getReader();
  let beginning: Awaited<ReturnType<typeof reader.read>> | undefined = await reader.read();
  let bytes = 0;
  let isOver = false;
  const end = (ending: Ending) => {
    signal.removeEventListener("abort", leave);
    if (!isOver) onEnd(bytes, ending);
    isOver = true;
  };
  const leave = () => {
    end("left");
    reader.cancel(signal.reason).catch(() => undefined);
  };
  signal.addEventListener("abort", leave);
  if (signal.aborted) leave();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = beginning ?? (await reader.read());
          beginning = undefined;
          if (done) {
            end("complete");
            controller.close();
          } else {
            bytes += value.byteLength;
            controller.enqueue(value);
          }
        } catch (error) {
          end("broken");
          controller.error(error);
        }
      },
      async cancel(reason) {
        end("left");
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
