import type { Fault } from "@media-protection/mock";
import { describe, expect, test } from "vitest";
import { json, type Scene, sending, setScene } from "./scene.js";

// In process. What only a socket can show is in faults-http.test.ts.

const size = 16_044; // half a second of WAV, more or less

function recordingIn(scene: Scene) {
  const { recording, urls } = scene.platform.addRecording({ size });
  return { recording, urls, whole: recording.files.wav.bytes() };
}

/** A scene with one recording and one fault. */
function withFault(fault: Fault, scene = setScene()) {
  const added = recordingIn(scene);
  scene.platform.faults.add(fault);
  return { ...scene, ...added };
}

async function bytesOf(response: Response): Promise<Uint8Array> {
  return new Uint8Array(await response.arrayBuffer());
}

/** What arrives before a body fails, and how it fails. */
async function drain(response: Response): Promise<{ received: number; error: unknown }> {
  let received = 0;
  try {
    for await (const chunk of response.body ?? []) received += chunk.length;
    return { received, error: undefined };
  } catch (error) {
    return { received, error };
  }
}

describe("latency and throttle", () => {
  test("latency waits before the platform looks at the request", async () => {
    const waits: number[] = [];
    const scene: Scene = setScene({
      wait: async (ms) => {
        waits.push(ms);
        // The switch is turned while the request waits.
        scene.platform.setProtection(scene.projectId, { recordings: true });
      },
    });
    const { askAnything, urls } = withFault({ kind: "latency", ms: 250 }, scene);
    expect((await askAnything(urls.space)).status).toBe(401);
    expect(waits).toEqual([250]);
  });

  test("throttle sends ten parts a second, and every byte", async () => {
    const waits: number[] = [];
    const scene = setScene({ wait: async (ms) => void waits.push(ms) });
    const { ask, urls, whole } = withFault({ kind: "throttle", bytesPerSecond: 4000 }, scene);
    expect(await bytesOf(await ask(urls.space))).toEqual(whole);
    expect(waits.slice(0, 3)).toEqual([100, 100, 100]);
    const total = waits.reduce((sum, ms) => sum + ms, 0);
    expect(total).toBeCloseTo((size / 4000) * 1000, 6);
  });

  test("the waits end with the request", async () => {
    const { askAnything, urls } = withFault({ kind: "latency", ms: 2 ** 31 - 1 });
    const controller = new AbortController();
    const asked = askAnything(urls.space, { signal: controller.signal });
    controller.abort();
    await expect(asked).rejects.toThrow();
  });
});

describe("bodies that do not come whole", () => {
  test.each(["cut", "reset"] as const)("%s fails after so many bytes", async (kind) => {
    const { askAnything, urls } = withFault({ kind, after: 1000 });
    const response = await askAnything(urls.space);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-length")).toBe(String(size));
    const { received, error } = await drain(response);
    expect(received).toBe(1000);
    expect(error).toEqual(new TypeError("terminated"));
  });

  test("stall ends when the reader gives up, and so does what makes the bytes", async () => {
    let cancelled = false;
    const scene = setScene();
    const file = scene.platform.addRecording().recording.files.wav;
    const { recording, urls } = scene.platform.addRecording({
      wav: {
        contentType: file.contentType,
        extension: file.extension,
        size: 2 ** 40,
        etag: '"endless"',
        lastModified: new Date(0),
        bytes: () => new Uint8Array(),
        stream: () =>
          new ReadableStream({
            pull: (controller) => controller.enqueue(new Uint8Array(500)),
            cancel: () => {
              cancelled = true;
            },
          }),
      },
    });
    scene.platform.faults.add({ kind: "stall", after: 700, media: recording.id });
    const controller = new AbortController();
    const response = await scene.askAnything(urls.space, { signal: controller.signal });
    const reader = response.body?.getReader();
    expect((await reader?.read())?.value?.length).toBe(500);
    expect((await reader?.read())?.value?.length).toBe(200);
    const third = reader?.read();
    controller.abort();
    await expect(third).rejects.toThrow();
    expect(cancelled).toBe(true);
  });

  test("bytes are counted in the body, which may be a part", async () => {
    const { askAnything, urls, whole } = withFault({ kind: "cut", after: 10 });
    const headers = { range: "bytes=100-" };
    const response = await askAnything(urls.space, { headers });
    const reader = response.body?.getReader();
    expect((await reader?.read())?.value).toEqual(whole.slice(100, 110));
    await expect(reader?.read()).rejects.toThrow("terminated");
  });

  test.each([size, size + 1])("a body no longer than %i bytes comes whole", async (after) => {
    const { ask, urls, whole } = withFault({ kind: "cut", after });
    expect(await bytesOf(await ask(urls.space))).toEqual(whole);
  });

  test("JSON is cut as well", async () => {
    const { askAnything, urls, root } = withFault({ kind: "cut", after: 5 });
    const response = await askAnything(urls.metadata, { headers: root });
    expect(Number(response.headers.get("content-length"))).toBeGreaterThan(100);
    expect((await drain(response)).received).toBe(5);
  });
});

