import { createHash } from "node:crypto";
import {
  type MockServer,
  startMockServer,
  type ViolatedExchange,
} from "@media-protection/mock/server";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { basic, json, sending } from "../scene.js";

// Strict mode: Prism in front of the JSON endpoints.

interface Violations {
  readonly checked: number;
  readonly count: number;
  readonly entries: readonly (Omit<ViolatedExchange, "time"> & { readonly time: string })[];
}

let server: MockServer;
let root: { readonly authorization: string };
let project: string;

beforeAll(async () => {
  // Loading Prism takes seconds.
  server = await startMockServer({ port: 0, strict: true });
  const { projectId, apiToken } = server.platform.credentials;
  root = basic(projectId, apiToken);
  project = `${server.url}/api/projects/${projectId}`;
}, 60_000);

beforeEach(() => {
  server.platform.reset();
  server.platform.violations?.clear();
});

afterAll(() => server.close());

const found = () => json<Violations>(fetch(`${server.url}/__mock/violations`));

describe("a request inside the contract", () => {
  test("is answered as ever, and counted as checked", async () => {
    const response = await fetch(project, { headers: root });
    expect(response.status).toBe(200);
    expect(response.headers.get("sl-violations")).toBeNull();
    expect(await found()).toEqual({ checked: 1, count: 0, entries: [] });
  });

  test("may change something", async () => {
    const response = await fetch(project, sending("PATCH", root, { protect_recordings: true }));
    expect(await json(response)).toMatchObject({ protect_recordings: true });
    const created = await fetch(`${server.url}/api/projects`, sending("POST", root, { name: "x" }));
    expect(created.status).toBe(201);
    const { id } = await json<{ id: string }>(created);
    const deleted = await fetch(`${server.url}/api/projects/${id}`, {
      method: "DELETE",
      headers: root,
    });
    expect(deleted.status).toBe(204);
    expect(await found()).toMatchObject({ checked: 3, count: 0 });
  });

  test("may filter by names that have signs in them", async () => {
    const { projectId } = server.platform.credentials;
    const list = `${server.url}/api/laml/2010-04-01/Accounts/${projectId}/Recordings.json`;
    const query = new URLSearchParams({ "DateCreated<": "2027-01-01", PageSize: "2" });
    expect((await fetch(`${list}?${query}`, { headers: root })).status).toBe(200);
    expect(await found()).toMatchObject({ checked: 1, count: 0 });
  });

  test("may be at the root, where the compatibility API is, too", async () => {
    const { projectId } = server.platform.credentials;
    const list = `${server.url}/2010-04-01/Accounts/${projectId}/Recordings.json`;
    expect((await fetch(`${list}?PageSize=2`, { headers: root })).status).toBe(200);
    expect((await fetch(`${list}?PageSize=many`, { headers: root })).status).toBe(400);
    expect(await found()).toMatchObject({ checked: 2, count: 1 });
  });
});

describe("a request outside the contract", () => {
  test.each([
    ["a query", "GET", "?page_size=many", undefined, 400, ["request", "query", "page_size"]],
    ["a body", "POST", "", { name: 7 }, 422, ["request", "body", "name"]],
    ["a field that is none", "POST", "", { name: "x", nothing: 1 }, 422, ["request", "body"]],
    ["a missing field", "POST", "", {}, 422, ["request", "body"]],
  ])("by %s is named in the header, the log and the count", async (...given) => {
    const [, method, query, body, status, location] = given;
    const init = body === undefined ? { headers: root } : sending(method, root, body);
    const response = await fetch(`${server.url}/api/projects${query}`, init);
    // The platform's own answer.
    expect(response.status).toBe(status);
    expect(Object.keys(await json<object>(response))).toEqual([
      status === 400 ? "error" : "errors",
    ]);
    const named = JSON.parse(response.headers.get("sl-violations") ?? "");
    expect(named).toContainEqual(expect.objectContaining({ location, severity: "Error" }));
    expect(response.headers.get("access-control-expose-headers")).toContain("sl-violations");
    const { count, entries } = await found();
    expect(count).toBe(1);
    expect(entries).toEqual([
      { time: expect.any(String), method, path: "/api/projects", status, violations: named },
    ]);
  });

  test.each([
    ["no JSON", "{"],
    ["more than is read", `"${"x".repeat(1_100_000)}"`],
  ])("by a body of %s is answered 400, and named", async (_, body) => {
    // The server ends a connection whose body it does not read.
    const headers = { ...root, "content-type": "application/json", connection: "close" };
    const response = await fetch(project, { method: "PATCH", headers, body });
    expect(response.status).toBe(400);
    expect(response.headers.get("sl-violations")).toContain('"body"');
  });

  test("by a body without end is cut off", async () => {
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(32)),
    });
    const headers = { ...root, "content-type": "application/json", connection: "close" };
    const init = { method: "PATCH", headers, body, duplex: "half" };
    expect((await fetch(project, init as RequestInit)).status).toBe(400);
  });

  test("by a path or a method that is not there is named", async () => {
    for (const [path, method] of [
      ["/api/nothing", "GET"],
      ["/api/projects", "PUT"],
    ] as const) {
      const response = await fetch(server.url + path, { method, headers: root });
      expect(response.status).toBe(404);
      expect(response.headers.get("sl-violations")).toContain("Selected route not found");
    }
    expect(await found()).toMatchObject({ count: 2 });
  });

  test("by a header that Prism cannot read is answered all the same", async () => {
    const headers = { ...root, "content-type": ";;;" };
    const init = { ...sending("PATCH", root, { name: "x" }), headers };
    const response = await fetch(project, init);
    expect(response.status).toBe(200);
    expect(await json(response)).toMatchObject({ name: "x" });
  });
});

