import { readFileSync } from "node:fs";
import { defaultSwitches, seededCredentials } from "@media-protection/mock";
import { describe, expect, test } from "vitest";
import { json, sending, setScene } from "../scene.js";

const taken = "00000000-0000-4000-8000-000000000001";
const theirs = "00000000-0000-4000-8000-000000000002";
const post = (body: unknown) => sending("POST", {}, body);

describe("/__mock/switches", () => {
  test("shows every switch, its values and its default", async () => {
    const { askAnything, space } = setScene({ switches: { deniedStatus: 404 } });
    const shown = await json(askAnything(space("/__mock/switches")));
    expect(shown).toMatchObject({
      switches: { ...defaultSwitches, deniedStatus: 404 },
      described: expect.arrayContaining([
        {
          name: "deniedStatus",
          value: 404,
          values: [401, 403, 404],
          default: 401,
          description: expect.any(String),
        },
      ]),
    });
  });

  test("changes some of them, at the very next request", async () => {
    const { platform, projectId, ask, askAnything, space } = setScene();
    const { urls } = platform.addRecording();
    platform.setProtection(projectId, { recordings: true });
    const init = sending("PATCH", {}, { deniedStatus: 403 });
    const changed = await json(askAnything(space("/__mock/switches"), init));
    expect(changed).toEqual({ switches: { ...defaultSwitches, deniedStatus: 403 } });
    expect((await ask(urls.space)).status).toBe(403);
  });

  test.each([
    ["an unknown name", { nothing: true }],
    ["a wrong value", { deniedStatus: 200 }],
    ["no object", 1],
  ])("refuses %s, and says what is wrong", async (_, body) => {
    const { platform, askAnything, space } = setScene();
    const response = await askAnything(space("/__mock/switches"), sending("PATCH", {}, body));
    expect(response.status).toBe(422);
    expect(await response.json()).toEqual({ error: expect.stringMatching(/\w+.+\./) });
    expect(platform.switches).toEqual(defaultSwitches);
  });
});

describe("/__mock/media", () => {
  test("adds a medium of each kind, and says where it is", async () => {
    const { ask, askAnything, space, projectId } = setScene();
    for (const [body, type] of [
      [{ kind: "recording", seconds: 1, channels: 2, leg: "sip" }, "audio/wav"],
      [{ kind: "messageMedia", contentType: "image/png", body: "Look" }, "image/png"],
      [{ kind: "messageMedia", contentType: "image/gif" }, "image/gif"],
      [{ kind: "messageMedia", contentType: "video/mp4" }, "video/mp4"],
      [{ kind: "messageMedia", contentType: "text/vcard" }, "text/vcard"],
      [{ kind: "faxMedia", pages: 2, status: "delivered" }, "application/pdf"],
      [{ kind: "faxMedia", contentType: "image/tiff" }, "image/tiff"],
    ] as const) {
      const response = await askAnything(space("/__mock/media"), post(body));
      expect(response.status).toBe(201);
      const added = await json<{ urls: { space: string; files: string }; projectId: string }>(
        response,
      );
      expect(added).toMatchObject({ kind: body.kind, id: expect.any(String), projectId });
      for (const url of [added.urls.space, added.urls.files]) {
        expect((await ask(url)).headers.get("content-type")).toBe(type);
      }
    }
  });

  test("adds a recording of any size, which nobody stores", async () => {
    const { ask, askAnything, space } = setScene();
    const body = { kind: "recording", size: 2 ** 30 };
    const { urls } = await json<{ urls: { space: string } }>(
      askAnything(space("/__mock/media"), post(body)),
    );
    const head = await ask(urls.space, { method: "HEAD" });
    expect(head.headers.get("content-length")).toBe("1073741824");
    const tail = await ask(urls.space, { headers: { range: "bytes=-1000" } });
    expect((await tail.arrayBuffer()).byteLength).toBe(1000);
  });

  test("adds to a message or fax that is there, at a time of one's own", async () => {
    const { platform, askAnything, space } = setScene();
    const { message } = platform.addMessageMedia();
    const body = { kind: "messageMedia", messageId: message.id, createdAt: "2026-03-01T12:00:00Z" };
    const added = await json(askAnything(space("/__mock/media"), post(body)));
    expect(added).toMatchObject({ parentId: message.id });
    const times = platform.messageMedia.of(message.id).map(({ entity }) => entity.createdAt);
    expect(times).toContain(Date.UTC(2026, 2, 1, 12));
  });

  test.each([
    ["no object", 1],
    ["no kind", {}],
    ["an unknown kind", { kind: "video" }],
    ["an inherited kind", { kind: "constructor" }],
    ["an unknown field", { kind: "recording", length: 1 }],
    ["a field of another kind", { kind: "recording", pages: 1 }],
    ["a wrong value", { kind: "recording", channels: 3 }],
    ["a size no file can have", { kind: "recording", size: 10 }],
    ["a time that is none", { kind: "recording", createdAt: "soon" }],
    ["a project that is none", { kind: "recording", projectId: "x" }],
    ["an id that is taken", { kind: "recording", id: taken }],
    ["an id that is no UUID", { kind: "recording", id: "one" }],
    [
      "a message of another project",
      { kind: "messageMedia", messageId: theirs, projectId: seededCredentials.projectId },
    ],
  ])("refuses %s, and says what is wrong", async (_, body) => {
    const { platform, askAnything, space } = setScene();
    platform.addRecording({ id: taken });
    const stranger = platform.addProject({ parentId: null });
    platform.addMessageMedia({ projectId: stranger.id, messageId: theirs });
    const response = await askAnything(space("/__mock/media"), post(body));
    expect(response.status).toBe(422);
    expect(await response.json()).toEqual({ error: expect.stringMatching(/\w+.+/) });
    expect(platform.recordings.size).toBe(1);
    expect(platform.messageMedia.size).toBe(1);
  });

  test("refuses what is no JSON", async () => {
    const { askAnything, space } = setScene();
    const init = { method: "POST", body: "{" };
    expect((await askAnything(space("/__mock/media"), init)).status).toBe(422);
  });
});

