import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { createClient } from "@media-protection/sdk";
import { nodeFetch } from "@media-protection/sdk/node";
import { afterEach, describe, expect, test } from "vitest";
import { type MediaOrigin, startMediaOrigin } from "../../helpers/origins/media-origin.js";
import { projectId, recording } from "../../helpers/origins/scripted-client.js";
import { answer, scriptedFetch } from "../../helpers/origins/scripted-fetch.js";
import { noise } from "../../helpers/values/noise.js";

const bytes = noise(1000, 1);
let origin: MediaOrigin | undefined;

afterEach(async () => {
  await origin?.[Symbol.asyncDispose]();
  origin = undefined;
});

/** What a player gets that asks with these fields. */
async function play(fields: Record<string, string>, etag: string | null = '"v1"') {
  origin ??= await startMediaOrigin(bytes, { etag });
  const space = origin.origin;
  const client = createClient({ space, projectId, apiToken: "PT-synthetic", fetch: nodeFetch });
  const { headers } = new Request("http://player.example/", { headers: fields });
  const [range, ifRange] = [headers.get("range"), headers.get("if-range")];
  const response = (await client.media.download(recording, { range, ifRange })).response();
  return { response, body: new Uint8Array(await response.arrayBuffer()) };
}

describe("a player's request passed on", () => {
  test("without a range gives the whole, and says that there are parts", async () => {
    const { response, body } = await play({});
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toEqual({
      "accept-ranges": "bytes",
      "cache-control": "private, no-cache",
      "content-disposition": `inline; filename="${recording.recordingId}.wav"`,
      "content-length": "1000",
      "content-type": "audio/wav",
      etag: '"v1"',
      "x-content-type-options": "nosniff",
    });
    expect(Buffer.compare(body, bytes)).toBe(0);
  });

  test.each([
    ["Safari's first", "bytes=0-1", 0, 1],
    ["a seek", "bytes=500-", 500, 999],
    ["the end", "bytes=-10", 990, 999],
    ["beyond the end", "bytes=900-5000", 900, 999],
  ])("with a range, %s, gives that part", async (_, range, start, end) => {
    const { response, body } = await play({ range });
    expect(response.status).toBe(206);
    expect(response.headers.get("content-range")).toBe(`bytes ${start}-${end}/1000`);
    expect(response.headers.get("content-length")).toBe(`${end - start + 1}`);
    expect(Buffer.compare(body, bytes.subarray(start, end + 1))).toBe(0);
  });

  test.each([
    ["several ranges", { range: "bytes=0-1,5-6" }],
    ["no range in bytes", { range: "seconds=1-2" }],
    ["a range of another version", { range: "bytes=0-1", "if-range": '"v0"' }],
    ["a range of a weak version", { range: "bytes=0-1", "if-range": 'W/"v1"' }],
    ["a range since a date", { range: "bytes=0-1", "if-range": "Tue, 24 Nov 2026 12:00:00 GMT" }],
    ["a version without a range", { "if-range": '"v1"' }],
  ])("with %s gives the whole", async (_, fields) => {
    const { response, body } = await play(fields as Record<string, string>);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-range")).toBeNull();
    expect(Buffer.compare(body, bytes)).toBe(0);
  });

  test("with a range of the same version gives that part", async () => {
    const { response } = await play({ range: "bytes=0-1", "if-range": '"v1"' });
    expect(response.status).toBe(206);
  });

  test("with a range that begins at the end is an error with its status", async () => {
    await expect(play({ range: "bytes=1000-" })).rejects.toMatchObject({ status: 416 });
  });
});

test.each([
  ["audio/mpeg", "inline"],
  ["video/mp4", "inline"],
  ["image/png", "inline"],
  ["application/pdf", "inline"],
  ["text/plain", "inline"],
  ["image/svg+xml", "attachment"],
  ["text/vcard", "attachment"],
  ["application/octet-stream", "attachment"],
])("%s is passed on %s", async (type, disposition) => {
  const { fetch } = scriptedFetch(
    answer(200, { "content-type": type, "content-length": "21" }, "some text of a medium"),
  );
  const client = createClient({ space: "example", projectId, apiToken: "PT-synthetic", fetch });
  const media = { kind: "messageMedia", messageId: projectId, mediaId: projectId } as const;
  const { headers } = (await client.media.download(media)).response();
  expect(headers.get("content-disposition")).toMatch(new RegExp(`^${disposition}; filename="`));
  expect(headers.get("content-type")).toBe(type);
});

test("a part of which nothing tells the end is not passed on as if it were the whole", async () => {
  await using lengthless = await startLengthless();
  const client = createClient({ space: lengthless.origin, projectId, apiToken: "PT-synthetic" });
  const media = await client.media.download(recording, { range: "bytes=5-" });
  expect(media.range).toEqual({ start: 5, end: undefined, size: undefined });
  expect(() => media.response()).toThrow(expect.objectContaining({ name: "OptionError" }));
  await media.body.cancel();
});

/** An origin that knows neither ranges nor the length of what it sends. */
async function startLengthless() {
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "audio/wav" });
    Readable.from([bytes]).pipe(response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  // The server listens on TCP, so its address is not a pipe's name.
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
