import { type MockServer, startMockServer } from "@media-protection/mock/server";
import { createClient, type DownloadOptions } from "@media-protection/sdk";
import { nodeFetch, saveAll, saveMedia } from "@media-protection/sdk/node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { serve } from "../../helpers/origins/audio-origin.js";

let server: MockServer;
let url: string;

beforeEach(async () => {
  server = await startMockServer({ port: 0 });
  url = server.platform.addRecording({ seconds: 1 }).urls.space;
});

afterEach(() => server.close());

const transports = [
  ["the global fetch", fetch],
  ["nodeFetch", nodeFetch],
] as const;

describe.each(transports)("over %s", (_, transport) => {
  const clientOf = (space = server.origins.space) =>
    createClient({
      space,
      mediaOrigins: [server.origins.files],
      ...server.platform.credentials,
      fetch: transport,
      retry: { retries: 0 },
    });
  const download = (options: DownloadOptions) => clientOf().media.download(url, options);

  /** What the platform says of the medium. */
  async function version() {
    const media = await download({});
    await media.body.cancel();
    return { etag: media.etag ?? "", date: media.lastModified?.toUTCString() ?? "" };
  }

  describe("a player that has the medium is told that it need not have it again:", () => {
    test.each<[string, (known: { etag: string; date: string }) => DownloadOptions]>([
      ["its tag", ({ etag }) => ({ ifNoneMatch: etag })],
      ["its tag among others", ({ etag }) => ({ ifNoneMatch: `"other", W/"more" , ${etag}` })],
      ["its tag as a weak one", ({ etag }) => ({ ifNoneMatch: `W/${etag}` })],
      ["any", () => ({ ifNoneMatch: "*" })],
      ["its date", ({ date }) => ({ ifModifiedSince: date })],
      ["both", ({ etag, date }) => ({ ifNoneMatch: etag, ifModifiedSince: date })],
      ["its tag, beside a range", ({ etag }) => ({ ifNoneMatch: etag, range: "bytes=0-1" })],
    ])("%s", async (_, options) => {
      const known = await version();
      const media = await download(options(known));
      expect(media).toMatchObject({
        notModified: true,
        contentLength: undefined,
        range: undefined,
        etag: known.etag,
      });
      expect((await media.bytes()).length).toBe(0);
      const response = media.response();
      expect([response.status, response.body]).toEqual([304, null]);
      expect(Object.fromEntries(response.headers)).toEqual({
        "cache-control": "private, no-cache",
        etag: known.etag,
        "last-modified": known.date,
      });
    });
  });

  describe("a player that has another version, or none, gets the medium:", () => {
    test.each<[string, DownloadOptions]>([
      ["another tag", { ifNoneMatch: '"other"' }],
      ["an older date", { ifModifiedSince: "Thu, 01 Jan 1998 00:00:00 GMT" }],
      ["no date", { ifModifiedSince: "yesterday" }],
      ["fields that are missing", { ifNoneMatch: null, ifModifiedSince: null }],
      ["fields that are not there", { ifNoneMatch: undefined, ifModifiedSince: undefined }],
      ["empty fields", { ifNoneMatch: "", ifModifiedSince: "" }],
    ])("%s", async (_, options) => {
      const media = await download(options);
      expect([media.notModified, media.response().status]).toEqual([false, 200]);
      await media.body.cancel();
    });
  });

  test("a part of another version is a part", async () => {
    const media = await download({ ifNoneMatch: '"other"', range: "bytes=0-1" });
    expect([media.response().status, (await media.bytes()).length]).toEqual([206, 2]);
  });

  test("a 304 that nobody asked for is an error", async () => {
    const space = await serve((_, response) => response.writeHead(304).end());
    const path = new URL(url).pathname;
    const media = clientOf(space.origin).media.download(space.origin + path);
    await expect(media).rejects.toMatchObject({ name: "ResponseError", status: 304 });
  });

  test("what has begun is resumed without conditions", async () => {
    const space = await serve(({ headers }, response) => {
      response.setHeader("content-type", "audio/wav").setHeader("etag", '"v2"');
      if (headers["if-none-match"] === undefined) {
        response.writeHead(206, { "content-range": "bytes 2-3/4", "content-length": 2 }).end("FF");
      } else {
        response.writeHead(200, { "content-length": 4 });
        response.write("RI", () => response.destroy());
      }
    });
    const client = createClient({
      space: space.origin,
      ...server.platform.credentials,
      fetch: transport,
      retry: { minDelay: 0 },
    });
    const source = space.origin + new URL(url).pathname;
    const media = await client.media.download(source, { ifNoneMatch: '"v1"' });
    expect(Buffer.from(await media.bytes()).toString()).toBe("RIFF");
  });

  test.each([
    ["bytes=99999999-", (size: number) => size],
    ["bytes=99999999-99999999", (size: number) => size],
  ])("a range outside the medium, %s, is a 416 that tells its size", async (range, expected) => {
    const { length } = await (await download({})).bytes();
    await expect(download({ range })).rejects.toMatchObject({
      name: "ResponseError",
      status: 416,
      size: expected(length),
    });
  });

  test.each([
    ["none", undefined],
    ["an unknown one", "bytes */*"],
    ["a part", "bytes 0-1/4"],
    ["no number", "bytes */4a"],
    ["beyond counting", "bytes */99999999999999999999"],
    ["another unit", "seconds */4"],
  ])("a 416 with a Content-Range of %s tells no size", async (_, field) => {
    const space = await serve((_, response) => {
      response.writeHead(416, field === undefined ? {} : { "content-range": field }).end();
    });
    const media = clientOf(space.origin).media.download(space.origin + new URL(url).pathname, {
      range: "bytes=9-",
    });
    const error = await media.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ status: 416 });
    expect(error).not.toHaveProperty("size");
  });
});

test("no other status has a size", async () => {
  const space = await serve((_, response) => {
    response.writeHead(404, { "content-range": "bytes */4" }).end();
  });
  const { credentials } = server.platform;
  const client = createClient({ space: space.origin, ...credentials });
  const media = client.media.download(space.origin + new URL(url).pathname);
  const error = await media.catch((reason: unknown) => reason);
  expect(error).toMatchObject({ status: 404 });
  expect(error).not.toHaveProperty("size");
});

test.each([
  ["ifNoneMatch", 5],
  ["ifNoneMatch", "a\nb"],
  ["ifNoneMatch", "“v1”"],
  ["ifNoneMatch", ['"v1"']],
  ["ifModifiedSince", new Date()],
  ["ifModifiedSince", "a\0b"],
])("%s that no field can hold, %j, is refused before any request", async (option, value) => {
  const client = createClient({ space: server.origins.space, ...server.platform.credentials });
  const { recorded } = server.platform.journal;
  await expect(client.media.download(url, { [option]: value })).rejects.toMatchObject({
    name: "OptionError",
    option,
  });
  expect(server.platform.journal.recorded).toBe(recorded);
});

test.each(["ifNoneMatch", "ifModifiedSince"])(
  "no save takes %s: it could save nothing",
  async (option) => {
    const client = createClient({ space: server.origins.space, ...server.platform.credentials });
    const condition = { [option]: "*" };
    const refused = { name: "OptionError", option };
    await expect(saveMedia(client, url, "nowhere/", condition)).rejects.toMatchObject(refused);
    await expect(saveAll(client, [url], "nowhere", condition)).rejects.toMatchObject(refused);
    // @ts-expect-error: nor does it compile.
    void (() => saveMedia(client, url, "nowhere/", { ifNoneMatch: "*" }));
  },
);
