import type { Client } from "../client/client.js";
import type { MediaSource } from "../download/media.js";
import { OptionError } from "../errors.js";
import { discard } from "../http/response-body.js";
import { answerTo, type PlayerOptions } from "./player-options.js";

/**
 * Answers a player's request with a medium: the route of a web app that a player, picture or link points
 * to, while the credentials stay where the client is. Passes on ranges and conditions, so that players
 * seek and browsers keep their copies. What goes wrong is a status and one line: 400 for what is no
 * medium, 404, 410, 416 with the size, 503 with `Retry-After`, 504, and 502 for the rest, refused
 * credentials too; never a 401, which would open a login box. `HEAD` gets the fields alone.
 *
 * Who may play which medium is the app's to decide, before.
 *
 * @param request the player's: its method, header fields and signal count, its URL does not
 * @returns a response, whatever the platform does
 * @throws OptionError for a client or an option that is malformed
 * @example
 * export default {
 *   fetch: (request) => serveMedia(client, { kind: "recording", recordingId: idIn(request) }, request),
 * };
 */
export async function serveMedia(
  client: Client,
  source: MediaSource,
  request: Request,
  options: PlayerOptions = {},
): Promise<Response> {
  if (typeof request?.headers?.get !== "function") {
    throw new OptionError("request", "a Request");
  }
  const { method, headers, signal } = request;
  const asked = { method, field: (name: string) => headers.get(name), signal };
  const answer = await answerTo(client, source, asked, options);
  const isHead = method === "HEAD";
  if (!("media" in answer)) {
    return new Response(isHead ? null : answer.text, answer);
  }
  const { media, head } = answer;
  if (!isHead && !media.notModified) {
    return new Response(told(media.body, signal, options.onError), head);
  }
  discard(media.body, undefined);
  return new Response(null, head);
}

/** The body; where its bytes break off for good, `onError` is told, as of all that went wrong before. */
function told(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  signal: AbortSignal,
  onError: PlayerOptions["onError"],
): ReadableStream<Uint8Array<ArrayBuffer>> {
  if (onError === undefined) return body;
  const reader = body.getReader();
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          if (!signal.aborted) onError(error);
          controller.error(error);
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
