import { createHash } from "node:crypto";
import { verifyWebhook, type WebhookRequest } from "@media-protection/sdk/webhooks";
import { describe, expect, test } from "vitest";
import {
  base64,
  hex,
  refusal,
  sha1Header,
  sha256Header,
  signingKey,
  twilioHeader,
  url,
} from "../../helpers/callbacks/signed-webhooks.js";

// A sender knows the signature of what carries his own text, and may write it in the other encoding,
// and cut the signed text into URL and body where he likes. None of it may be verified as content.

const project = "5eed0000-0000-4000-8000-000000000001";
const evil = "https://evil.example/a.wav";
const event = JSON.stringify({ event_type: "calling.call.record", params: { url: evil } });
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** What is signed of a message with the text, and its two signatures in both encodings. */
function message(text: string, asked = url) {
  const payload = `AccountSid${project}Body${text}From+1555MessageSidm`;
  const signed = asked + payload;
  const headers: Record<string, string>[] = [
    { [sha1Header]: base64(signed) },
    { [twilioHeader]: hex(signed, "sha1") },
    { [sha256Header]: base64(signed, "sha256") },
    { [sha256Header]: hex(signed) },
  ];
  return { payload, headers };
}

async function refused(request: WebhookRequest) {
  const error = await verifyWebhook(request, { signingKey }).then(
    ({ content }) => ({ content }),
    (thrown: unknown) => thrown,
  );
  expect(error, JSON.stringify(request)).toMatchObject({ name: "WebhookError" });
}

describe("a form's signature verifies no raw body", () => {
  test.each([
    `x&RecordingUrl=${evil}`,
    `x&AccountSid=${project}&RecordingUrl=${evil}&x=`,
    `x&MediaUrl0=${evil}&MessageSid=`,
    event,
    `"${event}`,
  ])("whatever the message says: %s", async (text) => {
    const { payload, headers } = message(text);
    for (const signature of headers.filter((one) =>
      /^[0-9a-f]+$/.test(Object.values(one)[0] ?? ""),
    )) {
      await refused({ url, body: payload, headers: signature });
      await refused({ url, body: new TextEncoder().encode(payload), headers: signature });
    }
  });

  test("not even the whole of a form that begins like JSON", async () => {
    const body = `{"AccountSid":"${project}","RecordingUrl":"${evil}"}`;
    // Names and values of a form that no platform sends, and whose text is JSON.
    const form = new URLSearchParams([[body.slice(0, 5), body.slice(5)]]);
    const headers = { [sha1Header]: base64(url + body) };
    await refused({ url, body: form.toString(), headers });
  });
});

describe("a signed body verifies no query", () => {
  const tail = `&AccountSid=${project}&RecordingUrl=${evil}&x=`;
  test.each([
    ["a callback by GET", url, `x?a=b${tail}`],
    ["a callback by GET, the URL with a query", `${url}?tenant=1`, `x${tail}`],
    ["a callback by GET, the query empty", `${url}?`, `x${tail}`],
    ["a body by its hash", `${url}?tenant=1`, `x&bodySHA256=${sha256(event)}&`],
    ["a body by its hash, at the end", `${url}?tenant=1`, `x&bodySHA256=${sha256(event)}`],
  ])("as %s", async (_, asked, text) => {
    const { payload, headers } = message(text, asked);
    for (const signature of headers) {
      await refused({ url: asked + payload, headers: signature });
      await refused({ url: asked + payload, body: event, headers: signature });
      const end = `From+1555MessageSidm`;
      const moved = (asked + payload).slice(0, -end.length);
      await refused({ url: moved, body: `From=%2B1555&MessageSid=m`, headers: signature });
      await refused({ url: moved, body: event, headers: signature });
    }
  });

  test("by a hash that is not where the platform puts it", async () => {
    // No parameter here tells that it was moved.
    const asked = `${url}?tenant=1Bodyx&bodySHA256=${sha256(event)}&From+1555`;
    await refused({ url: asked, body: event, headers: { [sha1Header]: base64(asked) } });
  });

  test("where the sender's text is the last of it", async () => {
    const asked = `${url}?tenant=1`;
    const text = `x&bodySHA256=${sha256(event)}`;
    const signed = `${asked}AccountSid${project}TranscriptionText`;
    await refused({
      url: signed + text,
      body: event,
      headers: { [sha1Header]: base64(signed + text) },
    });
    await refused({
      url: signed,
      body: event,
      headers: { [sha1Header]: hex(signed + event, "sha1") },
    });
  });
});

