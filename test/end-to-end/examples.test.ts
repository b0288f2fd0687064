import { execFile } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { getRequestListener } from "@hono/node-server";
import { type MockServer, startMockServer } from "@media-protection/mock/server";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

// Every example, as it stands in its folder, against the mock: loaded with nothing but the environment,
// behind what its platform does with it.

const folder = resolve(import.meta.dirname, "../../examples");

/** Loads an example, of which the caller knows what it exports. */
async function load<Exports>(file: string): Promise<Exports> {
  // Safe as far as the test knows its example; what is missing fails it.
  return (await import(join(folder, file))) as Exports;
}

type WebHandler = (request: Request) => Promise<Response>;

const web = (handler: WebHandler): RequestListener =>
  getRequestListener(handler, { overrideGlobalObjects: false });

/** What AWS Lambda has as a global where a function streams its answer. */
function lambdaOf(answers: Map<unknown, (head: LambdaHead) => void>) {
  return {
    streamifyResponse: (handler: unknown) => handler,
    HttpResponseStream: {
      from(stream: ServerResponse, head: LambdaHead) {
        answers.get(stream)?.(head);
        return stream;
      },
    },
  };
}

interface LambdaHead {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
}

/** By folder: the file, and how its platform calls it. */
const examples: Readonly<
  Record<string, { readonly file: string; start(): Promise<RequestListener> }>
> = {
  express: {
    file: "express/server.js",
    start: async () => (await load<{ app: RequestListener }>("express/server.js")).app,
  },
  fastify: {
    file: "fastify/server.js",
    async start() {
      type App = { ready(): Promise<void>; routing: RequestListener };
      const { app } = await load<{ app: App }>("fastify/server.js");
      await app.ready();
      return app.routing;
    },
  },
  hono: {
    file: "hono/server.js",
    async start() {
      const { app } = await load<{ app: { fetch: WebHandler } }>("hono/server.js");
      return web((request) => app.fetch(request));
    },
  },
  nextjs: {
    file: "nextjs/app/recordings/[id]/route.js",
    async start() {
      type Route = { GET(request: Request, context: object): Promise<Response> };
      const { GET } = await load<Route>("nextjs/app/recordings/[id]/route.js");
      return web((request) => {
        const id = new URL(request.url).pathname.split("/").at(-1);
        return GET(request, { params: Promise.resolve({ id }) });
      });
    },
  },
  "aws-lambda": {
    file: "aws-lambda/handler.js",
    async start() {
      const answers = new Map<unknown, (head: LambdaHead) => void>();
      vi.stubGlobal("awslambda", lambdaOf(answers));
      type Module = { handler(event: object, stream: ServerResponse): Promise<void> };
      const { handler } = await load<Module>("aws-lambda/handler.js");
      return (request, response) => {
        answers.set(response, (head) => response.writeHead(head.statusCode, head.headers));
        const http = { method: request.method };
        const requestContext = { http, domainName: "media.example" };
        const event = { rawPath: request.url, headers: request.headers, requestContext };
        void handler(event, response).catch(() => response.destroy());
      };
    },
  },
  "cloudflare-workers": {
    file: "cloudflare-workers/worker.js",
    async start() {
      type Worker = { default: { fetch(request: Request, env: object): Promise<Response> } };
      const { default: worker } = await load<Worker>("cloudflare-workers/worker.js");
      return web((request) => worker.fetch(request, { ...process.env }));
    },
  },
};

let mock: MockServer;

beforeAll(async () => {
  mock = await startMockServer({ port: 0 });
  const { projectId, apiToken } = mock.platform.credentials;
  vi.stubEnv("SIGNALWIRE_SPACE", mock.origins.space);
  vi.stubEnv("SIGNALWIRE_MEDIA_ORIGINS", mock.origins.files);
  vi.stubEnv("SIGNALWIRE_PROJECT_ID", projectId);
  vi.stubEnv("SIGNALWIRE_API_TOKEN", apiToken);
  mock.platform.setProtection(projectId, { recordings: true, messageMedia: true, faxMedia: true });
});

afterAll(async () => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  await mock.close();
});

