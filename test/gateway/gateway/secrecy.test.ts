import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  canary,
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

describe("secrecy", () => {
  test("no answer, header or log has what the platform's URL could be built from, nor a token", async () => {
    const { platform } = scene.mock;
    const secrets = [canary, btoa(`${platform.credentials.projectId}:${canary}`)];
    for (const url of Object.values(mediaUrls(scene.mock))) {
      const link = await scene.link(url);
      const page = await scene.link(url, { share: true });
      const ids = url.match(/[0-9a-f]{8}-[0-9a-f-]{27}/gi) ?? [];
      expect(ids.length).toBeGreaterThan(0);
      await scene.client.protection.disable("all");
      const answers = [
        await fetch(link, { method: "HEAD" }),
        await fetch(page),
        await fetch(page, { method: "POST" }),
        await fetch(link.slice(0, -40)),
      ];
      await scene.client.protection.enable("all");
      const texts = await Promise.all(answers.map((answer) => answer.text()));
      const headers = answers.map((answer) => JSON.stringify([...answer.headers]));
      const seen = [link, page, ...texts, ...headers, ...scene.logged].join("\n");
      for (const secret of [...secrets, ...ids, new URL(url).host]) {
        expect(
          seen.includes(secret),
          `${secret} of ${url}: ${seen.slice(seen.indexOf(secret) - 60).slice(0, 90)}`,
        ).toBe(false);
      }
    }
  });

  test("a canary token is in no answer, page, metric, log, error or audit line, whatever goes wrong", async () => {
    const folder = await mkdtemp(join(tmpdir(), "gateway-canary-"));
    const auditFile = join(folder, "audit.jsonl");
    const seen: string[] = [];
    {
      await using own = await gatewayScene({ adminToken: admin, auditFile });
      const { platform } = own.mock;
      const see = async (path: string, init: RequestInit = {}) => {
        const answer = await fetch(new URL(path, own.running.url), init).catch(String);
        if (typeof answer === "string") seen.push(answer);
        else seen.push(JSON.stringify([...answer.headers]), await answer.text().catch(String));
      };
      const source = platform.addRecording({ seconds: 1 }).urls.space;
      const trouble = ([401, 403, 404, 429, 500, 503] as const).map(
        (status) => ({ kind: "status", status, times: 1 }) as const,
      );
      for (const fault of [undefined, ...trouble, { kind: "errorBody", times: 1 } as const]) {
        if (fault) platform.faults.add(fault);
        await see(await own.link(source));
        if (fault) platform.faults.add(fault);
        await see(await own.link(source, { share: true }), { method: "POST" });
        platform.faults.clear();
      }
      platform.setSwitches({ redirectToStorage: true });
      await see(await own.link(source));
      const authorization = `Bearer ${admin}`;
      for (const body of [
        "{",
        "{}",
        JSON.stringify({ source }),
        '{"source":"https://evil.example/"}',
      ]) {
        for (const path of ["/links", "/revocations", "/links/AAAAAAAAAAA/revoke"]) {
          await see(path, { method: "POST", headers: { authorization }, body });
        }
      }
      for (const path of ["/metrics", "/openapi.json", "/readyz", "/s/page.js"]) await see(path);
      seen.push(...own.logged);
    }
    seen.push(await readFile(auditFile, "utf8"));
    expect(seen.length).toBeGreaterThan(50);
    const { projectId } = scene.mock.platform.credentials;
    for (const secret of [canary, btoa(`${projectId}:${canary}`), canary.slice(10)]) {
      expect(seen.filter((text) => text.includes(secret))).toEqual([]);
    }
    await rm(folder, { recursive: true });
  });

  test("no path, header or range makes an error or a hang", async () => {
    const link = await scene.link(mediaUrls(scene.mock)["a recording"] ?? "");
    const { origin, pathname } = new URL(link);
    const paths = [
      "/",
      "//",
      "/m",
      "/m/",
      "/m//",
      "/m/%00",
      "/m/..%2f..",
      "/s/page.js/x",
      "/m/a/b/c",
      "/links",
      "/links/x/revoke",
      `${pathname}?utm_source=x`,
      "/m/%E0%A4%A",
      `${pathname}/x`,
    ];
    const ranges = [
      "bytes=",
      "bytes=-0",
      "bytes=5-2",
      "bytes=a-b",
      "items=0-1",
      `bytes=${"9".repeat(30)}-`,
      "bytes=0-0,0-0",
      "x".repeat(900),
    ];
    for (const path of paths) {
      for (const method of ["GET", "HEAD", "POST", "PUT", "OPTIONS"]) {
        const answer = await fetch(origin + path, { method });
        expect(answer.status, `${method} ${path}`).toBeLessThan(500);
        await answer.body?.cancel();
      }
    }
    for (const range of ranges) {
      const answer = await fetch(link, {
        headers: { range, "if-range": range, "if-none-match": range },
      });
      expect(answer.status, range).toBeLessThan(500);
      await answer.body?.cancel();
    }
  });
});
