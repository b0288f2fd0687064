import { createHash } from "node:crypto";
import { isMediaProtectionError } from "@media-protection/sdk";
import { verifyWebhook, type WebhookRequest } from "@media-protection/sdk/webhooks";
import { describe, expect, test } from "vitest";
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

  test("if its body was read or is being read", async () => {
    const read = new Request(url, { method: "POST", ...signedJson });
    await read.text();
    await expect(verifyWebhook(read, { signingKey })).rejects.toThrowError(refusal("raw-body"));
    const locked = new Blob([json]).stream();
    locked.getReader();
    await expect(
      verifyWebhook({ ...signedJson, body: locked }, { signingKey }),
    ).rejects.toThrowError(refusal("raw-body"));
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
