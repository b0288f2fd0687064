import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { isMediaProtectionError } from "@media-protection/sdk";
import { verifyWebhook, type WebhookRequest } from "@media-protection/sdk/webhooks";
import { afterEach, describe, expect, test } from "vitest";
import {
  base64,
  form,
  hex,
  json,
  refusal,
  sha1Header,
  sha256Header,
  signedForm,
  signedJson,
  signingKey,
  twilioHeader,
  url,
} from "../../helpers/callbacks/signed-webhooks.js";

describe("a verified request gives its content", () => {
  test("of JSON as the object", async () => {
    const { content } = await verifyWebhook(signedJson, { signingKey });
    expect(content).toEqual(JSON.parse(json));
  });

  test("of a form as its parameters", async () => {
    const { content } = await verifyWebhook(signedForm, { signingKey });
    expect(content).toEqual(new URLSearchParams(form));
  });

  test("of a callback by GET as the parameters of the query", async () => {
    const asked = `${url}?CallSid=c`;
    const request = { url: asked, headers: { [sha1Header]: base64(asked) } };
    for (const body of [undefined, null, "", {}]) {
      const { content } = await verifyWebhook({ ...request, body }, { signingKey });
      expect(content).toEqual(new URLSearchParams("CallSid=c"));
    }
  });

  test("as it was when it was verified, whatever becomes of the input", async () => {
    const bytes = new TextEncoder().encode(json);
    const parameters = new URLSearchParams(form);
    const ofBytes = verifyWebhook({ ...signedJson, body: bytes }, { signingKey });
    const buffer = new TextEncoder().encode(json).buffer;
    const ofBuffer = verifyWebhook({ ...signedJson, body: buffer }, { signingKey });
    const ofParameters = verifyWebhook({ ...signedForm, body: parameters }, { signingKey });
    bytes.fill(0);
    new Uint8Array(buffer).fill(0);
    parameters.set("CallSid", "forged");
    expect((await ofBytes).content).toEqual(JSON.parse(json));
    expect((await ofBuffer).content).toEqual(JSON.parse(json));
    expect((await ofParameters).content).toEqual(new URLSearchParams(form));
  });
});

describe("requests are taken", () => {
  test.each<[string, WebhookRequest]>([
    ["as the Web's Request", new Request(url, { method: "POST", ...signedJson })],
    ["with Headers", { ...signedJson, headers: new Headers(signedJson.headers) }],
    [
      "with headers in any case",
      { ...signedJson, headers: { "X-SignalWire-SHA256-Signature": hex(url + json) } },
    ],
    ["with headers in lists", { ...signedJson, headers: { [sha256Header]: [hex(url + json)] } }],
    [
      "with an upper-case signature",
      { ...signedJson, headers: { [sha256Header]: hex(url + json).toUpperCase() } },
    ],
    ["with bytes", { ...signedJson, body: new TextEncoder().encode(json) }],
    [
      "with a view into more bytes",
      { ...signedJson, body: Buffer.from(`xx${json}xx`).subarray(2, -2) },
    ],
    ["with an ArrayBuffer", { ...signedJson, body: new TextEncoder().encode(json).buffer }],
    ["with a stream", { ...signedJson, body: new Blob([json]).stream() }],
    ["with an Express form", { ...signedForm, body: { CallSid: "c", AccountSid: "a" } }],
    ["with URLSearchParams", { ...signedForm, body: new URLSearchParams(form) }],
    ["with FormData", { ...signedForm, body: formData({ CallSid: "c", AccountSid: "a" }) }],
    [
      "with a repeated parameter in an Express form",
      { url, body: { A: ["y", "x"] }, headers: { [twilioHeader]: base64(`${url}AyAx`) } },
    ],
  ])("%s", async (_, request) => {
    await expect(verifyWebhook(request, { signingKey })).resolves.toBeDefined();
  });
});

function formData(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

describe("a real Node server", () => {
  const servers: ReturnType<typeof createServer>[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections();
  });

  test.each([
    [json, { [sha256Header]: hex(`${url}?x=1${json}`) }, 200],
    [form, { [sha1Header]: base64(`${url}?x=1AccountSidaCallSidc`) }, 200],
    [form, { [sha1Header]: base64(`${url}?x=2AccountSidaCallSidc`) }, 403],
  ])("can hand over its request, behind publicUrl: %s", async (body, headers, expected) => {
    const server = createServer((request, response) => {
      const options = { signingKey, publicUrl: "https://hooks.example.com" };
      verifyWebhook(request, options)
        .then(() => response.writeHead(200).end())
        .catch((error: unknown) =>
          response
            .writeHead(isMediaProtectionError(error) && error.name === "WebhookError" ? 403 : 500)
            .end(),
        );
    });
    servers.push(server);
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    // A server that listens on a port has an address of this form.
    const { port } = server.address() as AddressInfo;
    const status = await new Promise((resolve, reject) => {
      const options = { port, path: "/media?x=1", method: "POST", headers };
      const sent = httpRequest(options, (response) => resolve(response.resume().statusCode));
      // In two chunks.
      sent.on("error", reject).write(body.slice(0, 5));
      sent.end(body.slice(5));
    });
    expect(status).toBe(expected);
  });
});

describe("signing keys", () => {
  test("are all tried while rotating, and the result says which one it was", async () => {
    const old = "PSK_old";
    const byOld = { ...signedJson, headers: { [sha256Header]: hex(url + json, "sha256", old) } };
    const options = { signingKey: [signingKey, old] };
    await expect(verifyWebhook(signedJson, options)).resolves.toMatchObject({ keyIndex: 0 });
    await expect(verifyWebhook(byOld, options)).resolves.toMatchObject({ keyIndex: 1 });
    await expect(verifyWebhook(byOld, { signingKey })).rejects.toThrowError(refusal("mismatch"));
  });

  test.each([undefined, null, "", " ", "a b", "key\n", [], [""], [signingKey, undefined], 5, {}])(
    "that are %j are an OptionError, even if the signature was made with them",
    async (wrong) => {
      const key = typeof wrong === "string" ? wrong : "";
      const request = {
        ...signedJson,
        headers: { [sha256Header]: hex(url + json, "sha256", key) },
      };
      // The cast is the test: what an unset environment variable gives.
      await expect(verifyWebhook(request, { signingKey: wrong as never })).rejects.toMatchObject({
        name: "OptionError",
        option: "signingKey",
      });
    },
  );
});
