import { getRequestListener } from "@hono/node-server";
import { createGateway } from "@media-protection/gateway";
import { clientFromEnv } from "@media-protection/sdk/node";
import express from "express";

const projectId = process.env.SIGNALWIRE_PROJECT_ID;

const gateway = createGateway({
  client: clientFromEnv(),
  keys: process.env.MEDIA_GATEWAY_KEYS,
  publicUrl: process.env.MEDIA_GATEWAY_URL ?? "http://127.0.0.1:3000/media",
  // An error's message may name the platform's URL: its name and status are enough.
  onError: ({ name, status = "" }) => console.error(name, status),
});

export const app = express();

// Before body parsers: a share page's form is read by the gateway. Express takes /media off the path.
app.use(
  "/media",
  getRequestListener((request, { incoming }) => gateway.fetch(request, { address: incoming.ip }), {
    overrideGlobalObjects: false,
  }),
);

// Who may play what is yours to decide: here, whoever has your session cookie.
app.get("/calls/:recordingId", async (request, response) => {
  if (!/\bsession=/.test(request.headers.cookie ?? "")) return response.sendStatus(403);
  const source = { kind: "recording", format: "mp3", projectId, ...request.params };
  const { url } = await gateway.links.mint(source, { audience: "calls" });
  response.set("cache-control", "no-store").type("html");
  response.send(`<audio controls src="${url}"></audio>`);
});

if (import.meta.filename === process.argv[1]) app.listen(3000);
