import { request } from "node:http";
import { type MockServer, startMockServer } from "@media-protection/mock/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let server: MockServer;
beforeAll(async () => {
  server = await startMockServer({ port: 0, platform: { switches: { cors: false } } });
});
afterAll(() => server.close());

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

/** Asks with header fields that `fetch` sets itself. */
function ask(path: string, headers: Record<string, string>, method = "GET", to = server.url) {
  return new Promise<Answer>((resolve, reject) => {
    const { hostname, port } = new URL(to);
    // As it is: a URL would have its dot segments resolved.
    const asked = request({ hostname, port, path, method, headers, agent: false });
    asked.on("error", reject);
    asked.on("response", (response) => {
      response.toArray().then((chunks) => {
        resolve({ status: response.statusCode, body: Buffer.concat(chunks).toString() });
      }, reject);
    });
    asked.end();
  });
}

const port = () => new URL(server.url).port;

describe("a host that leads here by somebody else's DNS", () => {
  const foreign = [
    "evil.example",
    "evil.example:4010",
    "EVIL.example.",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "example.signalwire.com.evil.example",
    "xn--bcher-kva.example",
    "127.0.0.1@evil.example",
  ];
  const paths = [
    "/",
    "/__mock/platform",
    "/__mock/journal",
    "/__mock/dashboard/x.js",
    "/api/projects",
    "/nothing",
  ];

  test.each(foreign)("%s is not answered, whatever it asks for", async (host) => {
    for (const path of paths) {
      const { status, body } = await ask(path, { host });
      expect([path, status]).toEqual([path, host.includes("@") ? 400 : 421]);
      expect(body).not.toContain("PTmock");
    }
    for (const other of [server.origins.files, server.origins.storage]) {
      const { status } = await ask("/x", { host }, "GET", other);
      expect([400, 421]).toContain(status);
    }
  });

  test.each(["/%5F_mock/platform", "/x/../__mock/platform", "/x/%2e%2e/__mock/platform"])(
    "nor does another way to write a path help: %s",
    async (path) => {
      expect((await ask(path, { host: "a" })).status).toBeGreaterThanOrEqual(400);
    },
  );

  test("the control endpoints are not for names without a dot, either; the platform is", async () => {
    expect((await ask("/__mock/platform", { host: "a" })).status).toBe(421);
    expect((await ask("/api/projects", { host: "a" })).status).toBe(401);
  });

  test.each([
    "localhost",
    "127.0.0.1",
    "[::1]",
    "LOCALHOST",
    "app.localhost",
    "example.signalwire.com",
  ])("%s is one of its own", async (host) => {
    for (const own of [host, `${host}:${port()}`]) {
      expect((await ask("/__mock/platform", { host: own })).status).toBe(200);
    }
  });

  test("so is the name that it was given", async () => {
    const named = await startMockServer({ port: 0, publicHost: "Mock.example" });
    expect(named.url).toMatch(/^http:\/\/mock\.example:\d+$/);
    const to = named.url.replace("mock.example", "127.0.0.1");
    expect((await ask("/__mock/platform", { host: "mock.example" }, "GET", to)).status).toBe(200);
    expect((await ask("/__mock/platform", { host: "evil.example" }, "GET", to)).status).toBe(421);
    await named.close();
  });

  test("a server for others answers for its addresses and plain names, and for no other name", async () => {
    const open = await startMockServer({ port: 0, host: "0.0.0.0" });
    for (const host of ["10.1.2.3:4010", "[fe80::1]", "media-mock:4010"]) {
      expect((await ask("/__mock/platform", { host }, "GET", open.url)).status).toBe(200);
    }
    const evil = await ask("/__mock/platform", { host: "evil.example" }, "GET", open.url);
    expect(evil.status).toBe(421);
    expect(evil.body).toContain("--public-host");
    await open.close();
  });
});

describe("a page of another origin, while cors is off,", () => {
  const form = "application/x-www-form-urlencoded";
  const foreign: [string, Record<string, string>][] = [
    ["an Origin", { origin: "https://evil.example" }],
    ["an opaque Origin", { origin: "null" }],
    ["the Origin of another port", { origin: "http://127.0.0.1:1" }],
    ["the Origin of another scheme", { origin: "https://127.0.0.1" }],
    ["a Sec-Fetch-Site of another site", { "sec-fetch-site": "cross-site" }],
    ["a Sec-Fetch-Site of the same site", { "sec-fetch-site": "same-site" }],
  ];
  const requests = [
    ["POST", "/__mock/reset"],
    ["POST", "/__mock/media"],
    ["POST", "/__mock/faults"],
    ["PATCH", "/__mock/switches"],
    ["DELETE", "/__mock/journal"],
    ["GET", "/__mock/platform"],
    ["GET", "/__mock/journal"],
  ] as const;

  test.each(foreign)("is told by %s, and refused", async (_, headers) => {
    const { platform } = server;
    platform.addRecording();
    const before = platform.recordings.size;
    for (const [method, path] of requests) {
      const { status } = await ask(path, { ...headers, "content-type": form }, method);
      expect([path, status]).toEqual([path, 403]);
    }
    expect(platform.recordings.size).toBe(before);
  });

  test("is not taken for the mock's own page, or for a program", async () => {
    const own: Record<string, string>[] = [
      {},
      { origin: server.url, "sec-fetch-site": "same-origin" },
      { host: `localhost:${port()}`, origin: `http://localhost:${port()}` },
      { "sec-fetch-site": "none" },
    ];
    for (const headers of own) {
      expect((await ask("/__mock/reset", headers, "POST")).status).toBe(204);
    }
  });

  test("may ask while it is on", async () => {
    const open = await startMockServer({ port: 0 });
    const headers = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    expect((await ask("/__mock/platform", headers, "GET", open.url)).status).toBe(200);
    await open.close();
  });
});
