import { get, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import type { Fault } from "@media-protection/mock";
import { setupMock } from "@media-protection/mock/node";
import { type MockServer, startMockServer } from "@media-protection/mock/server";
import { afterEach, describe, expect, test, vi } from "vitest";

// Over real sockets, and under MSW: how a fault looks to a client that knows nothing of the mock.

const size = 400_000;
const open: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function serving(fault: Fault, options: { size?: number } = {}) {
  const server = await startMockServer({ port: 0, platform: { seed: "empty" } });
  open.push(() => server.close());
  const { recording, urls } = server.platform.addRecording({ size: options.size ?? size });
  server.platform.faults.add({ media: recording.id, ...fault });
  return { server, urls, whole: Buffer.from(recording.files.wav.bytes()) };
}

/** What a client of Node's own sees, which hides nothing. */
async function read(url: string, headers: Record<string, string> = {}) {
  const chunks: Buffer[] = [];
  let error: NodeJS.ErrnoException | undefined;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    // An agent of its own, so that no connection is taken from another request.
    get(url, { headers, agent: false }, resolve).on("error", reject);
  });
  const ended = new Promise<boolean>((resolve) =>
    response.on("close", () => resolve(response.complete)),
  );
  response.on("data", (chunk: Buffer) => chunks.push(chunk));
  response.on("error", (raised) => {
    error = raised;
  });
  const complete = await ended;
  return { response, complete, error, body: Buffer.concat(chunks) };
}

async function stillAnswers({ platform, url }: MockServer): Promise<void> {
  expect((await fetch(`${url}/api/projects`)).status).toBe(401);
  expect(platform.journal.entries().at(-1)?.status).toBe(401);
}

describe("over HTTP", () => {
  test.each([0, 1, 1000, 65_536, 100_000, size - 1])(
    "a cut after %i bytes delivers them, and closes the connection",
    async (after) => {
      const { server, urls, whole } = await serving({ kind: "cut", after });
      const { response, complete, error, body } = await read(urls.space);
      expect(response.statusCode).toBe(200);
      expect(response.headers["content-length"]).toBe(String(size));
      expect(complete).toBe(false);
      expect(error?.code).toBe("ECONNRESET");
      // Node says "aborted" of a connection that was closed too early, and ECONNRESET of both.
      expect(error?.message).toBe("aborted");
      expect(body.equals(whole.subarray(0, after))).toBe(true);
      await stillAnswers(server);
    },
  );

  test.each([0, 1000, 100_000])("a reset after %i bytes breaks the connection", async (after) => {
    const { server, urls, whole } = await serving({ kind: "reset", after });
    const { response, complete, body } = await read(urls.space);
    expect(response.statusCode).toBe(200);
    expect(complete).toBe(false);
    // The system may throw away what it had not handed over.
    expect(body.length).toBeLessThanOrEqual(after);
    expect(whole.subarray(0, body.length).equals(body)).toBe(true);
    await stillAnswers(server);
  });

  test("a reset and a cut are different on the wire", async () => {
    expect(await endOfSocket("cut")).toBe("FIN");
    expect(await endOfSocket("reset")).toBe("RST");
  });

  test("JSON can be cut too", async () => {
    const { server } = await serving({ kind: "cut" });
    const url = `${server.url}/api/projects`;
    const { projectId, apiToken } = server.platform.credentials;
    const authorization = `Basic ${btoa(`${projectId}:${apiToken}`)}`;
    const { complete, body } = await read(url, { authorization, "x-mock-fault": "cut; after=4" });
    expect(complete).toBe(false);
    expect(body.toString()).toBe('{"li');
  });

  test("a stall lasts until the client leaves", async () => {
    const { server, urls } = await serving({ kind: "stall", after: 1000 });
    const controller = new AbortController();
    const response = await fetch(urls.space, { signal: controller.signal });
    const reader = response.body?.getReader();
    let received = 0;
    while (received < 1000) received += (await reader?.read())?.value?.length ?? 0;
    expect(received).toBe(1000);
    const next = reader?.read();
    await stillAnswers(server);
    controller.abort();
    await expect(next).rejects.toThrow();
    await stillAnswers(server);
  });

  test("a stalled answer does not keep the server from closing", async () => {
    const { server, urls } = await serving({ kind: "stall" });
    const response = await fetch(urls.space);
    await server.close();
    await expect(response.arrayBuffer()).rejects.toThrow();
  });

  test("a length announced too long is a body cut short, one too short ends at it", async () => {
    const long = await serving({ kind: "wrongLength", by: 10 });
    const cut = await read(long.urls.space);
    expect(cut.response.headers["content-length"]).toBe(String(size + 10));
    expect(cut.complete).toBe(false);
    expect(cut.body.equals(long.whole)).toBe(true);
    const short = await serving({ kind: "wrongLength", by: -10 });
    const ended = await read(short.urls.space);
    expect(ended.body.equals(short.whole.subarray(0, -10))).toBe(true);
    await stillAnswers(short.server);
  });

  test("a throttled body comes whole", async () => {
    const server = await startMockServer({
      port: 0,
      platform: { seed: "empty", wait: () => Promise.resolve() },
    });
    open.push(() => server.close());
    const { recording, urls } = server.platform.addRecording({ size });
    server.platform.faults.add({ kind: "throttle", bytesPerSecond: 200_000 });
    const { complete, body } = await read(urls.files);
    expect(complete).toBe(true);
    expect(body.equals(recording.files.wav.bytes())).toBe(true);
  });

  test("a client that leaves ends the wait for its answer", async () => {
    let waiting = () => {};
    const waits = new Promise<void>((resolve) => {
      waiting = resolve;
    });
    let ended = () => {};
    const left = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const server = await startMockServer({
      port: 0,
      platform: {
        wait: (_, signal) => {
          waiting();
          return new Promise((resolve) =>
            signal.addEventListener("abort", () => {
              ended();
              resolve();
            }),
          );
        },
      },
    });
    open.push(() => server.close());
    server.platform.faults.add({ kind: "latency", ms: 1, times: 1 });
    const controller = new AbortController();
    const asked = fetch(`${server.url}/api/projects`, { signal: controller.signal });
    await waits;
    controller.abort();
    await expect(asked).rejects.toThrow();
    await left;
    await stillAnswers(server);
  });

  test("statuses, error bodies and redirects are what they are in process", async () => {
    const { server, urls, whole } = await serving({
      kind: "status",
      status: 429,
      retryAfter: 3,
      times: 1,
    });
    const refused = await fetch(urls.space);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "3"]);
    server.platform.faults.clear();
    const header = (value: string) => ({ headers: { "x-mock-fault": value } });
    const error = await fetch(urls.files, header("errorBody"));
    expect([error.status, await error.json()]).toEqual([200, { error: "Internal Server Error" }]);
    const redirected = await fetch(urls.files, header("redirect; hops=4"));
    expect(redirected.redirected).toBe(true);
    expect(Buffer.from(await redirected.arrayBuffer()).equals(whole)).toBe(true);
    await expect(fetch(urls.files, header("redirect; hops=loop"))).rejects.toThrow();
    const head = await fetch(urls.files, { ...header("cut; after=5"), method: "HEAD" });
    expect([head.status, head.headers.get("content-length")]).toEqual([200, String(size)]);
  });

  test("nothing is printed about what was commanded", async () => {
    const spies = (["error", "warn", "info", "log"] as const).map((method) =>
      vi.spyOn(console, method).mockImplementation(() => undefined),
    );
    open.push(() => vi.restoreAllMocks());
    for (const kind of ["cut", "reset", "stall"] as const) {
      const { server, urls } = await serving({ kind, after: 100_000 });
      const response = await fetch(urls.space);
      if (kind === "stall") await server.close();
      await expect(response.arrayBuffer()).rejects.toThrow();
      await server.close();
    }
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  });
});

