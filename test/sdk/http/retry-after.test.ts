import { describe, expect, test } from "vitest";
import { retryAfterMs } from "../../../packages/sdk/dist/http/response-error.js";

describe("Retry-After in milliseconds", () => {
  const now = Date.parse("2026-11-23T10:00:00Z");
  test.each<[string | null, number | undefined]>([
    [null, undefined],
    ["0", 0],
    ["120", 120_000],
    [" 120 ", 120_000],
    ["0120", 120_000],
    ["9".repeat(400), Infinity],
    ["Mon, 23 Nov 2026 10:01:00 GMT", 60_000],
    ["Mon, 23 Nov 2026 09:59:00 GMT", 0],
    ["Monday, 23-Nov-26 10:01:00 GMT", 60_000],
    ["Mon Nov 23 10:01:00 2026", 60_000],
    ["", undefined],
    ["-5", undefined],
    ["+5", undefined],
    ["1.5", undefined],
    ["1e3", undefined],
    ["0x10", undefined],
    ["120s", undefined],
    ["120, 60", undefined],
    ["in 3 minutes", undefined],
    ["later 3", undefined],
    ["2026", 2_026_000],
    ["Mon, 99 Nov 2026 10:01:00 GMT", undefined],
  ])("of %j is %j", (value, milliseconds) => {
    expect(retryAfterMs(value, now)).toBe(milliseconds);
  });
});
