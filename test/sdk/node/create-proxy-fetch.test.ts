import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createClient } from "@media-protection/sdk";
import { createProxyFetch } from "@media-protection/sdk/node";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { selfSigned } from "../../helpers/origins/certificate.js";
import { projectId, recording } from "../../helpers/origins/hostile-case.js";

// Through a proxy, on request: proxies that stand on this machine, for hosts that do not exist, so that
// whoever goes past the proxy finds nobody.

const wav = { "content-type": "audio/wav", "content-length": "4" };
const password = "proxy-pa55word";
const withPassword = (port: number, scheme = "http") =>
  `${scheme}://operator:${password}@127.0.0.1:${port}`;
const variables = ["https_proxy", "http_proxy", "all_proxy", "no_proxy"];

interface Proxy {
  readonly port: number;
  /** The first line of each request to it, and what it was told about who asks. */
  readonly seen: { readonly line: string; readonly authorization: string | undefined }[];
}

const servers: Server[] = [];

beforeEach(() => {
  for (const name of variables) {
    vi.stubEnv(name, undefined);
    vi.stubEnv(name.toUpperCase(), undefined);
  }
});

afterEach(() => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) server.close();
});

async function listening(server: Server): Promise<number> {
  servers.push(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
  return (server.address() as AddressInfo).port;
}

/**
 * A proxy. What it is asked to pass on it answers itself; to what it is to connect, it answers as told,
 * or connects to a port of this machine.
 */
async function startProxy(tunnel: number | string = 0): Promise<Proxy> {
  const seen: Proxy["seen"] = [];
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", (data) => {
      const text = data.toString("latin1");
      const authorization = /^proxy-authorization: (.*)\r$/im.exec(text)?.[1];
      seen.push({ line: text.split("\r\n", 1)[0] ?? "", authorization });
      if (!text.startsWith("CONNECT ")) {
        const head = "HTTP/1.1 200 OK\r\ncontent-type: audio/wav\r\ncontent-length: 4\r\n";
        return void socket.end(`${head}connection: close\r\n\r\nRIFF`);
      }
      if (typeof tunnel === "string") return void socket.end(tunnel);
      const target = connect(tunnel, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        socket.pipe(target).pipe(socket);
      });
      target.on("error", () => socket.destroy());
    });
  });
  return { port: await listening(server), seen };
}

/** Downloads a recording of a space that only a proxy knows. */
async function download(proxy: string | URL, space = "http://space.test"): Promise<string> {
  const client = createClient({
    space,
    projectId,
    apiToken: "PT-synthetic",
    allowInsecure: space.startsWith("http:") ? [space] : [],
    retry: { retries: 0 },
    fetch: await createProxyFetch({ proxy }),
  });
  return new TextDecoder().decode(await (await client.media.download(recording)).bytes());
}

const lineOf = (proxy: Proxy) =>
  proxy.seen.map(({ line }) => line.split(" ").slice(0, 2).join(" "));

describe("plain http", () => {
  const url = `http://space.test/api/laml/2010-04-01/Accounts/${projectId}/Recordings/${recording.recordingId}`;

  test("goes through the proxy that is given, with the credentials of its URL", async () => {
    const proxy = await startProxy();
    expect(await download(withPassword(proxy.port))).toBe("RIFF");
    expect(await download(new URL(withPassword(proxy.port)))).toBe("RIFF");
    const authorization = `Basic ${btoa(`operator:${password}`)}`;
    expect(proxy.seen).toEqual([0, 1].map(() => ({ line: `GET ${url} HTTP/1.1`, authorization })));
  });

  test.each(["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"])("obeys %s", async (name) => {
    const proxy = await startProxy();
    vi.stubEnv(name, withPassword(proxy.port));
    expect(await download("environment")).toBe("RIFF");
    expect(lineOf(proxy)).toEqual([`GET ${url}`]);
  });

  test("and NO_PROXY", async () => {
    const proxy = await startProxy();
    vi.stubEnv("http_proxy", withPassword(proxy.port));
    vi.stubEnv("NO_PROXY", ".test");
    await expect(download("environment")).rejects.toMatchObject({ name: "ConnectionError" });
    expect(proxy.seen).toEqual([]);
  });

  test.each(["127.0.0.1", "localhost"])("never goes through it to %s", async (host) => {
    const proxy = await startProxy();
    const origin = await listening(
      createHttpServer((_, response) => void response.writeHead(200, wav).end("HERE")),
    );
    expect(await download(withPassword(proxy.port), `http://${host}:${origin}`)).toBe("HERE");
    expect(proxy.seen).toEqual([]);
  });
});

