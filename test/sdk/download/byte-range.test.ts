import { type ByteRange, createClient } from "@media-protection/sdk";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import {
  answersFrom,
  rangeHeader,
  readContentRange,
  readRange,
  strongTag,
} from "../../../packages/sdk/dist/download/byte-range.js";
import { projectId, recording } from "../../helpers/origins/scripted-client.js";
import { answer, scriptedFetch } from "../../helpers/origins/scripted-fetch.js";

const largest = Number.MAX_SAFE_INTEGER;

describe("a range is written", () => {
  test.each<[ByteRange, string]>([
    [{ start: 0 }, "bytes=0-"],
    [{ start: 5 }, "bytes=5-"],
    [{ start: 0, end: 0 }, "bytes=0-0"],
    [{ start: 5, end: 9 }, "bytes=5-9"],
    [{ last: 1 }, "bytes=-1"],
    [{ last: 500 }, "bytes=-500"],
    [{ start: largest, end: largest }, `bytes=${largest}-${largest}`],
  ])("%j as %s", (range, header) => {
    expect(rangeHeader(range)).toBe(header);
  });
});

describe("a Range field is read", () => {
  test.each<[string, ByteRange | undefined]>([
    ["bytes=0-1", { start: 0, end: 1 }],
    ["bytes=0-", { start: 0 }],
    ["Bytes=5-9 ", { start: 5, end: 9 }],
    ["bytes=-500", { last: 500 }],
    ["bytes=0-99999999999999999999", { start: 0 }],
    ["bytes=-0", undefined],
    ["bytes=-", undefined],
    ["bytes=9-5", undefined],
    ["bytes=0-1,5-6", undefined],
    ["bytes=99999999999999999999-", undefined],
    ["bytes=a-b", undefined],
    ["bytes=0x1-2", undefined],
    ["bytes= 0-1", undefined],
    ["items=0-1", undefined],
    ["", undefined],
  ])("%j as %j", (field, range) => {
    expect(readRange(field)).toEqual(range);
  });

  test("as it is written, whatever the range", () => {
    const whole = fc.maxSafeNat();
    const ranges = fc.oneof(
      fc.record({ start: whole }),
      fc.record({ last: fc.integer({ min: 1, max: largest }) }),
      fc.tuple(whole, whole).map(([one, other]) => ({
        start: Math.min(one, other),
        end: Math.max(one, other),
      })),
    );
    fc.assert(
      fc.property(ranges, (range) => void expect(readRange(rangeHeader(range))).toEqual(range)),
    );
  });
});

describe("a range that makes no sense is an OptionError, and nothing is asked for", () => {
  test.each<[unknown]>([
    [{}],
    [{ end: 5 }],
    [{ start: 5, end: 4 }],
    [{ start: -1 }],
    [{ start: 0.5 }],
    [{ start: 0, end: 1.5 }],
    [{ start: Number.NaN }],
    [{ start: 0, end: Number.POSITIVE_INFINITY }],
    [{ start: largest + 1 }],
    [{ start: "0" }],
    [{ start: "0\r\nx-injected: 1" }],
    [{ start: 0, end: null }],
    [{ last: 0 }],
    [{ last: -5 }],
    [{ last: 1.5 }],
    [{ start: 0, last: 5 }],
    [{ end: 9, last: 5 }],
    [0],
    [[0, 5]],
  ])("%j", async (range) => {
    const { fetch, requests } = scriptedFetch(answer(200));
    const apiToken = vi.fn(() => "PT-synthetic");
    const client = createClient({ space: "example", projectId, apiToken, fetch });
    // As untyped code may call it.
    const call = client.media.download(recording, { range: range as ByteRange });
    await expect(call).rejects.toMatchObject({ name: "OptionError", option: "range" });
    expect([apiToken.mock.calls.length, requests]).toEqual([0, []]);
  });
});

