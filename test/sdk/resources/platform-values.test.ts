import { describe, expect, test } from "vitest";
import {
  readCount,
  readDate,
  readNumber,
  readOptionalText,
  readRequiredCount,
  readText,
} from "../../../packages/sdk/src/resources/platform-values.js";
import { fromCompatibility, fromRelay } from "../../../packages/sdk/src/resources/recording.js";

/** Values outside the contract: `undefined` where that is documented, else an error with the name. */

const noon = Date.UTC(2026, 2, 10, 12);

describe("a date", () => {
  test.each([
    "Tue, 10 Mar 2026 12:00:00 +0000",
    "Tue, 10 Mar 2026 14:30:00 +0230",
    "10 Mar 2026 04:00:00 -0800",
    "Tue, 10 Mar 2026 12:00:00 GMT",
    "Tue, 10 Mar 2026 12:00 UT",
    "2026-03-10T12:00:00Z",
    "2026-03-10T12:00:00.000Z",
    "2026-03-10T12:00:00.0004999Z",
    "2026-03-10T14:00:00+02:00",
    "2026-03-10T14:00:00+0200",
    "2026-03-09T23:00:00-13:00",
    "2026-03-10 12:00:00Z",
  ])("%s is an instant", (text) => {
    expect(readDate("date_created", text).getTime()).toBe(noon);
  });

  test("keeps its milliseconds", () => {
    expect(readDate("d", "2026-03-10T12:00:00.12Z").getTime()).toBe(noon + 120);
    expect(readDate("d", "0001-01-01T00:00:00Z").toISOString()).toBe("0001-01-01T00:00:00.000Z");
  });

  test.each([
    "2026-03-10T12:00:00",
    "2026-03-10 12:00:00",
    "2026-03-10",
    "Tue, 10 Mar 2026 12:00:00",
    "10 Mar 2026",
    "Mar 10, 2026 12:00",
    "03/10/2026",
    "Tue, 10 Mar 2026 12:00:00 XYZ",
    "31 Feb 2026 12:00:00 +0000",
    "2026-02-30T12:00:00Z",
    "2026-13-01T12:00:00Z",
    "2026-00-01T12:00:00Z",
    "2026-03-00T12:00:00Z",
    "2026-03-10T24:00:00Z",
    "2026-03-10T12:60:00Z",
    "2026-03-10T12:00:00+24:00",
    " 2026-03-10T12:00:00Z",
    "2026",
    "1",
    "",
    "x",
    null,
    undefined,
    0,
    1773144000000,
    {},
    ["2026-03-10T12:00:00Z"],
  ])("%j is none, and the error names the field", (value) => {
    expect(() => readDate("date_created", value)).toThrowError(/"date_created"/);
  });
});

const noNumbers = [
  "abc",
  "",
  " 3",
  "-1",
  "1e3",
  "0x10",
  "NaN",
  "Infinity",
  -1,
  Number.NaN,
  Infinity,
];
const noValues = [null, undefined, true, {}, [], [3]];

test.each([...noNumbers, ...noValues])("%j is no number", (value) => {
  expect(readNumber(value)).toBeUndefined();
  expect(readCount(value)).toBeUndefined();
  expect(() => readRequiredCount("num_media", value)).toThrowError(/"num_media"/);
});

test("numbers are taken as text, too, and counts are whole", () => {
  expect([3, "3", 0, "0"].map(readCount)).toEqual([3, 3, 0, 0]);
  expect([2.5, "2.5", 2 ** 53].map(readCount)).toEqual([undefined, undefined, undefined]);
  expect([2.5, "2.5"].map(readNumber)).toEqual([2.5, 2.5]);
});

test.each([null, undefined, 5, {}, [], "", true])("%j is no text", (value) => {
  expect(() => readText("status", value as never)).toThrowError(/"status"/);
});

test("a text may be missing, and is then no other thing", () => {
  expect([null, undefined, "x"].map((value) => readOptionalText("body", value))).toEqual([
    undefined,
    undefined,
    "x",
  ]);
  expect(() => readOptionalText("body", 5)).toThrowError(/"body"/);
});

const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
const id = "0b7e0c1a-93a4-4a54-8a6e-6a1f3c2d4e5f";
const trust = { spaceOrigin: "https://example.signalwire.com", mediaOrigins: [], projectId };

describe("a recording", () => {
  const raw = { sid: id, date_created: "2026-03-10T12:00:00Z", status: "completed" };
  const relay = { id, project_id: projectId, created_at: raw.date_created, status: "completed" };

  test.each([
    ["1", 1],
    ["2", 2],
    [2, 2],
    ["3", undefined],
    [3, undefined],
    ["two", undefined],
    [null, undefined],
    [undefined, undefined],
  ])("of %j channels", (channels, expected) => {
    expect(fromCompatibility({ ...raw, channels } as never, projectId).channels).toBe(expected);
  });

  test.each([
    [true, 2],
    [false, 1],
    ["false", undefined],
    [undefined, undefined],
  ])("that is stereo: %j", (stereo, expected) => {
    expect(fromRelay({ ...relay, stereo } as never, trust).channels).toBe(expected);
  });

  test("whose numbers are none has none", () => {
    const numbers = { duration: "abc", duration_in_seconds: null, byte_size: "x" };
    expect(fromCompatibility({ ...raw, ...numbers } as never, projectId).durationSeconds).toBe(
      undefined,
    );
    expect(fromRelay({ ...relay, ...numbers } as never, trust)).toMatchObject({
      durationSeconds: undefined,
      byteSize: undefined,
    });
  });

  test("is downloaded from its own project, whatever its URL says", () => {
    const url = `${trust.spaceOrigin}/api/laml/2010-04-01/Accounts/${id}/Recordings/${id}.wav`;
    expect(fromRelay({ ...relay, url } as never, trust).ref.projectId).toBe(projectId);
  });
});
