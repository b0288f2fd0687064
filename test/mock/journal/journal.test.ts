import type { JournalFilter } from "@media-protection/mock";
import { describe, expect, test } from "vitest";
import { Journal } from "../../../mock/dist/journal/journal.js";
import { basic, bearer, sending, setScene } from "../scene.js";
import { journalEntry as entry } from "./journal-entry.js";

const paths = (journal: Journal) => journal.entries().map(({ path }) => path);

describe("the journal", () => {
  test("tells who asked for what, and what was decided and why", async () => {
    const { platform, projectId, ask, root } = setScene({ now: () => 1234 });
    const { recording, urls } = platform.addRecording();
    const { token, id: tokenId } = platform.addToken({ scopes: ["fax"] });
    const ownTokenId = platform.tokens.of(projectId)[0]?.entity.id;
    const path = new URL(urls.space).pathname;
    await ask(urls.space);
    platform.setProtection(projectId, { recordings: true });
    await ask(urls.space);
    await ask(urls.files, { method: "HEAD", headers: basic(projectId, "PT-wrong") });
    await ask(urls.space, { headers: basic(projectId, token) });
    await ask(urls.space, { headers: root });
    await ask(urls.metadata);
    const { space: originUrl } = platform.origins;
    const media = recording.id;
    const where = { origin: "space", originUrl, method: "GET", path, media };
    const common = { time: 1234, ...where, tokenExposed: false, fault: null };
    const nobody = { caller: null, authorization: false };
    const mine = { caller: { projectId, tokenId: ownTokenId }, authorization: true };
    expect(platform.journal.entries()).toEqual([
      { ...common, ...nobody, decision: "allow", reason: "public", status: 200 },
      { ...common, ...nobody, decision: "deny", reason: "no-credentials", status: 401 },
      {
        ...common,
        origin: "files",
        originUrl: platform.origins.files,
        method: "HEAD",
        path: new URL(urls.files).pathname,
        caller: null,
        authorization: true,
        decision: "deny",
        reason: "invalid-credentials",
        status: 401,
      },
      {
        ...common,
        caller: { projectId, tokenId },
        authorization: true,
        decision: "deny",
        reason: "missing-scope",
        status: 401,
      },
      { ...common, ...mine, decision: "allow", reason: "own-project", status: 200 },
      {
        ...common,
        ...nobody,
        path: `${path}.json`,
        media: null,
        decision: "deny",
        reason: "no-credentials",
        status: 401,
      },
    ]);
  });

  test("has an entry for every request, whatever became of it", async () => {
    const { platform, ask, askAnything, space, root, projectId } = setScene();
    await ask(space("/api/projects"), sending("POST", root, { name: "" }));
    await ask(space("/api/projects"), { method: "POST", headers: root, body: "{" });
    await ask(space("/api/projects?page_size=0"), { headers: root });
    await askAnything(space("/nothing"));
    await askAnything(space("/nothing"), { method: "PUT" });
    await askAnything("https://elsewhere.example/x");
    await askAnything(`${platform.origins.storage}/x`);
    await askAnything(space("/__mock/switches"));
    const seen = platform.journal.entries();
    expect(seen.map(({ origin, method, path, status }) => [origin, method, path, status])).toEqual([
      ["space", "POST", "/api/projects", 422],
      ["space", "POST", "/api/projects", 400],
      ["space", "GET", "/api/projects", 400],
      ["space", "GET", "/nothing", 404],
      ["space", "PUT", "/nothing", 404],
      [null, "GET", "/x", 404],
      ["storage", "GET", "/x", 403],
      ["space", "GET", "/__mock/switches", 200],
    ]);
    expect(seen[0]?.caller?.projectId).toBe(projectId);
  });

  test("holds no secret, whatever a request carries", async () => {
    const { platform, projectId, ask, askAnything, space, root } = setScene({
      switches: { redirectToStorage: true, filesHostAuth: "either" },
    });
    const canary = "PTcanary0123456789";
    const { urls } = platform.addRecording();
    const { token } = platform.addToken({ scopes: ["calling"], token: canary });
    platform.setProtection(projectId, { recordings: true });
    await ask(urls.space, { headers: basic(projectId, token), redirect: "manual" });
    await ask(urls.files, { headers: bearer(token), redirect: "manual" });
    await ask(urls.space, { headers: basic(projectId, `${canary}-wrong`) });
    await askAnything(`${urls.space}?token=${canary}#${canary}`);
    await askAnything(urls.files, { headers: root });
    await ask(
      space("/api/project/tokens"),
      sending("POST", root, { name: canary, permissions: ["fax"] }),
    );
    await askAnything(space("/__mock/journal"));
    const kept = JSON.stringify(platform.journal.entries());
    const shown = await (await askAnything(space("/__mock/journal"))).text();
    for (const secret of [
      canary,
      platform.credentials.apiToken,
      root.authorization,
      btoa(`${projectId}:${canary}`),
      "X-Amz-Signature",
      platform.project(projectId).signingKey,
    ]) {
      expect(kept).not.toContain(secret);
      expect(shown).not.toContain(secret);
    }
    expect(kept).toContain(projectId);
  });

  test("drops the oldest when it is full", () => {
    const journal = new Journal(3);
    for (const path of ["/1", "/2", "/3", "/4", "/5"]) journal.record(entry(path));
    expect(paths(journal)).toEqual(["/3", "/4", "/5"]);
    expect([...journal]).toEqual(journal.entries());
    expect(journal.size).toBe(3);
    expect(journal.recorded).toBe(5);
    journal.record(entry("/6"));
    expect(paths(journal)).toEqual(["/4", "/5", "/6"]);
    journal.record(entry("/7"));
    expect(paths(journal)).toEqual(["/5", "/6", "/7"]);
    journal.clear();
    expect(journal).toMatchObject({ size: 0, recorded: 0 });
    journal.record(entry("/8"));
    expect(paths(journal)).toEqual(["/8"]);
  });

  test("keeps 10,000 requests unless told otherwise, and may keep none", async () => {
    expect(setScene().platform.journal.capacity).toBe(10_000);
    const { platform, ask, space } = setScene({ journalSize: 0 });
    await ask(space("/api/projects"));
    expect(platform.journal).toMatchObject({ size: 0, recorded: 1 });
  });

  test("keeps the beginning of a long path", async () => {
    const { platform, askAnything, space } = setScene();
    await askAnything(space(`/${"x".repeat(10_000)}`));
    expect(platform.journal.entries()[0]?.path).toBe(`/${"x".repeat(511)}`);
  });

  test.each<[JournalFilter, string[]]>([
    [{}, ["/a/1", "/a/2", "/b/1"]],
    [{ since: 20 }, ["/a/2", "/b/1"]],
    [{ until: 20 }, ["/a/1"]],
    [{ since: 20, until: 21 }, ["/a/2"]],
    [{ method: "post" }, ["/a/2"]],
    [{ path: "/a/1" }, ["/a/1"]],
    [{ path: "/a/*" }, ["/a/1", "/a/2"]],
    [{ path: "*1" }, ["/a/1", "/b/1"]],
    [{ path: "/a/." }, []],
    [{ path: /^\/b/g }, ["/b/1"]],
    [{ media: "ABC" }, ["/a/2"]],
    [{ caller: "project" }, ["/b/1"]],
    [{ caller: null }, ["/a/1", "/a/2"]],
    [{ origin: "files" }, ["/a/2"]],
    [{ origin: null }, []],
    [{ authorization: true }, ["/b/1"]],
    [{ decision: "deny" }, ["/a/2"]],
    [{ reason: "no-credentials" }, ["/a/2"]],
    [{ status: 401 }, ["/a/2"]],
    [{ fault: "cut" }, ["/b/1"]],
    [{ fault: null }, ["/a/1", "/a/2"]],
    [{ status: 200, path: "/a/*" }, ["/a/1"]],
  ])("finds by %o", (filter, found) => {
    const journal = new Journal(10);
    journal.record({ ...entry("/a/1"), time: 10 });
    const denied = { decision: "deny", reason: "no-credentials", status: 401 } as const;
    const bytes = { origin: "files", media: "abc" } as const;
    journal.record({ ...entry("/a/2"), time: 20, method: "POST", ...bytes, ...denied });
    const caller = { projectId: "project", tokenId: "token" };
    journal.record({ ...entry("/b/1"), time: 30, caller, authorization: true, fault: "cut" });
    expect(journal.find(filter).map(({ path }) => path)).toEqual(found);
  });

  test("tells a listener of each entry until it ends", () => {
    const journal = new Journal(1);
    const heard: string[] = [];
    const end = journal.subscribe(({ path }) => heard.push(path));
    journal.record(entry("/1"));
    journal.record(entry("/2"));
    end();
    journal.record(entry("/3"));
    expect(heard).toEqual(["/1", "/2"]);
  });
});

