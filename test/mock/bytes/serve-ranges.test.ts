import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  date,
  digits,
  earlier,
  empty,
  type Fields,
  get,
  large,
  later,
  tag,
} from "./served-files.js";

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
