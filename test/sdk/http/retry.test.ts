import type { Client } from "@media-protection/sdk";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  projectAnswer,
  projectId,
  recording,
  scripted,
} from "../../helpers/origins/scripted-client.js";
import { answer, medium, refusal, type Step } from "../../helpers/origins/scripted-fetch.js";
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

describe("a failed attempt is repeated after a wait that doubles", () => {
  test.each<[string, Step, string]>([
    ["no connection", refusal, "ConnectionError"],
    ["429", answer(429), "RateLimitError"],
    ["500", answer(500), "ServerError"],
    ["502", answer(502), "ServerError"],
    ["503", answer(503), "ServerError"],
    ["504", answer(504), "ServerError"],
  ])("%s, for media and metadata", async (_, failing, name) => {
    for (const call of ["download", "get"] as const) {
      const { times, retries, ...run } = scripted([failing]);
      expect(await failureOf(run[call]())).toMatchObject({ name });
      expect(times()).toEqual([0, 500, 1500, 3500]);
      expect(retries).toMatchObject([
        { failures: 1, delay: 500, error: { name }, request: { method: "GET" } },
        { failures: 2, delay: 1000, error: { name } },
        { failures: 3, delay: 2000, error: { name } },
      ]);
    }
  });

  test("until one succeeds", async () => {
    const { times, ...run } = scripted([refusal, answer(503), medium]);
    const media = await settle(run.download());
    expect(new TextDecoder().decode(await media.bytes())).toBe("RIFF");
    expect(times()).toEqual([0, 500, 1500]);
  });

  test.each([
    [{ retries: 0 }, [0]],
    [{ retries: 1 }, [0, 500]],
    [{ minDelay: 10, retries: 4 }, [0, 10, 30, 70, 150]],
    [{ minDelay: 10, maxDelay: 15, retries: 4 }, [0, 10, 25, 40, 55]],
    [{ minDelay: 100, maxDelay: 10, retries: 2 }, [0, 10, 20]],
    [{ minDelay: 0, retries: 2 }, [0, 0, 0]],
  ])("%j asks at %j", async (retry, expected) => {
    const { times, ...run } = scripted([answer(503)], { retry });
    await failureOf(run.download());
    expect(times()).toEqual(expected);
  });

  test("drawn at random below that", async () => {
    vi.mocked(Math.random)
      .mockReturnValueOnce(0)
      .mockReturnValueOnce(0.25)
      .mockReturnValueOnce(0.5);
    const { times, ...run } = scripted([answer(503)]);
    await failureOf(run.download());
    expect(times()).toEqual([0, 0, 250, 1250]);
  });

  // 2 to the power of so many failures is beyond every number, and 0 times that is none.
  test("also after more failures than a number can double", async () => {
    const { requests, ...run } = scripted([answer(503)], { retry: { retries: 1100, minDelay: 0 } });
    expect(await failureOf(run.download())).toMatchObject({ name: "ServerError" });
    expect(requests).toHaveLength(1101);
  });
});

describe("what will not pass by itself is not repeated", () => {
  test.each([
    [400, "ValidationError"],
    [401, "AuthenticationError"],
    [403, "PermissionError"],
    [404, "NotFoundError"],
    [409, "ResponseError"],
    [410, "ResponseError"],
    [416, "ResponseError"],
    [422, "ValidationError"],
    [501, "ServerError"],
  ])("%d, whatever its Retry-After says", async (status, name) => {
    for (const call of ["download", "get"] as const) {
      const { times, retries, ...run } = scripted([answer(status, { "retry-after": "0" })]);
      expect(await failureOf(run[call]())).toMatchObject({ name, status });
      expect([times(), retries]).toEqual([[0], []]);
    }
  });

  test.each<[string, Step, string]>([
    ["a page in place of a medium", answer(200, { "content-type": "text/html" }), "IntegrityError"],
    ["a redirect to nowhere", answer(302), "RedirectError"],
  ])("%s", async (_, step, name) => {
    const { times, ...run } = scripted([step]);
    expect(await failureOf(run.download())).toMatchObject({ name });
    expect(times()).toEqual([0]);
  });

  test("JSON that is none", async () => {
    const { times, ...run } = scripted([answer(200, {}, "{")]);
    expect(await failureOf(run.get())).toMatchObject({ name: "UnexpectedAnswerError" });
    expect(times()).toEqual([0]);
  });

  test("an error of the token function, which reaches the caller as it is", async () => {
    const sealed = new Error("the vault is sealed");
    const apiToken = vi.fn(() => Promise.reject(sealed));
    const { requests, ...run } = scripted([medium], { apiToken });
    expect(await failureOf(run.download())).toBe(sealed);
    expect(await failureOf(run.get())).toBe(sealed);
    expect([apiToken.mock.calls.length, requests]).toEqual([2, []]);
  });
});

describe("only what may be repeated is", () => {
  const failing = [answer(503), answer(503), projectAnswer];

  test("the setting of switches is, with the same body", async () => {
    const { requests, client, times } = scripted(failing);
    expect(await settle(client.protection.set({ recordings: true }))).toMatchObject({
      recordings: true,
    });
    expect(times()).toEqual([0, 500, 1500]);
    for (const { method, body } of requests) {
      expect([method, body]).toEqual(["PATCH", '{"protect_recordings":true}']);
    }
  });

  test.each<[string, (client: Client) => Promise<unknown>]>([
    ["POST: creating a project", (client) => client.projects.create({ name: "n" })],
    [
      "another PATCH: renaming a project",
      (client) => client.projects.update(projectId, { name: "n" }),
    ],
    ["DELETE of a project", (client) => client.projects.delete(projectId)],
    ["DELETE of a recording", (client) => client.recordings.delete(recording.recordingId)],
    [
      "PATCH by the raw client",
      (client) =>
        client.api.PATCH("/api/projects/{id}", {
          params: { path: { id: projectId } },
          body: { name: "n" },
        }),
    ],
  ])("%s is not", async (_, call) => {
    for (const step of [answer(503), refusal]) {
      const { client, times } = scripted([step]);
      const error = await failureOf(call(client));
      expect(error).toMatchObject({ name: expect.stringMatching(/^(Server|Connection)Error$/) });
      expect(times()).toEqual([0]);
    }
  });
});