describe("a path with stars", () => {
  const found = (path: string, text: string) => {
    const journal = new Journal(1);
    journal.record(entry(text));
    return journal.find({ path }).length === 1;
  };

  test.each([
    ["*", "/any/thing", true],
    ["*", "", true],
    ["/a*", "/a", true],
    ["/a*/c", "/a/b/c", true],
    ["/a*/c", "/a/c", true],
    ["/a*/c", "/a/c/d", false],
    ["*/c", "/a/b/c", true],
    ["/a*", "/b/a", false],
    ["/ab*ba", "/aba", false],
    ["/ab*ba", "/abba", true],
    ["/a**c", "/abc", true],
    ["*a*b*", "/b/a", false],
    ["*a*b*", "/a/b/", true],
    ["*aa*aa", "/aaa", false],
    ["*aa*aa", "/aaaa", true],
    ["/a.c*", "/abcd", false],
    ["/a*c", "/a\n/c", true],
  ])("%s finds %j: %s", (path, text, expected) => {
    expect(found(path, text)).toBe(expected);
  });

  test("and as many as one likes is found, or not, by looking at it once", () => {
    // A regular expression made of this would not end in a lifetime.
    const stars = "*a".repeat(100);
    expect(found(`${stars}b`, "a".repeat(512))).toBe(false);
    expect(found(stars, "a".repeat(512))).toBe(true);
  });
});
