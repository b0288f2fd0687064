import { X509Certificate } from "node:crypto";
import { request } from "node:https";
import { connect as connectPlain } from "node:net";
import { connect } from "node:tls";
import { type MockServer, startMockServer } from "@media-protection/mock/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { basic } from "../scene.js";

let server: MockServer;
let certificate: string;

beforeAll(async () => {
  server = await startMockServer({ port: 0, https: true });
  certificate = server.certificate ?? "";
});
afterAll(() => server.close());

interface Answer {
  readonly status: number | undefined;
  readonly body: Buffer;
}

/** Asks a server whose certificate alone is trusted. */
function ask(url: string, headers: Readonly<Record<string, string>> = {}, ca?: string) {
  return new Promise<Answer>((resolve, reject) => {
    const asked = request(url, { headers, agent: false, ...(ca === undefined ? {} : { ca }) });
    asked.on("error", reject);
    asked.on("response", (response) => {
      response.toArray().then((chunks) => {
        resolve({ status: response.statusCode, body: Buffer.concat(chunks) });
      }, reject);
    });
    asked.end();
  });
}

describe("with https", () => {
  test.each(["cut", "reset"])(
    "a %s ends the connection in the middle of the body",
    async (kind) => {
      const { urls } = server.platform.addRecording({ size: 300_000 });
      const headers = { "x-mock-fault": `${kind}; after=1000` };
      await expect(ask(urls.space, headers, certificate)).rejects.toThrow("aborted");
      expect((await ask(urls.space, {}, certificate)).body.length).toBe(300_000);
    },
  );

  test("all three origins speak it, and so do the URLs in answers", async () => {
    for (const origin of Object.values(server.origins)) {
      expect(origin).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
      expect((await ask(`${origin}/nothing`, {}, certificate)).status).toBeGreaterThanOrEqual(403);
    }
    const { projectId, apiToken } = server.platform.credentials;
    const list = await ask(
      `${server.url}/api/projects?page_size=1`,
      basic(projectId, apiToken),
      certificate,
    );
    expect(JSON.parse(list.body.toString()).links.next).toMatch(new RegExp(`^${server.url}/`));
  });

  test("media comes byte for byte", async () => {
    const { recording, urls } = server.platform.addRecording({ seconds: 30 });
    const answer = await ask(urls.files, {}, certificate);
    expect(answer.body.equals(recording.files.wav.bytes())).toBe(true);
  });

  test("nobody trusts the certificate without being told to", async () => {
    await expect(ask(server.url)).rejects.toMatchObject({ code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
    const other = await startMockServer({ port: 0, https: true });
    await expect(ask(other.url, {}, certificate)).rejects.toThrow();
    await other.close();
  });

  test.each(["localhost", "127.0.0.1", "::1"])("the certificate is for %s", (name) => {
    const read = new X509Certificate(certificate);
    const isFor = name === "localhost" ? read.checkHost(name) : read.checkIP(name);
    expect(isFor).toBe(name);
    expect(read.checkHost("example.com")).toBeUndefined();
    expect(read.verify(read.publicKey)).toBe(true);
    expect(Date.parse(read.validFrom)).toBeLessThan(Date.now());
    expect(Date.parse(read.validTo)).toBeGreaterThan(Date.now());
  });

  test("the key is not in it", () => {
    expect(certificate).toMatch(/^-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----\n$/);
  });

  test("it takes no older protocol than TLS 1.2", async () => {
    const port = Number(new URL(server.url).port);
    const old = connect({
      port,
      host: "127.0.0.1",
      ca: certificate,
      maxVersion: "TLSv1.1",
      minVersion: "TLSv1",
    });
    await expect(
      new Promise((resolve, reject) => old.on("secureConnect", resolve).on("error", reject)),
    ).rejects.toThrow();
  });

  test("plain HTTP on its port does no harm", async () => {
    const socket = connectPlain(Number(new URL(server.url).port), "127.0.0.1");
    socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    socket.on("error", () => {});
    await new Promise((resolve) => socket.on("close", resolve));
    expect((await ask(`${server.url}/api/projects`, {}, certificate)).status).toBe(401);
  });
});

test("without it there is no certificate", async () => {
  const plain = await startMockServer({ port: 0 });
  expect(plain.certificate).toBeUndefined();
  expect(plain.url).toMatch(/^http:/);
  await plain.close();
});

describe("a server that ends", () => {
  test.each([
    ["has sent nothing", ""],
    ["has sent half a handshake", "\x16\x03\x01\x00\xa5\x01"],
  ])("does not wait for a connection that %s, whatever the grace", async (_, bytes) => {
    const ending = await startMockServer({ port: 0, https: true });
    const socket = connectPlain(Number(new URL(ending.url).port), "127.0.0.1");
    socket.on("error", () => {});
    await new Promise((resolve) => socket.once("connect", resolve));
    socket.write(Buffer.from(bytes, "latin1"));
    // The server has taken that connection when it has taken and answered a later one.
    await ask(`${ending.url}/api/projects`, {}, ending.certificate);
    const closed = new Promise((resolve) => socket.once("close", resolve));
    // Longer than any test runs.
    await ending.close({ grace: 10 * 60_000 });
    await closed;
  });
});

test("a public host is what the certificate, the URLs and the redirects say", async () => {
  const platform = { switches: { redirectToStorage: true } };
  const publicHost = "media-mock";
  const named = await startMockServer({ port: 0, https: true, publicHost, platform });
  const read = new X509Certificate(named.certificate ?? "");
  expect(read.checkHost(publicHost)).toBe(publicHost);
  for (const origin of Object.values(named.origins)) {
    expect(origin).toMatch(/^https:\/\/media-mock:\d+$/);
  }
  const { urls } = named.platform.addRecording();
  const local = new URL(urls.files);
  local.hostname = "127.0.0.1";
  const location = await new Promise<string | undefined>((resolve, reject) => {
    const options = { headers: { host: local.host }, ca: named.certificate, agent: false };
    const asked = request(local, options, (response) => {
      response.resume();
      resolve(response.headers.location);
    });
    asked.on("error", reject).end();
  });
  expect(location?.startsWith(`${named.origins.storage}/`)).toBe(true);
  await named.close();
});
