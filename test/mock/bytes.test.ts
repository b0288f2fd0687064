import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ServeOptions, serveFile } from "../../mock/dist/bytes.js";
import { bytesFile, type MediaFile, wavFile } from "../../mock/dist/files.js";

const lastModified = new Date("2026-03-01T10:20:30.456Z");
const date = "Sun, 01 Mar 2026 10:20:30 GMT";
const earlier = "Sun, 01 Mar 2026 10:20:29 GMT";
const later = "Sun, 01 Mar 2026 10:20:31 GMT";
const digits = bytesFile({
  bytes: new TextEncoder().encode("0123456789"),
  contentType: "text/plain",
  extension: "txt",
  lastModified,
});
const tag = digits.etag;
const empty = bytesFile({
  bytes: new Uint8Array(0),
  contentType: "text/plain",
  extension: "txt",
  lastModified,
});
const large = wavFile({ id: "large", size: 5 * 2 ** 30, lastModified });

type Fields = Readonly<Record<string, string>>;

function get(fields: Fields = {}, file: MediaFile = digits, options?: ServeOptions): Response {
  return serveFile(new Request("https://mock.test/file", { headers: fields }), file, options);
}

function head(fields: Fields = {}, file: MediaFile = digits, options?: ServeOptions): Response {
  const request = new Request("https://mock.test/file", { method: "HEAD", headers: fields });
  return serveFile(request, file, options);
}

describe("the whole file", () => {
  test("comes with its type, length and validators", async () => {
    const response = get();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toEqual({
      "accept-ranges": "bytes",
      "content-length": "10",
      "content-type": "text/plain",
      etag: tag,
      "last-modified": date,
    });
    expect(await response.text()).toBe("0123456789");
  });

  test.each<[string, Fields, MediaFile]>([
    ["a file", {}, digits],
    ["a large file", {}, large],
    ["an empty file", {}, empty],
    ["a matching tag", { "If-None-Match": tag }, digits],
    ["a failing condition", { "If-Match": '"other"' }, digits],
  ])("HEAD has the fields of GET and no body: %s", async (_, fields, file) => {
    const [got, headed] = [get(fields, file), head(fields, file)];
    expect(headed.status).toBe(got.status);
    expect([...headed.headers]).toEqual([...got.headers]);
    expect(headed.body).toBeNull();
    await got.body?.cancel();
  });

  test("HEAD ignores Range, which is defined for GET alone", () => {
    const response = head({ Range: "bytes=0-1" });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-length")).toBe("10");
  });
});

