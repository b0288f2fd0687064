import type { ClientOptions, RequestEvent, ResponseEvent, RetryEvent } from "@media-protection/sdk";
import { ConnectionError } from "@media-protection/sdk";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  projectAnswer,
  projectId,
  recording,
  recordingUrl,
  scripted,
} from "../../helpers/origins/scripted-client.js";
import {
  answer,
  brokenMedium,
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

type Seen =
  | readonly ["request", RequestEvent]
  | readonly ["response", ResponseEvent]
  | readonly ["retry", RetryEvent];

/** A client that writes down what its hooks are told. */
function watched(steps: readonly Step[], options: Partial<ClientOptions> = {}) {
  const seen: Seen[] = [];
  const run = scripted(steps, {
    onRequest: (event) => void seen.push(["request", event]),
    onResponse: (event) => void seen.push(["response", event]),
    onRetry: (event) => void seen.push(["retry", event]),
    ...options,
  });
  return { ...run, seen, names: () => seen.map(([name]) => name) };
}

const onCdn = answer(302, { location: "https://cdn.example/b.wav?X-Amz-Signature=abc" });

describe("hooks see", () => {
  test("a request and the head of its answer, in this order", async () => {
    const { seen, download } = watched([medium]);
    await settle(download());
    expect(seen).toEqual([
      [
        "request",
        {
          method: "GET",
          url: recordingUrl,
          headers: {
            accept: "*/*",
            "accept-encoding": "identity",
            authorization: "***",
            "user-agent": expect.stringMatching(/^media-protection-sdk\/\d/),
          },
        },
      ],
      [
        "response",
        {
          request: seen[0]?.[1],
          status: 200,
          headers: { "content-type": "audio/wav", "content-length": "4", etag: '"v1"' },
          duration: 0,
        },
      ],
    ]);
  });

  test("how long the head of an answer took", async () => {
    const slow: Step = async (init) => {
      await new Promise((resolve) => setTimeout(resolve, 250));
      return medium(init);
    };
    const { seen, download } = watched([slow]);
    await settle(download());
    expect(seen[1]?.[1]).toMatchObject({ duration: 250 });
  });

  test("every attempt, and each failure that another follows", async () => {
    const { seen, names, get } = watched([refusal, answer(503), projectAnswer]);
    await settle(get());
    // No answer, no response.
    const [first, second, third] = [["request"], ["request", "response"], ["request", "response"]];
    expect(names()).toEqual([...first, "retry", ...second, "retry", ...third]);
    expect(seen[1]?.[1]).toMatchObject({ failures: 1, error: { name: "ConnectionError" } });
    expect(seen[4]?.[1]).toMatchObject({ failures: 2, error: { name: "ServerError" } });
  });

  test("no retry where there is none", async () => {
    for (const run of [
      watched([answer(404)]),
      watched([answer(503)], { retry: { retries: 0 } }),
      watched([answer(429, { "retry-after": "3600" })]),
    ]) {
      await failureOf(run.download());
      expect(run.names()).toEqual(["request", "response"]);
    }
  });

  test("every redirect, without the query of where it leads", async () => {
    const { seen, names, download } = watched([onCdn, medium]);
    await settle(download());
    expect(names()).toEqual(["request", "response", "request", "response"]);
    expect(seen[1]?.[1]).toMatchObject({ headers: { location: "https://cdn.example/b.wav?…" } });
    expect(seen[2]?.[1]).toMatchObject({ url: "https://cdn.example/b.wav?…" });
    expect(seen[2]?.[1]).not.toHaveProperty("headers.authorization");
  });

  test("a failed request of another origin where it failed", async () => {
    const { seen, download } = watched([onCdn, answer(503), onCdn, medium]);
    await settle(download());
    expect(seen.find(([name]) => name === "retry")?.[1]).toMatchObject({
      request: { method: "GET", url: "https://cdn.example/b.wav?…" },
    });
  });

  test("the resumption of a body", async () => {
    const first = brokenMedium(new Uint8Array(4), { etag: '"v1"', "content-length": "8" });
    const rest = answer(
      206,
      { "content-type": "audio/wav", "content-range": "bytes 4-7/8", etag: '"v1"' },
      "RIFF",
    );
    const { seen, names, download } = watched([first, rest]);
    const media = await settle(download());
    await settle(media.bytes());
    expect(names()).toEqual(["request", "response", "retry", "request", "response"]);
    expect(seen[2]?.[1]).toMatchObject({
      request: { method: "GET", url: recordingUrl },
      error: { name: "ConnectionError", message: expect.stringContaining("4 of 8 bytes") },
      failures: 1,
      delay: 500,
    });
    expect(seen[3]?.[1]).toMatchObject({ headers: { range: "bytes=4-7", "if-range": '"v1"' } });
  });

  test("metadata, with what is sent along", async () => {
    const { seen, client } = watched([projectAnswer]);
    await settle(client.protection.set({ recordings: true }));
    expect(seen[0]?.[1]).toMatchObject({
      method: "PATCH",
      url: `https://example.signalwire.com/api/projects/${projectId}`,
      headers: { authorization: "***", "content-type": "application/json" },
    });
  });

  test("the headers of an answer, with what shows a credential masked", async () => {
    const { seen, download } = watched([
      answer(401, {
        "set-cookie": "session=1",
        "x-csrf-token": "abc",
        "x-amz-security-token": "abc",
        "x-api-key": "abc",
        "client-secret": "abc",
        link: "<https://h.example/?sig=abc>; rel=next",
        "x-request-id": "r1",
      }),
    ]);
    await failureOf(download());
    expect(seen[1]?.[1]).toMatchObject({
      headers: {
        "set-cookie": "***",
        "x-csrf-token": "***",
        "x-amz-security-token": "***",
        "x-api-key": "***",
        "client-secret": "***",
        "x-request-id": "r1",
      },
    });
    expect(JSON.stringify(seen)).not.toContain("abc");
  });
});

const kinds = ["onRequest", "onResponse", "onRetry"] as const;
const boom = new Error("the hook failed");

describe.each(kinds)("%s", (kind) => {
  const steps = [answer(503), medium];

  test("ends the call with what it throws, as it is, and nothing more is asked for", async () => {
    for (const hook of [
      () => {
        throw boom;
      },
      () => Promise.reject(boom),
    ]) {
      for (const call of ["download", "get"] as const) {
        const { requests, ...run } = scripted(steps, { [kind]: hook });
        expect(await failureOf(run[call]())).toBe(boom);
        expect(requests).toHaveLength(kind === "onRequest" ? 0 : 1);
      }
    }
    expect(vi.getTimerCount()).toBe(0);
  });

  test("is not called again where it throws an error of the SDK, which is not retried", async () => {
    const thrown = new ConnectionError("the hook's own client found no network");
    const hook = vi.fn(() => Promise.reject(thrown));
    const { download } = scripted(steps, { [kind]: hook });
    expect(await failureOf(download())).toBe(thrown);
    expect(hook).toHaveBeenCalledTimes(1);
  });

  test("is waited for", async () => {
    const hook = vi.fn(() => new Promise((resolve) => setTimeout(resolve, 40)));
    const { download } = scripted(steps, { [kind]: hook });
    const start = performance.now();
    await settle(download());
    expect(performance.now() - start).toBe(500 + 40 * hook.mock.calls.length);
  });

  test("that never ends is waited for no longer than the call's timeout", async () => {
    for (const call of ["download", "get"] as const) {
      const run = scripted(steps, { [kind]: () => new Promise(() => {}), timeout: 5000 });
      expect(await failureOf(run[call]())).toMatchObject({ name: "TimeoutError", timeout: 5000 });
    }
  });

  test("that never ends is waited for no longer than until the caller aborts", async () => {
    const controller = new AbortController();
    const { client } = scripted(steps, {
      [kind]: () => new Promise(() => {}),
      timeout: Infinity,
      attemptTimeout: Infinity,
    });
    setTimeout(() => controller.abort(boom), 100);
    const call = client.media.download(recording, { signal: controller.signal });
    expect(await failureOf(call)).toBe(boom);
  });

  test("need not be there", async () => {
    const run = scripted(steps, { [kind]: undefined });
    await settle(run.download());
    expect(run.times()).toEqual([0, 500]);
  });

  test.each([[1], ["log"], [{}], [null]])("that is %j is an OptionError", (hook) => {
    // As untyped code may write it.
    expect(() => scripted([medium], { [kind]: hook } as Partial<ClientOptions>)).toThrow(
      expect.objectContaining({ name: "OptionError", option: kind }),
    );
  });
});

describe("a body", () => {
  const first = brokenMedium(new Uint8Array(4), { etag: '"v1"', "content-length": "8" });

  test("is let go of when onResponse throws", async () => {
    const cancelled = vi.fn();
    const step: Step = async () => new Response(new ReadableStream({ cancel: cancelled }));
    const throwing = () => {
      throw boom;
    };
    expect(await failureOf(scripted([step], { onResponse: throwing }).download())).toBe(boom);
    expect(cancelled).toHaveBeenCalledTimes(1);
  });

  test("ends with what onRetry throws", async () => {
    const throwing = () => {
      throw boom;
    };
    const { requests, download } = scripted([first], { onRetry: throwing });
    const media = await settle(download());
    expect(await failureOf(media.bytes())).toBe(boom);
    expect(requests).toHaveLength(1);
  });

  test("ends with the caller's abort while onRetry never ends", async () => {
    const controller = new AbortController();
    const { client } = scripted([first], { onRetry: () => new Promise(() => {}) });
    const media = await settle(client.media.download(recording, { signal: controller.signal }));
    setTimeout(() => controller.abort(boom), 100);
    expect(await failureOf(media.bytes())).toBe(boom);
  });
});

test("an attempt given up is no response", async () => {
  const { names, download } = watched([silence, medium], { attemptTimeout: 10 });
  await settle(download());
  expect(names()).toEqual(["request", "retry", "request", "response"]);
});
