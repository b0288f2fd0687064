import { once } from "node:events";
import type { RequestListener } from "node:http";
import { inspect } from "node:util";
import { type ClientOptions, createClient, isMediaProtectionError } from "@media-protection/sdk";
import { afterEach, describe, expect, test, vi } from "vitest";
import { startOrigin, type TestOrigin } from "../helpers/origin.js";

const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
const recordingId = "0b7e0c1a-93a4-4a54-8a6e-6a1f3c2d4e5f";
const path = `/api/laml/2010-04-01/Accounts/${projectId}/Recordings/${recordingId}`;
const canary = "PTcanary0123456789abcdef";
const audio = new Uint8Array(300_000).map((_, index) => index * 31);

const running: TestOrigin[] = [];

afterEach(async () => {
  for (const server of running.splice(0)) await server[Symbol.asyncDispose]();
});

async function serve(listener: RequestListener, hostname?: "127.0.0.1" | "localhost") {
  const server = await startOrigin(listener, hostname);
  running.push(server);
  return server;
}

function clientOf(space: TestOrigin, options: Partial<ClientOptions> = {}) {
  return createClient({
    space: space.origin,
    projectId,
    apiToken: canary,
    retry: { retries: 0 },
    ...options,
  });
}

const sendAudio: RequestListener = (_, response) => {
  response.writeHead(200, { "content-type": "audio/wav", "content-length": audio.length });
  response.end(audio);
};

function redirectTo(location: () => string): RequestListener {
  return (_, response) => {
    response.writeHead(302, { location: location(), "set-cookie": "session=1" }).end();
  };
}

/** The error a promise rejects with. */
async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("it should have failed"),
    (error: unknown) => error,
  );
}

describe("a download", () => {
  test("gives the bytes and what is known of them", async () => {
    const space = await serve((_, response) => {
      response.writeHead(200, {
        "content-type": 'Audio/WAV; rate="8000"',
        "content-length": audio.length,
        etag: '"v1"',
        "last-modified": "Mon, 23 Nov 2026 10:00:00 GMT",
        "content-disposition": 'attachment; filename="../../etc/passwd"',
      });
      response.end(audio);
    });
    const media = await clientOf(space).media.download(`${space.origin}${path}.wav`);
    expect(media).toMatchObject({
      ref: { kind: "recording", projectId, recordingId, format: "wav" },
      contentType: "audio/wav",
      contentLength: audio.length,
      fileName: `${recordingId}.wav`,
      etag: '"v1"',
      lastModified: new Date("2026-11-23T10:00:00Z"),
    });
    expect(Buffer.compare(await media.bytes(), audio)).toBe(0);
  });

  test("by reference asks the same URL, with Basic credentials and no encoding", async () => {
    const space = await serve(sendAudio);
    const media = await clientOf(space).media.download({
      kind: "recording",
      recordingId,
      format: "mp3",
    });
    const blob = await media.blob();
    expect([blob.type, blob.size]).toEqual(["audio/wav", audio.length]);
    expect(space.requests).toMatchObject([
      {
        method: "GET",
        path: `${path}.mp3`,
        headers: {
          authorization: `Basic ${btoa(`${projectId}:${canary}`)}`,
          "accept-encoding": "identity",
        },
      },
    ]);
  });

  test("presents the token to the files host as mediaAuth says", async () => {
    const files = await serve(sendAudio);
    const space = await serve(sendAudio);
    const client = clientOf(space, { mediaOrigins: [files.origin], mediaAuth: "bearer" });
    const media = await client.media.download(
      `${files.origin}/s1/${projectId}/recordings/${recordingId}.wav`,
    );
    await media.bytes();
    expect(files.requests[0]?.headers.authorization).toBe(`Bearer ${canary}`);
    await (await client.media.download(space.origin + path)).bytes();
    expect(space.requests[0]?.headers.authorization).toMatch(/^Basic /);
  });

  test("sends no credentials to an untrusted URL: the token is not resolved, nothing is requested", async () => {
    const foreign = await serve(sendAudio, "localhost");
    const space = await serve(sendAudio);
    const apiToken = vi.fn(() => canary);
    const client = clientOf(space, { apiToken });
    for (const url of [
      `${foreign.origin}${path}`,
      `${space.origin}/api/projects/${projectId}`,
      space.origin.replace("http://", `http://user:${canary}@`) + path,
      "",
    ]) {
      const error = await failureOf(client.media.download(url));
      expect(error).toMatchObject({ name: "UntrustedUrlError" });
      expect(inspect(error)).not.toContain(canary);
    }
    expect(apiToken).not.toHaveBeenCalled();
    expect([...foreign.requests, ...space.requests]).toEqual([]);
  });
});

