import { type MediaRef, mediaUrl, parseMediaUrl } from "@media-protection/sdk/media-url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
const id = "0b7e0c1a-93a4-4a54-8a6e-6a1f3c2d4e5f";
const parent = "7d1c2b3a-1111-4aaa-8bbb-cccccccccccc";
const spaceId = "e5b0f6d2-2222-4ccc-9ddd-eeeeeeeeeeee";
const spaceOrigin = "https://example.signalwire.com";
const origin = "https://files.signalwire.com";
const account = `${spaceOrigin}/api/laml/2010-04-01/Accounts/${projectId}`;
const hosted = `${origin}/${spaceId}/${projectId}`;

const known: [what: string, url: string, ref: MediaRef][] = [
  [
    "a recording as compatibility callbacks carry it",
    `${account}/Recordings/${id}`,
    { kind: "recording", spaceOrigin, projectId, recordingId: id },
  ],
  [
    "a recording as WAV",
    `${account}/Recordings/${id}.wav`,
    { kind: "recording", spaceOrigin, projectId, recordingId: id, format: "wav" },
  ],
  [
    "a recording as MP3",
    `${account}/Recordings/${id}.mp3`,
    { kind: "recording", spaceOrigin, projectId, recordingId: id, format: "mp3" },
  ],
  [
    "an attachment of a message",
    `${account}/Messages/${parent}/Media/${id}`,
    { kind: "messageMedia", spaceOrigin, projectId, messageId: parent, mediaId: id },
  ],
  [
    "a document of a fax",
    `${account}/Faxes/${parent}/Media/${id}`,
    { kind: "faxMedia", spaceOrigin, projectId, faxId: parent, mediaId: id },
  ],
  ...["wav", "mp3", "mp4"].map((extension): [string, string, MediaRef] => [
    `a recording on the files host as ${extension}, the Relay REST API's url`,
    `${hosted}/recordings/${id}.${extension}`,
    { kind: "recording", origin, projectId, spaceId, file: `${id}.${extension}` },
  ]),
  ...[
    "IMG_1234.JPG",
    "a.b-c (1).HEIC",
    "R%C3%A9sum%C3%A9%20%26%20co.pdf",
    "%E5%86%99%E7%9C%9F.jpeg",
  ]
    .map((file) => file.replaceAll(" ", "%20"))
    .map((file): [string, string, MediaRef] => [
      `an attachment on the files host by its sender's name, ${file}`,
      `${hosted}/message-media/${file}`,
      { kind: "messageMedia", origin, projectId, spaceId, file },
    ]),
  [
    "an attachment in the folder that was guessed",
    `${hosted}/messages/${id}.jpg`,
    { kind: "messageMedia", origin, projectId, spaceId, folder: "messages", file: `${id}.jpg` },
  ],
  [
    "a fax on the files host, its media_url",
    `${hosted}/faxes/20240509-${id}.pdf`,
    { kind: "faxMedia", origin, projectId, spaceId, file: `20240509-${id}.pdf` },
  ],
];

describe("a media URL and its reference", () => {
  test.each(known)("are the same: %s", (_, url, ref) => {
    expect(parseMediaUrl(url)).toEqual(ref);
    expect(parseMediaUrl(new URL(url))).toEqual(ref);
    expect(mediaUrl(ref)).toBe(url);
  });
});

const uuid = fc
  .tuple(fc.uuid(), fc.boolean())
  .map(([text, upper]) => (upper ? text.toUpperCase() : text));
const httpsOrigin = fc
  .tuple(fc.domain(), fc.option(fc.integer({ min: 1, max: 65_535 })))
  .map(([host, port]) => new URL(`https://${host}${port === null ? "" : `:${port}`}`).origin);
const anyOrigin = fc.oneof(
  httpsOrigin,
  fc
    .integer({ min: 1, max: 65_535 })
    .chain((port) => fc.constantFrom(`http://127.0.0.1:${port}`, `http://[::1]:${port}`))
    .map((text) => new URL(text).origin),
);
const letters = (characters: string, min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...characters), minLength: min, maxLength: max });
const spaceName = fc
  .tuple(letters("aZ09", 1, 1), letters("aZ09-", 0, 63))
  .map((parts) => parts.join(""));
const file = fc
  .tuple(letters("aZ09", 1, 1), letters("aZ09_-", 0, 127), letters("az09", 2, 5))
  .map(([first, rest, extension]) => `${first}${rest}.${extension}`);
