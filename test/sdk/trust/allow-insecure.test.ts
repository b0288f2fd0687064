import { createClient } from "@media-protection/sdk";
import { mediaUrl, parseMediaUrl } from "@media-protection/sdk/media-url";
import { mediaInCallback } from "@media-protection/sdk/webhooks";
import { describe, expect, test } from "vitest";

// Plain http beyond loopback, such as to a mock in another container: only where it is named.

const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
const id = "0b7e0c1a-93a4-4a54-8a6e-6a1f3c2d4e5f";
const [space, files] = ["http://media-mock:4010", "http://media-mock:4012"];
const path = `/api/laml/2010-04-01/Accounts/${projectId}/Recordings/${id}`;
const hosted = `/s1/${projectId}/recordings/${id}.wav`;

function clientThat(options: object, answer = () => medium()) {
  const sent: { url: string; authorization: string | null }[] = [];
  const client = createClient({
    space,
    projectId,
    apiToken: "PT-synthetic",
    mediaOrigins: [files],
    fetch: async (url, init) => {
      sent.push({ url, authorization: new Headers(init.headers).get("authorization") });
      return answer();
    },
    ...options,
  });
  return { client, sent };
}
const medium = () =>
  new Response("RIFF", { headers: { "content-type": "audio/wav", "content-length": "4" } });
const allowInsecure = [space, files];

describe("without the option", () => {
  test.each([
    ["space", { space }],
    ["mediaOrigins", { space: "example", mediaOrigins: [files] }],
    ["redirectOrigins", { space: "example", mediaOrigins: [], redirectOrigins: [files] }],
  ])("%s of plain http is refused", (option, options) => {
    for (const none of [{}, { allowInsecure: undefined }, { allowInsecure: [] }]) {
      expect(() => clientThat({ ...options, ...none })).toThrowError(
        expect.objectContaining({ name: "OptionError", option }),
      );
    }
  });

  test.each(["http://media-mock", "http://media-mock:4011", "http://other:4010", files])(
    "for its very origin, so with %s alone, the space is refused",
    (named) => {
      expect(() => clientThat({ allowInsecure: [named], mediaOrigins: [] })).toThrowError(
        expect.objectContaining({ name: "OptionError", option: "space" }),
      );
    },
  );

  test("a URL of plain http names no medium that is asked for", async () => {
    const { client, sent } = clientThat({ space: "example", mediaOrigins: [] });
    await expect(client.media.download(space + path)).rejects.toMatchObject({
      name: "UntrustedUrlError",
      reason: "scheme",
    });
    expect(sent).toEqual([]);
  });
});

test.each([
  ["a text", space],
  ["a URL with a path", [`${space}/x`]],
  ["a host", ["media-mock:4010"]],
  ["userinfo", ["http://a:b@media-mock:4010"]],
  ["every origin", ["*"]],
  ["another scheme", ["ftp://media-mock"]],
])("%s is no list of origins", (_, given) => {
  expect(() =>
    clientThat({ allowInsecure: given, space: "example", mediaOrigins: [] }),
  ).toThrowError(expect.objectContaining({ name: "OptionError", option: "allowInsecure" }));
});

describe("with it", () => {
  test.each([
    ["the space", space + path],
    ["the files host", files + hosted],
  ])("media of %s are asked for with the credentials", async (_, url) => {
    const { client, sent } = clientThat({ allowInsecure });
    await (await client.media.download(url)).bytes();
    expect(sent).toMatchObject([{ url, authorization: expect.stringMatching(/^Basic /) }]);
  });

  test("a callback's medium is, too, though its URL alone is no reference", async () => {
    const { client, sent } = clientThat({ allowInsecure });
    const [callback] = mediaInCallback({
      AccountSid: projectId,
      RecordingSid: id,
      RecordingUrl: space + path,
    });
    if (!callback) throw new Error("The callback has no medium.");
    await (await client.media.download(callback)).bytes();
    expect(sent).toHaveLength(1);
  });

  test("the switches are read", async () => {
    const { client, sent } = clientThat({ allowInsecure }, () =>
      Response.json({ id: projectId, protect_recordings: true }),
    );
    await client.projects.get().catch(() => undefined);
    expect(sent).toMatchObject([{ url: `${space}/api/projects/${projectId}` }]);
  });

  test.each([
    ["media of the project on another origin that is named", files + hosted, true],
    ["another origin that is named", `${files}/key`, false],
  ])("a redirect to %s is followed", async (_, location, authorized) => {
    const answers = [new Response(null, { status: 302, headers: { location } }), medium()];
    const { client, sent } = clientThat({ allowInsecure }, () => answers.shift() ?? medium());
    await (await client.media.download(space + path)).bytes();
    expect(sent[1]?.authorization !== null).toBe(authorized);
  });

  test.each(["http://bucket.example/key", "http://media-mock:4011/key", "http://media-mock/key"])(
    "a redirect to %s, which is not named, is refused",
    async (location) => {
      const { client, sent } = clientThat(
        { allowInsecure },
        () => new Response(null, { status: 302, headers: { location } }),
      );
      await expect(client.media.download(space + path)).rejects.toMatchObject({
        name: "RedirectError",
        reason: "downgrade",
      });
      expect(sent).toHaveLength(1);
    },
  );

  test("no redirect leads from https to it", async () => {
    const { client, sent } = clientThat(
      { space: "example", allowInsecure },
      () => new Response(null, { status: 302, headers: { location: files + hosted } }),
    );
    const url = `https://example.signalwire.com${path}`;
    await expect(client.media.download(url)).rejects.toMatchObject({ reason: "downgrade" });
    expect(sent).toHaveLength(1);
  });
});

describe("the functions over media URLs", () => {
  test("read such a URL where its origin is one of those given, or allowed", () => {
    expect(() => parseMediaUrl(space + path)).toThrowError(
      expect.objectContaining({ reason: "scheme" }),
    );
    const ref = parseMediaUrl(space + path, { origins: [space] });
    expect(ref).toMatchObject({ kind: "recording", spaceOrigin: space });
    expect(() => mediaUrl(ref)).toThrowError(expect.objectContaining({ option: "spaceOrigin" }));
    expect(mediaUrl(ref, { allowInsecure: [space] })).toBe(space + path);
  });
});
