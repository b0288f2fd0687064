import { createClient } from "@media-protection/sdk";
import { serveMedia } from "@media-protection/sdk/players";

// `wrangler secret put SIGNALWIRE_API_TOKEN`; the other two are variables of wrangler.toml.
export default {
  /** `https://media.example.workers.dev/recordings/ID` */
  fetch(request, env) {
    const [, recordingId] = /^\/recordings\/([^/]+)$/.exec(new URL(request.url).pathname) ?? [];
    if (recordingId === undefined) return new Response("Not Found", { status: 404 });
    const client = createClient({
      space: env.SIGNALWIRE_SPACE,
      projectId: env.SIGNALWIRE_PROJECT_ID,
      apiToken: env.SIGNALWIRE_API_TOKEN,
    });
    return serveMedia(client, { kind: "recording", format: "mp3", recordingId }, request, {
      onError: (error) => console.error(String(error)),
    });
  },
};
