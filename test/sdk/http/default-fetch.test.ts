import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { type ClientOptions, createClient } from "@media-protection/sdk";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import nock from "nock";
import {
  Agent,
  getGlobalDispatcher,
  interceptors,
  MockAgent,
  Pool,
  ProxyAgent,
  RetryAgent,
  setGlobalDispatcher,
} from "undici";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { projectId, recording } from "../../helpers/origins/hostile-case.js";

// What sends the requests in Node where a client is told nothing: Node's own HTTP client, unless the user
// put something in its way; each with the real library.

const path = `/api/laml/2010-04-01/Accounts/${projectId}/Recordings/${recording.recordingId}`;
const wav = { "content-type": "audio/wav", "content-length": "4" };

// It begins to intercept where it is imported.
nock.restore();

let origin: string;
let server: ReturnType<typeof createHttpServer>;
/** Whether each request came from the global fetch, which sends a field that nobody else does. */
const byFetch: boolean[] = [];

beforeEach(async () => {
  byFetch.length = 0;
  server = createHttpServer((request, response) => {
    byFetch.push(request.headers["sec-fetch-mode"] !== undefined);
    response.writeHead(200, wav).end("RIFF");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  vi.unstubAllGlobals();
  server.close();
  server.closeAllConnections();
});

const clientOf = (options: Partial<ClientOptions> = {}) =>
  createClient({
    space: origin,
    projectId,
    apiToken: "PT-synthetic",
    retry: { retries: 0 },
    ...options,
  });

async function download(options: Partial<ClientOptions> = {}): Promise<string> {
  const media = await clientOf(options).media.download(recording);
  return new TextDecoder().decode(await media.bytes());
}

describe("by default", () => {
  test("Node's own HTTP client sends, also after the global fetch was used", async () => {
    expect(await download()).toBe("RIFF");
    await (await fetch(`${origin}/`)).text();
    expect(await download()).toBe("RIFF");
    expect(byFetch).toEqual([false, true, false]);
  });
});

describe("it gives way to", () => {
  test("the option fetch", async () => {
    expect(await download({ fetch: (url, init) => fetch(url, init) })).toBe("RIFF");
    expect(byFetch).toEqual([true]);
  });

  test("a replaced global fetch, for as long as it is replaced", async () => {
    const client = clientOf();
    const { fetch: original } = globalThis;
    const replaced = vi.fn((url: string, init: RequestInit) => original(url, init));
    vi.stubGlobal("fetch", replaced);
    await (await client.media.download(recording)).bytes();
    vi.unstubAllGlobals();
    await (await client.media.download(recording)).bytes();
    expect(replaced).toHaveBeenCalledTimes(1);
    expect(byFetch).toEqual([true, false]);
  });

  test("a replaced global fetch that reads like undici's", async () => {
    const replaced = vi.fn();
    vi.stubGlobal("fetch", function fetch(input: string, init = undefined) {
      replaced(input, "fetchImpl undici");
      return Promise.resolve(new Response(init === undefined ? "" : "RIFF", { headers: wav }));
    });
    expect(await download()).toBe("RIFF");
    expect(replaced).toHaveBeenCalledTimes(1);
    expect(byFetch).toEqual([]);
  });

  test("MSW", async () => {
    const mock = setupServer(
      http.get(`${origin}${path}`, () => new HttpResponse("MOCK", { headers: wav })),
    );
    mock.listen();
    try {
      expect(await download()).toBe("MOCK");
    } finally {
      mock.close();
    }
    expect(await download()).toBe("RIFF");
    expect(byFetch).toEqual([false]);
  });

  test("nock", async () => {
    nock.activate();
    nock(origin).get(path).reply(200, "MOCK", wav);
    try {
      expect(await download()).toBe("MOCK");
    } finally {
      nock.cleanAll();
      nock.restore();
    }
    expect(await download()).toBe("RIFF");
    expect(byFetch).toEqual([false]);
  });

  describe("a dispatcher of undici that is set for all,", () => {
    const usual = getGlobalDispatcher();
    afterEach(() => setGlobalDispatcher(usual));

    test("a mock agent", async () => {
      const agent = new MockAgent();
      agent.disableNetConnect();
      agent.get(origin).intercept({ path }).reply(200, "MOCK", { headers: wav });
      setGlobalDispatcher(agent);
      expect(await download()).toBe("MOCK");
      expect(byFetch).toEqual([]);
    });

    test.each<[string, () => Agent | RetryAgent]>([
      ["an agent with an option", () => new Agent({ keepAliveTimeout: 1000 })],
      ["an agent with a way to connect", () => new Agent({ connect: { timeout: 1000 } })],
      [
        "an agent with a factory",
        () => new Agent({ factory: (to, options) => new Pool(to, options) }),
      ],
      ["a retrying agent", () => new RetryAgent(new Agent())],
      ["a composed agent", () => new Agent().compose(interceptors.redirect({})) as Agent],
    ])("%s", async (_, make) => {
      setGlobalDispatcher(make());
      expect(await download()).toBe("RIFF");
      expect(byFetch).toEqual([true]);
    });

    test("an agent for a proxy", async () => {
      const seen: string[] = [];
      const proxy: Server = createServer((socket) => {
        socket.once("data", (data) => {
          seen.push(String(data).split("\r\n", 1)[0] ?? "");
          socket.end("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n");
        });
      });
      await once(proxy.listen(0, "127.0.0.1"), "listening");
      setGlobalDispatcher(
        new ProxyAgent(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`),
      );
      await expect(download()).rejects.toThrow();
      expect(seen).toHaveLength(1);
      expect(byFetch).toEqual([]);
      proxy.close();
    });

    test("but not to one without any option", async () => {
      setGlobalDispatcher(new Agent());
      expect(await download()).toBe("RIFF");
      expect(byFetch).toEqual([false]);
    });
  });
});

describe("a kept connection that the server has just closed", () => {
  /** Answers the first request of each connection, and drops the connection at the second. */
  async function dropping() {
    const requests: string[] = [];
    const closing = createServer((socket) => {
      let count = 0;
      socket.on("error", () => {});
      socket.on("data", (data) => {
        requests.push(String(data).split(" ", 1)[0] ?? "");
        if (count++ > 0) return void socket.resetAndDestroy();
        const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2";
        socket.write(`${head}\r\n\r\n{}`);
      });
    });
    await once(closing.listen(0, "127.0.0.1"), "listening");
    const space = `http://127.0.0.1:${(closing.address() as AddressInfo).port}`;
    const client = clientOf({ space });
    return { client, requests, end: () => closing.close() };
  }

  test.each(["GET", "PATCH", "DELETE"] as const)("is replaced for a %s", async (method) => {
    const { client, requests, end } = await dropping();
    const params = { path: { id: projectId } };
    await client.api.GET("/api/projects");
    const again = {
      GET: () => client.api.GET("/api/projects/{id}", { params }),
      PATCH: () => client.api.PATCH("/api/projects/{id}", { params, body: {} }),
      DELETE: () => client.api.DELETE("/api/projects/{id}", { params }),
    };
    await again[method]();
    expect(requests).toEqual(["GET", method, method]);
    end();
  });

  test("is an error of a POST, which may have been acted on", async () => {
    const { client, requests, end } = await dropping();
    await client.api.GET("/api/projects");
    await expect(client.projects.create({ name: "Clinic" })).rejects.toMatchObject({
      name: "ConnectionError",
    });
    expect(requests).toEqual(["GET", "POST"]);
    end();
  });
});