const onSpace = { spaceOrigin: anyOrigin, projectId: uuid };
const anyRef: fc.Arbitrary<MediaRef> = fc.oneof(
  fc.record({ kind: fc.constant("recording" as const), ...onSpace, recordingId: uuid }),
  fc.record({
    kind: fc.constant("recording" as const),
    ...onSpace,
    recordingId: uuid,
    format: fc.constantFrom("wav" as const, "mp3" as const),
  }),
  fc.record({
    kind: fc.constant("messageMedia" as const),
    ...onSpace,
    messageId: uuid,
    mediaId: uuid,
  }),
  fc.record({ kind: fc.constant("faxMedia" as const), ...onSpace, faxId: uuid, mediaId: uuid }),
  fc.record({
    kind: fc.constantFrom("recording" as const, "messageMedia" as const, "faxMedia" as const),
    origin: anyOrigin,
    projectId: uuid,
    spaceId: spaceName,
    file,
  }),
);

describe("for every reference and every text", () => {
  test("a reference is what parsing its URL gives", () => {
    fc.assert(
      fc.property(anyRef, (ref) => {
        const url = mediaUrl(ref);
        expect(parseMediaUrl(url)).toEqual(ref);
        expect(mediaUrl(parseMediaUrl(url))).toBe(url);
        expect(new URL(url).href, "it is written as a URL parser writes it").toBe(url);
      }),
      { numRuns: 500 },
    );
  });

  test("query, fragment and default port are not part of it", () => {
    const extra = fc.webQueryParameters().map((query) => `?${query}`);
    fc.assert(
      fc.property(anyRef, extra, fc.webFragments(), (ref, query, fragment) => {
        const url = mediaUrl(ref);
        const { protocol, port, host } = new URL(url);
        const withPort =
          port === "" && protocol === "https:" ? url.replace(host, `${host}:443`) : url;
        expect(parseMediaUrl(`${withPort}${query}#${fragment}`)).toEqual(ref);
      }),
    );
  });

  test("what parses is rebuilt to the text, or to the text without what is not part of it", () => {
    // Media URLs with one character put in, taken out or replaced.
    const mutated = fc
      .tuple(anyRef, fc.nat(), fc.nat(1), fc.string({ unit: "binary", maxLength: 2 }))
      .map(([ref, at, cut, inserted]) => {
        const url = mediaUrl(ref);
        const index = at % (url.length + 1);
        return url.slice(0, index) + inserted + url.slice(index + cut);
      });
    fc.assert(
      fc.property(fc.oneof(mutated, fc.webUrl(), fc.string({ unit: "binary" })), (text) => {
        let ref: MediaRef;
        try {
          ref = parseMediaUrl(text);
        } catch (error) {
          expect(error).toMatchObject({ name: "UntrustedUrlError", reason: expect.any(String) });
          return;
        }
        const canonical = text.replace(/[?#].*$/s, "").replace(/^(https:\/\/[^/]*?):443\//, "$1/");
        expect(mediaUrl(ref)).toBe(canonical.replace(/^(http:\/\/[^/]*?):80\//, "$1/"));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("parseMediaUrl", () => {
  const recording = `${account}/Recordings/${id}`;

  test.each<[reason: string, what: string, url: string]>([
    ["malformed", "no text", ""],
    ["malformed", "a path", "/api/laml/2010-04-01"],
    ["malformed", "another scheme", recording.replace("https", "ftp")],
    ["malformed", "a space", `${recording} `],
    ["scheme", "plain http", recording.replace("https", "http")],
    ["userinfo", "userinfo", recording.replace("//", "//user:secret@")],
    ["origin", "a host that needs normalising", recording.replace("example", "EXAMPLE")],
    ["path", "the metadata of a recording", `${recording}.json`],
    ["path", "a list", `${account}/Recordings`],
    ["path", "an S3 object", "https://bucket.s3.amazonaws.com/faxes/20240509-1.pdf"],
    ["path", "a video room recording", `${spaceOrigin}/api/video/room_recordings/${id}`],
    ["path", "a Relay REST resource", `${spaceOrigin}/api/relay/rest/recordings/${id}`],
  ])("says %s of %s", (reason, _, url) => {
    expect(() => parseMediaUrl(url)).toThrowError(
      expect.objectContaining({ name: "UntrustedUrlError", reason }),
    );
  });

  test("shows no secret of what it refuses", () => {
    const url = recording.replace("//", "//user:secret-1@");
    expect(() => parseMediaUrl(`${url}?signature=secret-2`)).toThrowError(
      expect.objectContaining({ message: expect.not.stringMatching(/secret/) }),
    );
  });

  test("takes any https origin, so that a reference is no trust", () => {
    const foreign = recording.replace(spaceOrigin, "https://evil.example");
    expect(parseMediaUrl(foreign)).toMatchObject({ spaceOrigin: "https://evil.example" });
  });

  test("takes only the origins of the option, where it is given", () => {
    const origins = [spaceOrigin, origin];
    for (const [, url, ref] of known) expect(parseMediaUrl(url, { origins })).toEqual(ref);
    expect(() => parseMediaUrl(recording, { origins: [origin] })).toThrowError(
      expect.objectContaining({ name: "UntrustedUrlError", reason: "origin" }),
    );
    expect(() => parseMediaUrl(recording, { origins: [] })).toThrowError(
      expect.objectContaining({ reason: "origin" }),
    );
  });
});

describe("mediaUrl", () => {
  test("fills in what a reference leaves out, and only that", () => {
    const ref = { kind: "recording", recordingId: id } as const;
    expect(mediaUrl(ref, { spaceOrigin, projectId })).toBe(`${account}/Recordings/${id}`);
    const other = { spaceOrigin: "https://other.signalwire.com", projectId: parent };
    expect(mediaUrl({ ...ref, spaceOrigin, projectId }, other)).toBe(`${account}/Recordings/${id}`);
    expect(
      mediaUrl({ kind: "faxMedia", origin, spaceId, file: "a.pdf" }, { spaceOrigin, projectId }),
    ).toBe(`${hosted}/faxes/a.pdf`);
  });

  const ref = { kind: "recording", spaceOrigin, projectId, recordingId: id };
  const hostedRef = { kind: "recording", origin, projectId, spaceId, file: "a.wav" };
  test.each<[option: string, what: string, ref: unknown]>([
    ["projectId", "no project", { ...ref, projectId: undefined }],
    ["spaceOrigin", "no space", { ...ref, spaceOrigin: undefined }],
    ["spaceOrigin", "a space's name", { ...ref, spaceOrigin: "example" }],
    ["spaceOrigin", "a path behind the origin", { ...ref, spaceOrigin: `${spaceOrigin}/x` }],
    ["spaceOrigin", "a slash behind the origin", { ...ref, spaceOrigin: `${spaceOrigin}/` }],
    ["spaceOrigin", "a query behind the origin", { ...ref, spaceOrigin: `${spaceOrigin}/?` }],
    ["spaceOrigin", "a fragment behind the origin", { ...ref, spaceOrigin: `${account}/x#` }],
    ["spaceOrigin", "the default port", { ...ref, spaceOrigin: `${spaceOrigin}:443` }],
    ["spaceOrigin", "plain http", { ...ref, spaceOrigin: "http://example.signalwire.com" }],
    ["spaceOrigin", "userinfo", { ...ref, spaceOrigin: "https://a:secret@example.com" }],
    [
      "origin",
      "a whole media URL as origin",
      {
        kind: "recording",
        origin: `${hosted}/recordings/a.wav?`,
        projectId,
        spaceId,
        file: "a.wav",
      },
    ],
    ["recordingId", "an id that climbs", { ...ref, recordingId: "../x" }],
    ["recordingId", "a line behind the id", { ...ref, recordingId: `${id}\n` }],
    ["format", "an unknown format", { ...ref, format: "ogg" }],
    [
      "file",
      "a name without extension",
      { kind: "recording", origin, projectId, spaceId, file: "a" },
    ],
    ["folder", "a folder of another kind", { ...hostedRef, folder: "faxes" }],
    ["folder", "a folder that recordings do not have", { ...hostedRef, folder: "messages" }],
    ...[
      "a%2Fb.wav",
      "a%5cb.wav",
      "%2e%2e.wav",
      "a%00.wav",
      "a%0a.wav",
      "a%252f.wav",
      "a b.wav",
    ].map((file): [string, string, unknown] => ["file", file, { ...hostedRef, file }]),
    ["file", "a name of dots", { ...hostedRef, file: "..wav" }],
    ["file", "a name that is too long", { ...hostedRef, file: `${"a".repeat(256)}.wav` }],
    ["spaceId", "no space id", { kind: "recording", origin, projectId, file: "a.wav" }],
    ["kind", "no kind", { ...ref, kind: "toString" }],
    ["source", "no reference", null],
  ])("names the field %s for %s", (option, _, wrong) => {
    // The cast is the test: what untyped code would pass.
    expect(() => mediaUrl(wrong as never)).toThrowError(
      expect.objectContaining({
        name: "OptionError",
        option,
        message: expect.not.stringContaining("secret"),
      }),
    );
  });
});
