import { verifyWebhook, type WebhookRequest } from "@media-protection/sdk/webhooks";
import { describe, expect, test } from "vitest";
import {
  hex,
  json,
  refusal,
  sha1Header,
  sha256Header,
  signedForm,
  signedJson,
  signingKey,
  url,
} from "../../helpers/callbacks/signed-webhooks.js";

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
