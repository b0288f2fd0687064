import { inspect } from "node:util";
import { createClient } from "@media-protection/sdk";
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

test("the client shows no token, however it is inspected", () => {
  const client = createClient({ space: "example", projectId, apiToken: canary });
  expect(inspect(client, { depth: 9, showHidden: true }) + JSON.stringify(client)).not.toContain(
    canary,
  );
});
