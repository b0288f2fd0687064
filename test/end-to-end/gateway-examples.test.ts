import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { getRequestListener } from "@hono/node-server";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type GatewayScene, listen } from "../helpers/mock/gateway-scene.js";
import { findChromium } from "../helpers/packages/chromium.js";
import {
  adminToken,
  bytesOf,
  expectPage,
  expectPlays,
  folder,
  load,
  recipeScene,
  type WebHandler,
} from "./gateway-recipe.js";

// What is written with the gateway's links, as its recipes stand in their folders.

let scene: GatewayScene;

beforeAll(async () => {
  scene = await recipeScene();
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await scene?.[Symbol.asyncDispose]();
});

const hour = 60 * 60;

/** How long a link lives, in seconds, and whom it is for. */
async function lifeOf(link: string) {
  const { issuedAt, expiresAt, audience } = await scene.running.gateway.links.open(link);
  return [expiresAt - issuedAt, audience];
}

test("a key is made as the guide says", async () => {
  const guide = readFileSync(join(folder, "../guide/links-that-play.md"), "utf8");
  const [, code = ""] = /`node -p '([^']+)'`/.exec(guide) ?? [];
  const cwd = resolve(import.meta.dirname);
  const { stdout } = await promisify(execFile)(process.execPath, ["-p", code], { cwd });
  expect(stdout).toMatch(/^[\w-]{43}\n$/);
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
    expect(await lifeOf(link)).toEqual([7 * 24 * hour, "mailbox-17"]);
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
  expect(await lifeOf(one.headers.get("location") ?? "")).toEqual([2 * hour, "crm"]);
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
  const { projectId } = scene.mock.platform.credentials;
  await expectPlays(authenticatedUrl, Buffer.from(recording.files.wav.bytes()), projectId);
  server.closeAllConnections();
  server.close();
});

test("a transcription service asks with HEAD, then GET or ranges, and has the platform's bytes", async () => {
  const { recording, urls } = scene.mock.platform.addRecording({ seconds: 5 });
  const got: Record<string, Buffer> = {};
  let fetched = "";
  const service = createServer((request, response) => {
    void (async () => {
      const chunks = await request.toArray();
      // Safe: what is missing fails the fetch.
      const { audio_url: url } = JSON.parse(String(Buffer.concat(chunks))) as { audio_url: string };
      fetched = url;
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
  expect(await lifeOf(fetched)).toEqual([6 * hour, "transcriber"]);
  const its = scene.audit.filter(({ audience }) => audience === "transcriber");
  expect(its.some(({ range }) => range === "bytes=0-29999")).toBe(true);
  service.closeAllConnections();
  service.close();
});

test("a browser: opens an e-mail's page by itself, waits before one that opens once, plays through a redirect", async () => {
  const browser = await chromium.launch(await findChromium());
  try {
    const page = await browser.newPage();
    const { journal } = scene.mock.platform;
    const { recording, urls } = scene.mock.platform.addRecording({ seconds: 20 });
    await page.goto(await scene.link(urls.spaceWav, { share: true }));
    await page.waitForSelector("audio");

    journal.clear();
    for (const option of [{ once: true }, { passcode: "lettuce" }]) {
      await page.goto(await scene.link(urls.spaceWav, { share: true, ...option }));
      await page.waitForLoadState("networkidle");
      expect(await page.locator("audio").count()).toBe(0);
      expect(journal.entries()).toEqual([]);
      if (option.passcode) await page.fill("#passcode", option.passcode);
      await page.getByRole("button", { name: "Open" }).click();
      await page.waitForSelector("audio");
      journal.clear();
    }

    const { app } = await load<{ app: { fetch: WebHandler } }>("gateway-redirect/server.js");
    const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
    const server = createServer((request, response) => {
      if (request.url !== "/") return void listener(request, response);
      response.setHeader("set-cookie", "session=synthetic");
      response.setHeader("content-type", "text/html");
      response.end(`<audio muted src="/calls/${recording.id}/recording"></audio>`);
    });
    await page.goto(await listen(server));
    const at = await page.evaluate(async () => {
      const audio = document.querySelector("audio");
      if (!audio) return "no player";
      const until = (name: string) =>
        new Promise((resolve) => audio.addEventListener(name, resolve, { once: true }));
      if (audio.readyState < 1) await until("loadedmetadata");
      audio.currentTime = audio.duration * 0.9;
      await until("seeked");
      const from = audio.currentTime;
      await audio.play();
      while (audio.currentTime <= from) await until("timeupdate");
      return Math.round((from / audio.duration) * 100);
    });
    expect(at).toBe(90);
    server.closeAllConnections();
    server.close();
  } finally {
    await browser.close();
  }
});
