import { createHash, createHmac } from "node:crypto";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { isMediaProtectionError } from "@media-protection/sdk";
import { verifyWebhook, type WebhookRequest } from "@media-protection/sdk/webhooks";
import { afterEach, describe, expect, test } from "vitest";

const signingKey = "PSK_canary_0123456789";
const url = "https://hooks.example.com/media";
const json = '{"event_type":"calling.call.record","params":{"state":"finished"}}';
const form = "AccountSid=a&CallSid=c";
const sha256Header = "x-signalwire-sha256-signature";
const sha1Header = "x-signalwire-signature";
const twilioHeader = "x-twilio-signature";

function hex(text: string, hash = "sha256", key = signingKey): string {
  return createHmac(hash, key).update(text).digest("hex");
}

function base64(text: string, hash = "sha1", key = signingKey): string {
  return createHmac(hash, key).update(text).digest("base64");
}

const signedJson = { url, body: json, headers: { [sha256Header]: hex(url + json) } };
const signedForm = {
  url,
  body: form,
  headers: { [sha1Header]: base64(`${url}AccountSidaCallSidc`) },
};

function refusal(reason: string) {
  return expect.objectContaining({ name: "WebhookError", reason });
}

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

describe("publicUrl, behind a proxy", () => {
  const behind = "http://10.0.0.7:3000/media?tenant=1";
  const publicOrigin = "https://hooks.example.com";
  test.each<[what: string, publicUrl: string | URL, received: string, signed: string]>([
    ["an origin", publicOrigin, behind, `${publicOrigin}/media?tenant=1`],
    ["an origin with a slash", `${publicOrigin}/`, behind, `${publicOrigin}/media?tenant=1`],
    ["a URL object", new URL(publicOrigin), behind, `${publicOrigin}/media?tenant=1`],
    ["a path alone received", publicOrigin, "/media?tenant=1", `${publicOrigin}/media?tenant=1`],
    [
      "the path too",
      `${publicOrigin}/prefix/media`,
      behind,
      `${publicOrigin}/prefix/media?tenant=1`,
    ],
    ["the query too", `${publicOrigin}/media?tenant=2`, behind, `${publicOrigin}/media?tenant=2`],
    [
      "userinfo",
      "https://user:pass@hooks.example.com",
      behind,
      "https://user:pass@hooks.example.com/media?tenant=1",
    ],
    ["a port", `${publicOrigin}:8443`, behind, `${publicOrigin}:8443/media?tenant=1`],
    [
      "a path as written, unnormalised",
      publicOrigin,
      "/a%7Eb/'?q='%2f",
      `${publicOrigin}/a%7Eb/'?q='%2f`,
    ],
  ])("is %s", async (_, publicUrl, received, signed) => {
    const request = { url: received, body: json, headers: { [sha256Header]: hex(signed + json) } };
    await expect(verifyWebhook(request, { signingKey, publicUrl })).resolves.toBeDefined();
  });

  test("with a query of its own still has the platform's bodySHA256", async () => {
    const hash = createHash("sha256").update(json).digest("hex");
    const request = {
      url: `http://10.0.0.7/media?tenant=1&bodySHA256=${hash}&x=1`,
      body: json,
      headers: { [twilioHeader]: base64(`${url}?tenant=2&bodySHA256=${hash}`) },
    };
    const options = { signingKey, publicUrl: `${url}?tenant=2` };
    await expect(verifyWebhook(request, options)).resolves.toBeDefined();
    await expect(verifyWebhook({ ...request, body: "{}" }, options)).rejects.toThrowError(
      refusal("body-hash"),
    );
  });

  test("is asked of Express's originalUrl, since a mounted router shortens url", async () => {
    const request = { ...signedJson, url: "/", originalUrl: "/media" };
    await expect(
      verifyWebhook(request, { signingKey, publicUrl: publicOrigin }),
    ).resolves.toBeDefined();
  });

  test.each([
    "hooks.example.com",
    "ftp://hooks.example.com",
    "https://",
    "https://a b",
    "/media",
    "",
  ])("that is %j is an OptionError", async (publicUrl) => {
    await expect(verifyWebhook(signedJson, { signingKey, publicUrl })).rejects.toMatchObject({
      name: "OptionError",
      option: "publicUrl",
    });
  });

  test("is asked for where the request has only a path", async () => {
    const request = { ...signedJson, url: "/media" };
    await expect(verifyWebhook(request, { signingKey })).rejects.toMatchObject({
      name: "OptionError",
      option: "publicUrl",
    });
    await expect(
      verifyWebhook({ ...request, url: undefined }, { signingKey }),
    ).rejects.toMatchObject({ option: "publicUrl" });
  });
});

