import { type Client, isMediaProtectionError, TimeoutError } from "@media-protection/sdk";
import { describe, expect, test } from "vitest";
import { projectId, recording, scripted } from "../../helpers/origins/scripted-client.js";
import { answer, type Step } from "../../helpers/origins/scripted-fetch.js";

// Calls of the contract's own client: they end, in time and with a typed error, whatever answers.

const AccountSid = projectId;
const Sid = recording.recordingId;
const media = "/api/laml/2010-04-01/Accounts/{AccountSid}/Recordings/{Sid}.wav";
const parsers = ["json", "text", "blob", "arrayBuffer", "stream"] as const;
type Parser = (typeof parsers)[number];
/** One attempt, which is given up at once, so that no test waits for a clock. */
const brief = { timeout: 20, attemptTimeout: 20, retry: { retries: 0 } };

/** Reads what a call gives to its end, or gives its error. */
async function outcomeOf(call: Promise<{ readonly data?: unknown }>): Promise<unknown> {
  try {
    const { data } = await call;
    return data instanceof ReadableStream ? await new Response(data).text() : data;
  } catch (error) {
    return error;
  }
}

const getProjects = (client: Client, parseAs: Parser) =>
  outcomeOf(client.api.GET("/api/projects", { parseAs }));
const getRecording = (client: Client, parseAs: Parser, signal?: AbortSignal) =>
  outcomeOf(
    client.api.GET(media, {
      params: { path: { AccountSid, Sid } },
      parseAs,
      ...(signal && { signal }),
    }),
  );

/** A 200 of that type whose body begins, and then gives nothing more, or a byte again and again. */
function dripping(
  type: string,
  dripped: () => Promise<void>,
): { step: Step; cancelled: unknown[] } {
  const cancelled: unknown[] = [];
  const step: Step = async () => {
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        async pull(controller) {
          await dripped();
          if (cancelled.length === 0) controller.enqueue(new Uint8Array([0x20]));
        },
        cancel: (reason) => void cancelled.push(reason),
      },
      { highWaterMark: 0 },
    );
    return new Response(body, { headers: type === "" ? {} : { "content-type": type } });
  };
  return { step, cancelled };
}

const drips: [string, () => Promise<void>][] = [
  ["stays away", () => new Promise(() => {})],
  ["drips", () => new Promise((resolve) => setTimeout(resolve, 1))],
];

describe.each(parsers)("read as %s", (parseAs) => {
  test.each(drips)("JSON whose body %s is a TimeoutError", async (_, dripped) => {
    const { step } = dripping("application/json", dripped);
    const run = scripted([step], brief);
    expect(await getProjects(run.client, parseAs)).toMatchObject({ name: "TimeoutError" });
  });

  test.each(drips)(
    "a medium whose body %s is a TimeoutError, and let go of",
    async (_, dripped) => {
      const { step, cancelled } = dripping("audio/wav", dripped);
      const run = scripted([step], brief);
      const outcome = await getRecording(run.client, parseAs);
      expect(outcome).toMatchObject({ name: "TimeoutError", timeout: 20 });
      expect(cancelled).toEqual([expect.any(TimeoutError)]);
    },
  );

  test.each([
    ["a page", "text/html"],
    ["bytes", "application/octet-stream"],
    ["text", "text/plain;charset=UTF-8"],
    ["no type", ""],
  ])(
    "%s in place of JSON is an UnexpectedAnswerError, without waiting for its body",
    async (_, type) => {
      const { step, cancelled } = dripping(type, () => new Promise(() => {}));
      const run = scripted([step], { retry: { retries: 0 } });
      expect(await getProjects(run.client, parseAs)).toMatchObject({
        name: "UnexpectedAnswerError",
        reason: "body",
      });
      expect(cancelled).toHaveLength(1);
    },
  );

  test.each(["", "{", "<html>"])("JSON that is %j is an UnexpectedAnswerError", async (body) => {
    const run = scripted([answer(200, {}, body)]);
    const outcome = await getProjects(run.client, parseAs);
    expect(outcome).toMatchObject({ name: "UnexpectedAnswerError", reason: "body" });
  });

  test("a medium whose connection breaks is a ConnectionError", async () => {
    const broken: Step = async () => {
      const body = new ReadableStream({
        pull: (controller) => controller.error(new TypeError("terminated: PT-synthetic")),
      });
      return new Response(body, { headers: { "content-type": "audio/wav" } });
    };
    const outcome = await getRecording(scripted([broken]).client, parseAs);
    expect(outcome).toMatchObject({ name: "ConnectionError" });
    expect(String(outcome)).not.toContain("PT-synthetic");
  });

  test("the caller's signal ends a medium's body, with its reason", async () => {
    const { step, cancelled } = dripping("audio/wav", () => new Promise(() => {}));
    const controller = new AbortController();
    const begun: Step = async (init) => {
      setImmediate(() => controller.abort("enough"));
      return step(init);
    };
    const outcome = await getRecording(scripted([begun]).client, parseAs, controller.signal);
    expect(outcome).toBe("enough");
    expect(cancelled).toHaveLength(1);
  });
});

describe("a medium", () => {
  const medium = answer(200, { "content-type": "audio/wav", "content-length": "4" }, "RIFF");

  test.each([
    ["stream", "RIFF"],
    ["text", "RIFF"],
    ["arrayBuffer", new TextEncoder().encode("RIFF").buffer],
  ] as const)("is given as %s", async (parseAs, whole) => {
    expect(await getRecording(scripted([medium]).client, parseAs)).toEqual(whole);
  });

  test("comes from the files host's path, too, where the space serves it", async () => {
    const { client } = scripted([medium]);
    const path = { space_id: "e5b0f6d2", project_id: projectId, file: "a.wav" };
    const call = client.api.GET("/{space_id}/{project_id}/recordings/{file}", {
      params: { path },
      parseAs: "stream",
    });
    expect(await outcomeOf(call)).toBe("RIFF");
  });

  test("may be asked for without its body", async () => {
    const { client } = scripted([answer(200, { "content-type": "audio/wav" }, "")]);
    const params = { path: { AccountSid, Sid } };
    const { response } = await client.api.HEAD(media, { params });
    expect(response.headers.get("content-type")).toBe("audio/wav");
  });
});

test.each([
  ["DELETE that a gateway's page answers", answer(200, { "content-type": "text/html" }, "<p>")],
  ["DELETE of a medium that is answered with one", answer(200, { "content-type": "audio/wav" })],
])("a %s is no success", async (_, step) => {
  const { client } = scripted([step]);
  const path = "/api/laml/2010-04-01/Accounts/{AccountSid}/Recordings/{Sid}";
  const outcome = await outcomeOf(
    client.api.DELETE(path, { params: { path: { AccountSid, Sid } } }),
  );
  expect(outcome).toMatchObject({ name: "UnexpectedAnswerError" });
});

test("a token in a path of the caller's is masked in the error's URL", async () => {
  const { client } = scripted([answer(404)]);
  const call = client.api.GET("/api/projects/{id}", { params: { path: { id: "PT-synthetic" } } });
  const error = await outcomeOf(call);
  expect(isMediaProtectionError(error) && error.request?.url).toBe(
    "https://example.signalwire.com/api/projects/***",
  );
});
