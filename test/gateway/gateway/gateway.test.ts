import { createHash } from "node:crypto";
import {
  type AuditEvent,
  createGateway,
  generateKey,
  memoryState,
} from "@media-protection/gateway";
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

describe("what is refused", () => {
  test("forged and unknown 404 alike, expired and revoked 410, and never a login box", async () => {
    const url = mediaUrls(scene.mock)["a recording"] ?? "";
    const link = await scene.link(url);
    const forged = await fetch(link.replace(/.{5}\/audio/, "AAAAA/audio"));
    const nothing = await fetch(`${scene.running.url}/m/nothing`);
    const share = await fetch((await scene.link(url, { share: true })).replace("/s/", "/m/"));
    const { gateway } = scene.running;
    const { url: taken, id } = await gateway.links.mint(url);
    await gateway.state.revoke({ link: id });
    const revoked = await fetch(taken);
    const statuses = [forged, nothing, share, revoked].map(({ status }) => status);
    expect(statuses).toEqual([404, 404, 404, 410]);
    expect(await forged.text()).toBe(await nothing.text());
    for (const answer of [forged, nothing, share, revoked]) {
      expect(answer.headers.get("www-authenticate")).toBeNull();
      expect(answer.headers.get("cache-control")).toBe("no-store");
    }
    expect((await fetch(link, { method: "DELETE" })).status).toBe(405);
  });

  test("of a link that is refused the audit knows, of what no key opens nobody", async () => {
    const audit: AuditEvent[] = [];
    let now = Date.now();
    const state = memoryState();
    const gateway = createGateway({
      ...{
        client: scene.client,
        keys: generateKey(),
        publicUrl: "https://media.example.com",
        state,
      },
      now: () => now,
      onAudit: (event) => void audit.push(event),
    });
    const source = mediaUrls(scene.mock)["a recording"] ?? "";
    const ask = async (url: string) => (await gateway.fetch(new Request(url))).status;
    const play = await gateway.links.mint(source, { ttl: 60, audience: "crm" });
    const share = await gateway.links.mint(source, { share: true });
    expect(await ask(play.url.replace(/.{5}\/audio/, "AAAAA/audio"))).toBe(404);
    expect(audit).toEqual([]);
    now += 200_000;
    expect(await ask(play.url)).toBe(410);
    await state.revoke({ link: share.id });
    expect(await ask(share.url)).toBe(410);
    const refused = { end: "refused", status: 410, bytes: 0 };
    expect(audit).toEqual([
      expect.objectContaining({ ...refused, what: "play", link: play.id, audience: "crm" }),
      expect.objectContaining({ ...refused, what: "share", link: share.id }),
    ]);
  });

  test("a recording that is not ready is 503 with Retry-After, a deleted one 404", async () => {
    const { recording, urls } = scene.mock.platform.addRecording({ seconds: 1 });
    const link = await scene.link(urls.space);
    scene.mock.platform.faults.add({ kind: "notReady", ms: 60_000, media: recording.id });
    const early = await fetch(link);
    expect([early.status, early.headers.get("retry-after")]).toEqual([503, "5"]);
    scene.mock.platform.faults.clear();
    await scene.client.recordings.delete(recording.id);
    expect((await fetch(link)).status).toBe(404);
  });

  test("a platform that refuses the credentials is 502 and a loud line, and nobody learns the token", async () => {
    await using other = await gatewayScene({}, "PT-synthetic-wrong-canary");
    const { urls } = other.mock.platform.addRecording({ seconds: 1 });
    const answer = await fetch(await other.link(urls.space));
    expect(answer.status).toBe(502);
    expect(answer.headers.get("www-authenticate")).toBeNull();
    const log = other.logged.join("\n");
    expect(log).toContain("refuses the gateway's credentials");
    for (const secret of ["wrong-canary", other.mock.url, urls.space]) {
      expect(log + (await answer.clone().text())).not.toContain(secret);
    }
  });

  test("limits: past what one link may have at once there is a 503, and room again afterwards", async () => {
    await using small = await gatewayScene({ limits: { link: 1 } });
    const { urls } = small.mock.platform.addRecording({ size: 50_000_000 });
    const link = await small.link(urls.space);
    const first = await fetch(link);
    const second = await fetch(link);
    expect([first.status, second.status]).toEqual([200, 503]);
    await first.body?.cancel();
    await expect.poll(() => small.running.gateway.underWay).toBe(0);
    const third = await fetch(link, { headers: { range: "bytes=0-0" } });
    expect(third.status).toBe(206);
    expect(small.audit.slice(0, 2)).toEqual([
      expect.objectContaining({ end: "refused", status: 503, bytes: 0 }),
      expect.objectContaining({ end: "left", status: 200 }),
    ]);
  });

  test("an answer that a server drops unread makes room, once its request is aborted", async () => {
    const audit: AuditEvent[] = [];
    const gateway = createGateway({
      client: scene.client,
      keys: generateKey(),
      publicUrl: "https://media.example.com",
      onAudit: (event) => void audit.push(event),
      limits: { address: 1 },
    });
    const { url } = await gateway.links.mint(mediaUrls(scene.mock)["a recording"] ?? "");
    const gone = new AbortController();
    const ask = (address: string) =>
      gateway.fetch(new Request(url, { signal: gone.signal }), { address });
    expect((await ask("2001:db8::1")).status).toBe(200);
    // Another address of the same network, which whoever has the one has, too.
    expect((await ask("2001:DB8:0:0:ffff::2")).status).toBe(503);
    expect((await ask("2001:db8:0:1::1")).status).toBe(200);
    expect(gateway.underWay).toBe(2);
    gone.abort();
    expect(gateway.underWay).toBe(0);
    expect(audit.map(({ end }) => end)).toEqual(["refused", "left", "left"]);
  });

  test("guesses of one address are slowed down", async () => {
    await using small = await gatewayScene({ failures: 2 });
    const guess = async () => (await fetch(`${small.running.url}/m/guess`)).status;
    expect([await guess(), await guess(), await guess()]).toEqual([404, 404, 429]);
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
