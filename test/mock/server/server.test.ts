import { request as httpRequest } from "node:http";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { networkInterfaces } from "node:os";
import { createPlatform, OptionError } from "@media-protection/mock";
import { type MockServer, PortInUseError, startMockServer } from "@media-protection/mock/server";
import { afterEach, describe, expect, test } from "vitest";
import { validatingFetch } from "../../helpers/contract/contract.js";
import { basic, sending } from "../scene.js";

/** What the contract has is held against it; the rest is asked for with the global one. */
const fetch = validatingFetch();

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function start(options: Parameters<typeof startMockServer>[0] = {}): Promise<MockServer> {
  const server = await startMockServer({ port: 0, ...options });
  open.push(() => server.close());
  return server;
}

const portOf = (origin: string) => Number(new URL(origin).port);

/** A port that somebody else listens on. */
async function takePort(port = 0): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  open.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** Sends bytes as they are and answers what comes back, until the connection ends. */
function sendRaw(origin: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(portOf(origin), "127.0.0.1");
    let answer = "";
    socket.setEncoding("latin1");
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
    socket.end(text);
  });
}

describe("a local server", () => {
  test("listens on three ports of this machine, and the platform knows them", async () => {
    const { platform, origins, url } = await start();
    expect(platform.origins).toBe(origins);
    expect(url).toBe(origins.space);
    for (const origin of Object.values(origins)) {
      expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect((await globalThis.fetch(`${origin}/nothing`)).status).toBeGreaterThanOrEqual(403);
    }
    expect(new Set(Object.values(origins)).size).toBe(3);
  });

  test("puts its origins into every URL that it answers", async () => {
    const { platform, url, origins } = await start();
    const { projectId, apiToken } = platform.credentials;
    const headers = basic(projectId, apiToken);
    const list = await (await fetch(`${url}/api/projects?page_size=1`, { headers })).json();
    expect(new URL(list.links.next).origin).toBe(origins.space);
    expect((await fetch(list.links.next, { headers })).status).toBe(200);
    const { urls } = platform.addFaxMedia();
    expect(new URL(urls.files).origin).toBe(origins.files);
    expect((await fetch(urls.files)).status).toBe(200);
  });

  test("takes a port and the two after it", async () => {
    // A free port whose neighbours are free as well is found by trying.
    for (let port = 20_000 + (process.pid % 20_000); ; port += 7) {
      const server = await start({ port }).catch((error: unknown) => {
        if (error instanceof PortInUseError) return undefined;
        throw error;
      });
      if (server === undefined) continue;
      expect(Object.values(server.origins).map(portOf)).toEqual([port, port + 1, port + 2]);
      break;
    }
  });

  test("serves a platform that is there, or makes one from options", async () => {
    const platform = createPlatform({ spaceName: "acme" });
    expect((await start({ platform })).platform).toBe(platform);
    const made = await start({ platform: { apiToken: "mine", switches: { deniedStatus: 403 } } });
    expect(made.platform.credentials.apiToken).toBe("mine");
    expect(made.platform.switches.deniedStatus).toBe(403);
  });

  test("stands beside others without knowing them", async () => {
    const [first, second] = await Promise.all([start(), start()]);
    const { projectId } = first.platform.credentials;
    const path = new URL(first.platform.addRecording().urls.space).pathname;
    first.platform.setProtection(projectId, { recordings: true });
    expect((await fetch(first.url + path)).status).toBe(401);
    expect((await fetch(second.url + path)).status).toBe(404);
  });

  const hasIpv6 = Object.values(networkInterfaces())
    .flat()
    .some((address) => address?.address === "::1");
  test.skipIf(!hasIpv6)("answers by IPv6, too", async () => {
    const { url } = await start({ host: "::1" });
    expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect((await fetch(`${url}/api/projects`)).status).toBe(401);
  });

  test("leaves the globals of its process alone", async () => {
    const before = { Request: globalThis.Request, Response: globalThis.Response };
    await start();
    expect(globalThis.Request).toBe(before.Request);
    expect(globalThis.Response).toBe(before.Response);
    expect(before.Response.name).toBe("Response");
    expect(Object.getPrototypeOf(before.Response)).toBe(Function.prototype);
  });

  test.each([-1, 65_534, 1.5, Number.NaN])("refuses the port %s", async (port) => {
    await expect(startMockServer({ port })).rejects.toThrow(OptionError);
  });
});

describe("a port in use", () => {
  test("is an error that names it", async () => {
    const port = await takePort();
    const failed = startMockServer({ port });
    await expect(failed).rejects.toBeInstanceOf(PortInUseError);
    await expect(failed).rejects.toMatchObject({
      port,
      host: "127.0.0.1",
      message: `Port ${port} on 127.0.0.1 is in use. Choose another port.`,
    });
  });

  test.each([1, 2])("closes what was opened before, when it is port + %i", async (offset) => {
    const taken = await takePort();
    await expect(startMockServer({ port: taken - offset })).rejects.toBeInstanceOf(PortInUseError);
    // The ports before it are free again.
    for (let port = taken - offset; port < taken; port++) expect(await takePort(port)).toBe(port);
  });
});

