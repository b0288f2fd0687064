import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { verifyWebhook } from "@media-protection/sdk/webhooks";
import { describe, expect, test } from "vitest";

interface Vector {
  readonly name: string;
  readonly url: string;
  readonly body: string;
  readonly header: string;
  readonly signature: string;
  readonly key: string;
}

const folder = resolve(import.meta.dirname, "vectors");
const written = readFileSync(resolve(folder, "webhook-vectors.json"), "utf8");
const vectors: Vector[] = JSON.parse(written);
const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

function signed({ url, body, header, signature }: Vector) {
  return { url, body, headers: { [header]: signature } };
}

describe("what openssl signed is verified", () => {
  test.each(vectors)("$name", async (vector) => {
    const request = signed(vector);
    const options = { signingKey: vector.key };
    await expect(verifyWebhook(request, options)).resolves.toMatchObject({ keyIndex: 0 });
    const bytes = { ...request, body: new TextEncoder().encode(vector.body) };
    await expect(verifyWebhook(bytes, options)).resolves.toMatchObject({ keyIndex: 0 });
  });

  test.skipIf(!hasOpenssl)("by the committed command", () => {
    const script = resolve(folder, "make-webhook-vectors.sh");
    expect(execFileSync("sh", [script], { encoding: "utf8" })).toBe(written);
  });
});

describe("with anything changed, it is not", () => {
  const changes: [what: string, change: (vector: Vector) => Vector][] = [
    ["the key", (vector) => ({ ...vector, key: `${vector.key}x` })],
    ["the path", (vector) => ({ ...vector, url: vector.url.replace(/(com[^/]*)\//, "$1/x") })],
    ["the scheme", (vector) => ({ ...vector, url: vector.url.replace(/^https?/, "HTTPS") })],
    ["the host", (vector) => ({ ...vector, url: vector.url.replace("hooks", "hook") })],
    [
      "the query",
      (vector) => ({ ...vector, url: `${vector.url}${vector.url.includes("?") ? "&" : "?"}x` }),
    ],
    ["the body", (vector) => ({ ...vector, body: vector.body.replace(/.?$/, "~") })],
    [
      "the signature",
      (vector) => ({
        ...vector,
        signature: (vector.signature[0] === "0" ? "1" : "0") + vector.signature.slice(1),
      }),
    ],
  ];
  test.each(changes)("%s", async (_, change) => {
    for (const vector of vectors) {
      const changed = change(vector);
      expect(changed, vector.name).not.toEqual(vector);
      await expect(
        verifyWebhook(signed(changed), { signingKey: changed.key }),
        vector.name,
      ).rejects.toMatchObject({
        name: "WebhookError",
        reason: expect.stringMatching(/^(?:mismatch|body-hash)$/),
      });
    }
  });
});

test("the example of Twilio's documentation is verified", async () => {
  const params = {
    CallSid: "CA1234567890ABCDE",
    Caller: "+14158675309",
    Digits: "1234",
    From: "+14158675309",
    To: "+18005551212",
  };
  const request = {
    url: "https://mycompany.com/myapp.php?foo=1&bar=2",
    headers: { "X-Twilio-Signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8=" },
    body: new URLSearchParams(params).toString(),
  };
  await expect(verifyWebhook(request, { signingKey: "12345" })).resolves.toBeDefined();
});
