import { createHash } from "node:crypto";
import { verifyWebhook } from "@media-protection/sdk/webhooks";
import { describe, expect, test } from "vitest";
import {
  base64,
  form,
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

  test.each<[what: string, publicUrl: string | URL, received: string, signed: string]>([
    ["an origin, and nothing behind it", publicOrigin, "/", publicOrigin],
    ["an origin with a slash, signed without", `${publicOrigin}/`, "/", publicOrigin],
    ["an origin, signed with a slash", publicOrigin, "/", `${publicOrigin}/`],
    ["an origin, and no path received", publicOrigin, "", `${publicOrigin}/`],
    ["a URL object, signed as it was written", new URL(publicOrigin), "/", publicOrigin],
    ["an origin with a query", `${publicOrigin}?a=1`, "/?a=1", `${publicOrigin}?a=1`],
    [
      "an origin with a query, signed with a slash",
      `${publicOrigin}?a=1`,
      "/",
      `${publicOrigin}/?a=1`,
    ],
    ["a port and no path", `${publicOrigin}:8443`, "/", `${publicOrigin}:8443`],
    ["the default port", `${publicOrigin}:443/media`, "/", `${publicOrigin}/media`],
    ["no port, signed with it and no path", publicOrigin, "/", `${publicOrigin}:443`],
    ["a host as it is written", "https://Hooks.Example.com", "/x", "https://Hooks.Example.com/x"],
    ["a host in another case", "HTTPS://Hooks.Example.com", "/x", `${publicOrigin}/x`],
    ["a host of another script", "https://müller.example", "/x", "https://xn--mller-kva.example/x"],
    ["such a host as it is written", "https://müller.example", "/x", "https://müller.example/x"],
    [
      "a path as URL parsers write it",
      `${publicOrigin}/grüße`,
      "/x",
      `${publicOrigin}/gr%C3%BC%C3%9Fe`,
    ],
    [
      "a path as it is written",
      `${publicOrigin}/grüße?q='{x}'`,
      "/x",
      `${publicOrigin}/grüße?q='{x}'`,
    ],
    ["a path with a slash behind", `${publicOrigin}/media/`, "/x", `${publicOrigin}/media/`],
    ["a fragment", `${publicOrigin}/media#x`, "/media", `${publicOrigin}/media`],
    [
      "a query to which a call by GET adds",
      `${publicOrigin}/x?a=1`,
      "/x?a=1&b=2",
      `${publicOrigin}/x?a=1&b=2`,
    ],
    ["an empty query", `${publicOrigin}/x?`, "/x?a=1", `${publicOrigin}/x?`],
    [
      "a quote that a Web Request has encoded",
      publicOrigin,
      "/x?q=%27a%27",
      `${publicOrigin}/x?q='a'`,
    ],
  ])("as the platform signs it: %s", async (_, publicUrl, received, signed) => {
    for (const [body, headers] of [
      [json, { [sha256Header]: hex(signed + json) }],
      [form, { [sha1Header]: base64(`${signed}AccountSidaCallSidc`) }],
    ] as const) {
      const request = { url: received, body, headers };
      await expect(verifyWebhook(request, { signingKey, publicUrl })).resolves.toBeDefined();
    }
  });

  test.each<[what: string, publicUrl: string | undefined, received: string, signed: string]>([
    ["another path", `${publicOrigin}/media`, "/media", `${publicOrigin}/media/`],
    ["another path, its slash gone", `${publicOrigin}/media/`, "/media/", `${publicOrigin}/media`],
    ["another port", `${publicOrigin}:8443/x`, "/x", `${publicOrigin}/x`],
    ["the port of the other scheme", `${publicOrigin}/x`, "/x", `${publicOrigin}:80/x`],
    ["the other scheme", `${publicOrigin}/x`, "/x", "http://hooks.example.com/x"],
    ["another host", publicOrigin, "https://evil.example/x", "https://evil.example/x"],
    ["the request's own query", `${publicOrigin}/x?a=1`, "/x?b=2", `${publicOrigin}/x?b=2`],
    ["a path that is not asked for", publicOrigin, "/x", `${publicOrigin}/`],
    ["a query that is not there", publicOrigin, "/x", `${publicOrigin}/x?a=1`],
    ["no query where one is asked for", publicOrigin, "/x?a=1", `${publicOrigin}/x`],
  ])("is not: %s", async (_, publicUrl, received, signed) => {
    const request = { url: received, body: json, headers: { [sha256Header]: hex(signed + json) } };
    await expect(verifyWebhook(request, { signingKey, publicUrl })).rejects.toThrowError(
      refusal("mismatch"),
    );
  });

  test("with a query of its own has the parameters of a callback by GET, too", async () => {
    const asked = `${publicOrigin}/sms?tenant=1&CallSid=c`;
    const request = { url: "/sms?tenant=1&CallSid=c", headers: { [sha1Header]: base64(asked) } };
    const options = { signingKey, publicUrl: `${publicOrigin}/sms?tenant=1` };
    const { content } = await verifyWebhook(request, options);
    expect(content).toEqual(new URLSearchParams("tenant=1&CallSid=c"));
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
    "https:hooks.example.com",
    "https://hooks.example.com/a b",
    " https://hooks.example.com",
    "https://hooks.example.com\n",
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
