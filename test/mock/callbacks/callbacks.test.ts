import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type CallbackShape,
  createFetch,
  createPlatform,
  type Platform,
  type SendCallbackOptions,
  signWebhook,
} from "@media-protection/mock";
import { matchers } from "@media-protection/mock/matchers";
import { createClient } from "@media-protection/sdk";
import { mediaInCallback, verifyWebhook } from "@media-protection/sdk/webhooks";
import { describe, expect, test } from "vitest";
import { json, sending, setScene } from "../scene.js";

// Callbacks that the mock sends, as the SDK receives them: the two share no code.

const to = "https://hooks.example.com/media";

/** A platform with a medium of each kind, and a receiver that takes what is signed by its key. */
function scene() {
  const platform = createPlatform({});
  const added = {
    recording: platform.addRecording({ seconds: 2 }).recording,
    messageMedia: platform.addMessageMedia().media,
    faxMedia: platform.addFaxMedia().media,
  };
  const seen = new Set<string>();
  const received: { media: ReturnType<typeof mediaInCallback>; projectId: string | undefined }[] =
    [];
  const receive = async (url: string, init: RequestInit) => {
    const signingKey = platform.signingKeys(platform.credentials.projectId);
    try {
      const { content, projectId } = await verifyWebhook(new Request(url, init), {
        signingKey,
        seen: (id) => seen.has(id) || !seen.add(id),
      });
      received.push({ media: mediaInCallback(content), projectId });
      return new Response("thanks", { status: 202 });
    } catch {
      return new Response(null, { status: 403 });
    }
  };
  const send = (shape: CallbackShape, options: Partial<SendCallbackOptions> = {}) =>
    platform.callbacks.send(shape, { to, fetch: receive, ...options });
  return { platform, added, received, send };
}

const shapes = createPlatform({}).callbacks.shapes;

function clientOf(platform: Platform) {
  const { projectId, apiToken } = platform.credentials;
  const fetch = createFetch(platform);
  const retry = { retries: 0 };
  return createClient({ space: platform.origins.space, projectId, apiToken, fetch, retry });
}

test("there are shapes of each kind of medium", () => {
  expect(shapes).toHaveLength(13);
});

describe.each(shapes)("%s", (shape) => {
  test.each(["sha256", "sha1"] as const)(
    "is verified, read, and leads to the medium's bytes, signed with %s",
    async (digest) => {
      const { platform, added, received, send } = scene();
      platform.setProtection(platform.credentials.projectId, {
        ...{ recordings: true, messageMedia: true, faxMedia: true },
      });
      const [delivery, ...more] = await send(shape, { digest });
      expect(more).toEqual([]);
      expect(delivery).toMatchObject({ shape, status: 202, error: null });
      const [one = expect.fail("nothing was received")] = received;
      expect(one.media).toMatchObject([{ ready: true }]);
      const [medium = expect.fail("no medium was read")] = one.media;
      const { id } = added[medium.kind];
      expect(delivery?.media).toBe(id);
      expect(medium.url).toContain(id);
      const bytes = await (await clientOf(platform).media.download(medium)).bytes();
      expect(bytes.length).toBeGreaterThan(100);
    },
  );

  test("stands in the journal, with the receiver's answer", async () => {
    const { platform, send } = scene();
    const [delivery] = await send(shape);
    expect(platform.journal.entries()).toMatchObject([
      {
        callback: shape,
        media: delivery?.media,
        originUrl: "https://hooks.example.com",
        path: "/media",
        status: 202,
        tokenExposed: false,
      },
    ]);
  });
});

test("is told from requests to the mock by the journal's filter", async () => {
  const { platform, send } = scene();
  await send("recording");
  await send("fax");
  await clientOf(platform).projects.get();
  const { journal } = platform;
  expect(journal.find({ callback: "fax" })).toMatchObject([{ callback: "fax", status: 202 }]);
  expect(journal.find({ callback: null })).toMatchObject([{ method: "GET" }]);
  expect(journal.find({})).toHaveLength(3);
});

test("is no request to the mock: matchers do not count it", async () => {
  const { platform, added, send } = scene();
  await send("recording");
  const { toHaveServed, toHaveNoCredentialsOutside } = matchers;
  expect(toHaveServed(platform.journal, { media: added.recording.id }).pass).toBe(false);
  expect(toHaveNoCredentialsOutside(platform.journal, ["space"]).pass).toBe(false);
});

describe("a fault:", () => {
  test("twice is the same delivery, which a replay guard knows", async () => {
    const { received, send } = scene();
    const deliveries = await send("recording", { fault: "twice" });
    expect(deliveries.map(({ status }) => status)).toEqual([202, 403]);
    expect(received).toHaveLength(1);
  });

  test("out of order is the last state first", async () => {
    const { received, send } = scene();
    const deliveries = await send("recordEvent", { fault: "outOfOrder" });
    expect(deliveries.map(({ state }) => state)).toEqual(["finished", "recording"]);
    expect(received.map(({ media }) => media[0]?.ready)).toEqual([true, false]);
    await expect(send("swmlMessage", { fault: "outOfOrder" })).rejects.toMatchObject({
      option: "fault",
    });
  });

  test.each(["wrongKey", "wrongUrl"] as const)("%s is refused by who verifies", async (fault) => {
    const { received, send } = scene();
    for (const shape of shapes) {
      expect(await send(shape, { fault })).toMatchObject([{ status: 403 }]);
    }
    expect(received).toEqual([]);
  });

  test("before the medium: it is missing, and then there", async () => {
    const { platform, received, send } = scene();
    await send("recording", { fault: "beforeMedia", requests: 3 });
    const [medium = expect.fail("no medium was read")] = received[0]?.media ?? [];
    const client = clientOf(platform);
    for (let count = 0; count < 3; count++) {
      await expect(client.media.download(medium)).rejects.toMatchObject({ status: 404 });
    }
    await (await client.media.download(medium)).body.cancel();
  });

  test("late: it waits, by the platform's own clock", async () => {
    const waited: number[] = [];
    const platform = createPlatform({ wait: async (ms) => void waited.push(ms) });
    platform.addRecording();
    const fetch = async () => new Response(null, { status: 204 });
    await platform.callbacks.send("recording", { to, fetch, delay: 60_000 });
    expect(waited).toEqual([60_000]);
  });
});