describe("header fields that lie", () => {
  test.each([
    [undefined, size + 1],
    [500, size + 500],
    [-44, size - 44],
    [-size - 1, 0],
  ])("wrongLength by %s announces %i", async (by, announced) => {
    const { askAnything, urls, whole } = withFault({ kind: "wrongLength", ...(by && { by }) });
    const response = await askAnything(urls.space);
    expect(response.headers.get("content-length")).toBe(String(announced));
    expect(await bytesOf(response)).toEqual(whole);
  });

  test.each([
    [undefined, "bytes 101-200"],
    [50, "bytes 150-249"],
    [-50, "bytes 50-149"],
    [-1000, "bytes 0-99"],
  ])("wrongContentRange by %s names %s", async (by, named) => {
    const { askAnything, urls, whole } = withFault({
      kind: "wrongContentRange",
      ...(by && { by }),
    });
    const response = await askAnything(urls.space, { headers: { range: "bytes=100-199" } });
    expect(response.headers.get("content-range")).toBe(`${named}/${size}`);
    expect(await bytesOf(response)).toEqual(whole.slice(100, 200));
    expect((await askAnything(urls.space)).headers.has("content-range")).toBe(false);
  });
});

describe("newVersion", () => {
  test("ends the first answer, and has other bytes and another ETag from then on", async () => {
    const { askAnything, ask, urls, whole, recording, platform } = withFault({
      kind: "newVersion",
      after: 1000,
    });
    const first = await askAnything(urls.space);
    const etag = first.headers.get("etag") ?? "";
    expect((await drain(first)).received).toBe(1000);

    const resumed = await ask(urls.space, { headers: { range: "bytes=1000-", "if-range": etag } });
    expect(resumed.status).toBe(200);
    const changed = resumed.headers.get("etag") ?? "";
    expect(changed).toMatch(/^"[^"]+"$/);
    expect(changed).not.toBe(etag);
    const bytes = await bytesOf(resumed);
    expect(bytes.length).toBe(size);
    expect(bytes.slice(0, 4)).toEqual(whole.slice(0, 4));
    expect(bytes[8000]).not.toBe(whole[8000]);

    // The new one is as solid as the old one: parts of it match the whole.
    const headers = { range: "bytes=900-1999", "if-range": changed };
    const part = await ask(urls.space, { headers });
    expect(part.status).toBe(206);
    expect(await bytesOf(part)).toEqual(bytes.slice(900, 2000));
    expect((await ask(urls.space, { headers: { "if-none-match": changed } })).status).toBe(304);

    // Another medium begins for itself, and the file that is stored is what it was.
    const other = recordingIn({ ...setScene(), platform });
    expect((await drain(await askAnything(other.urls.space))).received).toBe(1000);
    platform.faults.clear();
    expect(await bytesOf(await ask(urls.space))).toEqual(whole);
    expect(recording.files.wav.etag).toBe(etag);
  });

  test("with a careless If-Range sends a part of the new one to who asks for the old", async () => {
    const { ask, urls, recording } = withFault({ kind: "newVersion", ifRange: "ignore" });
    const { etag } = recording.files.wav;
    const headers = { range: "bytes=9000-9009", "if-range": etag };
    const response = await ask(urls.space, { headers });
    expect(response.status).toBe(206);
    expect(response.headers.get("etag")).not.toBe(etag);
  });

  test("streams the same bytes that it has in parts", async () => {
    const scene = setScene();
    const { recording, urls } = scene.platform.addRecording({ size: 700_000 });
    scene.platform.faults.add({ kind: "newVersion" });
    const whole = await bytesOf(await scene.ask(urls.space));
    const headers = { range: "bytes=100000-100999" };
    expect(await bytesOf(await scene.ask(urls.space, { headers }))).toEqual(
      whole.slice(100_000, 101_000),
    );
    expect(whole).not.toEqual(recording.files.wav.bytes());
  });
});

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
  test.each([429, 500, 502, 503, 504] as const)("%i, in the words of each API", async (status) => {
    const { askAnything, urls, space, root } = withFault({ kind: "status", status });
    const compat = await askAnything(urls.space);
    expect(compat.status).toBe(status);
    expect(await compat.json()).toMatchObject({ code: 20_000 + status, status });
    const rest = await askAnything(space("/api/projects"), { headers: root });
    expect(rest.status).toBe(status);
    expect(await rest.json()).toEqual({ error: expect.any(String) });
    expect(rest.headers.has("retry-after")).toBe(false);
  });

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

