import { clientFromEnv } from "@media-protection/sdk/node";
import { serveMedia } from "@media-protection/sdk/players";

const client = clientFromEnv();

// Its bytes are the platform's, and are asked for anew: nothing of it is for Next's own cache.
export const dynamic = "force-dynamic";

/** `/recordings/ID`, for `<audio src>`; Next answers HEAD by it, too. */
export async function GET(request, { params }) {
  const { id } = await params;
  const source = { kind: "recording", format: "mp3", recordingId: id };
  return serveMedia(client, source, request, {
    onError: (error) => console.error(String(error)),
  });
}