describe("conditions", () => {
  test.each<[Fields, number]>([
    [{ "If-Match": tag }, 200],
    [{ "If-Match": "*" }, 200],
    [{ "If-Match": `"other", ${tag}` }, 200],
    [{ "If-Match": '"other"' }, 412],
    [{ "If-Match": `W/${tag}` }, 412], // strong comparison
    [{ "If-Match": "other" }, 412],
    [{ "If-Match": "" }, 412],

    [{ "If-Unmodified-Since": date }, 200],
    [{ "If-Unmodified-Since": later }, 200],
    [{ "If-Unmodified-Since": earlier }, 412],
    [{ "If-Unmodified-Since": "yesterday" }, 200],

    [{ "If-None-Match": tag }, 304],
    [{ "If-None-Match": "*" }, 304],
    [{ "If-None-Match": `"other" ,  ${tag}` }, 304],
    [{ "If-None-Match": `"a,b", W/${tag}` }, 304], // weak comparison
    [{ "If-None-Match": '"other"' }, 200],
    [{ "If-None-Match": tag.slice(1, -1) }, 200],

    [{ "If-Modified-Since": date }, 304],
    [{ "If-Modified-Since": later }, 304],
    [{ "If-Modified-Since": earlier }, 200],
    [{ "If-Modified-Since": "Sunday, 01-Mar-26 10:20:30 GMT" }, 304], // RFC 850
    [{ "If-Modified-Since": "Sun Mar  1 10:20:30 2026" }, 304], // asctime
    [{ "If-Modified-Since": "Sunday, 01-Mar-99 10:20:30 GMT" }, 200], // 1999
    [{ "If-Modified-Since": "2027-01-01T00:00:00Z" }, 200], // no HTTP-date
    [{ "If-Modified-Since": "Sun, 31 Feb 2027 10:20:30 GMT" }, 200],
    [{ "If-Modified-Since": "Sun, 01 Mrz 2027 10:20:30 GMT" }, 200],
    [{ "If-Modified-Since": "Sun, 01 Mar 2027 24:20:30 GMT" }, 200],
    [{ "If-Modified-Since": `${date}, ${date}` }, 200],

    // Precedence (§13.2.2)
    [{ "If-Match": tag, "If-Unmodified-Since": earlier }, 200],
    [{ "If-Match": '"other"', "If-None-Match": tag }, 412],
    [{ "If-Match": tag, "If-None-Match": tag }, 304],
    [{ "If-Unmodified-Since": earlier, "If-None-Match": tag }, 412],
    [{ "If-None-Match": '"other"', "If-Modified-Since": date }, 200],
    [{ "If-None-Match": tag, "If-Modified-Since": earlier }, 304],
    [{ "If-None-Match": tag, Range: "bytes=0-1" }, 304],
    [{ "If-Match": '"other"', Range: "bytes=99-" }, 412],
    [{ "If-Match": tag, Range: "bytes=0-1" }, 206],
    [{ "If-Modified-Since": date, Range: "bytes=99-" }, 304],
  ])("%j: %d", (fields, status) => {
    expect(get(fields).status).toBe(status);
  });

  test("304 tells the validators and says nothing about a body", () => {
    const { headers } = get({ "If-None-Match": tag });
    expect(Object.fromEntries(headers)).toEqual({ etag: tag, "last-modified": date });
  });

  test("412 has an empty body", async () => {
    const response = get({ "If-Match": '"other"' });
    expect(response.headers.get("content-length")).toBe("0");
    expect(await response.text()).toBe("");
  });
});

describe("one range", () => {
  test.each<[string, string, string]>([
    ["bytes=0-0", "0-0", "0"],
    ["bytes=0-1", "0-1", "01"], // Safari's first request
    ["bytes=3-5", "3-5", "345"],
    ["bytes=7-", "7-9", "789"],
    ["bytes=0-", "0-9", "0123456789"],
    ["bytes=-3", "7-9", "789"],
    ["bytes=-10", "0-9", "0123456789"],
    ["bytes=-99", "0-9", "0123456789"],
    [`bytes=-${"9".repeat(400)}`, "0-9", "0123456789"],
    ["bytes=8-99", "8-9", "89"],
    ["bytes=8-9007199254740993", "8-9", "89"],
    [`bytes=8-${"9".repeat(400)}`, "8-9", "89"],
    ["BYTES=8-9", "8-9", "89"],
    ["bytes= , 8-9 ,,", "8-9", "89"],
    ["bytes=2-3,99-", "2-3", "23"], // only one is in the file
    ["bytes=2-5,4-7", "2-7", "234567"], // overlapping
    ["bytes=4-5,2-3", "2-5", "2345"], // adjacent
    [`bytes=${Array(64).fill("0-").join()}`, "0-9", "0123456789"],
  ])("%s: 206 with the bytes %s", async (range, contentRange, body) => {
    const response = get({ Range: range });
    expect(response.status).toBe(206);
    expect(Object.fromEntries(response.headers)).toEqual({
      "accept-ranges": "bytes",
      "content-length": String(body.length),
      "content-range": `bytes ${contentRange}/10`,
      "content-type": "text/plain",
      etag: tag,
      "last-modified": date,
    });
    expect(await response.text()).toBe(body);
  });

  test.each([
    "bytes=10-",
    "bytes=10-20",
    "bytes=-0",
    "bytes=9007199254740993-",
    `bytes=${"9".repeat(400)}-`,
    "bytes=10-,99-100",
  ])("%s: 416 with the size, for nothing of it is in the file", async (range) => {
    const response = get({ Range: range });
    expect(response.status).toBe(416);
    expect(response.headers.get("content-range")).toBe("bytes */10");
    expect(response.headers.get("content-length")).toBe("0");
    expect(await response.text()).toBe("");
  });

  test.each([
    "",
    "bytes",
    "bytes=",
    "bytes=,",
    "bytes=-",
    "bytes=a-b",
    "bytes=--1",
    "bytes=1--2",
    "bytes=-1-2",
    "bytes=0-1=2",
    "bytes=0x1-2",
    "bytes=1.5-2",
    "bytes=1e0-2",
    "bytes=5-3",
    "bytes=0-1,5-3",
    "bytes=0-1;2-3",
    "bytes =0-1",
    "bytes=0-1, bytes=2-3",
    "items=0-1",
    `bytes=${Array(65).fill("0-").join()}`, // more than anybody needs
  ])("%s: ignored, for it is no range of bytes", async (range) => {
    const response = get({ Range: range });
    expect(response.status).toBe(200);
    expect(response.headers.has("content-range")).toBe(false);
    expect(await response.text()).toBe("0123456789");
  });

  test.each(["bytes=0-", "bytes=-5", "bytes=3-4"])("%s of an empty file: ignored", (range) => {
    expect(get({ Range: range }, empty).status).toBe(200);
  });

  test("may lie beyond 4 GiB, and streams", async () => {
    const start = 4 * 2 ** 30 + 1;
    const response = get({ Range: `bytes=${start}-${start + 2 ** 20 - 1}` }, large);
    expect(response.headers.get("content-length")).toBe(String(2 ** 20));
    const expected = Buffer.from(large.bytes(start, start + 2 ** 20));
    expect(expected.equals(new Uint8Array(await response.arrayBuffer()))).toBe(true);
  });
});

