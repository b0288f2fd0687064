import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { inspect } from "node:util";
import { createClient } from "@media-protection/sdk";
import { describe, expect, test } from "vitest";
import { createCredentials } from "../../../packages/sdk/dist/trust/credentials.js";
import { maskUrl } from "../../../packages/sdk/dist/trust/masking.js";

const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
const recordingId = "0b7e0c1a-93a4-4a54-8a6e-6a1f3c2d4e5f";
const canary = "PTcanary0123456789abcdef/+=$&?x,;\"'<>\\%tail9876543210";
const basic = btoa(`${projectId}:${canary}`);

const retry = { retries: 0 };

/** Everything a log could show of an error. */
function shown(error: unknown): string {
  return inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error) + String(error);
}

function expectNoSecret(text: string): void {
  expect(text).not.toContain(canary.slice(0, 12));
  expect(text).not.toContain("tail98765432");
  expect(text).not.toContain(basic.slice(0, 60));
}

describe("a URL in an error", () => {
  test.each([
    [
      "keeps origin and path",
      "https://example.signalwire.com/a/b.wav",
      "https://example.signalwire.com/a/b.wav",
    ],
    [
      "hides the query and drops the fragment",
      "https://h.example/a?X-Amz-Signature=s#f",
      "https://h.example/a?…",
    ],
    ["hides userinfo", `https://p:${canary.slice(0, 20)}@h.example/a`, "https://***@h.example/a"],
  ])("%s", (_, url, masked) => {
    expect(maskUrl(url)).toBe(masked);
  });

  test.each([
    `https://p:${canary}@h.example/x`,
    ` https://p:${canary}@h.example/x`,
    `\nhttps://p:${canary}@h.example/x`,
    `https:/p:${canary}@h.example/x`,
    `https:p:${canary}@h.example/x`,
    `ht\ntps://p:${canary}@h.example/x`,
    `p:${canary}@h.example/x`,
    `https://p:443/${canary}@h.example/x`,
    `view-source:https://p:${canary}@h.example/x`,
    `"https://p:${canary}@h.example/x"`,
  ])("hides userinfo however it is written: %j", (url) => {
    expectNoSecret(maskUrl(url));
  });

  test("is one short line", () => {
    const masked = maskUrl(`https://h.example/\u001b[31m\u202e${"a".repeat(1000)}\r\nX: 1`);
    expect(masked.length).toBeLessThanOrEqual(300);
    expect(masked).toMatch(/^[\x20-\x7e…]+$/);
  });
});

describe("what a server repeats of a credential is masked", () => {
  const escapedJson = JSON.stringify({ message: `you sent Basic ${basic}` }).replaceAll(
    "=",
    "\\u003d",
  );
  test.each<[string, string]>([
    ["as it was sent", `Basic ${basic} is wrong`],
    ["in JSON with escapes", escapedJson],
    ["in JSON, as a field's name", JSON.stringify({ [canary]: 1, nested: [{ [basic]: canary }] })],
    ["without padding", basic.replaceAll("=", "")],
    ["cut short by the server", basic.slice(0, 70)],
    ["the token cut short by the server", canary.slice(0, 20)],
    ["percent-encoded", encodeURIComponent(canary)],
    ["cut by the limit of what is read", `${"x".repeat(65_536 - 20)}${canary}`],
  ])("%s", async (_, body) => {
    const fetch = async () =>
      new Response(body, { status: 401, headers: { "x-request-id": `for ${basic}` } });
    const client = createClient({ space: "example", projectId, apiToken: canary, fetch, retry });
    for (const call of [
      () => client.media.download({ kind: "recording", recordingId }),
      () => client.projects.get(),
    ]) {
      const error = await call().catch((failure: unknown) => failure);
      expect(error).toMatchObject({ name: "AuthenticationError", status: 401 });
      expectNoSecret(shown(error));
    }
  });

  test("in the type of an answer that is not what was asked for", async () => {
    const fetch = async () =>
      new Response("no", {
        headers: { "content-type": `x/y; echo="Basic ${basic}"; also=${canary}` },
      });
    const client = createClient({ space: "example", projectId, apiToken: canary, fetch, retry });
    for (const [call, name] of [
      [() => client.media.download({ kind: "recording", recordingId }), "IntegrityError"],
      [() => client.projects.get(), "UnexpectedAnswerError"],
    ] as const) {
      const error = await call().catch((failure: unknown) => failure);
      expect(error).toMatchObject({ name });
      expectNoSecret(shown(error));
    }
  });

  test("after a redirect, in the error of another origin", async () => {
    const fetch = async (url: string) =>
      url.startsWith("https://cdn.example")
        ? new Response(`denied: ${basic}`, { status: 403 })
        : new Response(null, {
            status: 302,
            headers: { location: `https://cdn.example/${basic}` },
          });
    const client = createClient({ space: "example", projectId, apiToken: canary, fetch, retry });
    const call = client.media.download({ kind: "recording", recordingId });
    const error = await call.catch((failure: unknown) => failure);
    expect(error).toMatchObject({ name: "PermissionError" });
    expectNoSecret(shown(error));
  });

  test("in what the runtime's HTTP parser quotes", async () => {
    const echo = createServer((socket) => socket.pipe(socket)).listen(0, "127.0.0.1");
    await once(echo, "listening");
    // The server listens on TCP, so its address is not a pipe's name.
    const { port } = echo.address() as AddressInfo;
    const client = createClient({
      space: `http://127.0.0.1:${port}`,
      projectId,
      apiToken: canary,
      retry,
    });
    const error = await client.projects.get().catch((failure: unknown) => failure);
    echo.close();
    expect(error).toMatchObject({ name: "ConnectionError", cause: expect.any(Error) });
    expectNoSecret(shown(error));
  });

  test("in what a fetch of one's own throws", async () => {
    const fetch = async (_: string, init: RequestInit) => {
      const headers = Object.fromEntries(new Headers(init.headers));
      throw Object.assign(new Error(`cannot send ${headers["authorization"]}`), { headers });
    };
    const client = createClient({ space: "example", projectId, apiToken: canary, fetch, retry });
    const error = await client.projects.get().catch((failure: unknown) => failure);
    expect(error).toMatchObject({ name: "ConnectionError" });
    expectNoSecret(shown(error));
  });
});

test("a token too short to have a beginning is masked where it stands alone", async () => {
  const { redact } = await createCredentials(projectId, "t+1")("bearer");
  expect(redact("Bearer t+1, but not at+1 or https://t.example")).toBe(
    "Bearer ***, but not at+1 or https://t.example",
  );
});

test("masking leaves other text alone", async () => {
  const { redact } = await createCredentials(projectId, canary)("basic");
  const text = `project ${projectId}: PTother, see https://example.com`;
  expect(redact(text)).toBe(text);
});