/** Serves an example on a port of this machine. */
async function serving(listener: RequestListener) {
  const server = createServer(listener);
  await once(server.listen(0, "127.0.0.1"), "listening");
  // The server listens on TCP, so its address is not a pipe's name.
  const { port } = server.address() as AddressInfo;
  const headers = { cookie: "session=synthetic" };
  return {
    ask: (path: string, fields: Record<string, string> = {}, method = "GET") =>
      fetch(`http://127.0.0.1:${port}${path}`, { method, headers: { ...headers, ...fields } }),
    bare: (path: string) => fetch(`http://127.0.0.1:${port}${path}`),
    post: (path: string, init: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Examples that are no player: each has a test of its own below. */
const others = {
  callbacks: "callbacks/server.js",
  save: "save/recordings.js",
  testing: "testing/recording.test.js",
} as const;

test("are all tested here", () => {
  // The gateway's recipes have gateway-apps.test.ts.
  const found = readdirSync(folder, { withFileTypes: true }).filter(
    (one) => one.isDirectory() && !one.name.startsWith("gateway-"),
  );
  const tested = [...Object.keys(examples), ...Object.keys(others)];
  expect(found.map(({ name }) => name).sort()).toEqual(tested.sort());
  expect(found.length).toBeGreaterThan(0);
});

describe.each(Object.entries(examples))("%s", (name, { file, start }) => {
  test("plays a protected recording, seeks in it, and refuses as a player understands", async () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => {});
    const { recording } = mock.platform.addRecording({ seconds: 2 });
    const mp3 = recording.files.mp3.bytes();
    await using server = await serving(await start());
    const path = `/recordings/${recording.id}`;

    const whole = await server.ask(path);
    expect([whole.status, whole.headers.get("content-type")]).toEqual([200, "audio/mpeg"]);
    expect(whole.headers.get("accept-ranges")).toBe("bytes");
    expect(Buffer.compare(Buffer.from(await whole.arrayBuffer()), mp3)).toBe(0);

    const part = await server.ask(path, { range: "bytes=100-199" });
    expect(part.status).toBe(206);
    expect(part.headers.get("content-range")).toBe(`bytes 100-199/${mp3.length}`);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(Buffer.from(mp3.subarray(100, 200)));

    const etag = whole.headers.get("etag") ?? "";
    expect((await server.ask(path, { "if-none-match": etag })).status).toBe(304);

    const head = await server.ask(path, {}, "HEAD");
    expect([head.status, await head.text()]).toEqual([200, ""]);

    const missing = await server.ask(`/recordings/${mock.platform.uuid()}`);
    expect(missing.status).toBe(404);
    const malformed = await server.ask("/recordings/no-id");
    expect(malformed.status).toBe(400);
    const beyond = await server.ask(path, { range: "bytes=99999999-" });
    expect(beyond.status).toBe(416);

    const { apiToken } = mock.platform.credentials;
    for (const answer of [whole, part, head, missing, malformed, beyond]) {
      expect(JSON.stringify([...answer.headers])).not.toContain(apiToken);
      expect(answer.headers.get("www-authenticate")).toBeNull();
    }
    // What the log got.
    expect(JSON.stringify(said.mock.calls)).not.toContain(apiToken);
    said.mockRestore();
  });

  test("is short enough to be read at a glance", () => {
    const lines = readFileSync(join(folder, file), "utf8").trimEnd().split("\n");
    expect(lines.length, name).toBeLessThan(60);
    expect(lines.length).toBeGreaterThan(10);
  });
});

test("express sends attachments and faxes too, to nobody who is not signed in", async () => {
  const { media, message } = mock.platform.addMessageMedia();
  const { media: page, fax } = mock.platform.addFaxMedia();
  await using server = await serving(await (examples["express"] ?? expect.fail()).start());
  for (const [path, { file }] of [
    [`/messages/${message.id}/media/${media.id}`, media],
    [`/faxes/${fax.id}/media/${page.id}`, page],
  ] as const) {
    const answer = await server.ask(path);
    expect(answer.status).toBe(200);
    expect(Buffer.compare(Buffer.from(await answer.arrayBuffer()), file.bytes())).toBe(0);
    expect((await server.bare(path)).status).toBe(403);
  }
});

describe("what else is there", () => {
  const run = async (
    file: string,
    args: readonly string[],
    cwd: string,
    flags: readonly string[] = [],
  ) =>
    promisify(execFile)(process.execPath, [...flags, join(folder, file), ...args], {
      cwd,
      env: process.env,
    });

  async function inFolder(act: (path: string) => Promise<void>): Promise<void> {
    const path = await mkdtemp(join(tmpdir(), "examples-"));
    try {
      await act(path);
    } finally {
      await rm(path, { recursive: true });
    }
  }

  test("callbacks: what a verified callback tells of is saved before it is answered", async () => {
    const { platform } = mock;
    const { projectId } = platform.credentials;
    vi.stubEnv("SIGNALWIRE_SIGNING_KEY", platform.signingKeys(projectId)[0]);
    vi.stubEnv("PUBLIC_URL", "https://hooks.example.com");
    const said = vi.spyOn(console, "log").mockImplementation(() => {});
    const refused = vi.spyOn(console, "error").mockImplementation(() => {});
    const { server } = await load<{ server: Server }>(others.callbacks);
    const { recording } = platform.addRecording({ seconds: 1 });
    await inFolder(async (path) => {
      // The example saves into the folder where it runs.
      const cwd = vi.spyOn(process, "cwd").mockReturnValue(path);
      await using receiver = await serving((request, response) => {
        server.emit("request", request, response);
      });
      const fetch = (url: string, init: RequestInit) => receiver.post(new URL(url).pathname, init);
      const to = "https://hooks.example.com/media";
      const send = { to, media: recording.id, fetch };
      const [taken] = await platform.callbacks.send("recording", send);
      const [forged] = await platform.callbacks.send("recording", { ...send, fault: "wrongKey" });
      expect([taken?.status, forged?.status]).toEqual([204, 403]);
      const saved = await readFile(join(path, "inbox", `${recording.id}.wav`));
      expect(saved.compare(recording.files.wav.bytes())).toBe(0);
      expect(said).toHaveBeenCalledOnce();
      expect(JSON.stringify(refused.mock.calls)).toContain("WebhookError");
      cwd.mockRestore();
    });
    said.mockRestore();
    refused.mockRestore();
  });

  test("save: all recordings since a day, and nothing twice", async () => {
    await inFolder(async (path) => {
      const { stdout } = await run(others.save, ["out"], path);
      const count = Number(/^(\d+) saved, 0 were there$/m.exec(stdout)?.[1]);
      expect(count).toBe(mock.platform.recordings.of(mock.platform.credentials.projectId).length);
      expect((await run(others.save, ["out"], path)).stdout).toBe(`0 saved, ${count} were there\n`);
    });
  });

  test("testing: the test passes as it stands", async () => {
    await inFolder(async (path) => {
      const { stdout } = await run(others.testing, [], path, ["--test"]);
      expect(stdout).toMatch(/pass 1/);
      expect(stdout).toMatch(/fail 0/);
    });
  });
});