describe("a tunnel", () => {
  // With what the platform would answer, were it taken for it.
  const forged = "content-type: audio/wav\r\ncontent-length: 4\r\n\r\nEVIL";

  test.each([
    "206 Partial Content",
    "201 Created",
    "204 No Content",
    "302 Found\r\nlocation: https://space.test/elsewhere",
    "407 Proxy Authentication Required\r\nproxy-authenticate: Basic",
    "500 Internal Server Error",
  ])("that is answered %j is an error, and no answer of the platform", async (status) => {
    const proxy = await startProxy(`HTTP/1.1 ${status}\r\n${forged}`);
    const failing = download(withPassword(proxy.port), "https://space.test");
    await expect(failing).rejects.toMatchObject({
      name: "ConnectionError",
      message: expect.stringContaining(`the proxy answered ${status.slice(0, 3)}`),
    });
    expect(lineOf(proxy)).toEqual(["CONNECT space.test:443"]);
  });

  const certificate = selfSigned("space.test");

  test.skipIf(!certificate)(
    "shows the proxy host and port, and nothing of what is asked",
    async () => {
      const folder = mkdtempSync(join(tmpdir(), "proxy-"));
      const trusted = join(folder, "cert.pem");
      writeFileSync(trusted, String(certificate?.cert));
      const asked: (string | undefined)[] = [];
      const origin = await listening(
        createHttpsServer({ ...certificate }, (request, response) => {
          asked.push(request.headers["proxy-authorization"]);
          response.writeHead(200, wav).end("RIFF");
        }),
      );
      const proxy = await startProxy(origin);
      const program = `
      import { createClient } from "@media-protection/sdk";
      import { createProxyFetch } from "@media-protection/sdk/node";
      const client = createClient({
        space: "space.test", projectId: "${projectId}", apiToken: "PT-synthetic",
        retry: { retries: 0 }, fetch: await createProxyFetch({ proxy: "environment" }),
      });
      for (const _ of [1, 2]) {
        const media = await client.media.download(${JSON.stringify(recording)});
        console.log(new TextDecoder().decode(await media.bytes()));
      }
      process.exit();
    `;
      const env = {
        HTTPS_PROXY: withPassword(proxy.port),
        NODE_EXTRA_CA_CERTS: trusted,
        PATH: process.env["PATH"],
      };
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ["--input-type=module", "--eval", program],
        { env, cwd: import.meta.dirname },
      );
      rmSync(folder, { recursive: true });
      expect(stdout).toBe("RIFF\nRIFF\n");
      // One tunnel serves both, and what is the proxy's goes no further.
      expect(proxy.seen).toEqual([
        {
          line: "CONNECT space.test:443 HTTP/1.1",
          authorization: `Basic ${btoa(`operator:${password}`)}`,
        },
      ]);
      expect(asked).toEqual([undefined, undefined]);
    },
  );
});

describe("no error shows the credentials of a proxy:", () => {
  const told = async (work: () => Promise<unknown>) => {
    const error = await work().then(
      () => expect.fail("it was to fail"),
      (reason: unknown) => reason,
    );
    const { inspect } = await import("node:util");
    const shown = `${error} ${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)}`;
    expect(shown).not.toContain(password);
    expect(shown).not.toContain(btoa(`operator:${password}`));
    return error;
  };

  test.each([
    ["another scheme", withPassword(1, "ftp")],
    ["no URL", `operator:${password}@proxy.example`],
    ["a port that is none", `http://operator:${password}@proxy.example:99999`],
    ["nothing", ""],
    ["no text", undefined],
  ])("%s is an OptionError", async (_, proxy) => {
    // @ts-expect-error undefined is no proxy
    const error = await told(() => createProxyFetch({ proxy }));
    expect(error).toMatchObject({ name: "OptionError", option: "proxy" });
  });

  test.each(["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "ALL_PROXY"])(
    "one in %s that is wrong is an OptionError that names it",
    async (name) => {
      vi.stubEnv(name, withPassword(1, "ftp"));
      const error = await told(() => createProxyFetch({ proxy: "environment" }));
      expect(error).toMatchObject({ name: "OptionError", option: name });
    },
  );

  test("one that becomes wrong later fails the request", async () => {
    const fetch = await createProxyFetch({ proxy: "environment" });
    vi.stubEnv("http_proxy", withPassword(1, "ftp"));
    await told(() => fetch("http://space.test/", { redirect: "manual" }));
  });

  test("nobody listens, or the proxy ends the connection", async () => {
    const { port } = await startProxy();
    for (const server of servers.splice(0)) server.close();
    const ends = await startProxy("");
    for (const [one, space] of [
      [port, "http://space.test"],
      [port, "https://space.test"],
      [ends.port, "https://space.test"],
    ] as const) {
      const error = await told(() => download(withPassword(one), space));
      expect(error).toMatchObject({ name: "ConnectionError" });
    }
  });

  test("an option that there is none of is refused", async () => {
    const options = { proxy: "environment", noProxy: "x" };
    await expect(createProxyFetch(options)).rejects.toMatchObject({ option: "noProxy" });
  });
});