describe("/__mock/journal and /__mock/reset", () => {
  test("show and clear what was asked", async () => {
    const { platform, askAnything, space } = setScene({ now: () => 0 });
    await askAnything(space("/nothing"));
    expect(await json(askAnything(space("/__mock/journal")))).toMatchObject({
      recorded: 1,
      capacity: 10_000,
      entries: [{ time: "1970-01-01T00:00:00.000Z", path: "/nothing", status: 404 }],
    });
    const cleared = await askAnything(space("/__mock/journal"), { method: "DELETE" });
    expect(cleared.status).toBe(204);
    // The clearing itself is the first entry of the new one.
    expect(platform.journal.size).toBe(1);
  });

  test("show what is asked for", async () => {
    let now = 0;
    const { platform, projectId, ask, askAnything, space, root } = setScene({ now: () => now });
    const { recording, urls } = platform.addRecording();
    await ask(urls.files);
    now = 86_400_000;
    await ask(urls.metadata);
    await ask(urls.metadata, { headers: { ...root, "x-mock-fault": "latency; ms=0" } });
    const shown = async (query: string) => {
      const url = space(`/__mock/journal?path=/*-*&${query}`);
      const { entries } = await json<{ entries: { status: number }[] }>(askAnything(url));
      return entries.map(({ status }) => status);
    };
    for (const [query, statuses] of [
      ["", [200, 401, 200]],
      ["since=1970-01-02", [401, 200]],
      ["until=1970-01-01T12:00:00Z", [200]],
      [`media=${recording.id}`, [200]],
      [`caller=${projectId}`, [200]],
      ["caller=none", [200, 401]],
      ["status=401", [401]],
      ["decision=deny&reason=no-credentials&origin=space&method=GET", [401]],
      ["fault=latency&authorization=true", [200]],
      ["fault=none&limit=1", [401]],
      ["limit=0", []],
    ] as const) {
      expect(await shown(query), query).toEqual(statuses);
    }
  });

  test.each(["since=soon", "status=4xx", "media=x", "colour=red", "fault=boom", "limit=-1"])(
    "refuse the filter %s, and say what is wrong",
    async (query) => {
      const { askAnything, space } = setScene();
      const response = await askAnything(space(`/__mock/journal?${query}`));
      expect(response.status).toBe(422);
      expect(await response.json()).toEqual({ error: expect.stringMatching(/\w+.+\./) });
    },
  );

  test("bring back the seed", async () => {
    const { platform, projectId, askAnything, space } = setScene({ seed: "example" });
    const before = platform.recordings.of(projectId).map(({ entity }) => entity.id);
    platform.addRecording();
    platform.setProtection(projectId, { recordings: true });
    platform.setSwitches({ deniedStatus: 404 });
    const response = await askAnything(space("/__mock/reset"), { method: "POST" });
    expect(response.status).toBe(204);
    expect(platform.recordings.of(projectId).map(({ entity }) => entity.id)).toEqual(before);
    expect(platform.project(projectId).protectedSince.recording).toBeNull();
    expect(platform.switches).toEqual(defaultSwitches);
  });

  test("GET /__mock/ lists them all, as the README does", async () => {
    const { askAnything, space } = setScene();
    const { endpoints } = await (await askAnything(space("/__mock/"))).json();
    const listed = endpoints.map(
      (one: { method: string; path: string }) => `${one.method} ${one.path}`,
    );
    const readme = readFileSync(new URL("../../../mock/README.md", import.meta.url), "utf8");
    const told = [...readme.matchAll(/^\| `([A-Z]+ \/__mock\S*)`(?:, `…(\S*)`)? \|/gm)].flatMap(
      ([, name = "", more]) =>
        more === undefined ? [name] : [name, name.replace(/\/__mock.*/, `/__mock${more}`)],
    );
    expect(listed.toSorted()).toEqual(told.toSorted());
    for (const { about } of endpoints) expect(about).toMatch(/^\w/);
  });

  test.each([
    ["POST", "/__mock/"],
    ["GET", "/__mockery"],
    ["GET", "/__mock/reset"],
    ["POST", "/__mock/journal"],
    ["GET", "/__mock/constructor"],
  ])("%s %s is 404", async (method, path) => {
    const { askAnything, space } = setScene();
    expect((await askAnything(space(path), { method })).status).toBe(404);
  });

  test("are on the space's origin only", async () => {
    const { platform, askAnything } = setScene();
    for (const origin of [platform.origins.files, platform.origins.storage]) {
      const response = await askAnything(`${origin}/__mock/reset`, { method: "POST" });
      expect(response.status).toBeGreaterThanOrEqual(400);
    }
    expect(platform.journal.size).toBe(2);
  });
});
