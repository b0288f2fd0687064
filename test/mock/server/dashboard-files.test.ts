import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type MockServer, startMockServer } from "../../../mock/dist/server/start-server.js";
import { setScene } from "../scene.js";

let server: MockServer;
beforeAll(async () => {
  server = await startMockServer({ port: 0 });
});
afterAll(() => server.close());

const get = (path: string, init?: RequestInit) => fetch(server.url + path, init);

/** What the page loads, as it says itself. */
async function assets(): Promise<string[]> {
  const page = await (await get("/")).text();
  return [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path = ""]) => path);
}

describe("the dashboard's files", () => {
  test("the page is at the space's root, and nothing that it loads can be a path of the platform", async () => {
    const response = await get("/?from=a-bookmark");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-cache");
    const loaded = await assets();
    expect(loaded.length).toBe(2);
    for (const path of loaded) {
      expect(path).toMatch(/^\/__mock\/dashboard\/[\w.-]+\.(js|css)$/);
      const asset = await get(path);
      expect(asset.status).toBe(200);
      expect(asset.headers.get("content-type")).toMatch(/^text\/(javascript|css); charset=utf-8$/);
      expect(asset.headers.get("cache-control")).toContain("immutable");
      expect((await asset.arrayBuffer()).byteLength).toBe(
        Number(asset.headers.get("content-length")),
      );
    }
  });

  test("the page may load, connect to and show nothing but its own and the platform's", async () => {
    const policy = (await get("/")).headers.get("content-security-policy") ?? "";
    const { files, storage } = server.origins;
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      `connect-src 'self' ${files} ${storage}`,
      "img-src 'self' blob: data:",
      "media-src blob:",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
  });

  test("HEAD answers the same head without a body", async () => {
    const [head, whole] = await Promise.all([get("/", { method: "HEAD" }), get("/")]);
    expect(head.status).toBe(200);
    expect(head.headers.get("content-length")).toBe(String((await whole.arrayBuffer()).byteLength));
    expect(await head.text()).toBe("");
  });

  test.each([
    "/__mock/dashboard/",
    "/__mock/dashboard/missing.js",
    "/__mock/dashboard/..%2f..%2fpackage.json",
    "/__mock/dashboard/%2e%2e/server.js",
    "/index.html",
    "/favicon.ico",
  ])("%s is no file of it", async (path) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ error: "Not Found" });
  });

  test("other methods and the other hosts have no page", async () => {
    expect((await get("/", { method: "POST" })).status).toBe(404);
    const { files, storage } = server.origins;
    for (const origin of [files, storage]) expect((await fetch(`${origin}/`)).ok).toBe(false);
  });

  test("looking at the page is nothing that the platform was asked", async () => {
    server.platform.journal.clear();
    for (const path of ["/", ...(await assets())]) await get(path);
    expect(server.platform.journal.recorded).toBe(0);
  });

  test("under MSW and in process there is no page", async () => {
    const { askAnything, space } = setScene();
    expect((await askAnything(space("/"))).status).toBe(404);
  });
});

describe("/__mock/platform", () => {
  test("tells the page what it needs, the seeded token included", async () => {
    const { credentials, spaceName } = server.platform;
    expect(await (await get("/__mock/platform")).json()).toEqual({
      spaceName,
      origins: server.origins,
      ...credentials,
    });
  });
});

test("a reader of /__mock/journal/events does not keep the server from closing", async () => {
  const own = await startMockServer({ port: 0 });
  const response = await fetch(`${own.url}/__mock/journal/events`);
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const reader = response.body?.getReader();
  expect((await reader?.read())?.done).toBe(false);
  await own.close();
  await expect(reader?.read()).rejects.toThrow();
});
