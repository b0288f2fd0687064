import {
  type AuditEvent,
  createGateway,
  generateKey,
  memoryState,
} from "@media-protection/gateway";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GatewayScene, gatewayScene, mediaUrls } from "../../helpers/mock/gateway-scene.js";

let scene: GatewayScene;

beforeAll(async () => {
  scene = await gatewayScene();
});
afterAll(() => scene[Symbol.asyncDispose]());

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
