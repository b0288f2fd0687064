import { Readable } from "node:stream";
import { verifyWebhook, type WebhookRequest } from "@media-protection/sdk/webhooks";
import { describe, expect, test } from "vitest";
import {
  base64,
  form,
  json,
  refusal,
  sha1Header,
  signedForm,
  signedJson,
  signingKey,
  url,
} from "../../helpers/callbacks/signed-webhooks.js";

const jsonType = { "content-type": "application/json" };
const formType = { "content-type": "application/x-www-form-urlencoded" };

/** A Node request, as far as it is looked at. */
function nodeRequest(text: string, { headers }: WebhookRequest, more: object = {}) {
  const stream = Readable.from([Buffer.from(text)], { objectMode: false });
  // A stream that has a request's fields is what Node's request is.
  return Object.assign(stream, { url, headers }, more) as unknown as WebhookRequest & Readable;
}

async function drained(text: string, request: WebhookRequest, more?: object) {
  const read = nodeRequest(text, request, more);
  for await (const _ of read);
  return read;
}

async function ofRequest(read: (request: Request) => unknown): Promise<WebhookRequest> {
  const request = new Request(url, { method: "POST", ...signedJson });
  await read(request);
  return request;
}

describe("a body that was parsed or read before says that the raw one is needed", () => {
  test.each<[string, () => WebhookRequest | Promise<WebhookRequest>]>([
    ["JSON parsed", () => ({ ...signedJson, body: JSON.parse(json) })],
    ["JSON parsed to texts only", () => ({ ...signedJson, body: { event_type: "x" } })],
    ["JSON parsed to nothing", () => ({ ...signedJson, body: {} })],
    ["a parsed form under JSON's signature", () => ({ ...signedJson, body: { CallSid: "c" } })],
    ["no JSON", () => ({ ...signedJson, body: null })],
    ["no JSON, its type left", () => ({ headers: { ...signedJson.headers, ...jsonType }, url })],
    ["an empty text for JSON", () => ({ ...signedJson, body: "" })],
    ["no bytes for JSON", () => ({ ...signedJson, body: new Uint8Array() })],
    [
      "a parsed body with null",
      () => ({ ...signedForm, body: { AccountSid: "a", CallSid: null } }),
    ],
    [
      "a parsed body with a number",
      () => ({ ...signedForm, body: { AccountSid: "a", CallSid: 5 } }),
    ],
    ["a parsed body with objects", () => ({ ...signedForm, body: { AccountSid: { a: "a" } } })],
    ["a parsed body with an object in a list", () => ({ ...signedForm, body: { A: [{}] } })],
    ["what is left of a form", () => ({ ...signedForm, body: {} })],
    ["what is left, without prototype", () => ({ ...signedForm, body: Object.create(null) })],
    ["no parameters that were parsed", () => ({ ...signedForm, body: new URLSearchParams() })],
    [
      "no form, its type left",
      () => ({ ...signedForm, body: null, headers: { ...signedForm.headers, ...formType } }),
    ],
    [
      "no form, its length left",
      () => ({ url, headers: { ...signedForm.headers, "content-length": "22" } }),
    ],
    [
      "no form, sent in chunks",
      () => ({ url, headers: { ...signedForm.headers, "transfer-encoding": "chunked" } }),
    ],
    ["a Request that was read", () => ofRequest((request) => request.text())],
    ["a Request that is being read", () => ofRequest((request) => request.body?.getReader())],
    ["a Node request that was read", () => drained(json, signedJson)],
    ["a Node request of a form that was read", () => drained(form, signedForm)],
    [
      "a Node request that was read and parsed",
      () => drained(json, signedJson, { body: JSON.parse(json) }),
    ],
    ["a Node request that was read, to {}", () => drained(form, signedForm, { body: {} })],
    [
      "a Node request that was read in part",
      () => {
        const request = nodeRequest(json, signedJson);
        request.read(5);
        return request;
      },
    ],
    ["a Node request that is gone", () => nodeRequest(json, signedJson).destroy()],
    [
      "a Node stream as body that was read",
      async () => ({ ...signedJson, body: await drained(json, signedJson) }),
    ],
    [
      "a Node request that breaks off",
      () => {
        const stream = new Readable({
          read() {
            this.push("{");
            this.destroy(new Error("aborted"));
          },
        });
        return Object.assign(stream, {
          url,
          headers: signedJson.headers,
        }) as unknown as WebhookRequest;
      },
    ],
    [
      "a stream that fails",
      () => ({
        ...signedJson,
        body: new ReadableStream({ pull: (controller) => controller.error(new Error("x")) }),
      }),
    ],
    [
      "a parsed body beside a hash",
      () => ({ ...signedForm, url: `${url}?bodySHA256=0`, body: { A: "a" } }),
    ],
    [
      "no body beside a hash",
      () => ({
        url: `${url}?bodySHA256=${"0".repeat(64)}`,
        headers: { ...signedForm.headers, ...jsonType },
      }),
    ],
  ])("%s", async (_, make) => {
    const request = await make();
    for (const publicUrl of [undefined, url]) {
      await expect(verifyWebhook(request, { signingKey, publicUrl })).rejects.toMatchObject({
        name: "WebhookError",
        reason: "raw-body",
        message: expect.stringMatching(/^The raw body is needed.*express\.raw/),
      });
    }
  });

  test("but not where it is the form that was signed", async () => {
    const request = await drained(form, signedForm, { body: { CallSid: "c", AccountSid: "a" } });
    await expect(verifyWebhook(request, { signingKey })).resolves.toBeDefined();
  });
});

describe("a Node request is read itself", () => {
  test.each<[string, object]>([
    ["where nothing has parsed it", {}],
    ["where a parser of another type has left {}", { body: {} }],
    ["where a parser of another type has left {} without prototype", { body: Object.create(null) }],
    ["where there is undefined", { body: undefined }],
  ])("%s", async (_, more) => {
    for (const [text, signed] of [
      [json, signedJson],
      [form, signedForm],
    ] as const) {
      const request = nodeRequest(text, signed, more);
      await expect(verifyWebhook(request, { signingKey })).resolves.toBeDefined();
    }
  });
});

test("a callback by GET has no body, whoever has looked for one", async () => {
  const asked = `${url}?CallSid=c`;
  const signed = { url: asked, headers: { [sha1Header]: base64(asked) } };
  const requests: WebhookRequest[] = [
    new Request(asked, { headers: signed.headers }),
    nodeRequest("", signed, { url: asked }),
    await drained("", signed, { url: asked }),
    await drained("", signed, { url: asked, body: {} }),
    { ...signed, body: null, headers: { ...signed.headers, "content-length": "0" } },
    { ...signed, body: {}, headers: { ...signed.headers, ...formType } },
  ];
  for (const request of requests) {
    const { content } = await verifyWebhook(request, { signingKey });
    expect(content).toEqual(new URLSearchParams("CallSid=c"));
  }
});

test("what was given whole and is not what was signed is still a mismatch", async () => {
  for (const body of [`${json} `, new TextEncoder().encode(`${json} `)]) {
    await expect(verifyWebhook({ ...signedJson, body }, { signingKey })).rejects.toThrowError(
      refusal("mismatch"),
    );
  }
  const headers = { ...signedForm.headers, ...formType };
  for (const body of [`${form}x`, new URLSearchParams(`${form}x`), { CallSid: "x" }]) {
    await expect(verifyWebhook({ url, headers, body }, { signingKey })).rejects.toThrowError(
      refusal("mismatch"),
    );
  }
});
