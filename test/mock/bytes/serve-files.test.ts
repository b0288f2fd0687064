import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ServeOptions } from "../../../mock/dist/bytes/serve-file.js";
import type { MediaFile } from "../../../mock/dist/files/files.js";
import {
  date,
  digits,
  earlier,
  empty,
  type Fields,
  get,
  head,
  large,
  lastModified,
  later,
  tag,
} from "./served-files.js";

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
