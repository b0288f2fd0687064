import { createHash } from "node:crypto";
import { verifyWebhook, type WebhookRequest } from "@media-protection/sdk/webhooks";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  base64,
  hex,
  json,
  refusal,
  sha1Header,
  sha256Header,
  signedJson,
  signingKey,
  twilioHeader,
  url,
} from "../../helpers/callbacks/signed-webhooks.js";

const project = "5eed0000-0000-4000-8000-000000000001";
const payload = `AccountSid${project}Bodyhello thereFrom+15550100001MessageSidm-1`;
const body = `AccountSid=${project}&Body=hello+there&From=%2B15550100001&MessageSid=m-1`;
const delivery = { url, body, headers: { [sha1Header]: base64(url + payload) } };

async function idOf(request: WebhookRequest, publicUrl?: string): Promise<string> {
  return (await verifyWebhook(request, { signingKey, publicUrl })).id;
}

/** The id of the request, or `undefined` for one that is refused. */
function idOrRefusal(request: WebhookRequest): Promise<string | undefined> {
  return idOf(request).catch((error: unknown) => {
    expect(error).toMatchObject({ name: "WebhookError" });
    return undefined;
  });
}

describe("one delivery has one id", () => {
  test.each<[string, WebhookRequest]>([
    ["its parameters in another order", { ...delivery, body: body.split("&").reverse().join("&") }],
    ["a name of them encoded", { ...delivery, body: body.replace("Body", "%42%6fdy") }],
    ["a value of them encoded", { ...delivery, body: body.replace("hello+", "%68ello%20") }],
    ["a value of them in the next name", { ...delivery, body: body.replace("=hello", "hello=") }],
    ["a name of them in its value", { ...delivery, body: body.replace("&From=", "From") }],
    ["a name of them cut", { ...delivery, body: body.replace("MessageSid=m", "Mess=ageSidm") }],
    ["parameters of their own", { ...delivery, body: body.replace("From=%2B", "Fr=om%2B") }],
    ["the port written out", { ...delivery, url: url.replace(".com", ".com:443") }],
    ["a fragment", { ...delivery, url: `${url}#AccountSid=x` }],
    [
      "the other digest",
      { ...delivery, headers: { [sha256Header]: base64(url + payload, "sha256") } },
    ],
    ["the other header", { ...delivery, headers: { [twilioHeader]: base64(url + payload) } }],
    ["parsed parameters", { ...delivery, body: new URLSearchParams(body) }],
    ["a parsed object", { ...delivery, body: Object.fromEntries(new URLSearchParams(body)) }],
  ])("with %s", async (_, replay) => {
    expect(await idOf(replay)).toBe(await idOf(delivery));
  });

  test("for JSON, whatever header and port it is under", async () => {
    const id = await idOf(signedJson);
    const sha1 = { [sha1Header]: hex(url + json, "sha1") };
    const withPort = url.replace(".com", ".com:443");
    expect(await idOf({ ...signedJson, headers: sha1 })).toBe(id);
    expect(await idOf({ ...signedJson, url: withPort })).toBe(id);
    const signedWithPort = { ...signedJson, headers: { [sha256Header]: hex(withPort + json) } };
    expect(await idOf(signedWithPort)).toBe(id);
  });

  test("under the schemes of its headers, where the URL holds the body's hash", async () => {
    const asked = `${url}?tenant=1&bodySHA256=${createHash("sha256").update(json).digest("hex")}`;
    const request = { url: asked, body: json };
    const alone = await idOf({ ...request, headers: { [twilioHeader]: base64(asked) } });
    const whole = await idOf({ ...request, headers: { [sha256Header]: hex(asked + json) } });
    expect(alone).toBe(whole);
  });

  test.each([
    ["https://hooks.example.com:443", "https://hooks.example.com"],
    ["https://user:443@hooks.example.com:443/x", "https://user:443@hooks.example.com/x"],
    ["https://[::1]:443/x", "https://[::1]/x"],
    ["http://hooks.example.com:80/x?y=:80", "http://hooks.example.com/x?y=:80"],
  ])("with and without its port: %s", async (withPort, without) => {
    const headers = { [sha256Header]: hex(`${without}${json}`) };
    const other = { [sha256Header]: hex(`${withPort}${json}`) };
    const id = await idOf({ url: without, body: json, headers });
    expect(await idOf({ url: withPort, body: json, headers })).toBe(id);
    expect(await idOf({ url: without, body: json, headers: other })).toBe(id);
    expect(
      await idOf({
        url: `${without}2`,
        body: json,
        headers: { [sha256Header]: hex(`${without}2${json}`) },
      }),
    ).not.toBe(id);
  });

  test("when text is moved between query and body", async () => {
    const asked = `${url}?tenant=12`;
    const headers = { [sha1Header]: base64(`${asked}Bodyx=1CallSidc`) };
    const moved: WebhookRequest[] = [
      { url: asked, body: "Body=x%3D1&CallSid=c", headers },
      { url: `${url}?tenant=1`, body: "2Body=x%3D1&CallSid=c", headers },
      { url: `${asked}Bodyx`, body: "%3D1=&CallSid=c", headers },
      { url: `${url}?`, body: "tenant%3D12Body=x%3D1CallSidc", headers },
      { url, body: "%3Ften=ant%3D12Bodyx%3D1CallSidc", headers },
    ];
    const ids = await Promise.all(moved.map((one) => idOf(one)));
    expect(new Set(ids).size).toBe(1);
  });

  test("when a callback by GET is sent with its query as a body", async () => {
    const asked = `${url}?CallSid=c&From=x`;
    const headers = { [sha1Header]: base64(asked) };
    const id = await idOf({ url: asked, headers });
    expect(await idOf({ url: `${url}?CallSid=c&`, body: "From=%3Dx", headers })).toBe(id);
    expect(await idOf({ url, body: "%3FCall=Sid%3Dc%26From%3Dx", headers })).toBe(id);
  });

  test("for every way to cut its text into a URL and parameters, or it is refused", async () => {
    const text = url + payload;
    const id = await idOf(delivery);
    const cuts = fc.uniqueArray(fc.integer({ min: url.length - 6, max: text.length }), {
      minLength: 2,
      maxLength: 9,
    });
    const headers = fc.constantFrom<Record<string, string>>(
      delivery.headers,
      { [sha1Header]: hex(text, "sha1") },
      { [sha256Header]: hex(text) },
      { [sha256Header]: base64(text, "sha256") },
    );
    await fc.assert(
      fc.asyncProperty(cuts, headers, fc.boolean(), async (places, signature, isForm) => {
        const [end = 0, ...rest] = places.sort((one, other) => one - other);
        const pieces = [end, ...rest].map((at, index) => text.slice(at, rest[index]));
        const form = new URLSearchParams();
        for (let at = 0; at < pieces.length; at += 2) {
          form.append(pieces[at] ?? "", pieces[at + 1] ?? "");
        }
        const asBody = isForm ? form.toString() : text.slice(end);
        const asked = { url: text.slice(0, end), body: asBody, headers: signature };
        expect([id, undefined]).toContain(await idOrRefusal(asked));
      }),
      { numRuns: 300 },
    );
  });
});

describe("a parameter without a name is refused", () => {
  const nameless = `=AccountSid${project}&=Bodyhello+there&=From%2B15550100001MessageSidm-1`;
  test.each<[string, WebhookRequest]>([
    ["in a form", { ...delivery, body: nameless }],
    ["beside others", { ...delivery, body: `${body}&=` }],
    ["in a parsed form", { ...delivery, body: { "": "x" } }],
    [
      "in the query of a callback by GET",
      { url: `${url}?CallSid=c&=x`, headers: { [sha1Header]: base64(`${url}?CallSid=c&=x`) } },
    ],
  ])("%s", async (_, request) => {
    await expect(verifyWebhook(request, { signingKey })).rejects.toThrowError(
      refusal("unrecognised"),
    );
  });
});

test("other deliveries have other ids", async () => {
  const later = payload.replace("m-1", "m-2");
  const other = {
    ...delivery,
    body: body.replace("m-1", "m-2"),
    headers: { [sha1Header]: base64(url + later) },
  };
  expect(await idOf(other)).not.toBe(await idOf(delivery));
});