describe("a request is refused", () => {
  const jsonHash = createHash("sha256").update(json).digest("hex");
  const [sha256Hex, sha1Hex] = [hex(url + json), hex(url + json, "sha1")];
  test.each<[reason: string, what: string, request: WebhookRequest]>([
    ["no-signature", "no header", { ...signedJson, headers: {} }],
    ["no-signature", "an absent header", { ...signedJson, headers: { [sha256Header]: undefined } }],
    ["no-signature", "another header", { ...signedJson, headers: { "x-signature": sha256Hex } }],
    [
      "malformed-signature",
      "an empty signature",
      { ...signedJson, headers: { [sha256Header]: "" } },
    ],
    [
      "malformed-signature",
      "a signature cut short",
      { ...signedJson, headers: { [sha256Header]: sha256Hex.slice(0, -2) } },
    ],
    [
      "malformed-signature",
      "a longer signature",
      { ...signedJson, headers: { [sha256Header]: `${sha256Hex}00` } },
    ],
    [
      "malformed-signature",
      "spaces",
      { ...signedJson, headers: { [sha256Header]: ` ${sha256Hex}` } },
    ],
    [
      "malformed-signature",
      "no hex",
      { ...signedJson, headers: { [sha256Header]: "g".repeat(64) } },
    ],
    [
      "malformed-signature",
      "SHA-1 where SHA-256 belongs",
      { ...signedJson, headers: { [sha256Header]: sha1Hex } },
    ],
    [
      "malformed-signature",
      "SHA-256 where SHA-1 belongs",
      { ...signedJson, headers: { [sha1Header]: sha256Hex } },
    ],
    [
      "malformed-signature",
      "bad base64",
      { ...signedForm, headers: { [sha1Header]: `${"*".repeat(27)}=` } },
    ],
    [
      "malformed-signature",
      "base64 without padding",
      { ...signedForm, headers: { [sha1Header]: base64(url).slice(0, -1) } },
    ],
    [
      "malformed-signature",
      "two signatures",
      { ...signedJson, headers: { [sha256Header]: [sha256Hex, sha256Hex] } },
    ],
    [
      "malformed-signature",
      "two headers that differ in case",
      {
        ...signedJson,
        headers: { [sha256Header]: sha256Hex, [sha256Header.toUpperCase()]: sha256Hex },
      },
    ],
    [
      "mismatch",
      "a valid SHA-1 beside a wrong SHA-256",
      { ...signedJson, headers: { [sha1Header]: sha1Hex, [sha256Header]: "0".repeat(64) } },
    ],
    [
      "mismatch",
      "a valid Twilio header beside a wrong one",
      { ...signedJson, headers: { [twilioHeader]: sha1Hex, [sha1Header]: "0".repeat(40) } },
    ],
    [
      "mismatch",
      "a signature of the URL alone",
      { ...signedJson, headers: { [sha256Header]: hex(url) } },
    ],
    [
      "mismatch",
      "JSON signed by its URL alone, without a hash",
      { ...signedJson, headers: { [sha1Header]: base64(url) } },
    ],
    [
      "mismatch",
      "a form signed by its URL alone",
      { ...signedForm, headers: { [sha1Header]: base64(url) } },
    ],
    [
      "mismatch",
      "JSON's hex signature as base64",
      { ...signedJson, headers: { [sha256Header]: base64(url + json, "sha256") } },
    ],
    [
      "mismatch",
      "a form's base64 signature as hex",
      { ...signedForm, headers: { [sha1Header]: hex(`${url}AccountSidaCallSidc`, "sha1") } },
    ],
    [
      "mismatch",
      "one more parameter",
      { ...signedForm, body: `${form}&MediaUrl0=https://evil.example` },
    ],
    ["mismatch", "an empty parameter left out", { ...signedForm, body: "AccountSid=a" }],
    ["raw-body", "JSON that was parsed", { ...signedJson, body: JSON.parse(json) }],
    [
      "raw-body",
      "JSON that was parsed, signed as a form's bytes",
      { ...signedJson, body: { CallSid: "c" } },
    ],
    [
      "body-hash",
      "another body than the query's hash",
      { ...signedJson, url: `${url}?bodySHA256=${"0".repeat(64)}` },
    ],
    [
      "body-hash",
      "another hash beside the right one",
      { ...signedJson, url: `${url}?bodySHA256=${jsonHash}&bodySHA256=${"0".repeat(64)}` },
    ],
    [
      "body-hash",
      "an empty hash",
      {
        url: `${url}?bodySHA256=`,
        body: json,
        headers: { [sha1Header]: base64(`${url}?bodySHA256=`) },
      },
    ],
    [
      "raw-body",
      "a parsed body whose hash is to be checked",
      { ...signedForm, url: `${url}?bodySHA256=0`, body: { A: "a" } },
    ],
    ["unrecognised", "a body that is none", { ...signedJson, body: 5 as never }],
  ])("%s: %s", async (reason, _, request) => {
    await expect(verifyWebhook(request, { signingKey })).rejects.toThrowError(refusal(reason));
  });

  test("as too large, without reading on", async () => {
    let pulled = 0;
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(1024));
      },
      cancel() {
        cancelled = true;
      },
    });
    const options = { signingKey, maxBodyBytes: 10 * 1024 };
    await expect(verifyWebhook({ ...signedJson, body }, options)).rejects.toThrowError(
      refusal("too-large"),
    );
    expect(pulled).toBeLessThan(20);
    expect(cancelled).toBe(true);
    for (const large of ["x".repeat(10_241), new Uint8Array(10_241), "é".repeat(5_121)]) {
      await expect(verifyWebhook({ ...signedJson, body: large }, options)).rejects.toThrowError(
        refusal("too-large"),
      );
    }
    await expect(
      verifyWebhook({ ...signedJson, body: "é".repeat(5_120) }, options),
    ).rejects.toThrowError(refusal("mismatch"));
  });

  test("before its body is read, if it has no signature", async () => {
    const request = new Request(url, { method: "POST", body: json });
    await expect(verifyWebhook(request, { signingKey })).rejects.toThrowError(
      refusal("no-signature"),
    );
    expect(request.bodyUsed).toBe(false);
  });

  test("if its body was read or is being read, as an OptionError", async () => {
    const read = new Request(url, { method: "POST", ...signedJson });
    await read.text();
    await expect(verifyWebhook(read, { signingKey })).rejects.toMatchObject({ option: "request" });
    const locked = new Blob([json]).stream();
    locked.getReader();
    await expect(
      verifyWebhook({ ...signedJson, body: locked }, { signingKey }),
    ).rejects.toMatchObject({ option: "request" });
  });

  test("with an error that names the URL without its query, and never the key", async () => {
    const request = { ...signedJson, url: `${url}?secret=s3cret` };
    const error = await verifyWebhook(request, { signingKey }).catch((thrown: unknown) => thrown);
    expect(isMediaProtectionError(error)).toBe(true);
    expect(error).toMatchObject({ message: expect.stringContaining(`${url}?…`) });
    const shown = `${String(error)}${JSON.stringify(error)}`;
    expect(shown).not.toContain("s3cret");
    expect(shown).not.toContain(signingKey);
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

describe("the replay guard", () => {
  function store() {
    const ids: string[] = [];
    const seen = async (id: string) => {
      if (ids.includes(id)) return true;
      ids.push(id);
      return false;
    };
    return { ids, options: { signingKey, seen } };
  }

  test("refuses what was seen, and lets other deliveries through", async () => {
    const { options } = store();
    const other = { ...signedJson, body: "{}", headers: { [sha256Header]: hex(`${url}{}`) } };
    const { id } = await verifyWebhook(signedJson, options);
    expect(id).toMatch(/^[0-9a-f]{64}$/);
    await expect(verifyWebhook(signedJson, options)).rejects.toThrowError(refusal("replayed"));
    await expect(verifyWebhook(other, options)).resolves.toMatchObject({
      id: expect.not.stringMatching(id),
    });
  });

  test.each<[string, WebhookRequest, WebhookRequest]>([
    [
      "the other digest",
      signedJson,
      { ...signedJson, headers: { [sha1Header]: hex(url + json, "sha1") } },
    ],
    [
      "the signature in upper case",
      signedJson,
      { ...signedJson, headers: { [sha256Header]: hex(url + json).toUpperCase() } },
    ],
    ["the port written out", signedJson, { ...signedJson, url: url.replace(".com", ".com:443") }],
    ["a fragment", signedJson, { ...signedJson, url: `${url}#x` }],
    [
      "the parameters in another order",
      signedForm,
      { ...signedForm, body: "CallSid=c&AccountSid=a" },
    ],
    [
      "the parameters encoded otherwise",
      signedForm,
      { ...signedForm, body: "CallSid=%63&AccountSid=a" },
    ],
    [
      "the form's other scheme",
      signedForm,
      { ...signedForm, headers: { [sha256Header]: hex(url + form) } },
    ],
    [
      "letters between name and value moved",
      signedForm,
      { ...signedForm, body: "AccountSid=aCallSidc" },
    ],
  ])("knows a replay with %s", async (_, first, second) => {
    const { options } = store();
    await verifyWebhook(first, options);
    await expect(verifyWebhook(second, options)).rejects.toThrowError(refusal("replayed"));
  });

  test("is not asked about what is not verified, so that nobody can fill it", async () => {
    const { ids, options } = store();
    const forged = { ...signedJson, headers: { [sha256Header]: hex(json) } };
    await expect(verifyWebhook(forged, options)).rejects.toThrowError(refusal("mismatch"));
    expect(ids).toEqual([]);
  });

  test("that fails refuses", async () => {
    const seen = () => Promise.reject(new Error("the store is down"));
    await expect(verifyWebhook(signedJson, { signingKey, seen })).rejects.toThrowError(
      "the store is down",
    );
  });

  test.each([
    ["seen", { signingKey, seen: new Set() as never }],
    ["maxBodyBytes", { signingKey, maxBodyBytes: 0 }],
    ["maxBodyBytes", { signingKey, maxBodyBytes: Number.NaN }],
  ])("and the other options are checked: %s", async (option, options) => {
    await expect(verifyWebhook(signedJson, options)).rejects.toMatchObject({
      name: "OptionError",
      option,
    });
  });
});
