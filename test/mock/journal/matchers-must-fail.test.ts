import "@media-protection/mock/vitest";
import { OptionError } from "@media-protection/mock";
import { matchers } from "@media-protection/mock/matchers";
import { describe, expect, test } from "vitest";
import { basic, setScene } from "../scene.js";

// For each promise of the README: where it does not hold, the matcher fails.

const preflight: RequestInit = {
  method: "OPTIONS",
  headers: { origin: "https://app.example", "access-control-request-method": "GET" },
};

describe("toHaveServed", () => {
  test("does not count a browser's preflight", async () => {
    const { platform, askAnything } = setScene();
    const { urls } = platform.addRecording();
    await askAnything(urls.space, preflight);
    expect(platform.journal).not.toHaveServed(urls.space);
    expect(platform.journal).not.toHaveServed({});
    await askAnything(urls.space);
    expect(platform.journal).toHaveServed(urls.space, { times: 1 });
  });

  test.each<[string, (path: string) => string]>([
    ["at the root", (path) => path.replace("/api/laml", "")],
    ["percent-encoded", (path) => path.replace("Recordings", "%52ecordings")],
    ["with a query", (path) => `${path}?a=b`],
  ])("knows the path as it was asked for: %s", async (_, write) => {
    const { platform, askAnything } = setScene();
    const { urls } = platform.addRecording();
    const asked = write(urls.space);
    expect(platform.journal).not.toHaveServed(asked);
    expect((await askAnything(asked)).status).toBe(200);
    expect(platform.journal).toHaveServed(asked, { times: 1 });
    expect(platform.journal).toHaveServed(urls.space, { times: 1 });
    expect(platform.journal.find({ path: new URL(asked).pathname })).toHaveLength(1);
    expect(platform.journal).not.toHaveServed(platform.addRecording().urls.space);
  });

  test("knows a path that the journal has cut", async () => {
    const { platform, askAnything, space } = setScene();
    const url = space(`/${"x".repeat(2000)}`);
    await askAnything(url);
    expect(platform.journal.find({ path: "/xxx*" })).toHaveLength(1);
    expect(platform.journal).toHaveServed({ path: "/xxx*", status: 404 }, { times: 0 });
    expect(matchers.toHaveServed(platform.journal, url).message()).toContain("→ 404");
  });
});

describe("what was dropped", () => {
  test("is not said to have come, nor not to have come", async () => {
    const { platform, askAnything } = setScene({ journalSize: 1 });
    const first = platform.addRecording().urls.space;
    const second = platform.addRecording().urls.space;
    await askAnything(first);
    await askAnything(second);
    const { journal } = platform;
    expect(() => expect(journal).toHaveServed(first)).toThrow("cannot be known");
    expect(() => expect(journal).not.toHaveServed(first)).toThrow("cannot be known");
    expect(() => expect(journal).not.toHaveDenied({})).toThrow("cannot be known");
    expect(() => expect(journal).toHaveServed(second, { times: 1 })).toThrow("cannot be known");
    expect(journal).toHaveServed(second);
    expect(journal).not.toHaveServed(second, { times: 0 });
  });
});

describe("toHaveNoCredentialsOutside", () => {
  test("fails for a journal in which nothing came", async () => {
    const { platform, askAnything, space } = setScene();
    const { journal } = platform;
    expect(() => expect(journal).toHaveNoCredentialsOutside(["space"])).toThrow("no request came");
    expect(() => expect([]).toHaveNoCredentialsOutside(["space"])).toThrow("no request came");
    await askAnything(space("/"));
    expect(journal).toHaveNoCredentialsOutside(["space"]);
  });

  test.each([0, 1, 2])("sees base64 without Basic, %i characters in", async (before) => {
    const { platform, askAnything, root } = setScene();
    const { projectId, apiToken } = platform.credentials;
    const header = btoa(`${"x".repeat(before)}${projectId}:${apiToken}`).replace(/=+$/, "");
    await askAnything("https://elsewhere.example/", { headers: { "x-key": header } });
    expect(platform.journal).not.toHaveNoCredentialsOutside(["space", "files"]);
    expect(root).toEqual(basic(projectId, apiToken));
  });

  test.each([["spcae"], [""], ["https://a.example/path"], [undefined]])(
    "refuses the origin %s",
    async (origin) => {
      const { platform, askAnything, space } = setScene();
      await askAnything(space("/"));
      const misused = [origin] as unknown as string[];
      expect(() => matchers.toHaveNoCredentialsOutside(platform.journal, misused)).toThrow(
        OptionError,
      );
    },
  );
});

