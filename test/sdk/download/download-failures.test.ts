import { once } from "node:events";
import { inspect } from "node:util";
import { type ClientOptions, createClient, isMediaProtectionError } from "@media-protection/sdk";
import { describe, expect, test, vi } from "vitest";
import {
  audio,
  canary,
  clientOf,
  failureOf,
  path,
  projectId,
  recordingId,
  redirectTo,
  sendAudio,
  serve,
} from "../../helpers/origins/audio-origin.js";

describe("an answer that is not the whole medium is an IntegrityError", () => {
  test.each<[string, string, number]>([
    ["an error page with status 200", "text/html", 200],
    ["a JSON error with status 200", "application/json; charset=utf-8", 200],
    ["a problem document", "application/problem+json", 200],
    ["XML", "application/xml", 200],
    ["plain text for a recording", "text/plain", 200],
    ["two types at once", "audio/wav, text/html", 200],
    ["parts of a message", "multipart/byteranges; boundary=x", 200],
    ["a picture for a recording", "image/png", 200],
    ["a part nobody asked for", "audio/wav", 206],
    ["an accepted promise", "audio/wav", 202],
  ])("%s", async (_, type, status) => {
    const space = await serve((_, response) => {
      response.writeHead(status, { "content-type": type }).end("{}");
    });
    const error = await failureOf(clientOf(space).media.download(space.origin + path));
    expect(error).toMatchObject({ name: "IntegrityError", request: { url: space.origin + path } });
  });

  test.each<[string, Record<string, string>]>([
    ["an encoded body, since identity was asked for", { "content-encoding": "GZIP" }],
    ["a body of no bytes", { "content-length": "0" }],
    ["a part that says it is the whole", { "content-range": "bytes 0-9/100" }],
  ])("%s", async (_, headers) => {
    const space = await serve((_, response) => {
      response.writeHead(200, { "content-type": "audio/wav", ...headers });
      if (headers["content-length"] !== "0") response.write("RIFF");
      response.end();
    });
    const error = await failureOf(clientOf(space).media.download(space.origin + path));
    expect(error).toMatchObject({ name: "IntegrityError" });
  });

  test.each([
    ["a recording", { kind: "recording", recordingId } as const, "audio/wav"],
    [
      "a picture",
      { kind: "messageMedia", messageId: projectId, mediaId: recordingId } as const,
      "image/jpeg",
    ],
  ])("an error page that claims to be %s", async (_, ref, type) => {
    const space = await serve((_, response) => {
      response.writeHead(200, { "content-type": type }).end("<!doctype html><p>error</p>");
    });
    const media = await clientOf(space).media.download(ref);
    expect(await failureOf(media.bytes())).toMatchObject({ name: "IntegrityError" });
  });

  test("while an attachment may be text", async () => {
    const space = await serve((_, response) => {
      const fields = { "content-type": "text/vcard", "content-length": 11 };
      response.writeHead(200, fields).end("BEGIN:VCARD");
    });
    const ref = { kind: "messageMedia", messageId: projectId, mediaId: recordingId } as const;
    const media = await clientOf(space).media.download(ref);
    expect([media.fileName, (await media.bytes()).length]).toEqual([`${recordingId}.vcf`, 11]);
  });

  test.each([
    ["cut in the middle of its length", { "content-length": audio.length }],
    ["cut in the middle of its chunks", { "transfer-encoding": "chunked" }],
  ])("a body %s", async (_, headers) => {
    const space = await serve((_, response) => {
      response.writeHead(200, { "content-type": "audio/wav", ...headers });
      response.write(audio.subarray(0, 100_000), () => response.destroy());
    });
    const media = await clientOf(space).media.download(space.origin + path);
    expect(await failureOf(media.bytes())).toMatchObject({ name: "IntegrityError" });
  });

  // A runtime's own HTTP parser ends a body at its announced length; a fetch of one's own may not.
  test.each([
    ["shorter", 299_999, /ended after 299999 of 300000 bytes/],
    ["longer", 300_001, /longer than the 300000 bytes announced/],
  ])("a body %s than announced", async (_, size, message) => {
    const fetch = async () =>
      new Response(new Uint8Array(size), {
        headers: { "content-type": "audio/wav", "content-length": "300000" },
      });
    const client = createClient({ space: "example", projectId, apiToken: canary, fetch });
    const media = await client.media.download({ kind: "recording", recordingId });
    expect(await failureOf(media.bytes())).toMatchObject({
      name: "IntegrityError",
      message: expect.stringMatching(message),
    });
  });
});

