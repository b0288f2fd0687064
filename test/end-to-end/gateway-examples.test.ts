import { execFile, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { getRequestListener } from "@hono/node-server";
import { generateKey } from "@media-protection/gateway/links";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { canary, type GatewayScene, gatewayScene, listen } from "../helpers/mock/gateway-scene.js";

// The gateway's recipes, as they stand in their folders, against the mock with all switches on: inside an
// app, and what is written with its links. Those behind proxies: gateway-proxies.test.ts.

const folder = resolve(import.meta.dirname, "../../examples");

/** Loads a recipe, of which the caller knows what it exports. */
async function load<Exports>(file: string): Promise<Exports> {
  // Safe as far as the test knows its recipe; what is missing fails it.
  return (await import(join(folder, file))) as Exports;
}

type WebHandler = (request: Request, env?: object) => Response | Promise<Response>;
type Methods = Readonly<Record<string, WebHandler | undefined>>;

const adminToken = "synthetic-admin-token";
let scene: GatewayScene;

beforeAll(async () => {
  const keys = generateKey();
  scene = await gatewayScene({ keys, adminToken });
  const { origins, credentials } = scene.mock.platform;
  vi.stubEnv("SIGNALWIRE_SPACE", origins.space);
  vi.stubEnv("SIGNALWIRE_MEDIA_ORIGINS", origins.files);
  vi.stubEnv("SIGNALWIRE_PROJECT_ID", credentials.projectId);
  vi.stubEnv("SIGNALWIRE_API_TOKEN", credentials.apiToken);
  vi.stubEnv("MEDIA_GATEWAY_KEYS", keys);
  vi.stubEnv("MEDIA_GATEWAY_URL", scene.running.url);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await scene?.[Symbol.asyncDispose]();
});

const tested = [
  ...["gateway-express", "gateway-hono", "gateway-nextjs", "gateway-voicemail-email"],
  ...["gateway-crm-field", "gateway-redirect", "gateway-transcription"],
  // In gateway-proxies.test.ts.
  ...["gateway-nginx", "gateway-proxies"],
];

test("every recipe is tested, and short enough to be read at a glance", () => {
  const found = readdirSync(folder).filter((name) => name.startsWith("gateway-"));
  expect(found.sort()).toEqual([...tested].sort());
  for (const name of found) {
    for (const entry of readdirSync(join(folder, name), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const lines = readFileSync(join(entry.parentPath, entry.name), "utf8").trimEnd().split("\n");
      expect(lines.length, `${name}/${entry.name}`).toBeLessThan(60);
    }
  }
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

const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

/** What a link in an app does for players, whichever framework is around it. */
async function expectPlays(link: string, bytes: Buffer): Promise<void> {
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
    for (const secret of [canary, scene.mock.platform.credentials.projectId]) {
      expect(JSON.stringify([...headers])).not.toContain(secret);
    }
  }
}

/** What a share link does: fetched it has no media, opened by its button it plays. */
async function expectPage(link: string, bytes: Buffer): Promise<void> {
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
    await expectPlays(await own(), wav);
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
});

describe("a voicemail e-mail", () => {
  type Email = (details: {
    readonly to: string;
    readonly mailbox: string;
    readonly caller: string;
    readonly recordingUrl: string;
  }) => Promise<string>;
  const write = async (caller: string, recordingUrl: string) => {
    const { voicemailEmail } = await load<{ voicemailEmail: Email }>(
      "gateway-voicemail-email/email.js",
    );
    return voicemailEmail({ to: "ann@example.com", mailbox: "17", caller, recordingUrl });
  };

  test("a scanner that fetches its link gets a title and no media; a person plays", async () => {
    const { recording, urls } = scene.mock.platform.addRecording({ seconds: 2 });
    const email = await write("+15550100", urls.spaceWav);
    const [link = ""] = /^http\S+$/m.exec(email) ?? [];
    expect(email).toContain(`<a href="${link}">`);
    scene.mock.platform.journal.clear();
    for (const method of ["HEAD", "GET", "GET"]) {
      const seen = await (await fetch(link, { method })).text();
      expect(seen).not.toMatch(/\/m\/|5550100/);
    }
    expect(scene.mock.platform.journal.entries()).toEqual([]);
    await expectPage(link, Buffer.from(recording.files.wav.bytes()));
    expect(scene.audit.some(({ audience }) => audience === "mailbox-17")).toBe(true);
  });

  test("whatever a caller calls himself is neither a header nor HTML", async () => {
    const { urls } = scene.mock.platform.addRecording();
    const email = await write('x\r\nBcc: all@example.com <b>"555', urls.spaceWav);
    expect(email).not.toMatch(/Bcc|<b>/);
    expect(email).toContain("Subject: Voicemail from 555\r\n");
    expect(await write("anonymous", urls.spaceWav)).toContain("from an unknown number");
  });

  const hasPython = spawnSync("python3", ["--version"]).status === 0;
  if (!hasPython) process.stderr.write("Skipped: a MIME parser, since python3 is missing.\n");

  test.skipIf(!hasPython)("a MIME parser reads both parts, run as a command", async () => {
    const { urls } = scene.mock.platform.addRecording();
    const args = ["ann@example.com", "17", "+15550100", urls.spaceWav];
    const file = join(folder, "gateway-voicemail-email/email.js");
    const { stdout } = await promisify(execFile)(process.execPath, [file, ...args]);
    const read = `import sys, json, email, email.policy
m = email.message_from_bytes(sys.argv[1].encode(), policy=email.policy.default)
print(json.dumps([m["to"], m["subject"], len(m.defects), [[p.get_content_type(), p.get_content()] for p in m.iter_parts()]]))`;
    const parsed = await promisify(execFile)("python3", ["-c", read, stdout]);
    expect(JSON.parse(parsed.stdout)).toEqual([
      "ann@example.com",
      "Voicemail from +15550100",
      0,
      [
        ["text/plain", expect.stringMatching(/^Listen, until .*:\r?\nhttp\S+$/)],
        ["text/html", expect.stringMatching(/<a href="http[^"]+">Listen<\/a>/)],
      ],
    ]);
  });
});

test("a CRM field: short enough, a page for whoever opens it, taken back with its record", async () => {
  vi.stubEnv("MEDIA_GATEWAY_ADMIN_TOKEN", adminToken);
  type Field = {
    recordingFields(id: string, url: string): Promise<Record<string, string>>;
    takeBack(id: string): Promise<void>;
  };
  const { recordingFields, takeBack } = await load<Field>("gateway-crm-field/field.js");
  const { recording, urls } = scene.mock.platform.addRecording({ seconds: 1 });
  const { recording_link: link = "", recording_link_ends: ends = "" } = await recordingFields(
    "7",
    urls.spaceWav,
  );
  const { recording_link: other = "" } = await recordingFields("8", urls.spaceWav);
  expect(link.length).toBeLessThanOrEqual(255);
  expect(Math.round((Date.parse(ends) - Date.now()) / 86_400_000)).toBe(30);
  const wav = Buffer.from(recording.files.wav.bytes());
  await expectPage(link, wav);
  await takeBack("7");
  for (const method of ["GET", "POST"]) expect((await fetch(link, { method })).status).toBe(410);
  await expectPage(other, wav);
});

test("an endpoint that redirects: a fresh link after its own check, and for HubSpot in JSON", async () => {
  vi.stubEnv("CRM_SECRET", "synthetic-secret");
  const { app } = await load<{ app: { fetch: WebHandler } }>("gateway-redirect/server.js");
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer(listener);
  const base = await listen(server);
  const { recording } = scene.mock.platform.addRecording({ seconds: 2 });
  const ask = (path: string, headers = {}, redirect: RequestRedirect = "manual") =>
    fetch(base + path, { headers, redirect });

  const path = `/calls/${recording.id}/recording`;
  expect((await ask(path)).status).toBe(403);
  const cookie = "session=synthetic";
  const [one, two] = [await ask(path, { cookie }), await ask(path, { cookie })];
  expect([one.status, one.headers.get("cache-control")]).toEqual([302, "no-store"]);
  expect(one.headers.get("location")).not.toBe(two.headers.get("location"));
  const played = await ask(path, { cookie, range: "bytes=100-199" }, "follow");
  expect([played.status, played.redirected]).toEqual([206, true]);
  const mp3 = Buffer.from(recording.files.mp3.bytes());
  expect((await bytesOf(played)).equals(mp3.subarray(100, 200))).toBe(true);

  for (const wrong of ["wrong", "synthetic-secreT"]) {
    expect((await ask(`/hubspot/${wrong}/${recording.id}`)).status).toBe(404);
  }
  const told = await ask(`/hubspot/synthetic-secret/${recording.id}?appId=1&externalAccountId=2`);
  expect(told.headers.get("cache-control")).toBe("no-store");
  // Safe: what is missing fails the fetch.
  const { authenticatedUrl } = (await told.json()) as { authenticatedUrl: string };
  await expectPlays(authenticatedUrl, Buffer.from(recording.files.wav.bytes()));
  server.closeAllConnections();
  server.close();
});

test("a transcription service asks with HEAD, then GET or ranges, and has the platform's bytes", async () => {
  const { recording, urls } = scene.mock.platform.addRecording({ seconds: 5 });
  const got: Record<string, Buffer> = {};
  const service = createServer((request, response) => {
    void (async () => {
      const chunks = await request.toArray();
      // Safe: what is missing fails the fetch.
      const { audio_url: url } = JSON.parse(String(Buffer.concat(chunks))) as { audio_url: string };
      const head = await fetch(url, { method: "HEAD" });
      const size = Number(head.headers.get("content-length"));
      const parts: Buffer[] = [];
      for (let at = 0; at < size; at += 30_000) {
        const range = `bytes=${at}-${Math.min(at + 30_000, size) - 1}`;
        parts.push(await bytesOf(await fetch(url, { headers: { range } })));
      }
      got["ranges"] = Buffer.concat(parts);
      got["get"] = await bytesOf(await fetch(url));
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ type: head.headers.get("content-type"), parts: parts.length }));
    })().catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  vi.stubEnv("TRANSCRIBER_URL", await listen(service));
  vi.stubEnv("TRANSCRIBER_KEY", "synthetic");
  type Transcribe = { transcribe(url: string): Promise<object> };
  const { transcribe } = await load<Transcribe>("gateway-transcription/transcribe.js");
  const wav = Buffer.from(recording.files.wav.bytes());
  expect(await transcribe(urls.spaceWav)).toEqual({
    type: "audio/wav",
    parts: Math.ceil(wav.length / 30_000),
  });
  expect(wav.length).toBeGreaterThan(60_000);
  expect(got["ranges"]?.equals(wav)).toBe(true);
  expect(got["get"]?.equals(wav)).toBe(true);
  service.closeAllConnections();
  service.close();
});