describe("closing", () => {
  test("ends idle connections and answers in the middle, and frees the ports", async () => {
    const server = await startMockServer({ port: 0 });
    const { urls } = server.platform.addRecording({ size: 2 ** 30 });
    const response = await fetch(urls.space);
    const reader = response.body?.getReader();
    await reader?.read();
    await server.close();
    const drain = async () => {
      while (!(await reader?.read())?.done);
    };
    await expect(drain()).rejects.toThrow();
    for (const origin of Object.values(server.origins)) {
      expect(await takePort(portOf(origin))).toBe(portOf(origin));
    }
  });

  test("with grace ends when the last answer is read, though its connection be kept", async () => {
    const server = await startMockServer({ port: 0 });
    const size = 16 * 1024 * 1024;
    const { urls } = server.platform.addRecording({ size });
    const socket = connect(portOf(server.url), "127.0.0.1");
    socket.write(`GET ${new URL(urls.space).pathname} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    // More than fits into the buffers of a socket, so that the answer is in the making.
    await new Promise((resolve) => socket.once("readable", resolve));
    const closed = server.close({ grace: 600_000 });
    let got = 0;
    for await (const chunk of socket) got += chunk.length;
    expect(got).toBeGreaterThan(size);
    await closed;
  });

  test("twice is as good as once", async () => {
    const server = await startMockServer({ port: 0 });
    await Promise.all([server.close(), server.close()]);
    await server[Symbol.asyncDispose]();
  });
});

describe("a client that misbehaves", () => {
  test("by leaving in the middle ends the generation of its bytes", async () => {
    const { platform } = await start();
    let cancelled = () => {};
    const ended = new Promise<void>((resolve) => {
      cancelled = resolve;
    });
    const endless = {
      size: 2 ** 40,
      etag: '"endless"',
      lastModified: new Date(0),
      contentType: "audio/wav",
      extension: "wav",
      stream: () =>
        new ReadableStream<Uint8Array<ArrayBuffer>>({
          pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
          cancel: () => cancelled(),
        }),
      bytes: () => new Uint8Array(),
    };
    const { urls } = platform.addRecording({ wav: endless });
    const controller = new AbortController();
    const response = await fetch(urls.space, { signal: controller.signal });
    await response.body?.getReader().read();
    controller.abort();
    await ended;
    expect((await fetch(urls.metadata)).status).toBe(401);
  });

  test("by closing half of its socket still gets its answer", async () => {
    const { url } = await start();
    const answer = await sendRaw(
      url,
      "GET /api/projects HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    );
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
  });

  test.each([
    ["no HTTP at all", "hello\r\n\r\n"],
    ["no Host", "GET / HTTP/1.1\r\n\r\n"],
    ["an impossible Host", "GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n"],
    ["a header flood", `GET / HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(20_000)}\r\n\r\n`],
    ["a backslash in its path", "GET /a\\b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"],
  ])("by sending %s is refused", async (_, text) => {
    const { url } = await start();
    expect(await sendRaw(url, text)).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect((await fetch(`${url}/api/projects`)).status).toBe(401);
  });

  test("by promising a body and leaving does no harm", async () => {
    const { platform, url } = await start();
    const { projectId, apiToken } = platform.credentials;
    const { authorization } = basic(projectId, apiToken);
    await new Promise<void>((resolve) => {
      const request = httpRequest(`${url}/api/projects/${projectId}`, {
        method: "PATCH",
        headers: { authorization, "content-length": "1000" },
      });
      request.on("error", () => resolve());
      request.write('{"protect_recordings":');
      // Only once the beginning has arrived does the client leave.
      request.on("socket", (socket) =>
        socket.once("connect", () => setImmediate(() => request.destroy())),
      );
    });
    expect((await fetch(`${url}/api/projects`)).status).toBe(401);
    expect(platform.project(projectId).protectedSince.recording).toBeNull();
  });

  test("by sending a body of any length with wrong credentials is told so", async () => {
    const { platform, url } = await start();
    const init = sending("PATCH", {}, { name: "x".repeat(200_000) });
    const response = await fetch(`${url}/api/projects/${platform.credentials.projectId}`, init);
    expect(response.status).toBe(401);
  });

  test("by announcing a body larger than any is refused", async () => {
    const { platform, url } = await start();
    const { projectId, apiToken } = platform.credentials;
    const small = sending("POST", basic(projectId, apiToken), { name: "x" });
    expect((await fetch(`${url}/api/projects`, small)).status).toBe(201);
    // The same JSON, with room around it.
    const body = String(small.body).padEnd(2 ** 20 + 1);
    expect((await fetch(`${url}/api/projects`, { ...small, body })).status).toBe(400);
  });

  test("by sending a body without end is cut off", async () => {
    const { platform, url } = await start();
    const { projectId, apiToken } = platform.credentials;
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(32)),
    });
    const response = await fetch(`${url}/api/projects`, {
      method: "POST",
      headers: basic(projectId, apiToken),
      body,
      duplex: "half",
    } as RequestInit);
    expect(response.status).toBe(400);
  });
});
