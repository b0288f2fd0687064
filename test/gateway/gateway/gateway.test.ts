import { createHash } from "node:crypto";
import { generateKey } from "@media-protection/gateway";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  attachment,
  type GatewayScene,
  gatewayScene,
  mediaUrls,
} from "../../helpers/mock/gateway-scene.js";

let scene: GatewayScene;
const admin = "synthetic-admin-token";

beforeAll(async () => {
  scene = await gatewayScene({ adminToken: admin });
});
afterAll(() => scene[Symbol.asyncDispose]());

const sha = (bytes: ArrayBuffer | Uint8Array) =>
  createHash("sha256").update(new Uint8Array(bytes)).digest("hex");

async function direct(url: string) {
  const { projectId, apiToken } = scene.mock.platform.credentials;
  const authorization = `Basic ${btoa(`${projectId}:${apiToken}`)}`;
  return new Uint8Array(await (await fetch(url, { headers: { authorization } })).arrayBuffer());
}

describe("bytes", () => {
  test("are those of the platform, of each kind, whole and in 500 random ranges", async () => {
    let state = 7;
    const random = (below: number) => {
      state = (state * 1103515245 + 12345) % 2 ** 31;
      return state % below;
    };
    for (const [name, url] of Object.entries(mediaUrls(scene.mock))) {
      expect((await fetch(url)).status, `${name} is protected`).toBe(401);
      const bytes = await direct(url);
      const link = await scene.link(url);
      const whole = await fetch(link);
      expect(whole.status, name).toBe(200);
      expect(sha(await whole.arrayBuffer()), name).toBe(sha(bytes));
      for (let round = 0; round < 84; round++) {
        const start = random(bytes.length);
        const end = Math.min(bytes.length - 1, start + random(5000));
        const range = round % 4 === 3 ? `bytes=-${end - start + 1}` : `bytes=${start}-${end}`;
        const from = round % 4 === 3 ? bytes.length - (end - start + 1) : start;
        const part = await fetch(link, { headers: { range } });
        expect(part.status).toBe(206);
        expect(sha(await part.arrayBuffer())).toBe(
          sha(bytes.subarray(from, from + end - start + 1)),
        );
      }
    }
  });

  test("HEAD has the fields alone; copies that are right are 304; a range behind the end is 416", async () => {
    const url = mediaUrls(scene.mock)["a recording"] ?? "";
    const { length } = await direct(url);
    const link = await scene.link(url);
    const head = await fetch(link, { method: "HEAD" });
    expect(head.headers.get("content-length")).toBe(`${length}`);
    expect(head.headers.get("accept-ranges")).toBe("bytes");
    const etag = head.headers.get("etag") ?? "";
    expect((await fetch(link, { headers: { "if-none-match": etag } })).status).toBe(304);
    const since = head.headers.get("last-modified") ?? "";
    expect((await fetch(link, { headers: { "if-modified-since": since } })).status).toBe(304);
    const stale = await fetch(link, { headers: { range: "bytes=0-1", "if-range": '"old"' } });
    expect(stale.status).toBe(200);
    await stale.body?.cancel();
    const behind = await fetch(link, { headers: { range: `bytes=${length}-` } });
    expect(behind.status).toBe(416);
    expect(behind.headers.get("content-range")).toBe(`bytes */${length}`);
    const several = await fetch(link, { headers: { range: "bytes=0-1,4-5" } });
    expect(several.status).toBe(200);
    await several.body?.cancel();
  });

  test("the fields keep browsers from running, keeping or telling it", async () => {
    const link = await scene.link(mediaUrls(scene.mock)["a recording"] ?? "", { ttl: 100 });
    const { headers } = await fetch(link, { method: "HEAD" });
    expect(Object.fromEntries(headers)).toMatchObject({
      "content-security-policy": "default-src 'none'; sandbox",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "cross-origin",
      "access-control-allow-origin": "*",
    });
    expect(headers.get("cache-control")).toMatch(/^private, max-age=(?:100|99|9\d)$/);
    expect(headers.get("content-disposition")).toMatch(
      /^inline; filename="recording-[\w-]{11}\.wav"$/,
    );
  });

  test.each([
    ["HTML", "text/html", "html", "<script>fetch('/')</script>"],
    ["SVG", "image/svg+xml", "svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"],
    ["XML", "application/xml", "xml", "<?xml version='1.0'?><a/>"],
    ["TIFF", "image/tiff", "tiff", "II*\0"],
    ["what nobody knows", "application/x-strange", "xyz", "strange"],
    ["a PDF that is none", "application/pdf", "pdf", "<html><script>1</script>"],
  ])("%s is a download under a sandbox", async (_, contentType, extension, text) => {
    const { media, urls } = attachment(scene.mock, text, contentType, extension);
    const { ref } = await scene.client.media.resolve(urls.space);
    const { url } = await scene.running.gateway.links.mint({ ref, contentType });
    const answer = await fetch(url);
    expect(media.id).toBeDefined();
    if (answer.status === 200) {
      expect(answer.headers.get("content-disposition")).toMatch(
        /^attachment; filename="attachment-/,
      );
      expect(answer.headers.get("content-security-policy")).toContain("sandbox");
      expect(await answer.text()).toBe(text);
    } else {
      // The SDK takes what begins as a page, and is said to be something else, for an error.
      expect([contentType, answer.status]).toEqual(["application/pdf", 502]);
    }
  });

  test("a fax that is a PDF is shown, without the sandbox under which Chrome shows none", async () => {
    const { headers } = await fetch(await scene.link(mediaUrls(scene.mock)["a fax"] ?? ""), {
      method: "HEAD",
    });
    expect(headers.get("content-type")).toBe("application/pdf");
    expect(headers.get("content-disposition")).toMatch(/^inline/);
    expect(headers.get("content-security-policy")).toBeNull();
  });
});