describe("whom a fault hits", () => {
  test("one medium, on the space, the files and the storage host", async () => {
    const scene = setScene();
    const { recording, urls } = recordingIn(scene);
    const other = recordingIn(scene);
    const { platform, askAnything, root } = scene;
    platform.faults.add({ kind: "status", status: 500, media: recording.id.toUpperCase() });
    for (const url of [urls.space, urls.spaceWav, urls.spaceMp3, urls.files, urls.filesMp3]) {
      expect((await askAnything(url)).status, url).toBe(500);
    }
    expect((await askAnything(urls.metadata, { headers: root })).status).toBe(200);
    expect((await askAnything(other.urls.files)).status).toBe(200);
    const fax = platform.addFaxMedia();
    const attachment = platform.addMessageMedia();
    for (const { media, urls } of [fax, attachment]) {
      platform.faults.add({ kind: "status", status: 503, media: media.id });
      expect((await askAnything(urls.space)).status).toBe(503);
      expect((await askAnything(urls.files)).status).toBe(503);
    }
    platform.faults.clear();
    platform.setSwitches({ redirectToStorage: true });
    platform.faults.add({ kind: "cut", media: recording.id });
    const stored = await askAnything(urls.files);
    expect(new URL(stored.url).origin).toBe(platform.origins.storage);
    expect((await drain(stored)).error).toEqual(new TypeError("terminated"));
  });

  test("one operation, HEAD included, and no other", async () => {
    const { askAnything, space, account, root } = withFault({
      kind: "status",
      status: 503,
      route: "GET /api/projects",
    });
    const headers = root;
    expect((await askAnything(space("/api/projects"), { headers })).status).toBe(503);
    expect((await askAnything(space("/api/projects"), { method: "HEAD", headers })).status).toBe(
      503,
    );
    const created = await askAnything(space("/api/projects"), sending("POST", root, { name: "a" }));
    expect(created.status).toBe(201);
    expect((await askAnything(account("/Recordings"), { headers })).status).toBe(200);
  });

  test("never the control endpoints, nor a preflight", async () => {
    const { askAnything, space } = withFault({ kind: "status", status: 500 });
    expect((await askAnything(space("/__mock/faults"))).status).toBe(200);
    const preflight = await askAnything(space("/api/projects"), {
      method: "OPTIONS",
      headers: { origin: "https://a.example", "access-control-request-method": "GET" },
    });
    expect(preflight.status).toBe(204);
    expect((await askAnything(space("/nothing"))).status).toBe(500);
    const cleared = await askAnything(space("/__mock/faults"), { method: "DELETE" });
    expect(cleared.status).toBe(204);
    expect((await askAnything(space("/nothing"))).status).toBe(404);
  });

  test("nobody after a reset", async () => {
    const { platform, ask } = withFault({ kind: "status", status: 500 });
    platform.reset();
    expect(platform.faults.size).toBe(0);
    expect((await ask(platform.addRecording().urls.space)).status).toBe(200);
  });

  test("denials are not made faulty answers", async () => {
    const { askAnything, urls, platform, projectId } = withFault({ kind: "errorBody" });
    platform.setProtection(projectId, { recordings: true });
    expect((await askAnything(urls.space)).status).toBe(401);
  });
});

