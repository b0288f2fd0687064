import { describe, expect, test } from "vitest";
import { type Scene, setScene } from "../scene.js";
import { bytesOf, drain, recordingIn, size, withFault } from "./fault-scene.js";

// In process. What only a socket can show is in faults-http.test.ts.

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