describe("If-Range", () => {
  test.each<[string, number]>([
    [tag, 206],
    [date, 206],
    ["Sun Mar  1 10:20:30 2026", 206],
    [`W/${tag}`, 200], // weak
    ['"other"', 200],
    [earlier, 200],
    [later, 200], // not exactly the date
    ["", 200],
    ["nonsense", 200],
  ])("%s: %d", (ifRange, status) => {
    expect(get({ "If-Range": ifRange, Range: "bytes=0-1" }).status).toBe(status);
  });

  test("sends the whole of a changed file, even if the range is not in it", () => {
    expect(get({ "If-Range": '"other"', Range: "bytes=99-" }).status).toBe(200);
  });

  test("means nothing without a range", () => {
    expect(get({ "If-Range": '"other"' }).status).toBe(200);
  });
});

describe("several ranges", () => {
  test("come as multipart/byteranges, in the order asked for", async () => {
    const response = get({ Range: "bytes=-2,0-0,3-5,4-6" });
    expect(response.status).toBe(206);
    expect(response.headers.has("content-range")).toBe(false);
    const [, boundary] =
      /^multipart\/byteranges; boundary=(\S+)$/.exec(response.headers.get("content-type") ?? "") ??
      [];
    const part = (range: string, body: string) =>
      `--${boundary}\r\nContent-Type: text/plain\r\nContent-Range: bytes ${range}/10\r\n\r\n${body}\r\n`;
    const body = await response.text();
    expect(body).toBe(
      `${part("8-9", "89")}${part("0-0", "0")}${part("3-6", "3456")}--${boundary}--\r\n`,
    );
    expect(response.headers.get("content-length")).toBe(String(body.length));
  });

  test("stream, however large the parts are", async () => {
    const response = get({ Range: "bytes=0-299999,-300000" }, large);
    const body = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get("content-length")).toBe(String(body.length));
    expect(body.includes(Buffer.from(large.bytes(0, 300_000)))).toBe(true);
    expect(body.includes(Buffer.from(large.bytes(large.size - 300_000, large.size)))).toBe(true);
  });

  test("never add up to more than the file and its part headers", async () => {
    const spec = fc
      .tuple(fc.nat(12), fc.nat(12))
      .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
    await fc.assert(
      fc.asyncProperty(fc.array(spec, { minLength: 1, maxLength: 64 }), async (specs) => {
        const response = get({ Range: `bytes=${specs.join()}` });
        const parts = response.headers.get("content-type")?.startsWith("multipart") ? 5 : 0;
        const length = Number(response.headers.get("content-length"));
        expect(length).toBeLessThanOrEqual(10 + parts * 150 + 100);
        expect(await response.text()).toHaveLength(length);
      }),
    );
  });
});