describe("JSON's signature verifies no form", () => {
  const asked = `${url}?tenant=1`;
  test.each(["", " \n"])(
    "nor a query, with the sender's text in it and %j before it",
    async (space) => {
      const text = `AccountSid${project}RecordingUrl${evil}?`;
      const query = `x&AccountSid=${project}&RecordingUrl=${evil}&y=`;
      for (const said of [text, query]) {
        const json = `${space}{"message":{"body":"${said}"}}`;
        const signed = asked + json;
        const headers = { [sha256Header]: base64(signed, "sha256") };
        const before = signed.indexOf(said);
        const form = new URLSearchParams({ AccountSid: project, RecordingUrl: `${evil}?"}}` });
        await refused({ url: signed.slice(0, before), body: form.toString(), headers });
        await refused({ url: signed, headers });
        await refused({ url: signed, body: "", headers });
        await refused({ url: asked, body: new URLSearchParams([[json, ""]]).toString(), headers });
        await refused({
          url: asked,
          body: new URLSearchParams([[json.slice(0, 1), json.slice(1)]]).toString(),
          headers,
        });
      }
    },
  );
});

describe("the border between URL and parameters", () => {
  const asked = `${url}?tenant=12`;
  const headers = { [sha1Header]: base64(`${asked}AccountSid${project}CallSidc`) };

  test.each([
    ["a tenant cut short", `${url}?tenant=1`, `2AccountSid=${project}&CallSid=c`],
    ["no tenant", url, `%3Ftenant%3D12AccountSid=${project}&CallSid=c`],
    ["a longer tenant", `${asked}Account`, `Sid=${project}&CallSid=c`],
    ["no project", `${asked}AccountSid${project}`, "CallSid=c"],
    ["no project, its name left", `${asked}AccountSid`, `${project}=&CallSid=c`],
  ])("is not to be moved: %s", async (_, moved, body) => {
    await refused({ url: moved, body, headers });
  });

  test("is where publicUrl has it, whatever the request asks for", async () => {
    const options = { signingKey, publicUrl: asked };
    const body = `AccountSid=${project}&CallSid=c`;
    for (const received of ["/media", "/media?tenant=12", `/media?tenant=12&x={AccountSid`]) {
      await expect(verifyWebhook({ url: received, body, headers }, options)).resolves.toMatchObject(
        { projectId: project },
      );
      await expect(
        verifyWebhook({ url: received, body: "CallSid=c", headers }, options),
      ).rejects.toThrowError(refusal("mismatch"));
    }
  });

  test.each([
    "?CallSid=c&From=x",
    "?Body=my+CallSid+is+5&From=x",
    "?fields=CallSid,From",
    "?next=https%3A%2F%2Fx.example%3FCallSid%3D5",
  ])("is no matter of names in a query as it is: %s", async (query) => {
    const request = { url: url + query, headers: { [sha1Header]: base64(url + query) } };
    await expect(verifyWebhook(request, { signingKey })).resolves.toBeDefined();
  });

  test("is not looked for in what the platform was given", async () => {
    const given = `${url}?fields=CallSid,{all}`;
    const body = `AccountSid=${project}`;
    const request = {
      url: "/x",
      body,
      headers: { [sha1Header]: base64(`${given}AccountSid${project}`) },
    };
    await expect(verifyWebhook(request, { signingKey, publicUrl: given })).resolves.toBeDefined();
    await expect(verifyWebhook({ ...request, url: given }, { signingKey })).rejects.toMatchObject({
      reason: "mismatch",
      message: expect.stringContaining("publicUrl"),
    });
  });
});
