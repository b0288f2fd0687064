import { describe, expect, test } from "vitest";
import { json, sending, setScene } from "../scene.js";
import { bytesOf, withFault } from "./fault-scene.js";

// In process. What only a socket can show is in faults-http.test.ts.

describe("notReady", () => {
  test("is 404 for so many requests for each medium, in the words of its API", async () => {
    const { ask, urls } = withFault({ kind: "notReady", requests: 2 });
    expect(await json(ask(urls.space))).toMatchObject({ code: 20404, status: 404 });
    expect(await json(ask(urls.files))).toEqual({ error: "Not Found" });
    expect((await ask(urls.space)).status).toBe(200);
  });

  test("is 404 for a while", async () => {
    let now = 1_000_000;
    const { ask, urls } = withFault({ kind: "notReady", ms: 5000 }, setScene({ now: () => now }));
    now += 4999;
    expect((await ask(urls.space)).status).toBe(404);
    now += 1;
    expect((await ask(urls.space)).status).toBe(200);
  });

  test("says nothing to who may not read the medium, and nothing about its metadata", async () => {
    const { ask, urls, root, platform, projectId } = withFault({ kind: "notReady" });
    platform.setProtection(projectId, { recordings: true });
    expect((await ask(urls.space)).status).toBe(401);
    expect((await ask(urls.space, { headers: root })).status).toBe(404);
    expect((await ask(urls.metadata, { headers: root })).status).toBe(200);
  });

  test("is 404 even for what would be 304", async () => {
    const { ask, urls, recording } = withFault({ kind: "notReady" });
    const headers = { "if-none-match": recording.files.wav.etag };
    expect((await ask(urls.space, { headers })).status).toBe(404);
  });
});

describe("status", () => {
  test.each([401, 403, 404, 410, 416, 429, 500, 502, 503, 504] as const)(
    "%i, in the words of each API",
    async (status) => {
      const { askAnything, urls, space, root } = withFault({ kind: "status", status });
      const compat = await askAnything(urls.space);
      expect(compat.status).toBe(status);
      expect(await compat.json()).toMatchObject({
        code: status === 401 ? 20_003 : 20_000 + status,
        status,
      });
      expect(compat.headers.has("www-authenticate")).toBe(status === 401);
      const rest = await askAnything(space("/api/projects"), { headers: root });
      expect(rest.status).toBe(status);
      expect(await rest.json()).toEqual({ error: expect.any(String) });
      expect(rest.headers.has("retry-after")).toBe(false);
    },
  );

  test("says when to come again, in seconds or as a date", async () => {
    const now = Date.UTC(2026, 0, 2, 3, 4, 5);
    const scene = setScene({ now: () => now });
    const status = { kind: "status", status: 429, times: 1 } as const;
    const { askAnything, urls, platform } = withFault({ ...status, retryAfter: 7 }, scene);
    platform.faults.add({ ...status, retryAfter: 0 });
    platform.faults.add({ ...status, retryAfter: 7, retryAfterAs: "date" });
    const said = [];
    for (let index = 0; index < 4; index++) {
      said.push((await askAnything(urls.space)).headers.get("retry-after"));
    }
    expect(said).toEqual(["7", "0", "Fri, 02 Jan 2026 03:04:12 GMT", null]);
  });

  test("nothing that was asked for happens", async () => {
    const { ask, askAnything, space, root, platform, projectId } = withFault({
      kind: "status",
      status: 503,
      route: "PATCH /api/projects/{id}",
      times: 1,
    });
    const url = space(`/api/projects/${projectId}`);
    const init = sending("PATCH", root, { protect_recordings: true });
    expect((await askAnything(url, init)).status).toBe(503);
    expect(platform.project(projectId).protectedSince.recording).toBeNull();
    expect((await ask(url, { headers: root })).status).toBe(200);
    expect((await ask(url, init)).status).toBe(200);
    expect(platform.project(projectId).protectedSince.recording).not.toBeNull();
  });
});

describe("errorBody", () => {
  test("is an error with status 200, and nothing of the medium", async () => {
    const { askAnything, urls } = withFault({ kind: "errorBody" });
    const response = await askAnything(urls.space, { headers: { range: "bytes=0-9" } });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    for (const name of ["etag", "content-range", "content-disposition", "last-modified"]) {
      expect(response.headers.has(name), name).toBe(false);
    }
    expect(await response.json()).toMatchObject({ code: 20500 });
  });

  test("may call itself audio", async () => {
    const { askAnything, urls } = withFault({ kind: "errorBody", contentType: "audio/wav" });
    const response = await askAnything(urls.files);
    expect(response.headers.get("content-type")).toBe("audio/wav");
    expect(await response.json()).toEqual({ error: "Internal Server Error" });
  });
});

describe("redirect", () => {
  const manual = { redirect: "manual" } as const;

  async function follow(ask: typeof fetch, url: string, most = 10): Promise<string[]> {
    const visited = [url];
    for (let index = 0; index < most; index++) {
      const location = (await ask(visited.at(-1) ?? url, manual)).headers.get("location");
      if (location === null) return visited;
      visited.push(location);
    }
    return visited;
  }

  test("takes so many hops to the answer, on the same path", async () => {
    const { askAnything, urls, whole } = withFault({ kind: "redirect", hops: 3, times: 1 });
    const visited = await follow(askAnything, urls.files);
    expect(visited).toHaveLength(4);
    for (const url of visited) expect(url.startsWith(urls.files)).toBe(true);
    const last = visited.at(-1) ?? "";
    expect(await bytesOf(await askAnything(last))).toEqual(whole);
    // The chain is spent.
    expect((await askAnything(urls.files, manual)).status).toBe(200);
  });

  test("loops", async () => {
    const { askAnything, urls } = withFault({ kind: "redirect", hops: "loop" });
    const visited = await follow(askAnything, urls.space, 6);
    expect(visited).toHaveLength(7);
    expect(new Set(visited).size).toBe(2);
    await expect(askAnything(urls.space)).rejects.toThrow("fetch failed");
  });

  test("leads elsewhere, with another status", async () => {
    const to = "https://elsewhere.example/x";
    const { askAnything, urls } = withFault({ kind: "redirect", hops: 2, status: 308, to });
    expect((await askAnything(urls.space, manual)).status).toBe(308);
    expect((await follow(askAnything, urls.space)).slice(2)).toEqual([to]);
  });

  test("says nothing about the medium, which is protected at the end of the chain", async () => {
    const { askAnything, urls, root, platform, projectId } = withFault({ kind: "redirect" });
    platform.setProtection(projectId, { recordings: true });
    expect((await askAnything(urls.space)).status).toBe(401);
    expect((await askAnything(urls.space, { headers: root })).status).toBe(200);
  });

  test("leaves the signature of the storage host alone", async () => {
    const { askAnything, urls, whole } = withFault(
      { kind: "redirect", origin: "storage", hops: 2 },
      setScene({ switches: { redirectToStorage: true } }),
    );
    const response = await askAnything(urls.space);
    expect(response.redirected).toBe(true);
    expect(await bytesOf(response)).toEqual(whole);
  });
});
