import { describe, expect, test } from "vitest";
import { clockOf, retryAfterMs } from "../../../packages/sdk/dist/http/response-error.js";
import { scripted } from "../../helpers/origins/scripted-client.js";
import { answer } from "../../helpers/origins/scripted-fetch.js";

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
    ["Mon, 23 Nov 2026 10:01:00", 60_000],
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

describe("the clock that Retry-After is told by", () => {
  const ours = Date.parse("2026-11-23T10:00:00Z");
  const theirs = Date.parse("2026-11-23T13:00:00Z");

  test.each<[string | undefined, number]>([
    ["Mon, 23 Nov 2026 13:00:00 GMT", theirs],
    ["Monday, 23-Nov-26 13:00:00 GMT", theirs],
    ["Mon Nov 23 13:00:00 2026", theirs],
    [undefined, ours],
    ["", ours],
    ["soon", ours],
    ["-1", ours],
  ])("is that of an answer whose Date is %j", (date, clock) => {
    const response = new Response(null, date === undefined ? {} : { headers: { date } });
    expect(clockOf(response, ours)).toBe(clock);
  });

  test.each([
    ["fast", "Mon, 23 Nov 2076 10:00:00 GMT", "Mon, 23 Nov 2076 10:00:30 GMT"],
    ["slow", "Mon, 23 Nov 1976 10:00:00 GMT", "Tue, 23 Nov 1976 10:00:30 GMT"],
  ])("makes no wait longer or shorter where it is %s", async (_, date, retryAfter) => {
    const run = scripted([answer(429, { date, "retry-after": retryAfter })], {
      retry: { retries: 0 },
    });
    await expect(run.get()).rejects.toMatchObject({ name: "RateLimitError", retryAfter: 30_000 });
  });
});
