import { createHash, timingSafeEqual } from "node:crypto";
import { serve } from "@hono/node-server";
import { createLinks } from "@media-protection/gateway/links";
import { Hono } from "hono";

const { MEDIA_GATEWAY_KEYS, MEDIA_GATEWAY_URL, SIGNALWIRE_PROJECT_ID, CRM_SECRET } = process.env;
const links = createLinks({ keys: MEDIA_GATEWAY_KEYS, publicUrl: MEDIA_GATEWAY_URL });

/** A link for two hours: here a call's id is its recording's; else your database knows. */
async function freshLink(recordingId, format) {
  const source = { kind: "recording", format, recordingId, projectId: SIGNALWIRE_PROJECT_ID };
  return (await links.mint(source, { ttl: 2 * 60 * 60, audience: "crm" })).url;
}

const digest = (text) => createHash("sha256").update(text).digest();
const isSecret = (given) => CRM_SECRET && timingSafeEqual(digest(given), digest(CRM_SECRET));

export const app = new Hono();

app.use(async (context, next) => {
  await next();
  context.header("cache-control", "no-store");
});

/** For people of yours: the URL stays the same for ever, and each visit has a link of its own. */
app.get("/calls/:id/recording", async (context) => {
  if (!/\bsession=/.test(context.req.header("cookie") ?? "")) return context.text("Forbidden", 403);
  return context.redirect(await freshLink(context.req.param("id"), "mp3"));
});

/** For HubSpot, which asks from its own server: `urlToRetrieveAuthedRecording` is `…/hubspot/SECRET/%s`. */
app.get("/hubspot/:secret/:id", async (context) => {
  const { secret, id } = context.req.param();
  if (!isSecret(secret)) return context.notFound();
  return context.json({ authenticatedUrl: await freshLink(id, "wav") });
});

if (import.meta.filename === process.argv[1]) serve({ fetch: app.fetch, port: 3000 });
