import { readdirSync, readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { join, relative } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type GatewayScene, listen } from "../helpers/mock/gateway-scene.js";
import {
  bytesOf,
  expectPage,
  expectPlays,
  folder,
  load,
  recipeScene,
  type WebHandler,
} from "./gateway-recipe.js";

// The gateway inside an app, as its recipes stand in their folders. What is written with its links:
// gateway-examples.test.ts; behind proxies: gateway-proxies.test.ts.

type Methods = Readonly<Record<string, WebHandler | undefined>>;

let scene: GatewayScene;

beforeAll(async () => {
  scene = await recipeScene();
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await scene?.[Symbol.asyncDispose]();
});

const tested = [
  ...["gateway-express", "gateway-hono", "gateway-nextjs"],
  // In gateway-examples.test.ts.
  ...["gateway-voicemail-email", "gateway-crm-field", "gateway-redirect", "gateway-transcription"],
  // In gateway-proxies.test.ts.
  ...["gateway-nginx", "gateway-proxies"],
];

test("every recipe is tested, in the guide, and short enough to be read at a glance", () => {
  const guide = readFileSync(join(folder, "../guide/links-that-play.md"), "utf8");
  const included = [...guide.matchAll(/^<<< \.\.\/examples\/(.*?)(?:\{txt\})?(?: \[[^/]*\])?$/gm)];
  const files: string[] = [];
  const found = readdirSync(folder).filter((name) => name.startsWith("gateway-"));
  expect(found.sort()).toEqual([...tested].sort());
  for (const name of found) {
    for (const entry of readdirSync(join(folder, name), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      files.push(relative(folder, join(entry.parentPath, entry.name)));
      const lines = readFileSync(join(entry.parentPath, entry.name), "utf8").trimEnd().split("\n");
      expect(lines.length, `${name}/${entry.name}`).toBeLessThan(60);
    }
  }
  expect(included.map(([, file]) => file).sort()).toEqual(files.sort());
});

/** Serves a recipe, which is loaded when its address is known. */
async function serving(path: string, start: () => Promise<RequestListener>) {
  let listener: RequestListener | undefined;
  const server = createServer((request, response) => listener?.(request, response));
  const base = await listen(server);
  vi.stubEnv("MEDIA_GATEWAY_URL", base + path);
  listener = await start();
  vi.stubEnv("MEDIA_GATEWAY_URL", scene.running.url);
  return {
    base,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** By framework: where the gateway is in it, and how its platform calls it. */
const apps: Readonly<Record<string, { path: string; start(): Promise<RequestListener> }>> = {
  express: {
    path: "/media",
    start: async () => (await load<{ app: RequestListener }>("gateway-express/server.js")).app,
  },
  hono: {
    path: "",
    async start() {
      const { app } = await load<{ app: { fetch: WebHandler } }>("gateway-hono/server.js");
      return getRequestListener(app.fetch, { overrideGlobalObjects: false });
    },
  },
  nextjs: {
    path: "",
    async start() {
      const [m, s] = await Promise.all(
        ["m", "s"].map((name) => load<Methods>(`gateway-nextjs/app/${name}/[...path]/route.js`)),
      );
      // As Next does: by the folder, then by the method, HEAD by GET.
      return getRequestListener(
        (request) => {
          const route = new URL(request.url).pathname.startsWith("/m/") ? m : s;
          const handler = route?.[request.method === "HEAD" ? "GET" : request.method];
          return handler?.(request) ?? new Response(null, { status: 405 });
        },
        { overrideGlobalObjects: false },
      );
    },
  },
};

describe.each(Object.entries(apps))("inside %s", (name, { path, start }) => {
  test("a link plays and seeks, and a share link's page opens", async () => {
    const { recording, urls } = scene.mock.platform.addRecording({ seconds: 2 });
    await using app = await serving(path, start);
    const own = async (options = {}) =>
      (await scene.link(urls.spaceWav, options)).replace(scene.running.url, app.base + path);
    const wav = Buffer.from(recording.files.wav.bytes());
    const { projectId } = scene.mock.platform.credentials;
    await expectPlays(await own(), wav, projectId);
    await expectPage(await own({ share: true }), wav);
    if (name === "nextjs") return;

    const page = `${app.base}/calls/${recording.id}`;
    expect((await fetch(page)).status).toBe(403);
    const shown = await fetch(page, { headers: { cookie: "session=synthetic" } });
    expect(shown.headers.get("cache-control")).toBe("no-store");
    const [, link = ""] =
      /^<audio controls src="([^"]+)"><\/audio>$/.exec(await shown.text()) ?? [];
    expect(link.startsWith(`${app.base}${path}/m/`)).toBe(true);
    expect(
      (await bytesOf(await fetch(link))).equals(Buffer.from(recording.files.mp3.bytes())),
    ).toBe(true);
  });

  test("credentials that are refused are a line in the log, which names neither URL nor token", async () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => {});
    const { recording, urls } = scene.mock.platform.addRecording({ seconds: 1 });
    await using app = await serving(path, start);
    const link = (await scene.link(urls.spaceWav)).replace(scene.running.url, app.base + path);
    scene.mock.platform.faults.add({ kind: "status", status: 401, media: recording.id });
    expect((await fetch(link)).status).toBe(502);
    scene.mock.platform.faults.clear();
    expect(said.mock.calls).toEqual([["AuthenticationError", 401]]);
    said.mockRestore();
  });
});

/** Guesses more often than a network may in a minute. @returns the last status */
async function guess(base: string, headers: Record<string, string> = {}): Promise<number> {
  let last = 0;
  for (let round = 0; round < 121; round++) {
    const answer = await fetch(`${base}/m/forged`, { headers });
    last = answer.status;
    await answer.arrayBuffer();
  }
  return last;
}

test("limits see the viewer's address: in Hono the socket's, in Express behind a proxy the one that it saw", async () => {
  const { hono, express } = apps;
  if (!hono || !express) expect.fail();
  {
    await using app = await serving(hono.path, hono.start);
    // Whatever a viewer claims.
    expect(await guess(app.base, { "x-forwarded-for": "203.0.113.9" })).toBe(429);
    expect((await fetch(`${app.base}/m/forged`)).status).toBe(429);
  }
  const { app: proxied } = await load<{ app: { set(name: string, value: number): void } }>(
    "gateway-express/server.js",
  );
  proxied.set("trust proxy", 1);
  await using app = await serving(express.path, express.start);
  const base = app.base + express.path;
  expect(await guess(base, { "x-forwarded-for": "203.0.113.9" })).toBe(429);
  const other = await fetch(`${base}/m/forged`, { headers: { "x-forwarded-for": "198.51.100.1" } });
  expect(other.status).toBe(404);
});
