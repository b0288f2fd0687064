import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { type Client, type ClientOptions, createClient } from "@media-protection/sdk";
import { type PlayerOptions, sendMedia } from "@media-protection/sdk/node";
import { serveMedia } from "@media-protection/sdk/players";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type MediaOrigin, startMediaOrigin } from "../../helpers/origins/media-origin.js";
import { type PlayerRoute, routes, type StartRoute } from "../../helpers/origins/player-routes.js";
import { projectId, recording } from "../../helpers/origins/scripted-client.js";
import { answer, type Step, scriptedFetch } from "../../helpers/origins/scripted-fetch.js";
import { noise } from "../../helpers/values/noise.js";

const canary = "PT-synthetic-canary";
const bytes = noise(3_000_000, 1);
const closing: (() => PromiseLike<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function clientOf(options: Partial<ClientOptions>): Client {
  return createClient({
    space: "example",
    projectId,
    apiToken: canary,
    retry: { retries: 0 },
    ...options,
  });
}

/** A route to the medium of a real origin. */
async function play(start: StartRoute, options: PlayerOptions = {}) {
  const origin = await startMediaOrigin(bytes);
  closing.push(() => origin[Symbol.asyncDispose]());
  const route = await open(start, clientOf({ space: origin.origin }), options);
  return { origin, ...route };
}

async function open(start: StartRoute, client: Client, options: PlayerOptions = {}) {
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  const route: PlayerRoute = await start(client, recording, { onError, ...options });
  closing.push(() => route.close());
  return { url: route.url, errors };
}

/** A route to a platform that answers by a script. */
function scripted(start: StartRoute, ...steps: Step[]) {
  return open(start, clientOf({ fetch: scriptedFetch(...steps).fetch }));
}

const size = `${bytes.length}`;
const refused = (status: number, retryAfter?: string) =>
  answer(status, retryAfter === undefined ? {} : { "retry-after": retryAfter });

describe.each(Object.entries(routes))("over %s", (_kind, start) => {
  test("the whole medium comes, byte for byte, with the fields of a player", async () => {
    const { url, errors } = await play(start);
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "accept-ranges": "bytes",
      "cache-control": "private, no-cache",
      "content-disposition": `inline; filename="${recording.recordingId}.wav"`,
      "content-length": size,
      "content-type": "audio/wav",
      etag: '"v1"',
      "x-content-type-options": "nosniff",
    });
    expect(Buffer.compare(Buffer.from(await response.arrayBuffer()), bytes)).toBe(0);
    expect(errors).toEqual([]);
  });

  test("a range is that part, and a copy that is still right is a 304", async () => {
    const { url, origin } = await play(start);
    const part = await fetch(url, { headers: { range: "bytes=10-19" } });
    expect(part.status).toBe(206);
    expect(part.headers.get("content-range")).toBe(`bytes 10-19/${size}`);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(Buffer.from(bytes.subarray(10, 20)));
    const other = await fetch(url, { headers: { range: "bytes=10-19", "if-range": '"v0"' } });
    expect(other.status).toBe(200);
    await other.arrayBuffer();
    await fetch(url, { headers: { "if-none-match": '"v1"' } });
    expect(origin.requests.at(-1)?.headers["if-none-match"]).toBe('"v1"');
    const unchanged = await scripted(start, async () => new Response(null, { status: 304 }));
    const again = await fetch(unchanged.url, { headers: { "if-none-match": '"v1"' } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  test("HEAD has the fields and no byte", async () => {
    const { url } = await play(start);
    const response = await fetch(url, { method: "HEAD" });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-length")).toBe(size);
    expect(await response.text()).toBe("");
  });

  test("it is saved, and not shown, where that is said", async () => {
    const { url } = await play(start, { disposition: "attachment" });
    const response = await fetch(url, { method: "HEAD" });
    expect(response.headers.get("content-disposition")).toBe(
      `attachment; filename="${recording.recordingId}.wav"`,
    );
  });

  test.each<[what: string, step: Step, status: number, fields: Record<string, string>]>([
    ["nothing there", refused(404), 404, {}],
    ["something that is gone", refused(410), 410, {}],
    [
      "a range behind the end",
      answer(416, { "content-range": "bytes */9" }),
      416,
      { "content-range": "bytes */9" },
    ],
    ["credentials that are refused", answer(401, { "www-authenticate": "Basic" }), 502, {}],
    ["credentials that may not", refused(403), 502, {}],
    ["too many requests", refused(429, "7"), 503, { "retry-after": "7" }],
    ["a platform that is down for a while", refused(503, "7"), 503, { "retry-after": "7" }],
    ["a platform that fails", refused(500), 502, {}],
    ["an unknown status", refused(418), 502, {}],
    ["an error page with 200", answer(200, { "content-type": "text/html" }, "<h1>Error"), 502, {}],
    ["a redirect to nowhere", answer(302, { location: "http://127.0.0.1:1/x" }), 502, {}],
    ["no connection", async () => Promise.reject(new TypeError("fetch failed")), 502, {}],
    ["a fetch that is broken", async () => Promise.reject(new Error(`boom ${canary}`)), 502, {}],
  ])("%s is a status and one line", async (_, step, status, fields) => {
    const { url, errors } = await scripted(start, step);
    const response = await fetch(url, { redirect: "manual" });
    expect(response.status).toBe(status);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "cache-control": "no-store",
      "content-type": "text/plain; charset=utf-8",
      "x-content-type-options": "nosniff",
      ...fields,
    });
    expect(response.headers.get("www-authenticate")).toBeNull();
    const text = await response.text();
    expect(text).toMatch(/^[A-Z][^\n]{10,60}\.\n$/);
    const said = `${JSON.stringify([...response.headers])} ${text}`;
    for (const inside of [canary, projectId, "example", "Error", "at "]) {
      expect(said).not.toContain(inside);
    }
    expect(errors).toHaveLength(1);
  });

  test("a platform that never answers is a 504", async () => {
    const client = clientOf({ fetch: () => new Promise(() => {}) });
    const { url, errors } = await open(start, client, { timeout: 20 });
    expect((await fetch(url)).status).toBe(504);
    expect(errors).toMatchObject([{ name: "TimeoutError" }]);
  });

  test.each<[what: string, source: unknown, status: number]>([
    ["an id that is none", { kind: "recording", recordingId: "../etc/passwd" }, 400],
    ["a kind that is none", { kind: "film", recordingId: projectId }, 400],
    ["no medium at all", undefined, 400],
    ["a URL of another host", `https://evil.example/${projectId}`, 400],
    [
      "a project that the client may not reach",
      { ...recording, projectId: recording.recordingId },
      404,
    ],
  ])("%s is refused before anything is asked", async (_, source, status) => {
    const { fetch: asked, requests } = scriptedFetch(answer(200));
    // @ts-expect-error what a route makes of what anybody sends
    const route = await start(clientOf({ fetch: asked }), source);
    closing.push(() => route.close());
    const response = await fetch(route.url);
    expect(response.status).toBe(status);
    expect(await response.text()).not.toContain("passwd");
    expect(requests).toHaveLength(0);
  });

  test("what is no reading is refused", async () => {
    const { url, errors } = await scripted(start, answer(200));
    const response = await fetch(url, { method: "POST", body: "x" });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD");
    expect(errors).toEqual([]);
  });

  test("bytes that break off for good end the connection before its end", async () => {
    const origin: MediaOrigin = await startMediaOrigin(bytes, {
      etag: null,
      cutAfter: () => 1_000_000,
    });
    closing.push(() => origin[Symbol.asyncDispose]());
    const { url, errors } = await open(start, clientOf({ space: origin.origin }));
    const response = await fetch(url);
    await expect(response.arrayBuffer()).rejects.toThrow();
    expect(errors).toMatchObject([{ name: "IntegrityError" }]);
  });

  test("what cannot be passed on is a 500, and keeps no connection to the platform", async () => {
    const ended = vi.fn();
    // A part of which nothing tells the end.
    const unknownEnd: Step = async () =>
      new Response(new ReadableStream({ cancel: ended }), {
        headers: { "content-type": "audio/wav" },
      });
    const { url, errors } = await scripted(start, unknownEnd);
    expect((await fetch(url, { headers: { range: "bytes=0-" } })).status).toBe(500);
    expect(errors).toMatchObject([{ name: "OptionError", option: "range" }]);
    await expect.poll(() => ended.mock.calls.length).toBe(1);
  });

  test("a player that goes away closes the platform's connection, and is no error", async () => {
    const ended = vi.fn();
    const endless: Step = async (init) => {
      init.signal?.addEventListener("abort", ended);
      const body = new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
        cancel: ended,
      });
      return new Response(body, {
        headers: { "content-type": "audio/wav", "content-length": `${2 ** 40}` },
      });
    };
    const { url, errors } = await scripted(start, endless);
    const response = await new Promise<IncomingMessage>((resolve) => get(url, resolve));
    await once(response, "data");
    response.destroy();
    await expect.poll(() => ended.mock.calls.length).toBeGreaterThan(0);
    expect(errors).toEqual([]);
  });

  test("a player that takes nothing is not read ahead for", async () => {
    let pulled = 0;
    const endless: Step = async () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            pulled++;
            controller.enqueue(new Uint8Array(65_536));
          },
        }),
        { headers: { "content-type": "audio/wav", "content-length": `${2 ** 40}` } },
      );
    const { url } = await scripted(start, endless);
    const response = await new Promise<IncomingMessage>((resolve) => get(url, resolve));
    response.pause();
    let before = -1;
    await expect
      .poll(
        () => {
          const isStill = pulled === before;
          before = pulled;
          return isStill;
        },
        { interval: 100, timeout: 10_000 },
      )
      .toBe(true);
    // The kernel's buffers on both sides, and no more.
    expect(pulled * 65_536).toBeLessThan(64 * 2 ** 20);
    response.destroy();
  });
});

describe("options that are wrong are the developer's to see, and no player's:", () => {
  const client = clientOf({ fetch: scriptedFetch(answer(200)).fetch });
  const request = new Request("http://player.example/");

  test.each([
    ["a misspelt option", { dispositon: "inline" }, "dispositon"],
    ["a disposition that is none", { disposition: "download" }, "disposition"],
    ["onError that is no function", { onError: "log" }, "onError"],
    ["a project that is unset", { projectId: undefined }, "projectId"],
  ])("%s", async (_, options, option) => {
    // @ts-expect-error none of them compiles
    await expect(serveMedia(client, recording, request, options)).rejects.toMatchObject({ option });
  });

  test("no client, no request, and a response that was begun", async () => {
    // @ts-expect-error no client
    await expect(serveMedia({}, recording, request)).rejects.toMatchObject({ option: "client" });
    // @ts-expect-error no request
    await expect(serveMedia(client, recording, {})).rejects.toMatchObject({ option: "request" });
    const begun = { headersSent: true, setHeader() {} };
    const asked = { method: "GET", headers: {} };
    // @ts-expect-error hardly a response
    await expect(sendMedia(client, recording, asked, begun)).rejects.toMatchObject({
      option: "response",
    });
  });
});
