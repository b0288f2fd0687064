import { Readable } from "node:stream";
import { verifyWebhook, type WebhookRequest } from "@media-protection/sdk/webhooks";
import { describe, expect, test, vi } from "vitest";
import { json, signedJson, signingKey, url } from "../../helpers/callbacks/signed-webhooks.js";

const reason = new Error("the server is going down");
const never = new Promise<never>(() => undefined);

/** A signal, and how many listeners it has. */
function counted() {
  const controller = new AbortController();
  const { signal } = controller;
  const add = vi.spyOn(signal, "addEventListener");
  const remove = vi.spyOn(signal, "removeEventListener");
  return { controller, signal, listeners: () => add.mock.calls.length - remove.mock.calls.length };
}

function hanging() {
  let wasCancelled = false;
  const body = new ReadableStream<Uint8Array>({
    cancel() {
      wasCancelled = true;
    },
  });
  return { body, wasCancelled: () => wasCancelled };
}

describe("a signal ends the call with its reason", () => {
  const stalled = hanging();
  test.each<[string, WebhookRequest, object]>([
    ["while a stream is read", { ...signedJson, body: stalled.body }, {}],
    [
      "while a Node request is read",
      // A stream that has a request's fields is what Node's request is.
      Object.assign(new Readable({ read() {} }), signedJson, { body: undefined }) as never,
      {},
    ],
    ["while the key is looked up", signedJson, { signingKey: () => never }],
    ["while the guard is asked", signedJson, { seen: () => never }],
  ])("%s", async (_, request, more) => {
    const { controller, signal, listeners } = counted();
    const verified = verifyWebhook(request, { signingKey, signal, ...more });
    // Whatever it waits for, it waits for it after a turn of the loop.
    setImmediate(() => controller.abort(reason));
    await expect(verified).rejects.toBe(reason);
    expect(listeners()).toBe(0);
  });

  test("and cancels the stream", () => {
    expect(stalled.wasCancelled()).toBe(true);
  });

  test("at once, with nothing read or asked", async () => {
    let asked = 0;
    const request = new Request(url, { method: "POST", ...signedJson });
    const ask = () => {
      asked += 1;
      return signingKey;
    };
    const options = { signingKey: ask, signal: AbortSignal.abort(reason) };
    await expect(verifyWebhook(request, options)).rejects.toBe(reason);
    expect(asked).toBe(0);
    expect(request.bodyUsed).toBe(false);
  });

  test("and leaves nothing with it when it is not used", async () => {
    const { signal, listeners } = counted();
    const body = new Blob([json]).stream();
    const seen = async () => false;
    const key = async () => signingKey;
    await verifyWebhook({ ...signedJson, body }, { signingKey: key, seen, signal });
    expect(listeners()).toBe(0);
  });
});