/**
 * How a socket ends that asks for a medium and never writes again. The end comes only once the client
 * has read what was before it: libuv takes a reset that comes with data for a proper end.
 */
async function endOfSocket(kind: "cut" | "reset"): Promise<"FIN" | "RST"> {
  const server = await startMockServer({ port: 0, platform: { seed: "empty" } });
  open.push(() => server.close());
  let goOn = () => {};
  const received = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const chunks = (async function* () {
    yield new Uint8Array(10);
    await received;
    yield new Uint8Array(10);
  })();
  const { urls } = server.platform.addRecording({
    wav: {
      size: 2 ** 30,
      etag: '"slow"',
      lastModified: new Date(0),
      contentType: "audio/wav",
      extension: "wav",
      bytes: () => new Uint8Array(),
      stream: () =>
        new ReadableStream({
          async pull(controller) {
            const { value } = await chunks.next();
            if (value) controller.enqueue(value);
          },
        }),
    },
  });
  server.platform.faults.add({ kind, after: 10 });
  const { hostname, port, pathname } = new URL(urls.space);
  const socket = connect(Number(port), hostname);
  open.push(() => socket.destroy());
  socket.write(`GET ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
  let text = "";
  socket.setEncoding("latin1").on("data", (chunk) => {
    text += chunk;
    if (text.endsWith(`\r\n\r\n${"\0".repeat(10)}`)) goOn();
  });
  return new Promise((resolve, reject) => {
    socket.on("end", () => resolve("FIN"));
    socket.on("error", (error: NodeJS.ErrnoException) =>
      error.code === "ECONNRESET" ? resolve("RST") : reject(error),
    );
  });
}

describe("under MSW", () => {
  test.each(["cut", "reset"] as const)("a %s is a body that fails", async (kind) => {
    const mock = setupMock();
    mock.listen();
    open.push(mock.close);
    const { urls } = mock.platform.addRecording({ size });
    mock.platform.faults.add({ kind, after: 1000 });
    const response = await fetch(urls.space);
    expect(response.status).toBe(200);
    await expect(response.arrayBuffer()).rejects.toThrow(TypeError);
    mock.reset();
    expect(mock.platform.faults.size).toBe(0);
  });

  test("statuses and the header work as over HTTP", async () => {
    const mock = setupMock();
    mock.listen();
    open.push(mock.close);
    const { urls } = mock.platform.addRecording();
    const headers = { "x-mock-fault": "status; status=503; retryAfter=1" };
    const refused = await fetch(urls.space, { headers });
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
    expect((await fetch(urls.space)).status).toBe(200);
  });
});
