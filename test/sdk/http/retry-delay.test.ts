import {
  ConnectionError,
  IntegrityError,
  OptionError,
  RateLimitError,
  ResponseError,
  ServerError,
  TimeoutError,
  UntrustedUrlError,
} from "@media-protection/sdk";
import { describe, expect, test } from "vitest";
import { errorFromResponse } from "../../../packages/sdk/dist/http/response-error.js";
import { readyDelay, retryDelay } from "../../../packages/sdk/dist/http/retry.js";

const policy = { retries: 3, minDelay: 500, maxDelay: 10_000, maxRetryAfter: 60_000 };
const request = { method: "GET", url: "https://example.signalwire.com/x" };
const connection = new ConnectionError("no", { request });

describe("the wait before another attempt", () => {
  test.each<[number, number, number | undefined]>([
    [1, 0, 0],
    [1, 0.5, 250],
    [1, 1, 500],
    [2, 1, 1000],
    [3, 1, 2000],
    [3, 0.1, 200],
    [4, 1, undefined],
  ])("after %d failures with a draw of %d is %j", (failures, random, delay) => {
    expect(retryDelay(connection, failures, policy, random)).toBe(delay);
  });

  test.each<[object, number, number]>([
    [{ retries: 20 }, 5, 8000],
    [{ retries: 20 }, 6, 10_000],
    [{ retries: 20 }, 20, 10_000],
    [{ retries: 9, minDelay: 20_000 }, 1, 10_000],
    [{ retries: Infinity }, 5000, 10_000],
    [{ retries: Infinity, minDelay: 0 }, 5000, 0],
    [{ retries: Infinity, maxDelay: 0 }, 5000, 0],
    [{ retries: 9, maxDelay: Infinity }, 9, 128_000],
  ])("with %j, after %d failures, is at most %d", (more, failures, delay) => {
    expect(retryDelay(connection, failures, { ...policy, ...more }, 1)).toBe(delay);
  });

  test.each<[number, boolean]>([
    [301, false],
    [400, false],
    [401, false],
    [403, false],
    [404, false],
    [408, false],
    [409, false],
    [416, false],
    [422, false],
    [429, true],
    [500, true],
    [501, false],
    [502, true],
    [503, true],
    [504, true],
    [505, false],
  ])("after status %d: is there one? %j", (status, retried) => {
    const error = errorFromResponse({ status, request });
    expect(retryDelay(error, 1, policy, 1)).toBe(retried ? 500 : undefined);
    const told = errorFromResponse({ status, request, retryAfter: 7 });
    expect(retryDelay(told, 1, policy, 1)).toBe(retried ? 7 : undefined);
  });

  test.each<[string, unknown, boolean]>([
    ["no connection", connection, true],
    ["no answer in time", new TimeoutError(1, request), true],
    ["wrong bytes", new IntegrityError("no"), false],
    ["an untrusted URL", new UntrustedUrlError("origin", "no"), false],
    ["a malformed option", new OptionError("x", "y"), false],
    ["another status", new ResponseError("no", { status: 418, request }), false],
    ["an error that is not the SDK's", new TypeError("no"), false],
    ["something thrown that is no error", undefined, false],
  ])("after %s: is there one? %j", (_, error, retried) => {
    expect(retryDelay(error, 1, policy, 1)).toBe(retried ? 500 : undefined);
  });

  test.each([
    [1, 0.5, 250],
    [3, 1, 2000],
  ])("where the platform asks for none, after %d failures with a draw of %d, is %d", (...args) => {
    const [failures, random, delay] = args;
    for (const Kind of [RateLimitError, ServerError]) {
      const error = new Kind("no", { status: 503, request, retryAfter: 0 });
      expect(retryDelay(error, failures, policy, random)).toBe(delay);
      expect(retryDelay(error, failures, { ...policy, maxRetryAfter: 0 }, random)).toBe(delay);
    }
  });

  test.each<[number, number | undefined]>([
    [1, 1],
    [60_000, 60_000],
    [60_001, undefined],
    [Infinity, undefined],
  ])("where the platform asks for %d ms is %j, without a draw", (retryAfter, delay) => {
    for (const error of [
      new RateLimitError("no", { status: 429, request, retryAfter }),
      new ServerError("no", { status: 503, request, retryAfter }),
    ]) {
      for (const random of [0, 1]) expect(retryDelay(error, 1, policy, random)).toBe(delay);
      expect(retryDelay(error, 4, policy, 1)).toBeUndefined();
    }
  });
});

describe("the wait for a medium to become ready", () => {
  test.each<[number, number, number, number | undefined]>([
    [1, 60_000, 0, 250],
    [1, 60_000, 1, 500],
    [2, 60_000, 0, 500],
    [2, 60_000, 1, 1000],
    [50, 60_000, 1, 10_000],
    [5000, 60_000, 1, 10_000],
    [1, 100, 1, 100],
    [50, 0.5, 1, 0.5],
    [1, 0, 1, undefined],
    [1, -1, 1, undefined],
    [1, Infinity, 1, 500],
  ])(
    "after %d absences, with %d ms left and a draw of %d, is %j",
    (absences, left, random, delay) => {
      expect(readyDelay(absences, left, policy, random)).toBe(delay);
    },
  );

  test("is no more than nothing where minDelay is 0, however often it was absent", () => {
    expect(readyDelay(5000, 60_000, { ...policy, minDelay: 0 }, 1)).toBe(0);
  });

  test("does not depend on how often failures are retried", () => {
    expect(readyDelay(9, 60_000, { ...policy, retries: 0 }, 1)).toBe(10_000);
  });
});