describe("without support for ranges", () => {
  test.each<[Fields, number]>([
    [{ Range: "bytes=0-1" }, 200],
    [{ Range: "bytes=99-" }, 200],
    [{ Range: "bytes=0-1", "If-Range": tag }, 200],
    [{ Range: "bytes=0-1", "If-None-Match": tag }, 304],
  ])("%j: %d", (fields, status) => {
    expect(get(fields, digits, { supportsRange: false }).status).toBe(status);
  });

  test("says so", () => {
    const response = get({ Range: "bytes=0-1" }, digits, { supportsRange: false });
    expect(response.headers.get("accept-ranges")).toBe("none");
    expect(response.headers.get("content-length")).toBe("10");
  });
});

describe("Content-Disposition", () => {
  test.each<[ServeOptions, string | null]>([
    [{}, null],
    [{ disposition: "attachment" }, "attachment"],
    [{ fileName: "call.wav" }, 'inline; filename="call.wav"'],
    [{ fileName: "call.wav", disposition: "attachment" }, 'attachment; filename="call.wav"'],
    [{ fileName: 'a "b" \\c.wav' }, 'inline; filename="a \\"b\\" \\\\c.wav"'],
    [
      { fileName: "übung 訂.wav" },
      "inline; filename=\"_bung _.wav\"; filename*=UTF-8''%C3%BCbung%20%E8%A8%82.wav",
    ],
    [{ fileName: "a'(*).wav" }, 'inline; filename="a\'(*).wav"'],
    [{ fileName: "100%41.wav" }, "inline; filename=\"100%41.wav\"; filename*=UTF-8''100%2541.wav"],
    [{ fileName: "a\r\nX-Evil: 1\0.wav" }, 'inline; filename="a__X-Evil: 1_.wav"'],
    [
      { fileName: "half\ud800.wav" },
      "inline; filename=\"half_.wav\"; filename*=UTF-8''half%EF%BF%BD.wav",
    ],
    [{ fileName: "../../etc/passwd" }, 'inline; filename="../../etc/passwd"'],
  ])("for %j", (options, expected) => {
    expect(get({}, digits, options).headers.get("content-disposition")).toBe(expected);
  });

  test("is one line of printable ASCII, whatever the name", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (fileName) => {
        const field = get({}, digits, { fileName }).headers.get("content-disposition");
        expect(field).toMatch(
          /^inline; filename="(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*"(?:; filename\*=UTF-8''[!#$&+.^_`|~\w%-]*)?$/,
        );
      }),
    );
  });
});

describe("a body", () => {
  /** A file that counts what is made of it. */
  function counted() {
    const made = { bytes: 0 };
    const count = <T extends Uint8Array>(chunk: T): T => {
      made.bytes += chunk.length;
      return chunk;
    };
    const file: MediaFile = {
      contentType: large.contentType,
      extension: large.extension,
      size: large.size,
      etag: large.etag,
      lastModified,
      bytes: (start, end) => count(large.bytes(start, end)),
      stream: (start, end) =>
        large
          .stream(start, end)
          .pipeThrough(new TransformStream({ transform: (chunk, to) => to.enqueue(count(chunk)) })),
    };
    return { file, made };
  }

  test.each<[string, Fields]>([
    ["a large file", {}],
    ["several large ranges", { Range: "bytes=0-999999999,2000000000-2999999999" }],
  ])("of %s is made as it is read, and ends when it is cancelled", async (_, fields) => {
    const { file, made } = counted();
    const reader = get(fields, file).body?.getReader();
    await reader?.read();
    await reader?.read();
    await reader?.cancel();
    expect(made.bytes).toBeLessThan(1_000_000);
    expect(await reader?.read()).toEqual({ done: true, value: undefined });
  });

  test("of a small part of a large file is all that is made", async () => {
    const { file, made } = counted();
    await get({ Range: "bytes=1000-1999" }, file).arrayBuffer();
    expect(made.bytes).toBe(1000);
  });

  test("of a HEAD is never made", () => {
    const { file, made } = counted();
    head({}, file);
    expect(made.bytes).toBe(0);
  });
});
