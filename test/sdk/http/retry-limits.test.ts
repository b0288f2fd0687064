import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  projectAnswer,
  projectId,
  recording,
  scripted,
} from "../../helpers/origins/scripted-client.js";
import {
  answer,
  medium,
  refusal,
  type Step,
  silence,
} from "../../helpers/origins/scripted-fetch.js";
import { failureOf, settle, stopTime } from "../../helpers/values/fake-time.js";

beforeEach(async () => {
  await stopTime();
  // The longest wait of each draw, so that every wait is known.
  vi.spyOn(Math, "random").mockReturnValue(1);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("Retry-After", () => {
  // A date tells whole seconds, so the clock begins with one.
  const now = "2026-11-23T10:00:00.000Z";
  beforeEach(() => void vi.setSystemTime(now));

  test.each([
    ["seconds", "7", 7000],
    ["none", "0", 500],
    ["as long as is obeyed", "60", 60_000],
    ["a date", "Mon, 23 Nov 2026 10:00:09 GMT", 9000],
    ["a date as RFC 850 wrote it", "Monday, 23-Nov-26 10:00:09 GMT", 9000],
    ["a date as asctime writes it", "Mon Nov 23 10:00:09 2026", 9000],
    ["a date that has passed", "Mon, 23 Nov 2026 09:00:00 GMT", 500],
    ["nonsense", "soon", 500],
    ["a negative number", "-5", 500],
    ["a fraction", "1.5", 500],
    ["two values", "120, 120", 500],
    ["a word and a number", "later 3", 500],
    ["nothing", "", 500],
  ])("%s (%j) waits %j ms", async (_, value, delay) => {
    for (const call of ["download", "get"] as const) {
      for (const status of [429, 503]) {
        const { times, retries, ...run } = scripted([
          answer(status, { "retry-after": value }),
          call === "get" ? projectAnswer : medium,
        ]);
        vi.setSystemTime(now);
        await settle<unknown>(run[call]());
        expect(times()).toEqual([0, delay]);
        expect(retries).toMatchObject([{ delay }]);
      }
    }
  });

  test.each([
    ["more seconds than are obeyed", "61", 61_000],
    ["a date too far away", "Mon, 23 Nov 2026 11:00:00 GMT", 3_600_000],
    ["more seconds than a number holds", "9".repeat(400), Number.POSITIVE_INFINITY],
  ])("%s is thrown at once", async (_, value, retryAfter) => {
    const { times, ...run } = scripted([answer(429, { "retry-after": value })]);
    expect(await failureOf(run.download())).toMatchObject({ name: "RateLimitError", retryAfter });
    expect(times()).toEqual([0]);
  });

  test("maxRetryAfter says how long is obeyed", async () => {
    const options = { retry: { maxRetryAfter: 5000 } };
    const six = scripted([answer(429, { "retry-after": "6" })], options);
    expect(await failureOf(six.download())).toMatchObject({ retryAfter: 6000 });
    expect(six.times()).toEqual([0]);
    const five = scripted([answer(429, { "retry-after": "5" }), medium], options);
    await settle(five.download());
    expect(five.times()).toEqual([0, 5000]);
  });

  test("beyond what is left of the timeout is thrown at once, since it says more", async () => {
    const { times, ...run } = scripted([answer(503, { "retry-after": "20" })], { timeout: 20_000 });
    expect(await failureOf(run.download())).toMatchObject({ name: "ServerError" });
    expect(times()).toEqual([0]);
  });
});

describe("time limits", () => {
  test("attemptTimeout ends an attempt, and another is made", async () => {
    const { times, retries, ...run } = scripted([silence, medium]);
    await settle(run.download());
    expect(times()).toEqual([0, 30_500]);
    expect(retries).toMatchObject([{ error: { name: "TimeoutError", timeout: 30_000 } }]);
    expect(retries[0]?.error.message).toContain('"attemptTimeout"');
  });

  test("each attempt has its own signal, aborted when it is given up", async () => {
    const signals: (AbortSignal | null | undefined)[] = [];
    const watch: Step = (init) => {
      signals.push(init.signal);
      return silence(init);
    };
    const run = scripted([watch, watch, medium], { attemptTimeout: 100 });
    await settle(run.download());
    expect(new Set(signals).size).toBe(2);
    for (const signal of signals) expect(signal?.reason).toMatchObject({ name: "TimeoutError" });
  });

  test("timeout ends the call, attempts and waits together, and says which", async () => {
    for (const call of ["download", "get"] as const) {
      const { times, ...run } = scripted([silence], { timeout: 10_000, attemptTimeout: 4000 });
      const start = performance.now();
      const error = await failureOf(run[call]());
      expect(error).toMatchObject({ name: "TimeoutError", timeout: 10_000 });
      expect(String(error)).toContain('"timeout"');
      expect([performance.now() - start, times()]).toEqual([10_000, [0, 4500, 9500]]);
    }
  });

  test("no wait is begun that would end after the timeout", async () => {
    const { times, ...run } = scripted([answer(503)], { timeout: 1500 });
    const start = performance.now();
    expect(await failureOf(run.download())).toMatchObject({ name: "ServerError", status: 503 });
    expect([performance.now() - start, times()]).toEqual([500, [0, 500]]);
  });

  test("a call's own timeout goes before the client's", async () => {
    const { client } = scripted([silence], { timeout: 10 });
    for (const timeout of [5, 50]) {
      for (const call of [
        () => client.media.download(recording, { timeout }),
        () => client.projects.get(projectId, { timeout }),
      ]) {
        expect(await failureOf(call())).toMatchObject({ name: "TimeoutError", timeout });
      }
    }
  });

  test("the time of the token function counts", async () => {
    const apiToken = () => new Promise<string>(() => {});
    const { requests, ...run } = scripted([medium], { apiToken, timeout: 100 });
    expect(await failureOf(run.download())).toMatchObject({ name: "TimeoutError", timeout: 100 });
    expect(requests).toEqual([]);
  });

  test("Infinity sets no limit, and no timer", async () => {
    const { client } = scripted([silence], { timeout: Infinity, attemptTimeout: Infinity });
    const controller = new AbortController();
    const call = client.media.download(recording, { signal: controller.signal });
    await expect(failureOf(call)).rejects.toThrow("never comes");
    controller.abort(new Error("enough"));
    expect(await failureOf(call)).toBe(controller.signal.reason);
  });

  test("no timer is left behind by success, failure or an abort", async () => {
    await settle(scripted([answer(503), medium]).download());
    await failureOf(scripted([answer(503)]).download());
    await failureOf(scripted([answer(401)]).get());
    const controller = new AbortController();
    const aborting = answer(503);
    const run = scripted([aborting], { onRetry: () => queueMicrotask(() => controller.abort()) });
    await failureOf(run.client.media.download(recording, { signal: controller.signal }));
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("an abort ends the wait between attempts", () => {
  test.each(["download", "get"] as const)("%s rejects at once, with the reason", async (call) => {
    const reason = new Error("the caller hung up");
    const controller = new AbortController();
    const { client, times } = scripted([answer(503, { "retry-after": "50" })]);
    const { signal } = controller;
    setTimeout(() => controller.abort(reason), 1000);
    const start = performance.now();
    const made =
      call === "get"
        ? client.projects.get(projectId, { signal })
        : client.media.download(recording, { signal });
    expect(await failureOf(made)).toBe(reason);
    expect([performance.now() - start, times()]).toEqual([1000, [0]]);
  });
});

describe("the token function", () => {
  test("is called once for each attempt, so that a rotated token is used", async () => {
    let issued = 0;
    const apiToken = vi.fn(() => `PT-synthetic-${++issued}`);
    const { requests, ...run } = scripted([answer(503), refusal, medium], { apiToken });
    await settle(run.download());
    expect(requests.map(({ headers }) => headers.get("authorization"))).toEqual(
      [1, 2, 3].map((count) => `Basic ${btoa(`${projectId}:PT-synthetic-${count}`)}`),
    );
  });
});
