import { verifyWebhook, type WebhookRequest } from "@media-protection/sdk/webhooks";
import { describe, expect, test } from "vitest";
import {
  hex,
  json,
  refusal,
  sha256Header,
  signedForm,
  signedJson,
  signingKey,
  url,
} from "../../helpers/callbacks/signed-webhooks.js";

const seen = () => false;

describe("an option that can not be right is an OptionError that names it", () => {
  test.each<[option: string, what: string, options: unknown]>([
    ["options", "no options", undefined],
    ["options", "null", null],
    ["options", "the key alone", signingKey],
    ["options", "a list", [signingKey]],
    ["sen", "seen misspelt", { signingKey, sen: seen }],
    ["Seen", "seen in another case", { signingKey, Seen: seen }],
    ["publicURL", "publicUrl misspelt", { signingKey, publicURL: url }],
    ["maxBodySize", "maxBodyBytes misspelt", { signingKey, maxBodySize: 5 }],
    ["signingkey", "signingKey misspelt", { signingkey: signingKey }],
    ["signingKey", "no key", {}],
    ["signingKey", "a promise of a key", { signingKey: Promise.resolve(signingKey) }],
    ["seen", "a guard that is not there", { signingKey, seen: undefined }],
    ["seen", "null for a guard", { signingKey, seen: null }],
    ["seen", "a Set", { signingKey, seen: new Set() }],
    ["seen", "a guard that says nothing", { signingKey, seen: () => undefined }],
    ["seen", "Redis's OK", { signingKey, seen: async () => "OK" }],
    ["seen", "Redis's null", { signingKey, seen: async () => null }],
    ["maxBodyBytes", "none at all", { signingKey, maxBodyBytes: 0 }],
    ["maxBodyBytes", "no number", { signingKey, maxBodyBytes: Number.NaN }],
    ["maxBodyBytes", "a text", { signingKey, maxBodyBytes: "1000" }],
    ["maxBodyBytes", "null", { signingKey, maxBodyBytes: null }],
    ["publicUrl", "null", { signingKey, publicUrl: null }],
    ["publicUrl", "a function", { signingKey, publicUrl: () => url }],
    ["publicUrl", "an object without text", { signingKey, publicUrl: Object.create(null) }],
    ["signal", "a controller", { signingKey, signal: new AbortController() }],
    ["signal", "null", { signingKey, signal: null }],
  ])("%s: %s", async (option, _, options) => {
    // The cast is the test: what untyped code would pass.
    await expect(verifyWebhook(signedJson, options as never)).rejects.toMatchObject({
      name: "OptionError",
      option,
      message: expect.not.stringContaining(signingKey),
    });
  });

  test("is refused before the body is read", async () => {
    const request = new Request(url, { method: "POST", ...signedJson });
    const options = { signingKey, sen: seen };
    await expect(verifyWebhook(request, options)).rejects.toMatchObject({ option: "sen" });
    expect(request.bodyUsed).toBe(false);
  });
});

describe("a request that is none is an OptionError", () => {
  test.each<[option: string, what: string, request: unknown]>([
    ["request", "nothing", undefined],
    ["request", "null", null],
    ["request", "a body", json],
    ["request", "a number", 5],
    ["request.headers", "no headers", { url, body: json }],
    ["request.headers", "null for headers", { ...signedJson, headers: null }],
    ["request.headers", "a text for headers", { ...signedJson, headers: hex(url + json) }],
    ["request.headers", "a list of texts", { ...signedJson, headers: [sha256Header, "x"] }],
    ["request.url", "a URL that is no text", { ...signedJson, url: 5 }],
  ])("%s: %s", async (option, _, request) => {
    await expect(verifyWebhook(request as never, { signingKey })).rejects.toMatchObject({
      name: "OptionError",
      option,
    });
  });
});

describe("headers are taken in whatever way they are kept", () => {
  const name = "X-SignalWire-SHA256-Signature";
  const signature = hex(url + json);
  test.each<[string, unknown]>([
    ["a Map", new Map([[name, signature]])],
    ["a list of pairs", [[name, signature]]],
    ["an object without prototype", Object.assign(Object.create(null), { [name]: signature })],
    ["beside a header named get", { get: "x", [name]: signature }],
    ["beside headers that are null", { [name]: signature, other: null, [sha256Header]: null }],
  ])("%s", async (_, headers) => {
    const request = { ...signedJson, headers } as WebhookRequest;
    await expect(verifyWebhook(request, { signingKey })).resolves.toBeDefined();
  });

  test.each([null, {}, [], Symbol("x"), true])(
    "a value that is no text is none: %o",
    async (value) => {
      const request = { ...signedJson, headers: { [sha256Header]: value } } as never;
      await expect(verifyWebhook(request, { signingKey })).rejects.toThrowError(
        refusal("no-signature"),
      );
    },
  );
});

test("options that may be left out may be undefined, but not the guard", async () => {
  const options = { signingKey, publicUrl: undefined, maxBodyBytes: undefined, signal: undefined };
  await expect(verifyWebhook(signedForm, options)).resolves.toBeDefined();
  // @ts-expect-error: a guard that is undefined would be none.
  await expect(verifyWebhook(signedForm, { signingKey, seen: undefined })).rejects.toBeDefined();
  // @ts-expect-error: nor is a misspelt one.
  await expect(verifyWebhook(signedForm, { signingKey, sen: seen })).rejects.toBeDefined();
});