describe("routes for an app", () => {
  const post = (path: string, body: object, token = admin) =>
    fetch(scene.running.url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });

  test("POST /links makes a link that plays, and revoke ends it", async () => {
    const made = await post("/links", {
      source: mediaUrls(scene.mock)["a recording"],
      ttl: 60,
      audience: "crm",
    });
    expect(made.status).toBe(201);
    const { url, id }: { url: string; id: string } = JSON.parse(await made.text());
    expect((await fetch(url, { method: "HEAD" })).status).toBe(200);
    expect((await post(`/links/${id}/revoke`, {})).status).toBe(200);
    expect((await fetch(url)).status).toBe(410);
  });

  test.each([
    ["a medium", (url: string) => ({ medium: url })],
    ["an audience", () => ({ audience: "crm2" })],
    ["all sealed before a moment", () => ({ sealedBefore: new Date(Date.now() + 1000) })],
  ])("POST /revocations takes back %s", async (_, what) => {
    await using own = await gatewayScene({ adminToken: admin });
    const source = own.mock.platform.addRecording().urls.space;
    const link = await own.link(source, { audience: "crm2" });
    const answer = await fetch(`${own.running.url}/revocations`, {
      method: "POST",
      headers: { authorization: `Bearer ${admin}` },
      body: JSON.stringify(what(source)),
    });
    expect(answer.status).toBe(200);
    expect((await fetch(link)).status).toBe(410);
  });

  test("refuses a wrong token, a foreign medium and malformed options, in words", async () => {
    expect((await post("/links", {}, "wrong")).status).toBe(403);
    const source = mediaUrls(scene.mock)["a recording"] ?? "";
    const foreign = source.replace(scene.mock.url, "https://evil.example");
    for (const body of [
      { source: foreign },
      { source, ttl: "60" },
      { source, ttll: 1 },
      { source: 5 },
    ]) {
      const answer = await post("/links", body);
      expect(answer.status, JSON.stringify(body)).toBe(422);
      expect(await answer.text()).toContain("error");
    }
  });
});

test("an epoch takes back what was sealed before, and a dropped key opens nothing any more", async () => {
  const first = generateKey();
  await using own = await gatewayScene({ keys: first });
  const { projectId } = own.mock.platform.credentials;
  const link = await own.link(own.mock.platform.addRecording().urls.space);
  const epochs = { [projectId]: new Date(Date.now() + 5000) };
  own.running.gateway.reload({ keys: first, epochs });
  expect((await fetch(link)).status).toBe(410);
  own.running.gateway.reload({ keys: generateKey() });
  expect((await fetch(link)).status).toBe(404);
});