describe("a Content-Range", () => {
  test.each<[string, ReturnType<typeof readContentRange>]>([
    ["bytes 0-0/1", { start: 0, end: 0, size: 1 }],
    ["bytes 5-9/10", { start: 5, end: 9, size: 10 }],
    ["bytes 5-9/*", { start: 5, end: 9, size: undefined }],
    [" bytes 5-9/10 ", { start: 5, end: 9, size: 10 }],
    ["Bytes 5-9/10", { start: 5, end: 9, size: 10 }],
    ["bytes 005-009/0010", { start: 5, end: 9, size: 10 }],
    [`bytes 0-${largest - 1}/${largest}`, { start: 0, end: largest - 1, size: largest }],
  ])("%j is read", (field, expected) => {
    expect(readContentRange(field)).toEqual(expected);
  });

  test.each([
    [null],
    [""],
    ["bytes"],
    ["bytes */10"],
    ["bytes 5-9"],
    ["bytes 5-/10"],
    ["bytes -9/10"],
    ["bytes 9-5/10"],
    ["bytes 5-10/10"],
    ["bytes 5-9/9"],
    ["bytes 0-0/0"],
    ["bytes=5-9/10"],
    ["bytes 5-9/10, 12-13/20"],
    ["bytes 5-9/10, bytes 5-9/10"],
    ["bytes 5 - 9/10"],
    ["bytes 5-9/0x10"],
    ["bytes -5-9/10"],
    ["bytes 5.0-9/10"],
    ["items 5-9/10"],
    ["5-9/10"],
    [`bytes 0-${largest + 1}/*`],
    [`bytes 0-9/${largest + 1}`],
    [`bytes 0-9/${"9".repeat(400)}`],
    ["bytes ٥-٩/10"],
  ])("%j makes no sense", (field) => {
    expect(readContentRange(field)).toBeUndefined();
  });

  test("is read back as it was written, whatever the numbers", () => {
    const size = fc.integer({ min: 1, max: largest });
    fc.assert(
      fc.property(size, fc.double({ min: 0, max: 1, noNaN: true }), (size, share) => {
        const start = Math.min(size - 1, Math.floor(share * size));
        const expected = { start, end: size - 1, size };
        expect(readContentRange(`bytes ${start}-${size - 1}/${size}`)).toEqual(expected);
      }),
    );
  });

  test("of any text whatever is sensible or nothing", () => {
    const digits = fc.stringMatching(/^\d{0,20}$/);
    const text = fc.tuple(digits, digits, fc.oneof(digits, fc.constant("*")));
    fc.assert(
      fc.property(text, ([from, to, of]) => {
        const read = readContentRange(`bytes ${from}-${to}/${of}`);
        if (read === undefined) return;
        const { start, end, size } = read;
        expect(Number.isSafeInteger(start) && start >= 0 && start <= end).toBe(true);
        expect(Number.isSafeInteger(end) && end < (size ?? Infinity)).toBe(true);
        expect(size === undefined || Number.isSafeInteger(size)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("a part of bytes 5–9 of 10", () => {
  const got = { start: 5, end: 9, size: 10 };
  test.each<[ByteRange, boolean]>([
    [{ start: 5 }, true],
    [{ start: 5, end: 9 }, true],
    [{ start: 5, end: 20 }, true],
    [{ start: 5, end: 8 }, false],
    [{ start: 4 }, false],
    [{ start: 4, end: 9 }, false],
    [{ start: 6 }, false],
    [{ start: 0 }, false],
    [{ last: 5 }, true],
    [{ last: 4 }, false],
    [{ last: 6 }, false],
    [{ last: 10 }, false],
  ])("answers %j: %j", (asked, expected) => {
    expect(answersFrom(got, asked)).toBe(expected);
  });

  test("is less than was asked for, and legal, where it ends early", () => {
    expect(answersFrom({ start: 5, end: 5, size: 10 }, { start: 5, end: 9 })).toBe(true);
    expect(answersFrom({ start: 5, end: 6, size: 10 }, { last: 5 })).toBe(true);
  });

  test("cannot be told to be the last bytes where the size is unknown", () => {
    expect(answersFrom({ start: 5, end: 9, size: undefined }, { last: 5 })).toBe(false);
    expect(answersFrom({ start: 5, end: 9, size: undefined }, { start: 5 })).toBe(true);
  });

  test("is the whole where more than there is was asked for of the end", () => {
    expect(answersFrom({ start: 0, end: 9, size: 10 }, { last: 11 })).toBe(true);
  });
});

describe("an entity tag", () => {
  test.each(['"v1"', '""', '"a b"'.replace(" ", "!"), '"\x80\xff"', '"W/1"', '"#$%"', '"\'"'])(
    "%j is strong",
    (tag) => {
      expect(strongTag(tag)).toBe(tag);
    },
  );

  test.each([
    [null],
    [""],
    ["v1"],
    ['"'],
    ['"v1'],
    ['v1"'],
    ['W/"v1"'],
    ['w/"v1"'],
    ['"a"b"'],
    ['"a", "b"'],
    ['"a b"'],
    ['"a\r\nx: 1"'],
    ['"\x7f"'],
    ['"Ā"'],
    [' "v1"'],
    ["*"],
  ])("%j proves nothing", (tag) => {
    expect(strongTag(tag)).toBeUndefined();
  });

  test.each<[string, unknown, unknown]>([
    ["a weak one", 'W/"v1"', { start: 0 }],
    ["one without quotes", "v1", { start: 0 }],
    ["one that is no text", 1, { start: 0 }],
    ["one beside no range", '"v1"', undefined],
  ])("%s as ifRange is an OptionError", async (_, ifRange, range) => {
    const { fetch, requests } = scriptedFetch(answer(200));
    const client = createClient({ space: "example", projectId, apiToken: "PT-synthetic", fetch });
    const options = { ifRange, ...(range !== undefined && { range }) };
    // As untyped code may call it.
    const call = client.media.download(recording, options as { ifRange: string });
    await expect(call).rejects.toMatchObject({ name: "OptionError", option: "ifRange" });
    expect(requests).toEqual([]);
  });
});
