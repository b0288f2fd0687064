import { describe, expect, test } from "vitest";
import { json, sending, setScene } from "../scene.js";
import { drain, recordingIn, withFault } from "./fault-scene.js";

// Commanding faults, and whom they hit, in process. Which one is chosen is in faults-choice.test.ts.

describe("whom a fault hits", () => {
  test("one medium, on the space, the files and the storage host", async () => {
    const scene = setScene();
    const { recording, urls } = recordingIn(scene);
    const other = recordingIn(scene);
    const { platform, askAnything, root } = scene;
    platform.faults.add({ kind: "status", status: 500, media: recording.id.toUpperCase() });
    for (const url of [urls.space, urls.spaceWav, urls.spaceMp3, urls.files, urls.filesMp3]) {
      expect((await askAnything(url)).status, url).toBe(500);
    }
    expect((await askAnything(urls.metadata, { headers: root })).status).toBe(200);
    expect((await askAnything(other.urls.files)).status).toBe(200);
    const fax = platform.addFaxMedia();
    const attachment = platform.addMessageMedia();
    for (const { media, urls } of [fax, attachment]) {
      platform.faults.add({ kind: "status", status: 503, media: media.id });
      expect((await askAnything(urls.space)).status).toBe(503);
      expect((await askAnything(urls.files)).status).toBe(503);
    }
    platform.faults.clear();
    platform.setSwitches({ redirectToStorage: true });
    platform.faults.add({ kind: "cut", media: recording.id });
    const stored = await askAnything(urls.files);
    expect(new URL(stored.url).origin).toBe(platform.origins.storage);
    expect((await drain(stored)).error).toEqual(new TypeError("terminated"));
  });

  test("one operation, HEAD included, and no other", async () => {
    const { askAnything, space, account, root } = withFault({
      kind: "status",
      status: 503,
      route: "GET /api/projects",
    });
    const headers = root;
    expect((await askAnything(space("/api/projects"), { headers })).status).toBe(503);
    expect((await askAnything(space("/api/projects"), { method: "HEAD", headers })).status).toBe(
      503,
    );
    const created = await askAnything(space("/api/projects"), sending("POST", root, { name: "a" }));
    expect(created.status).toBe(201);
    expect((await askAnything(account("/Recordings"), { headers })).status).toBe(200);
  });

  test("never the control endpoints, nor a preflight", async () => {
    const { askAnything, space } = withFault({ kind: "status", status: 500 });
    expect((await askAnything(space("/__mock/faults"))).status).toBe(200);
    const preflight = await askAnything(space("/api/projects"), {
      method: "OPTIONS",
      headers: { origin: "https://a.example", "access-control-request-method": "GET" },
    });
    expect(preflight.status).toBe(204);
    expect((await askAnything(space("/nothing"))).status).toBe(500);
    const cleared = await askAnything(space("/__mock/faults"), { method: "DELETE" });
    expect(cleared.status).toBe(204);
    expect((await askAnything(space("/nothing"))).status).toBe(404);
  });

  test("nobody after a reset", async () => {
    const { platform, ask } = withFault({ kind: "status", status: 500 });
    platform.reset();
    expect(platform.faults.size).toBe(0);
    expect((await ask(platform.addRecording().urls.space)).status).toBe(200);
  });

  test("denials are not made faulty answers", async () => {
    const { askAnything, urls, platform, projectId } = withFault({ kind: "errorBody" });
    platform.setProtection(projectId, { recordings: true });
    expect((await askAnything(urls.space)).status).toBe(401);
  });
});

describe("the header x-mock-fault", () => {
  test("breaks the request that carries it, before any other fault", async () => {
    const { askAnything, urls, platform } = withFault({ kind: "status", status: 500 });
    const headers = { "x-mock-fault": "cut; after=100" };
    expect((await drain(await askAnything(urls.space, { headers }))).received).toBe(100);
    expect(platform.faults.list()[0]?.hits).toBe(0);
    expect((await askAnything(urls.space)).status).toBe(500);
  });

  test.each([
    ["cut; afer=1", 'x-mock-fault: A fault cut has no field "afer".'],
    ["cut after 1", "x-mock-fault: It must be written: kind; name=value; …"],
  ])("%s is a 400 that says what is wrong", async (header, error) => {
    const { askAnything, space, account, root, platform } = setScene();
    for (const url of [space("/api/projects"), account("/Recordings"), space("/nothing")]) {
      const response = await askAnything(url, { headers: { ...root, "x-mock-fault": header } });
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({ error });
    }
    expect(platform.journal.entries().map(({ fault, status }) => [fault, status])).toEqual(
      Array(3).fill([null, 400]),
    );
  });
});

describe("/__mock/faults", () => {
  test("adds, shows, removes and clears", async () => {
    const { askAnything, space, platform } = setScene();
    const url = space("/__mock/faults");
    const cut = { kind: "cut", after: 5, route: "GET /api/projects" };
    const added = await askAnything(url, sending("POST", {}, cut));
    expect(added.status).toBe(201);
    expect(await added.json()).toEqual({ id: "fault-1", hits: 0, ...cut });
    await askAnything(url, sending("POST", {}, { kind: "stall", after: 1 }));
    await askAnything(space("/nothing")); // Nothing there to stall.
    await askAnything(platform.addRecording().urls.space);
    expect(await json(askAnything(url))).toEqual({
      faults: [
        { id: "fault-1", hits: 0, ...cut },
        { id: "fault-2", hits: 1, kind: "stall", after: 1 },
      ],
    });
    expect((await askAnything(`${url}/fault-1`, { method: "DELETE" })).status).toBe(204);
    expect((await askAnything(`${url}/fault-1`, { method: "DELETE" })).status).toBe(404);
    expect(platform.faults.list().map(({ id }) => id)).toEqual(["fault-2"]);
    expect((await askAnything(url, { method: "DELETE" })).status).toBe(204);
    expect(platform.faults.size).toBe(0);
  });

  test.each([
    ["no JSON", "{"],
    ["an unknown kind", '{"kind":"boom"}'],
    ["an operation the contract does not have", '{"kind":"cut","route":"GET /api/projets"}'],
    ["a wrong value", '{"kind":"cut","after":-1}'],
  ])("refuses %s, and says what is wrong", async (_, body) => {
    const { askAnything, space, platform } = setScene();
    const response = await askAnything(space("/__mock/faults"), { method: "POST", body });
    expect(response.status).toBe(422);
    expect(await response.json()).toEqual({ error: expect.stringMatching(/\w+.+\./) });
    expect(platform.faults.size).toBe(0);
  });
});

test("the journal tells which fault hit", async () => {
  const { askAnything, urls, platform } = withFault({ kind: "notReady", requests: 1 });
  await askAnything(urls.space);
  await askAnything(urls.space);
  expect(
    platform.journal.entries().map(({ fault, status, decision }) => [fault, status, decision]),
  ).toEqual([
    ["notReady", 404, "allow"],
    [null, 200, "allow"],
  ]);
});
