import { join, resolve } from "node:path";
import { generateKey } from "@media-protection/gateway/links";
import { expect, vi } from "vitest";
import { canary, type GatewayScene, gatewayScene } from "../helpers/mock/gateway-scene.js";

/** Where the examples are. */
export const folder = resolve(import.meta.dirname, "../../examples");

/** The gateway's bearer token. */
export const adminToken = "synthetic-admin-token";

/** A handler of Web requests, with what its platform gives besides. */
export type WebHandler = (request: Request, env?: object) => Response | Promise<Response>;

/** Loads a recipe, of which the caller knows what it exports. */
export async function load<Exports>(file: string): Promise<Exports> {
  // Safe as far as the test knows its recipe; what is missing fails it.
  return (await import(join(folder, file))) as Exports;
}

/** A gateway before a mock with all switches on, and an environment that leads recipes to both. */
export async function recipeScene(): Promise<GatewayScene> {
  const keys = generateKey();
  const scene = await gatewayScene({ keys, adminToken });
  const { origins, credentials } = scene.mock.platform;
  vi.stubEnv("SIGNALWIRE_SPACE", origins.space);
  vi.stubEnv("SIGNALWIRE_MEDIA_ORIGINS", origins.files);
  vi.stubEnv("SIGNALWIRE_PROJECT_ID", credentials.projectId);
  vi.stubEnv("SIGNALWIRE_API_TOKEN", credentials.apiToken);
  vi.stubEnv("MEDIA_GATEWAY_KEYS", keys);
  vi.stubEnv("MEDIA_GATEWAY_URL", scene.running.url);
  return scene;
}

/** The bytes of an answer. */
export const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

/** What a link in an app does for players, whichever framework is around it. */
export async function expectPlays(link: string, bytes: Buffer, projectId: string): Promise<void> {
  const whole = await fetch(link);
  expect([whole.status, whole.headers.get("accept-ranges")]).toEqual([200, "bytes"]);
  expect((await bytesOf(whole)).equals(bytes)).toBe(true);
  const part = await fetch(link, { headers: { range: "bytes=100-199" } });
  expect([part.status, part.headers.get("content-range")]).toEqual([
    206,
    `bytes 100-199/${bytes.length}`,
  ]);
  expect((await bytesOf(part)).equals(bytes.subarray(100, 200))).toBe(true);
  const head = await fetch(link, { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);
  expect(head.headers.get("content-length")).toBe(`${bytes.length}`);
  const etag = whole.headers.get("etag") ?? "";
  expect((await fetch(link, { headers: { "if-none-match": etag } })).status).toBe(304);
  const asked = { origin: "https://crm.example.com", "access-control-request-method": "GET" };
  const preflight = await fetch(link, { method: "OPTIONS", headers: asked });
  expect([preflight.status, preflight.headers.get("access-control-allow-origin")]).toEqual([
    204,
    "*",
  ]);
  const forged = await fetch(link.replace(/\/m\/[^/]{9}/, "/m/forged000"));
  expect(forged.status).toBe(404);
  for (const { headers } of [whole, part, head, preflight, forged]) {
    expect(headers.get("www-authenticate")).toBeNull();
    for (const secret of [canary, projectId]) {
      expect(JSON.stringify([...headers])).not.toContain(secret);
    }
  }
}

/** What a share link does: fetched it has no media, opened by its button it plays. */
export async function expectPage(link: string, bytes: Buffer): Promise<void> {
  const page = await fetch(link);
  const text = await page.text();
  expect([page.status, text.includes("/m/")]).toEqual([200, false]);
  expect(text).toContain("<title>Recording shared with you</title>");
  for (const file of ["page.css", "page.js"]) {
    expect((await fetch(new URL(file, link))).status).toBe(200);
  }
  const opened = await (await fetch(link, { method: "POST" })).text();
  const [play = ""] = /\.\.\/m\/[\w.-]+/.exec(opened) ?? [];
  expect((await bytesOf(await fetch(new URL(play, link)))).equals(bytes)).toBe(true);
}
