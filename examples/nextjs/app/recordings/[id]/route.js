import { clientFromEnv } from "@media-protection/sdk/node";
import { serveMedia } from "@media-protection/sdk/players";

// Made at the first request: Next loads this file when it builds, where there are no credentials.
let client;

// Its bytes are the platform's, and are asked for anew: nothing of it is for Next's own cache.
export const dynamic = "force-dynamic";

/** `/recordings/ID`, for `<audio src>`; Next answers HEAD by it, too. */
export async function GET(request, { params }) {
  client ??= clientFromEnv();
  const { id } = await params;
  const source = { kind: "recording", format: "mp3", recordingId: id };
  return serveMedia(client, source, request, {
    onError: (error) => console.error(String(error)),
  });
}