describe("a failure is a typed error that shows no secret", () => {
  test.each<[number, string, object, object]>([
    [401, "AuthenticationError", { error: "Unauthorized" }, {}],
    [403, "PermissionError", { code: 20003, message: "no", more_info: "", status: 403 }, {}],
    [404, "NotFoundError", { error: "Not Found" }, {}],
    [410, "ResponseError", {}, {}],
    [
      422,
      "ValidationError",
      { errors: [{ code: "c", message: "m" }] },
      { errors: [{ code: "c", message: "m" }] },
    ],
    [429, "RateLimitError", {}, { retryAfter: 7000 }],
    [500, "ServerError", { error: "Internal Server Error" }, {}],
    [503, "ServerError", {}, {}],
  ])("%d is %s", async (status, name, body, more) => {
    const space = await serve((request, response) => {
      response.writeHead(status, {
        "content-type": "application/json",
        "x-request-id": "r1",
        "retry-after": "7",
      });
      // A careless server repeats what it was sent.
      response.end(JSON.stringify({ ...body, echo: request.headers.authorization, token: canary }));
    });
    const calls = [
      clientOf(space).media.download(space.origin + path),
      clientOf(space).projects.get(),
      clientOf(space).protection.enable("all"),
    ];
    // All are listened to at once: the last may fail while the first is awaited.
    for (const failure of calls.map((call) => failureOf(call))) {
      const error = await failure;
      expect(isMediaProtectionError(error)).toBe(true);
      expect(error).toMatchObject({ name, status, requestId: "r1", ...more });
      const shown = inspect(error, { depth: 9 }) + JSON.stringify(error) + String(error);
      expect(shown).not.toContain(canary);
      expect(shown).not.toContain(btoa(`${projectId}:${canary}`));
    }
  });

  test("no answer is a ConnectionError, with the runtime's error as its cause", async () => {
    const space = await serve((_, response) => response.destroy());
    const error = await failureOf(clientOf(space).media.download(space.origin + path));
    expect(error).toMatchObject({ name: "ConnectionError", cause: expect.any(Error) });
    expect(inspect(error, { depth: 9 })).not.toContain(canary);
  });

  test("no answer in time is a TimeoutError, for media and metadata", async () => {
    const space = await serve(() => {});
    const client = clientOf(space, { timeout: 20 });
    expect(await failureOf(client.media.download(space.origin + path))).toMatchObject({
      name: "TimeoutError",
      timeout: 20,
    });
    expect(await failureOf(client.projects.get())).toMatchObject({ name: "TimeoutError" });
  });

  test("a metadata body that stalls is a TimeoutError too", async () => {
    const space = await serve((_, response) => {
      response.writeHead(200, { "content-type": "application/json" }).write("{");
    });
    const call = clientOf(space).projects.get(projectId, { timeout: 50 });
    expect(await failureOf(call)).toMatchObject({ name: "TimeoutError", timeout: 50 });
  });

  test("a page where metadata is expected is an UnexpectedAnswerError", async () => {
    const space = await serve((_, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<p>sign in</p>");
    });
    expect(await failureOf(clientOf(space).projects.get())).toMatchObject({
      name: "UnexpectedAnswerError",
      reason: "body",
    });
  });

  test("a redirected metadata request is a RedirectError: credentials do not follow it", async () => {
    const foreign = await serve(sendAudio, "localhost");
    const space = await serve(redirectTo(() => foreign.origin));
    expect(await failureOf(clientOf(space).projects.get())).toMatchObject({
      name: "RedirectError",
    });
    expect(foreign.requests).toEqual([]);
  });

  test("the raw client sends its credentials to the space only", async () => {
    const foreign = await serve(sendAudio, "localhost");
    const space = await serve(sendAudio);
    const apiToken = vi.fn(() => canary);
    const call = clientOf(space, { apiToken }).api.GET("/api/projects", {
      baseUrl: foreign.origin,
    });
    expect(await failureOf(call)).toMatchObject({ name: "UntrustedUrlError" });
    expect(apiToken).not.toHaveBeenCalled();
    expect(foreign.requests).toEqual([]);
  });
});

describe("nothing waits longer than it should", () => {
  const never = () => new Promise<never>(() => {});

  test.each<[string, Partial<ClientOptions>]>([
    ["a token function that never ends", { apiToken: never }],
    ["a fetch that ignores its signal", { fetch: never }],
  ])("%s ends at the timeout, and at an abort", async (_, options) => {
    const space = await serve(sendAudio);
    const client = clientOf(space, { timeout: 20, ...options });
    const ref = { kind: "recording", recordingId } as const;
    expect(await failureOf(client.media.download(ref))).toMatchObject({ name: "TimeoutError" });
    expect(await failureOf(client.projects.get())).toMatchObject({ name: "TimeoutError" });
    const reason = new Error("enough");
    const controller = new AbortController();
    const call = failureOf(
      client.media.download(ref, { signal: controller.signal, timeout: Infinity }),
    );
    controller.abort(reason);
    expect(await call).toBe(reason);
  });

  test("the timeout covers all redirects together", async () => {
    const space = await serve((request, response) => {
      setTimeout(() => redirectTo(() => path)(request, response), 30);
    });
    const call = clientOf(space, { timeout: 50, maxRedirects: 50 }).media.download(
      space.origin + path,
    );
    expect(await failureOf(call)).toMatchObject({ name: "TimeoutError" });
  });
});

describe("cancelling", () => {
  test("an aborted signal rejects with its reason, before and during the body", async () => {
    const space = await serve((_, response) => {
      response.writeHead(200, { "content-type": "audio/wav" }).write(audio);
    });
    const client = clientOf(space);
    const reason = new Error("the caller hung up");
    const aborted = AbortSignal.abort(reason);
    expect(await failureOf(client.media.download(space.origin + path, { signal: aborted }))).toBe(
      reason,
    );
    expect(await failureOf(client.projects.get(projectId, { signal: aborted }))).toBe(reason);
    const controller = new AbortController();
    const media = await client.media.download(space.origin + path, { signal: controller.signal });
    const bytes = failureOf(media.bytes());
    controller.abort(reason);
    expect(await bytes).toBe(reason);
  });

  test("a cancelled body closes the connection", async () => {
    let closed: Promise<unknown> = Promise.resolve();
    const space = await serve((_, response) => {
      closed = once(response, "close");
      response.writeHead(200, { "content-type": "audio/wav" }).write(audio);
    });
    const media = await clientOf(space).media.download(space.origin + path);
    await media.body.cancel();
    await closed;
  });
});