describe("a receiver", () => {
  test("on a port is sent to over HTTP, and what it answers is told", async () => {
    const { platform } = scene();
    const server = createServer((request, response) => {
      request.resume().on("end", () => response.writeHead(503).end("not now"));
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    // The server listens on TCP, so its address is not a pipe's name.
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/hooks`;
    expect(await platform.callbacks.send("message", { to: url })).toMatchObject([{ status: 503 }]);
    server.closeAllConnections();
    server.close();
    const [refused] = await platform.callbacks.send("message", { to: url });
    expect(refused).toMatchObject({ status: null, error: expect.stringContaining("ECONNREFUSED") });
    expect(platform.journal.entries().map(({ status }) => status)).toEqual([503, 0]);
  });

  test("that never answers is waited for no longer than its timeout", async () => {
    const { send } = scene();
    const fetch = (_: string, { signal }: RequestInit) =>
      new Promise<Response>((_resolve, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason));
      });
    expect(await send("recording", { fetch, timeout: 5 })).toMatchObject([
      { status: null, error: expect.stringMatching(/timeout/i) },
    ]);
  });
});

describe("before anything is sent, is refused:", () => {
  test.each<[string, string, object]>([
    ["shape", "films", { to }],
    ["to", "recording", {}],
    ["to", "recording", { to: "hooks.example.com" }],
    ["to", "recording", { to: "ftp://hooks.example.com" }],
    ["fault", "recording", { to, fault: "wrong-key" }],
    ["state", "recording", { to, state: "finished" }],
    ["digest", "recording", { to, digest: "md5" }],
    ["media", "recording", { to, media: "00000000-0000-4000-8000-00000000dead" }],
    ["retries", "recording", { to, retries: 1 }],
  ])("%s of %s", async (option, shape, options) => {
    const { platform } = scene();
    const sent = platform.callbacks.send(
      // @ts-expect-error what untyped code may say
      shape,
      options,
    );
    await expect(sent).rejects.toMatchObject({ name: "OptionError", option });
    expect(platform.journal.entries()).toEqual([]);
  });

  test("a project that is none, and a medium of another one", async () => {
    const { platform, added, send } = scene();
    const { id: projectId } = platform.addProject();
    const media = added.recording.id;
    const none = { projectId: "00000000-0000-4000-8000-00000000dead" };
    await expect(send("recording", none)).rejects.toMatchObject({ option: "projectId" });
    await expect(send("recording", { projectId })).rejects.toThrow(/added first/);
    await expect(send("recording", { projectId, media })).rejects.toMatchObject({
      option: "media",
    });
    expect(platform.journal.entries()).toEqual([]);
    const { recording } = platform.addRecording({ projectId });
    const [own] = await send("recording", { media: recording.id });
    expect(own).toMatchObject({ projectId, media: recording.id });
  });

  test("a kind of which the project has no medium", async () => {
    const platform = createPlatform({ seed: "empty" });
    await expect(platform.callbacks.send("fax", { to })).rejects.toThrow(/added first/);
  });
});

describe("/__mock/callbacks", () => {
  test("lists the shapes, sends, and says what the receiver answered", async () => {
    const { askAnything, space, platform } = setScene();
    platform.addRecording();
    expect(await json(askAnything(space("/__mock/callbacks")))).toMatchObject({ shapes });
    const server = createServer((_, response) => void response.writeHead(204).end());
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as AddressInfo;
    const body = { shape: "recording", to: `http://127.0.0.1:${port}/` };
    const sent = await askAnything(space("/__mock/callbacks"), sending("POST", {}, body));
    expect(sent.status).toBe(201);
    expect(await json(sent)).toMatchObject({ deliveries: [{ status: 204 }] });
    server.closeAllConnections();
    server.close();
  });

  test.each([
    [{ shape: "films", to }, "shape"],
    [{ to }, "shape"],
    [{ shape: "recording" }, "to"],
    [{ shape: "recording", to, fetch: "x" }, "fetch"],
    [null, "shape"],
    [[1], "shape"],
  ])("refuses %j", async (body, option) => {
    const { askAnything, space } = setScene();
    const refused = await askAnything(space("/__mock/callbacks"), sending("POST", {}, body));
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain(option);
  });
});

test("signWebhook signs what verifyWebhook takes, JSON and forms", async () => {
  const signingKey = "PSK-synthetic";
  const form = new URLSearchParams({ b: "2", AccountSid: "x", a: "1" });
  for (const body of ['{"project_id":"x"}', form]) {
    for (const digest of ["sha256", "sha1"] as const) {
      const headers = await signWebhook({ url: to, body, signingKey, digest });
      const request = { url: to, headers, body: String(body) };
      expect(await verifyWebhook(request, { signingKey })).toMatchObject({ projectId: "x" });
      const other = verifyWebhook(request, { signingKey: "PSK-other" });
      await expect(other).rejects.toMatchObject({ reason: "mismatch" });
    }
  }
});
