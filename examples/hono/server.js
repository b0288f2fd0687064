import { serve } from "@hono/node-server";
import { clientFromEnv } from "@media-protection/sdk/node";
import { serveMedia } from "@media-protection/sdk/players";
import { Hono } from "hono";

const client = clientFromEnv();

export const app = new Hono();

app.get("/recordings/:recordingId", (context) =>
  serveMedia(
    client,
    { kind: "recording", format: "mp3", recordingId: context.req.param("recordingId") },
    context.req.raw,
    { onError: (error) => console.error(String(error)) },
  ),
);

// On Bun and Deno: export default app.
if (import.meta.filename === process.argv[1]) serve({ fetch: app.fetch, port: 3000 });
