import type { TokenRequest } from "@media-protection/sdk";
import { describe, expect, test } from "vitest";
import { projectAnswer, projectId, scripted } from "../../helpers/origins/scripted-client.js";
import { answer, medium, type Step } from "../../helpers/origins/scripted-fetch.js";

// A token that was rotated in the middle of a run ends nothing: it is asked for once more.

const old = "PT-synthetic-old";
const fresh = "PT-synthetic-new";
const presented = (init: RequestInit) => new Headers(init.headers).get("authorization") ?? "";
const basicOf = (token: string) => `Basic ${btoa(`${projectId}:${token}`)}`;
const denied = answer(401, {}, '{"error":"Unauthorized"}');

/** Answers only whoever presents the fresh token. */
const rotated =
  (granted: Step): Step =>
  async (init) =>
    presented(init) === basicOf(fresh) ? granted(init) : denied(init);

/** A function that keeps a token until it is told that it was refused. */
function cachedToken() {
  const reasons: string[] = [];
  let cached = old;
  const apiToken = async ({ reason }: TokenRequest) => {
    reasons.push(reason);
    if (reason === "refused") cached = fresh;
    return cached;
  };
  return { reasons, apiToken };
}

describe("a refused token is asked for once more", () => {
  test.each<[string, Step, (run: ReturnType<typeof scripted>) => Promise<unknown>]>([
    ["GET", projectAnswer, (run) => run.get()],
    ["a download", medium, (run) => run.download()],
    ["PATCH", projectAnswer, (run) => run.client.projects.update(projectId, { name: "n" })],
    ["POST", projectAnswer, (run) => run.client.projects.rotateSigningKey(projectId)],
    [
      "DELETE",
      async () => new Response(null, { status: 204 }),
      (run) => run.client.projects.delete(projectId),
    ],
  ])("for %s, which is sent again with the same content", async (_, granted, call) => {
    const { reasons, apiToken } = cachedToken();
    const run = scripted([rotated(granted)], { apiToken });
    await call(run);
    expect(reasons).toEqual(["request", "refused"]);
    const [first, second] = run.requests;
    expect(run.requests).toHaveLength(2);
    expect(second).toMatchObject({ url: first?.url, method: first?.method, body: first?.body });
    expect(second?.headers.get("authorization")).toBe(basicOf(fresh));
  });

  test("by each of the calls that are under way", async () => {
    const { apiToken } = cachedToken();
    const run = scripted([rotated(projectAnswer)], { apiToken });
    const calls = Array.from({ length: 8 }, () => run.get());
    await expect(Promise.all(calls)).resolves.toHaveLength(8);
  });

  test("as bearer, where the files host wants that", async () => {
    const { reasons, apiToken } = cachedToken();
    const granted: Step = async (init) =>
      presented(init) === `Bearer ${fresh}` ? medium(init) : denied(init);
    const run = scripted([granted], { apiToken, mediaAuth: "bearer" });
    const url = `https://files.signalwire.com/e5b0f6d2/${projectId}/recordings/a.wav`;
    await run.client.media.download(url);
    expect(reasons).toEqual(["request", "refused"]);
  });

  test("on the way behind a redirect, too", async () => {
    const { apiToken } = cachedToken();
    const elsewhere = answer(302, { location: "/elsewhere" });
    const run = scripted([elsewhere, rotated(medium)], { apiToken });
    await run.download();
    expect(run.requests.map(({ url }) => new URL(url).pathname).slice(1)).toEqual([
      "/elsewhere",
      "/elsewhere",
    ]);
  });
});

describe("the 401 stands", () => {
  test.each([
    ["a token that is a text", old, 1],
    ["the same token again", () => old, 1],
    [
      "another token that is refused, too",
      ({ reason }: TokenRequest) => `PT-synthetic-${reason}`,
      2,
    ],
  ])("for %s", async (_, apiToken, requests) => {
    const run = scripted([denied], { apiToken });
    await expect(run.get()).rejects.toMatchObject({
      name: "AuthenticationError",
      body: { error: "Unauthorized" },
    });
    expect(run.requests).toHaveLength(requests);
  });

  test("as long as the function asked again throws, whose error reaches the caller", async () => {
    const locked = new Error("the vault is locked");
    const apiToken = ({ reason }: TokenRequest) => {
      if (reason === "refused") throw locked;
      return old;
    };
    const run = scripted([denied], { apiToken });
    await expect(run.get()).rejects.toBe(locked);
  });

  test.each([403, 404, 429, 503])("nothing is asked again after %d", async (status) => {
    const { reasons, apiToken } = cachedToken();
    const run = scripted([answer(status)], { apiToken, retry: { retries: 0 } });
    await expect(run.get()).rejects.toMatchObject({ status });
    expect(reasons).toEqual(["request"]);
  });

  test("both tokens are masked in what is said of it", async () => {
    const both: Step = async (init) => {
      const body = JSON.stringify({ message: `${old}, or ${fresh}`, sent: presented(init) });
      return answer(401, {}, body)(init);
    };
    const { apiToken } = cachedToken();
    const error: unknown = await scripted([both], { apiToken })
      .get()
      .catch((one: unknown) => one);
    expect(error).toMatchObject({ body: { message: "***, or ***", sent: "Basic ***" } });
    expect(String(error)).not.toMatch(/PT-synthetic/);
  });
});