test("an answer outside the contract is named, counted, and sent as it is", async () => {
  // No route answers what the contract does not have; a state that nobody can reach does.
  const { platform } = server;
  Object.assign(platform.project(platform.credentials.projectId), { name: 7 });
  const response = await fetch(project, { headers: root });
  expect(response.status).toBe(200);
  expect(await json(response)).toMatchObject({ name: 7 });
  const { count, entries } = await found();
  expect(count).toBe(1);
  expect(entries[0]?.violations).toEqual([
    expect.objectContaining({ location: ["response", "body", "name"] }),
  ]);
});

describe("what Prism must not touch", () => {
  test("the platform's own 401, whatever else is wrong with the request", async () => {
    const response = await fetch(`${server.url}/api/projects?page_size=many`);
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toMatch(/^Basic /);
    expect(await json(response)).toEqual({ error: "Unauthorized" });
    expect(response.headers.get("sl-violations")).toBeNull();
    expect(await found()).toEqual({ checked: 0, count: 0, entries: [] });
  });

  test("media: whole, in part, by HEAD, on both hosts, and by a redirect", async () => {
    const { platform } = server;
    const { recording, urls } = platform.addRecording({ seconds: 2 });
    const { wav } = recording.files;
    const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
    for (const url of [urls.space, urls.spaceWav, urls.files]) {
      const whole = new Uint8Array(await (await fetch(url)).arrayBuffer());
      expect(hash(whole)).toBe(hash(wav.bytes()));
      const part = await fetch(url, { headers: { range: "bytes=100-199" } });
      expect(part.status).toBe(206);
      expect(hash(new Uint8Array(await part.arrayBuffer()))).toBe(hash(wav.bytes(100, 200)));
      const head = await fetch(url, { method: "HEAD" });
      expect(head.headers.get("content-length")).toBe(String(wav.size));
      expect((await fetch(url, { headers: { range: "bytes=x" } })).status).toBe(200);
    }
    platform.setSwitches({ redirectToStorage: true });
    const redirect = await fetch(urls.space, { redirect: "manual" });
    expect(redirect.status).toBe(302);
    expect(await found()).toEqual({ checked: 0, count: 0, entries: [] });
  });

  test("what goes wrong on command, which may never end", async () => {
    const faulty = (fault: string, init?: RequestInit) =>
      fetch(project, { ...init, headers: { ...root, "x-mock-fault": fault } });
    const stalled = await faulty("stall; after=5");
    expect(stalled.status).toBe(200);
    await stalled.body?.cancel();
    expect((await faulty("status; status=503")).status).toBe(503);
    expect((await faulty("status; status=503", { method: "HEAD" })).status).toBe(503);
    await expect((await faulty("cut; after=5")).json()).rejects.toThrow();
    expect((await faulty("nonsense")).status).toBe(400);
    expect(await found()).toEqual({ checked: 0, count: 0, entries: [] });
  });

  test("preflights and control endpoints", async () => {
    const headers = { origin: "http://localhost", "access-control-request-method": "PATCH" };
    expect((await fetch(project, { method: "OPTIONS", headers })).status).toBe(204);
    expect((await fetch(`${server.url}/__mock/switches`)).status).toBe(200);
    expect(await found()).toEqual({ checked: 0, count: 0, entries: [] });
  });
});

describe("the list of violations", () => {
  test("is cleared on demand, and not by a reset", async () => {
    await fetch(`${server.url}/api/nothing`, { headers: root });
    await fetch(`${server.url}/__mock/reset`, { method: "POST" });
    expect(await found()).toMatchObject({ count: 1 });
    const cleared = await fetch(`${server.url}/__mock/violations`, { method: "DELETE" });
    expect(cleared.status).toBe(204);
    expect(await found()).toEqual({ checked: 0, count: 0, entries: [] });
  });

  test("keeps the newest hundred, and counts all", async () => {
    for (let index = 0; index < 105; index++) {
      await (await fetch(`${server.url}/api/nothing/${index}`)).arrayBuffer();
    }
    const { count, entries } = await found();
    expect(count).toBe(105);
    expect(entries).toHaveLength(100);
    expect(entries.at(-1)?.path).toBe("/api/nothing/104");
  });

  test("is not there without strict mode", async () => {
    const plain = await startMockServer({ port: 0 });
    expect((await fetch(`${plain.url}/__mock/violations`)).status).toBe(404);
    await plain.close();
  });
});
