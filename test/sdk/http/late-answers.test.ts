import { type Client, createClient } from "@media-protection/sdk";
import { describe, expect, test } from "vitest";

const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
const recording = { kind: "recording", recordingId: projectId } as const;
const audio = { "content-type": "audio/wav", "content-length": "9000" };

/** A response with a body that goes on for ever, or is silent, and why it was let go of. */
function endless(status = 200, headers: Record<string, string> = audio, bytes = 10) {
  let letGo: (reason: unknown) => void = () => {};
  const cancelled = new Promise<unknown>((resolve) => {
    letGo = resolve;
  });
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (bytes > 0) controller.enqueue(new Uint8Array(bytes));
    },
    cancel: (reason) => letGo(reason),
  });
  return { response: new Response(body, { status, headers }), cancelled };
}

/** A client whose fetch is deaf to its signal, and answers when it is told to. */
function deafClient(options: { readonly attemptTimeout?: number } = {}) {
  let answer: (response: Response) => void = () => {};
  let fail: (error: Error) => void = () => {};
  let asked: () => void = () => {};
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const client = createClient({
    space: "example",
    projectId,
    apiToken: "PT-synthetic",
    retry: { retries: 0 },
    fetch: () => {
      asked();
      return new Promise((resolve, reject) => {
        [answer, fail] = [resolve, reject];
      });
    },
    ...options,
  });
  return {
    client,
    isAsked,
    answer: (response: Response) => answer(response),
    fail: (error: Error) => fail(error),
  };
}

const calls: [string, (client: Client, signal: AbortSignal) => Promise<unknown>][] = [
  ["a download", (client, signal) => client.media.download(recording, { signal })],
  ["a switch", (client, signal) => client.protection.get({ signal })],
  ["a project", (client, signal) => client.projects.get(projectId, { signal })],
  ["any operation", (client, signal) => client.api.GET("/api/projects", { signal })],
];

describe("a fetch that is deaf to its signal", () => {
  test.each(calls)("%s: an answer after the abort is let go of", async (_, call) => {
    const { client, isAsked, answer } = deafClient();
    const controller = new AbortController();
    const settled = call(client, controller.signal).catch((error: unknown) => error);
    await isAsked;
    const reason = new Error("the caller's reason");
    controller.abort(reason);
    expect(await settled).toBe(reason);
    const { response, cancelled } = endless();
    answer(response);
    expect(await cancelled).toBe(reason);
  });

  test("an answer after the attempt was given up is let go of", async () => {
    const { client, answer } = deafClient({ attemptTimeout: 1 });
    await expect(client.media.download(recording)).rejects.toMatchObject({ name: "TimeoutError" });
    const { response, cancelled } = endless();
    answer(response);
    expect(await cancelled).toMatchObject({ name: "TimeoutError" });
  });

  test.each<[string, (late: ReturnType<typeof deafClient>) => void]>([
    ["a failure", ({ fail }) => fail(new Error("too late"))],
    ["what is no response", ({ answer }) => answer(undefined as unknown as Response)],
    ["a response without a body", ({ answer }) => answer(new Response(null))],
  ])("%s after the abort harms nobody", async (_, settle) => {
    const late = deafClient();
    const controller = new AbortController();
    const call = late.client.media.download(recording, { signal: controller.signal });
    await late.isAsked;
    controller.abort();
    await expect(call).rejects.toMatchObject({ name: "AbortError" });
    // A rejection that nobody handled would fail this file.
    settle(late);
  });

  test.each([
    ["while it is read", async () => new Promise((resolve) => setImmediate(resolve))],
    ["as it comes", async () => {}],
  ])("the body of a refusal that drips on is let go of, aborted %s", async (_, pause) => {
    const { client, isAsked, answer } = deafClient();
    const controller = new AbortController();
    const settled = client.media
      .download(recording, { signal: controller.signal })
      .catch((error: unknown) => error);
    await isAsked;
    const { response, cancelled } = endless(404, {}, 0);
    answer(response);
    await pause();
    const reason = new Error("the caller's reason");
    controller.abort(reason);
    expect([await settled, await cancelled]).toEqual([reason, reason]);
  });

  test("the body of a medium that is silent is let go of", async () => {
    const { client, isAsked, answer } = deafClient();
    const controller = new AbortController();
    const download = client.media.download(recording, { signal: controller.signal });
    await isAsked;
    const { response, cancelled } = endless();
    answer(response);
    await download;
    const reason = new Error("the caller's reason");
    controller.abort(reason);
    expect(await cancelled).toBe(reason);
  });
});
