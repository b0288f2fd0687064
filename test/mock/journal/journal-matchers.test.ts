import "@media-protection/mock/vitest";
import { createPlatform, type JournalFilter } from "@media-protection/mock";
import { type JournalMatchers, matchers } from "@media-protection/mock/matchers";
import { describe, expect, expectTypeOf, test } from "vitest";
import { basic, setScene } from "../scene.js";

/** The message of an expectation that does not hold. */
function failure(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "it held";
}

describe("toHaveNoCredentialsOutside", () => {
  test("holds while credentials stay where they may be", async () => {
    const { platform, askAnything, root } = setScene();
    const { urls } = platform.addRecording();
    const { space, files, storage } = platform.origins;
    await askAnything(urls.space, { headers: root });
    await askAnything(`${storage}/x`);
    await askAnything("https://elsewhere.example/x");
    expect(platform.journal).toHaveNoCredentialsOutside([space]);
    expect(platform.journal).toHaveNoCredentialsOutside(["space"]);
    await askAnything(urls.files, { headers: root });
    expect(platform.journal).toHaveNoCredentialsOutside([space, `${files}/`]);
    expect(platform.journal).toHaveNoCredentialsOutside(["space", "files"]);
    expect(platform.journal).not.toHaveNoCredentialsOutside([space]);
    expect(platform.journal).not.toHaveNoCredentialsOutside([]);
    expect(failure(() => expect(platform.journal).toHaveNoCredentialsOutside([space]))).toContain(
      `GET ${urls.files} → 200 (allow: public)`,
    );
  });

  test.each<[string, (secret: string, header: string) => [string, RequestInit]]>([
    ["in Authorization", (_, header) => ["/x", { headers: { authorization: header } }]],
    ["in another header", (_, header) => ["/x", { headers: { "x-forwarded": header } }]],
    ["in a header, plain", (secret) => ["/x", { headers: { "x-token": secret } }]],
    ["in the query", (secret) => [`/x?token=${secret}`, {}]],
    ["in the path, encoded", (secret) => [`/${secret.replace("P", "%50")}`, {}]],
  ])("fails for a token %s, at the storage host and at a stranger's", async (_, make) => {
    const { platform, askAnything, root } = setScene();
    const [path, init] = make(platform.credentials.apiToken, root.authorization);
    for (const origin of [platform.origins.storage, "https://elsewhere.example"]) {
      platform.journal.clear();
      await askAnything(origin + path, init);
      expect(platform.journal).not.toHaveNoCredentialsOutside(["space", "files"]);
      expect(platform.journal).toHaveNoCredentialsOutside([origin]);
    }
  });

  test("does not hold for a journal that has dropped requests", async () => {
    const { platform, askAnything } = setScene({ journalSize: 1 });
    await askAnything(`${platform.origins.storage}/x`);
    expect(platform.journal).toHaveNoCredentialsOutside([]);
    await askAnything(`${platform.origins.storage}/x`);
    expect(failure(() => expect(platform.journal).toHaveNoCredentialsOutside([]))).toContain(
      "dropped its oldest 1 of the requests",
    );
  });
});

describe("toHaveServed and toHaveDenied", () => {
  test("tell a request by its URL, or by what it was like", async () => {
    const { platform, projectId, ask, root } = setScene();
    const { recording, urls } = platform.addRecording();
    expect(platform.journal).not.toHaveServed(urls.space);
    await ask(urls.space);
    platform.setProtection(projectId, { recordings: true });
    await ask(urls.space);
    await ask(`${urls.space}?a=b`);
    await ask(urls.files, { headers: basic(projectId, "PT-wrong") });
    await ask(urls.files, { headers: root, method: "HEAD" });
    expect(platform.journal).toHaveServed(urls.space);
    expect(platform.journal).toHaveServed(urls.space, { times: 1 });
    expect(platform.journal).not.toHaveServed(urls.space, { times: 2 });
    expect(platform.journal).toHaveDenied(new URL(urls.space), { times: 2 });
    expect(platform.journal).toHaveDenied({ media: recording.id, reason: "invalid-credentials" });
    expect(platform.journal).toHaveServed({ media: recording.id, caller: projectId });
    expect(platform.journal).not.toHaveServed({ caller: null, authorization: true });
    expect(platform.journal).not.toHaveDenied(urls.metadata);
    expect(platform.journal.find({ origin: "files" })).toHaveServed({ method: "head" });
  });

  test("count what is not modified as served, and a redirect or a missing medium not", async () => {
    const { platform, ask } = setScene();
    const { recording, urls } = platform.addRecording();
    await ask(urls.space, { headers: { "if-none-match": recording.files.wav.etag } });
    expect(platform.journal).toHaveServed({ status: 304 });
    platform.setSwitches({ redirectToStorage: true });
    await ask(urls.files, { redirect: "manual" });
    await ask(urls.metadata.replace(".json", ".mp4"));
    expect(platform.journal).not.toHaveServed(urls.files);
    expect(platform.journal.entries()).toHaveServed({}, { times: 1 });
  });

  test("say what came instead", async () => {
    const { platform, askAnything } = setScene();
    const { urls } = platform.addRecording();
    expect(failure(() => expect(platform.journal).toHaveDenied(urls.space))).toBe(
      `expected ${urls.space} to have been denied, but it was 0 times.\nNo such request came.`,
    );
    await askAnything(urls.space, { headers: { "x-mock-fault": "status; status=503" } });
    expect(failure(() => expect(platform.journal).toHaveServed(urls.space, { times: 2 }))).toBe(
      `expected ${urls.space} to have been served 2 times, but it was 0 times.\n` +
        `Of these came:\n  GET ${urls.space} → 503 (none, fault status)`,
    );
    await askAnything(urls.space);
    const wanted: JournalFilter = { status: 200, origin: "space" };
    expect(failure(() => expect(platform.journal).not.toHaveServed(wanted))).toContain(
      "expected a request with { status: 200, origin: space } not to have been served",
    );
  });
});

describe("the matchers", () => {
  test.each([undefined, null, 1, {}, createPlatform()])("refuse %o", (received) => {
    expect(() => matchers.toHaveServed(received, {})).toThrow("takes platform.journal");
    expect(() => matchers.toHaveNoCredentialsOutside(received, [])).toThrow(TypeError);
  });

  test("are typed as part of vitest's expect", () => {
    const { journal } = createPlatform();
    const expectation = expect(journal);
    expectTypeOf(expectation).toExtend<JournalMatchers<void>>();
    const misused = () => {
      // @ts-expect-error A list, not one.
      expectation.toHaveNoCredentialsOutside("space");
      // @ts-expect-error No such filter.
      expectation.toHaveServed({ kind: "recording" });
    };
    expect(misused).toBeTypeOf("function");
  });
});
