import { type DownloadOptions, readyWithin } from "@media-protection/sdk";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { recording, scripted } from "../../helpers/origins/scripted-client.js";
import {
  answer,
  brokenMedium,
  medium,
  refusal,
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

const absent = answer(404);

describe("a medium that is not there yet", () => {
  test("is asked for again until it is", async () => {
    const { client, times, retries } = scripted([absent, absent, medium]);
    const media = await settle(client.media.download(recording, { waitUntilReady: 10_000 }));
    expect(new TextDecoder().decode(await media.bytes())).toBe("RIFF");
    expect(times()).toEqual([0, 500, 1500]);
    expect(retries).toMatchObject([
      { error: { name: "NotFoundError", status: 404 }, failures: 1, delay: 500 },
      { error: { name: "NotFoundError", status: 404 }, failures: 2, delay: 1000 },
    ]);
  });

  test("is asked for one last time when the budget ends, then is a MediaNotReadyError", async () => {
    const { client, times } = scripted([absent]);
    const call = client.media.download(recording, { waitUntilReady: 5000 });
    const error = await failureOf(call);
    expect(error).toMatchObject({ name: "MediaNotReadyError", status: 404 });
    expect(String(error)).toContain('"waitUntilReady"');
    expect(times()).toEqual([0, 500, 1500, 3500, 5000]);
  });

  test("is waited for, at least half the longest wait each time", async () => {
    vi.mocked(Math.random).mockReturnValue(0);
    const { client, times } = scripted([absent]);
    await failureOf(client.media.download(recording, { waitUntilReady: 2000 }));
    expect(times()).toEqual([0, 250, 750, 1750, 2000]);
  });

  test("is asked for again through 403, where the budget says so", async () => {
    const forbidden = answer(403);
    const { client, times } = scripted([forbidden, absent, forbidden, medium]);
    const waitUntilReady = readyWithin(10_000, { whileForbidden: true });
    const media = await settle(client.media.download(recording, { waitUntilReady }));
    expect(new TextDecoder().decode(await media.bytes())).toBe("RIFF");
    expect(times()).toEqual([0, 500, 1500, 3500]);
  });

  test("is a PermissionError when 403 outlasts the budget, and at once without a word", async () => {
    const forbidden = answer(403);
    for (const [waitUntilReady, last] of [
      [readyWithin(2000, { whileForbidden: true }), 2000],
      [readyWithin(2000, { whileForbidden: false }), 0],
      [readyWithin(2000), 0],
      [2000, 0],
    ] as const) {
      const { client, times } = scripted([forbidden]);
      const error = await failureOf(client.media.download(recording, { waitUntilReady }));
      expect(error).toMatchObject({ name: "PermissionError", status: 403 });
      expect(times().at(-1)).toBe(last);
    }
  });

  test("is a NotFoundError at once where nothing was said, or 0", async () => {
    for (const options of [{}, { waitUntilReady: 0 }]) {
      const { client, times } = scripted([absent]);
      const error = await failureOf(client.media.download(recording, options));
      expect(error).toMatchObject({ name: "NotFoundError" });
      expect(times()).toEqual([0]);
    }
  });

  test("is waited for even without retries", async () => {
    const { client, times } = scripted([absent, absent, medium], { retry: { retries: 0 } });
    await settle(client.media.download(recording, { waitUntilReady: 10_000 }));
    expect(times()).toEqual([0, 500, 1500]);
  });

  test("may be waited for longer than the timeout", async () => {
    const { client, times } = scripted([absent], { timeout: 1000 });
    const call = client.media.download(recording, { waitUntilReady: 3000 });
    expect(await failureOf(call)).toMatchObject({ name: "MediaNotReadyError" });
    expect(times()).toEqual([0, 500, 1500, 3000]);
  });

  test("is waited for without end where the budget is Infinity", async () => {
    const { client, requests } = scripted([...Array(50).fill(absent), medium]);
    await settle(client.media.download(recording, { waitUntilReady: Infinity }));
    expect(requests).toHaveLength(51);
  });

  test("leaves the platform alone once the caller aborts", async () => {
    const { client, times } = scripted([absent]);
    const controller = new AbortController();
    const reason = new Error("the caller hung up");
    setTimeout(() => controller.abort(reason), 700);
    const { signal } = controller;
    const call = client.media.download(recording, { waitUntilReady: 60_000, signal });
    expect(await failureOf(call)).toBe(reason);
    expect([times(), vi.getTimerCount()]).toEqual([[0, 500], 0]);
  });
});

describe("nothing but 404 is waited for", () => {
  test.each([
    [400, "ValidationError"],
    [401, "AuthenticationError"],
    [403, "PermissionError"],
    [410, "ResponseError"],
    [416, "ResponseError"],
  ])("not %d", async (status, name) => {
    for (const before of [[], [absent]]) {
      const { client, requests } = scripted([...before, answer(status)]);
      const call = client.media.download(recording, { waitUntilReady: 60_000 });
      expect(await failureOf(call)).toMatchObject({ name, status });
      expect(requests).toHaveLength(before.length + 1);
    }
  });

  test("failures are retried as always, and counted apart from absences", async () => {
    const { client, times, retries } = scripted([absent, refusal, absent, answer(503), medium]);
    await settle(client.media.download(recording, { waitUntilReady: 10_000 }));
    expect(times()).toEqual([0, 500, 1000, 2000, 3000]);
    expect(retries.map(({ failures }) => failures)).toEqual([1, 2, 3, 4]);
  });

  test("failures end it as often as retries says", async () => {
    const { client, times } = scripted([absent, answer(503)], { retry: { retries: 1 } });
    const call = client.media.download(recording, { waitUntilReady: 10_000 });
    expect(await failureOf(call)).toMatchObject({ name: "ServerError" });
    expect(times()).toEqual([0, 500, 1000]);
  });

  test("an attempt that gets no answer is still given up after attemptTimeout", async () => {
    const { client, times } = scripted([absent, silence, medium], { attemptTimeout: 1000 });
    await settle(client.media.download(recording, { waitUntilReady: 10_000 }));
    expect(times()).toEqual([0, 500, 2000]);
  });

  test("a medium that was there is not waited for again when its download resumes", async () => {
    const first = brokenMedium(new Uint8Array(10), { etag: '"v1"', "content-length": "100" });
    const { client, times } = scripted([first, absent]);
    const media = await settle(client.media.download(recording, { waitUntilReady: 60_000 }));
    expect(await failureOf(media.bytes())).toMatchObject({ name: "NotFoundError" });
    expect(times()).toEqual([0, 500]);
  });
});

describe("a budget of readyWithin", () => {
  test("is shared: media after the first wait only for what is left of it", async () => {
    const { client, times } = scripted([absent, absent, medium, absent]);
    const waitUntilReady = readyWithin(4000);
    await settle(client.media.download(recording, { waitUntilReady }));
    expect(waitUntilReady.left()).toBe(2500);
    const second = client.media.download(recording, { waitUntilReady });
    expect(await failureOf(second)).toMatchObject({ name: "MediaNotReadyError" });
    expect(times()).toEqual([0, 500, 1500, 1500, 2000, 3000, 4000]);
    expect(waitUntilReady.left()).toBe(0);
  });

  test("that is used up still lets each medium be asked for once", async () => {
    const { client, times } = scripted([absent, medium]);
    const waitUntilReady = readyWithin(100);
    vi.advanceTimersByTime(200);
    const first = client.media.download(recording, { waitUntilReady });
    expect(await failureOf(first)).toMatchObject({ name: "MediaNotReadyError" });
    await settle(client.media.download(recording, { waitUntilReady }));
    expect(times()).toEqual([0, 0]);
  });

  test("is shared by downloads at once", async () => {
    const { client } = scripted([absent]);
    const waitUntilReady = readyWithin(4000);
    const start = performance.now();
    const all = Promise.allSettled(
      Array.from({ length: 10 }, () => client.media.download(recording, { waitUntilReady })),
    );
    for (const result of await settle(all)) {
      expect(result).toMatchObject({ reason: { name: "MediaNotReadyError" } });
    }
    expect(performance.now() - start).toBe(4000);
  });

  test("begins when it is made", () => {
    const budget = readyWithin(1000);
    vi.advanceTimersByTime(400);
    expect(budget.left()).toBe(600);
    vi.advanceTimersByTime(1000);
    expect(budget.left()).toBe(0);
    expect([readyWithin(0).left(), readyWithin(Infinity).left()]).toEqual([0, Infinity]);
  });
});

describe("a wait that makes no sense is an OptionError, and nothing is asked for", () => {
  test.each<[unknown]>([[-1], [Number.NaN], ["1000"], [true], [null], [{}], [{ left: 5 }], [[]]])(
    "%j",
    async (waitUntilReady) => {
      const { client, requests } = scripted([medium]);
      // As untyped code may call it.
      const options = { waitUntilReady } as DownloadOptions;
      const error = await failureOf(client.media.download(recording, options));
      expect(error).toMatchObject({ name: "OptionError", option: "waitUntilReady" });
      expect(requests).toEqual([]);
    },
  );

  test.each<[unknown]>([[-1], [Number.NaN], ["1000"], [null], [{}], [undefined]])(
    "readyWithin(%j)",
    (milliseconds) => {
      // As untyped code may call it.
      expect(() => readyWithin(milliseconds as number)).toThrow(
        expect.objectContaining({ name: "OptionError", option: "waitUntilReady" }),
      );
    },
  );
});
