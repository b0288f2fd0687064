import { serve } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import { createGateway } from "@media-protection/gateway";
import { clientFromEnv } from "@media-protection/sdk/node";
import { Hono } from "hono";

const projectId = process.env.SIGNALWIRE_PROJECT_ID;

const gateway = createGateway({
  client: clientFromEnv(),
  keys: process.env.MEDIA_GATEWAY_KEYS,
  publicUrl: process.env.MEDIA_GATEWAY_URL ?? "http://127.0.0.1:3000",
  // An error's message may name the platform's URL: its name and status are enough.
  onError: ({ name, status = "" }) => console.error(name, status),
});

export const app = new Hono();

const open = (context) =>
  gateway.fetch(context.req.raw, { address: getConnInfo(context).remote.address });

app.all("/m/*", open);
app.all("/s/*", open);

// Who may play what is yours to decide: here, whoever has your session cookie.
app.get("/calls/:recordingId", async (context) => {
  if (!/\bsession=/.test(context.req.header("cookie") ?? "")) return context.text("Forbidden", 403);
  const source = { kind: "recording", format: "mp3", projectId, ...context.req.param() };
  const { url } = await gateway.links.mint(source, { audience: "calls" });
  context.header("cache-control", "no-store");
  return context.html(`<audio controls src="${url}"></audio>`);
});

if (import.meta.filename === process.argv[1]) serve({ fetch: app.fetch, port: 3000 });