describe("the header x-mock-fault", () => {
  test("breaks the request that carries it, before any other fault", async () => {
    const { askAnything, urls, platform } = withFault({ kind: "status", status: 500 });
    const headers = { "x-mock-fault": "cut; after=100" };
    expect((await drain(await askAnything(urls.space, { headers }))).received).toBe(100);
    expect(platform.faults.list()[0]?.hits).toBe(0);
    expect((await askAnything(urls.space)).status).toBe(500);
  });

  test.each([
    ["cut; afer=1", 'x-mock-fault: A fault cut has no field "afer".'],
    ["cut after 1", "x-mock-fault: It must be written: kind; name=value; …"],
  ])("%s is a 400 that says what is wrong", async (header, error) => {
    const { askAnything, space, account, root, platform } = setScene();
    for (const url of [space("/api/projects"), account("/Recordings"), space("/nothing")]) {
      const response = await askAnything(url, { headers: { ...root, "x-mock-fault": header } });
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({ error });
    }
    expect(platform.journal.entries().map(({ fault, status }) => [fault, status])).toEqual(
      Array(3).fill([null, 400]),
    );
  });
});

describe("/__mock/faults", () => {
  test("adds, shows, removes and clears", async () => {
    const { askAnything, space, platform } = setScene();
    const url = space("/__mock/faults");
    const cut = { kind: "cut", after: 5, route: "GET /api/projects" };
    const added = await askAnything(url, sending("POST", {}, cut));
    expect(added.status).toBe(201);
    expect(await added.json()).toEqual({ id: "fault-1", hits: 0, ...cut });
    await askAnything(url, sending("POST", {}, { kind: "stall" }));
    await askAnything(space("/nothing"));
    expect(await json(askAnything(url))).toEqual({
      faults: [
        { id: "fault-1", hits: 0, ...cut },
        { id: "fault-2", hits: 1, kind: "stall" },
      ],
    });
    expect((await askAnything(`${url}/fault-1`, { method: "DELETE" })).status).toBe(204);
    expect((await askAnything(`${url}/fault-1`, { method: "DELETE" })).status).toBe(404);
    expect(platform.faults.list().map(({ id }) => id)).toEqual(["fault-2"]);
    expect((await askAnything(url, { method: "DELETE" })).status).toBe(204);
    expect(platform.faults.size).toBe(0);
  });

  test.each([
    ["no JSON", "{"],
    ["an unknown kind", '{"kind":"boom"}'],
    ["an operation the contract does not have", '{"kind":"cut","route":"GET /api/projets"}'],
    ["a wrong value", '{"kind":"cut","after":-1}'],
  ])("refuses %s, and says what is wrong", async (_, body) => {
    const { askAnything, space, platform } = setScene();
    const response = await askAnything(space("/__mock/faults"), { method: "POST", body });
    expect(response.status).toBe(422);
    expect(await response.json()).toEqual({ error: expect.stringMatching(/\w+.+\./) });
    expect(platform.faults.size).toBe(0);
  });
});

test("the journal tells which fault hit", async () => {
  const { askAnything, urls, platform } = withFault({ kind: "notReady", requests: 1 });
  await askAnything(urls.space);
  await askAnything(urls.space);
  expect(
    platform.journal.entries().map(({ fault, status, decision }) => [fault, status, decision]),
  ).toEqual([
    ["notReady", 404, "allow"],
    [null, 200, "allow"],
  ]);
});
