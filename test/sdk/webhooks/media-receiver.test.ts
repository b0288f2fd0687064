import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createPlatform } from "@media-protection/mock";
import {
  type CallbackMedia,
  createMediaReceiver,
  type MediaReceiverOptions,
} from "@media-protection/sdk/webhooks";
import { describe, expect, test } from "vitest";

const publicUrl = "https://hooks.example.com/media";

function scene(options: Partial<MediaReceiverOptions> = {}) {
  const platform = createPlatform();
  const media: CallbackMedia[] = [];
  const errors: unknown[] = [];
  const signingKey = platform.signingKeys(platform.credentials.projectId);
  const receive = createMediaReceiver({
    ...{ signingKey, publicUrl },
    onMedia: (medium) => media.push(medium),
    onError: (error) => errors.push(error),
    ...options,
  });
  const send = async (fault?: "wrongKey" | "twice", state = "completed") => {
    const fetch = async (url: string, init: RequestInit) => receive(new Request(url, init));
    const how = { to: publicUrl, fetch, state, ...(fault && { fault }) };
    return (await platform.callbacks.send("recording", how)).map(({ status }) => status);
  };
  return { platform, receive, media, errors, send };
}

describe("what cannot be right fails when the receiver is made, not at the first callback", () => {
  const right = { signingKey: "PSK-x", publicUrl, onMedia: () => {} };
  test.each([
    ["publicUrl", { ...right, publicUrl: undefined }],
    ["publicUrl", { ...right, publicUrl: "" }],
    ["publicUrl", { ...right, publicUrl: "/hooks" }],
    ["publicUrl", { ...right, publicUrl: "ftp://hooks.example.com" }],
    ["signingKey", { ...right, signingKey: "" }],
    ["signingKey", { ...right, signingKey: undefined }],
    ["onMedia", { ...right, onMedia: undefined }],
    ["onError", { ...right, onError: "log" }],
    ["maxBodyBytes", { ...right, maxBodyBytes: 0 }],
    ["seen", { ...right, seen: true, forget: () => {} }],
    ["forget", { ...right, seen: (): boolean => false }],
    ["forget", { ...right, seen: (): boolean => false, forget: true }],
    ["forget", { ...right, forget: () => {} }],
    ["onMedium", { ...right, onMedium: () => {} }],
  ])("%s: %j", (option, options) => {
    // What code without types can say.
    expect(() => createMediaReceiver(options as unknown as MediaReceiverOptions)).toThrow(option);
  });
});

/** A replay guard, as Redis would be one. */
function guard() {
  const ids = new Set<string>();
  const seen = (id: string): boolean => ids.size === ids.add(id).size;
  return { seen, forget: (id: string) => ids.delete(id) };
}

describe("a callback", () => {
  test("that is verified hands over its media, and is answered 204 without a body", async () => {
    const { send, media, errors } = scene();
    expect(await send()).toEqual([204]);
    expect(media).toHaveLength(1);
    expect(media[0]?.ready).toBe(true);
    expect(errors).toEqual([]);
  });

  test("of a recording that still runs hands over nothing", async () => {
    const { send, media } = scene();
    expect(await send(undefined, "in-progress")).toEqual([204]);
    expect(media).toEqual([]);
  });

  test("that is forged is 403, and nothing is handed over", async () => {
    const { send, media, errors } = scene();
    expect(await send("wrongKey")).toEqual([403]);
    expect(media).toEqual([]);
    expect(errors).toEqual([expect.objectContaining({ name: "WebhookError", reason: "mismatch" })]);
  });

  test("that comes twice is taken once, and answered as well as the first time", async () => {
    const { send, media, errors } = scene(guard());
    expect(await send("twice")).toEqual([204, 204]);
    expect(media).toHaveLength(1);
    expect(errors).toEqual([expect.objectContaining({ reason: "replayed" })]);
  });

  test("whose medium could not be taken is taken when it comes again, guard or none", async () => {
    for (const guarded of [guard(), {}]) {
      let calls = 0;
      const onMedia = () => {
        if (++calls === 1) throw new Error("The disk is full.");
      };
      expect(await scene({ ...guarded, onMedia }).send("twice")).toEqual([500, 204]);
      expect(calls).toBe(2);
    }
  });

  test("that is too large is 413", async () => {
    const { send, media } = scene({ maxBodyBytes: 10 });
    expect(await send()).toEqual([413]);
    expect(media).toEqual([]);
  });

  test("whose medium cannot be taken is 500 and says nothing, so that the platform calls again", async () => {
    const fails = { onMedia: () => Promise.reject(new Error("PT-a-secret in the disk's words")) };
    const { send, errors, receive, platform } = scene(fails);
    expect(await send()).toEqual([500]);
    expect(errors).toHaveLength(1);
    const bodies: string[] = [];
    const fetch = async (url: string, init: RequestInit) => {
      const response = await receive(new Request(url, init));
      bodies.push((await response.clone().text()) + JSON.stringify([...response.headers]));
      return response;
    };
    await platform.callbacks.send("recording", { to: publicUrl, fetch });
    expect(bodies).toEqual(["[]"]);
  });

  test("is answered though the log fails", async () => {
    const onError = () => {
      throw new Error("no log");
    };
    expect(await scene({ onError }).send("wrongKey")).toEqual([403]);
  });

  test("is taken from Node's own request, behind a proxy that ends TLS", async () => {
    const { receive, media, platform } = scene();
    const server = createServer(async (request, response) => {
      response.writeHead((await receive(request)).status).end();
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    try {
      // The server listens on TCP, so its address is not a pipe's name.
      const { port } = server.address() as AddressInfo;
      const proxied = (url: string, init: RequestInit) =>
        fetch(`http://127.0.0.1:${port}${new URL(url).pathname}`, init);
      const sent = await platform.callbacks.send("recording", { to: publicUrl, fetch: proxied });
      expect(sent.map(({ status }) => status)).toEqual([204]);
      expect(media).toHaveLength(1);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