test("a request takes no cookies along and nothing from a cache", async () => {
  const sent: RequestInit[] = [];
  const fetch = async (_: string, init: RequestInit) => {
    sent.push(init);
    return Response.json({ error: "Not Found" }, { status: 404 });
  };
  const client = createClient({ space: "example", projectId, apiToken: canary, fetch });
  await failureOf(client.media.download({ kind: "recording", recordingId }));
  await failureOf(client.projects.get());
  const expected = { credentials: "omit", cache: "no-store", redirect: "manual" };
  expect(sent).toMatchObject([expected, expected]);
});

test("a fetch that follows redirects by itself is refused: nobody saw where the credentials went", async () => {
  const fetch = async () =>
    Object.defineProperty(new Response(audio), "redirected", { value: true });
  const client = createClient({ space: "example", projectId, apiToken: canary, fetch });
  for (const call of [
    client.media.download({ kind: "recording", recordingId }),
    client.projects.get(),
  ]) {
    expect(await failureOf(call)).toMatchObject({ name: "RedirectError", reason: "not-expected" });
  }
});

describe("a redirected download", () => {
  test.each([301, 302, 303, 307, 308])("is followed at status %d", async (status) => {
    const space = await serve((request, response) => {
      if (request.url === path) response.writeHead(status, { location: "/moved" }).end();
      else sendAudio(request, response);
    });
    const media = await clientOf(space).media.download(space.origin + path);
    expect((await media.bytes()).length).toBe(audio.length);
  });

  test("to another origin arrives without credentials or cookies", async () => {
    const storage = await serve(sendAudio, "localhost");
    const space = await serve(redirectTo(() => `${storage.origin}/key?X-Amz-Signature=1`));
    const media = await clientOf(space).media.download(space.origin + path);
    expect(Buffer.compare(await media.bytes(), audio)).toBe(0);
    expect(space.requests[0]?.headers.authorization).toBeDefined();
    expect(storage.requests).toHaveLength(1);
    expect(Object.keys(storage.requests[0]?.headers ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(authorization|cookie)$/)]),
    );
    expect(inspect(storage.requests)).not.toContain(canary);
  });

  test("back from another origin stays without credentials", async () => {
    const space = await serve((request, response) => {
      if (request.url === path) redirectTo(() => `${storage.origin}/away`)(request, response);
      else sendAudio(request, response);
    });
    const storage = await serve(
      redirectTo(() => `${space.origin}${path}.wav`),
      "localhost",
    );
    await (await clientOf(space).media.download(space.origin + path)).bytes();
    expect(space.requests.map(({ headers }) => headers.authorization !== undefined)).toEqual([
      true,
      false,
    ]);
  });

  test("within the trusted origin keeps its credentials", async () => {
    const space = await serve((request, response) => {
      if (request.url === path) redirectTo(() => "/moved")(request, response);
      else sendAudio(request, response);
    });
    await (await clientOf(space).media.download(space.origin + path)).bytes();
    expect(space.requests[1]).toMatchObject({
      path: "/moved",
      headers: { authorization: expect.any(String) },
    });
  });

  test("to an origin outside redirectOrigins is refused before any request to it", async () => {
    const cdn = await serve(sendAudio, "localhost");
    const space = await serve(redirectTo(() => `${cdn.origin}/x`));
    const client = clientOf(space, { redirectOrigins: ["https://bucket.s3.amazonaws.com"] });
    const error = await failureOf(client.media.download(space.origin + path));
    expect(error).toMatchObject({
      name: "RedirectError",
      reason: "origin",
      host: new URL(cdn.origin).host,
    });
    expect(String(error)).toContain('"redirectOrigins"');
    expect(cdn.requests).toEqual([]);
  });

  test("in a loop ends after maxRedirects", async () => {
    const space = await serve(redirectTo(() => path));
    const error = await failureOf(
      clientOf(space, { maxRedirects: 2 }).media.download(space.origin + path),
    );
    expect(error).toMatchObject({ name: "RedirectError", reason: "too-many" });
    expect(space.requests).toHaveLength(3);
  });
});

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
    ["a body whose end is the end of its connection", { connection: "close" }],
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
      response.writeHead(200, { "content-type": "text/vcard" }).end("BEGIN:VCARD");
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
    for (const call of [
      clientOf(space).media.download(space.origin + path),
      clientOf(space).projects.get(),
      clientOf(space).protection.enable(),
    ]) {
      const error = await failureOf(call);
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

  test("a page where metadata is expected is an IntegrityError", async () => {
    const space = await serve((_, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<p>sign in</p>");
    });
    expect(await failureOf(clientOf(space).projects.get())).toMatchObject({
      name: "IntegrityError",
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

test("the client shows no token, however it is inspected", () => {
  const client = createClient({ space: "example", projectId, apiToken: canary });
  expect(inspect(client, { depth: 9, showHidden: true }) + JSON.stringify(client)).not.toContain(
    canary,
  );
});