describe("a filter that says nothing by mistake", () => {
  test.each<[string, object]>([
    ["statsu", { statsu: 200 }],
    ["status", { status: undefined }],
    ["status", { status: "200" }],
    ["status", { status: 200.5 }],
    ["media", { media: undefined }],
    ["media", { media: "" }],
    ["caller", { caller: undefined }],
    ["path", { path: "" }],
    ["path", { path: 1 }],
    ["origin", { origin: "spcae" }],
    ["decision", { decision: "denied" }],
    ["reason", { reason: "none" }],
    ["authorization", { authorization: "true" }],
    ["fault", { fault: "boom" }],
    ["since", { since: new Date() }],
    ["until", { until: Number.NaN }],
    ["method", { method: "" }],
  ])("is an OptionError that names %s: %o", (option, filter) => {
    const { journal } = setScene().platform;
    const expected = expect.objectContaining({ name: "OptionError", option });
    expect(() => journal.find(filter)).toThrow(expected);
    expect(() => matchers.toHaveServed(journal, filter)).toThrow(expected);
    expect(() => matchers.toHaveDenied(journal, filter)).toThrow(expected);
  });

  test.each([{ times: -1 }, { times: "2" }, { times: 0.5 }, { time: 1 }])(
    "and so is %o",
    (often) => {
      const { journal } = setScene().platform;
      const misused = often as { readonly times?: number };
      expect(() => matchers.toHaveServed(journal, {}, misused)).toThrow(OptionError);
    },
  );

  test.each(["/api/projects", "", "example"])("and the URL %j", (url) => {
    const { journal } = setScene().platform;
    expect(() => matchers.toHaveServed(journal, url)).toThrow(OptionError);
  });
});

describe("the journal", () => {
  test("masks an API token in a path, however it is written", async () => {
    const { platform, askAnything, space } = setScene();
    const { apiToken } = platform.credentials;
    await askAnything(space(`/x/${apiToken}/y`));
    await askAnything(space(`/x/%50${apiToken.slice(1)}/y`));
    await askAnything(`https://elsewhere.example/${apiToken}`);
    const kept = JSON.stringify(platform.journal.entries());
    expect(kept).not.toContain(apiToken.slice(1));
    expect(platform.journal.find({ path: "/x/****/y" })).toHaveLength(2);
  });

  test("goes on where a subscriber throws", async () => {
    const { platform, ask } = setScene();
    const { urls } = platform.addRecording();
    const said: unknown[] = [];
    const { error } = console;
    console.error = (what: unknown) => said.push(what);
    try {
      platform.journal.subscribe(() => {
        throw new Error("mine");
      });
      expect((await ask(urls.space)).status).toBe(200);
    } finally {
      console.error = error;
    }
    expect(said).toEqual([new Error("mine")]);
  });

  test("tells a path with many stars in linear time", () => {
    const { journal } = setScene().platform;
    const entry = { time: 0, path: `/${"a".repeat(500)}` };
    for (let count = 0; count < 100; count++) journal.record(entry as never);
    expect(journal.find({ path: `/${"*a".repeat(40)}b` })).toEqual([]);
    expect(journal.find({ path: `${"*a".repeat(40)}` })).toHaveLength(100);
  });
});
