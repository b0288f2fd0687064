import "@media-protection/mock/vitest";
import { createServer, request } from "node:http";
import { type AddressInfo, type LookupFunction, Socket } from "node:net";
import { createPlatform } from "@media-protection/mock";
import { handlers, setupMock } from "@media-protection/mock/node";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { basic } from "../scene.js";

// Each refusal is told there.
const printed = vi.spyOn(console, "error").mockImplementation(() => undefined);
beforeEach(() => void printed.mockClear());
afterAll(() => printed.mockRestore());

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/**
 * The network as the tests want it: every connection, to whatever host and port, is led to a server on
 * loopback that counts. What leaves is seen there, network or none.
 */
async function countingNetwork() {
  let count = 0;
  const server = createServer((_, response) => {
    response.end("the real one");
  });
  server.on("connection", () => count++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const connect = Socket.prototype.connect;
  const spy = vi.spyOn(Socket.prototype, "connect").mockImplementation(function (this: Socket) {
    // Called as Node's own fetch and http call it; where to is all that differs.
    return Reflect.apply(connect, this, [port, "127.0.0.1"]);
  });
  open.push(() => {
    spy.mockRestore();
    server.closeAllConnections();
    server.close();
  });
  return { count: () => count };
}

function listening(options?: Parameters<typeof setupMock>[0]) {
  const mock = setupMock(options);
  mock.listen();
  open.push(mock.close);
  return mock;
}

const { projectId, apiToken } = createPlatform().credentials;
const credentials = basic(projectId, apiToken);

describe("under MSW nothing leaves for the real platform", () => {
  test("and the network of these tests would see it", async () => {
    const network = await countingNetwork();
    expect(await (await fetch("http://elsewhere.example:8080/")).text()).toBe("the real one");
    expect(network.count()).toBe(1);
  });

  const urls = [
    "https://other.signalwire.com/api/projects",
    "https://signalwire.com/",
    "https://a.b.signalwire.com/",
    "https://example.signalwire.com./api/projects",
    "https://other.signalwire.com../",
    "https://OTHER.SignalWire.com/",
    "http://example.signalwire.com/api/projects",
    "https://example.signalwire.com:8443/api/projects",
    "http://files.signalwire.com:80/x",
    "https://user@files.signalwire.com:444/x",
  ];

  test.each(urls)("not by fetch to %s", async (url) => {
    const network = await countingNetwork();
    listening();
    const target = url.replace("user@", "");
    await expect(fetch(target, { headers: credentials })).rejects.toThrow(TypeError);
    expect(network.count()).toBe(0);
    expect(printed).toHaveBeenCalledTimes(1);
    expect(String(printed.mock.calls)).not.toContain(credentials.authorization);
  });

  test.each(["other.signalwire.com", "example.signalwire.com."])(
    "not by node:http to %s",
    async (hostname) => {
      let count = 0;
      const server = createServer((_, response) => response.end());
      server.on("connection", () => count++);
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      open.push(() => server.close());
      const { port } = server.address() as AddressInfo;
      /** Whether it is answered; every name leads to the server that counts. */
      const ask = () =>
        new Promise<boolean>((resolve) => {
          const lookup: LookupFunction = (_, { all }, found) =>
            all === true
              ? found(null, [{ address: "127.0.0.1", family: 4 }])
              : found(null, "127.0.0.1", 4);
          const options = { hostname, port, lookup, agent: false, headers: credentials };
          request(options, (response) => {
            response.resume();
            resolve(true);
          })
            .on("error", () => resolve(false))
            .end();
        });
      expect(await ask()).toBe(true);
      expect(count).toBe(1);
      listening();
      expect(await ask()).toBe(false);
      expect(count).toBe(1);
    },
  );

  test.each(["bypass", "warn"] as const)("whatever %s says of the rest", async (strategy) => {
    const network = await countingNetwork();
    listening({ onUnhandledRequest: strategy });
    await expect(fetch("https://other.signalwire.com/")).rejects.toThrow(TypeError);
    expect(network.count()).toBe(0);
  });

  test("with handlers() in a server of one's own, but for what handlers before it answer", async () => {
    const network = await countingNetwork();
    const mine = http.get("https://api.signalwire.com/x", () => HttpResponse.text("mine"));
    const server = setupServer(mine, ...handlers(createPlatform()));
    server.listen({ onUnhandledRequest: "bypass" });
    open.push(() => server.close());
    await expect(fetch("https://other.signalwire.com/")).rejects.toThrow(TypeError);
    expect(await (await fetch("https://api.signalwire.com/x")).text()).toBe("mine");
    expect(network.count()).toBe(0);
  });

  test.each(["http://signalwire.com.example/", "http://notsignalwire.com/"])(
    "and %s, whose name only looks like it, is let through",
    async (url) => {
      const network = await countingNetwork();
      listening({ onUnhandledRequest: "bypass" });
      expect((await fetch(url)).status).toBe(200);
      expect(network.count()).toBe(1);
    },
  );
});

describe("under MSW credentials for strangers are seen", () => {
  test.each<[string, string, RequestInit]>([
    ["in Authorization", "/", { headers: credentials }],
    ["in base64 without Basic", "/", { headers: { "x-auth": btoa(`${projectId}:${apiToken}`) } }],
    ["in base64 in the query", `/?a=${encodeURIComponent(btoa(`x${apiToken}`))}`, {}],
    ["in base64url in the path", `/${btoa(`xy${apiToken}`).replace(/=+$/, "")}/a`, {}],
    ["plain in the query", `/?a=${apiToken}`, {}],
    ["percent-encoded twice", `/?a=%2550${apiToken.slice(1)}`, {}],
  ])("%s", async (_, path, init) => {
    await countingNetwork();
    const { platform } = listening({ onUnhandledRequest: "bypass" });
    await fetch(platform.origins.space);
    expect(platform.journal).toHaveNoCredentialsOutside(["space", "files"]);
    await fetch(`http://elsewhere.example${path}`, init);
    expect(platform.journal).not.toHaveNoCredentialsOutside(["space", "files"]);
    expect(platform.journal).toHaveNoCredentialsOutside(["space", "http://elsewhere.example"]);
    expect(JSON.stringify(platform.journal.entries())).not.toContain(apiToken);
  });

  test("at other hosts of signalwire.com, though they are refused", async () => {
    const { platform } = listening();
    await fetch("https://other.signalwire.com/", { headers: credentials }).catch(() => undefined);
    expect(platform.journal).not.toHaveNoCredentialsOutside(["space", "files"]);
  });

  test("and what brings none is not the journal's affair", async () => {
    await countingNetwork();
    const { platform } = listening({ onUnhandledRequest: "bypass" });
    await fetch("http://elsewhere.example/");
    expect(platform.journal.size).toBe(0);
  });
});

describe("redirects under MSW", () => {
  test("without end fail like those of fetch, and let timers run meanwhile", async () => {
    const { platform } = listening();
    platform.faults.add({ kind: "redirect", hops: "loop" });
    let ran = false;
    setTimeout(() => {
      ran = true;
    }, 0);
    await expect(fetch(platform.addRecording().urls.space)).rejects.toThrow(TypeError);
    expect(ran).toBe(true);
    expect(platform.journal.size).toBe(21);
  });

  test("up to twenty of them are followed", async () => {
    const { platform } = listening();
    platform.faults.add({ kind: "redirect", hops: 20 });
    expect((await fetch(platform.addRecording().urls.space)).status).toBe(200);
  });
});

test("a callback's receiver is let through, and what it answers is not waited for to its end", async () => {
  const mock = setupMock();
  mock.listen();
  open.push(() => mock.close());
  mock.platform.addRecording();
  const server = createServer((asked, response) => {
    asked.resume();
    response.writeHead(403).end("no");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => server.close());
  open.push(() => server.closeAllConnections());
  // The server listens on TCP, so its address is not a pipe's name.
  const to = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
  // No shorter than this test may take: to wait for the body's end would be to wait for that.
  const sent = await mock.platform.callbacks.send("recording", { to, timeout: 60_000 });
  expect(sent).toMatchObject([{ status: 403, error: null }]);
});
