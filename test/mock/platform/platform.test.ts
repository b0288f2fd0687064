import {
  bytesFile,
  createPlatform,
  OptionError,
  type PlatformOptions,
  SwitchError,
  seededCredentials,
  seededMessagingToken,
  seededSubproject,
} from "@media-protection/mock";
import { describe, expect, test } from "vitest";
import { basic, setScene } from "../scene.js";

type Listed = Iterable<{ readonly entity: { readonly id: string } }>;
const ids = (listed: Listed) => Array.from(listed, ({ entity }) => entity.id);

/** The ids of everything there is. */
function everything(options?: PlatformOptions): string[][] {
  const platform = createPlatform(options);
  return [
    ids(platform.projects.all()),
    ids(platform.tokens.all()),
    ids(platform.recordings.all()),
    ids(platform.messages.all()),
    ids(platform.messageMedia.all()),
    ids(platform.faxes.all()),
    ids(platform.faxMedia.all()),
  ];
}

describe("the seed", () => {
  test("is the same every time", () => {
    expect(everything()).toEqual(everything());
  });

  test("has other ids from another idSeed, and the same root project", () => {
    const [first, second] = [everything(), everything({ idSeed: 2 })];
    expect(second[2]).not.toEqual(first[2]);
    expect(second[0]).toEqual(first[0]);
    expect(second.map(({ length }) => length)).toEqual(first.map(({ length }) => length));
  });

  test("has ids that are UUIDs, none twice", () => {
    const all = everything().flat();
    for (const id of all) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
    expect(new Set(all).size).toBe(all.length);
  });

  test("has every kind of media in a root project and a subproject, nothing protected", async () => {
    const platform = createPlatform();
    for (const { projectId } of [seededCredentials, seededSubproject]) {
      expect(platform.recordings.of(projectId).length).toBeGreaterThan(0);
      expect(platform.messages.of(projectId).length).toBeGreaterThan(0);
      expect(platform.faxes.of(projectId).length).toBeGreaterThan(0);
      expect(platform.project(projectId).protectedSince).toEqual({
        recording: null,
        messageMedia: null,
        faxMedia: null,
      });
    }
    const types = Array.from(platform.messageMedia.all(), ({ entity }) => entity.file.contentType);
    expect(new Set(types)).toEqual(new Set(["image/jpeg", "image/png"]));
  });

  test("has a token of every scope for each project, and one for messages only", async () => {
    const { ask, space } = setScene({ seed: "example" });
    const { projectId, apiToken } = seededCredentials;
    const status = async (path: string, headers: Readonly<Record<string, string>>) =>
      (await ask(space(path), { headers })).status;
    const messages = `/api/laml/2010-04-01/Accounts/${projectId}/Messages`;
    const few = basic(projectId, seededMessagingToken);
    expect(await status("/api/projects", basic(projectId, apiToken))).toBe(200);
    expect(await status(messages, few)).toBe(200);
    expect(await status("/api/projects", few)).toBe(401);
    const sub = basic(seededSubproject.projectId, seededSubproject.apiToken);
    expect(await status("/api/relay/rest/recordings", sub)).toBe(200);
  });

  test("may be empty: a root project and its token", () => {
    const sizes = everything({ seed: "empty" }).map(({ length }) => length);
    expect(sizes).toEqual([1, 1, 0, 0, 0, 0, 0]);
  });

  test("comes back with a reset, ids and all", () => {
    const platform = createPlatform();
    const next = platform.addRecording().recording.id;
    platform.addProject();
    platform.reset();
    expect(platform.addRecording().recording.id).toBe(next);
    expect(platform.projects.size).toBe(2);
  });
});

describe("a reset whose plant throws", () => {
  test("changes nothing", () => {
    let fails = false;
    const platform = createPlatform({
      plant(planted) {
        planted.addRecording();
        if (fails) throw new Error("mine");
      },
    });
    const { projectId } = platform.credentials;
    const { recording } = platform.addRecording();
    platform.setProtection(projectId, { recordings: true });
    platform.setSwitches({ deniedStatus: 404 });
    platform.faults.add({ kind: "cut" });
    const count = platform.recordings.size;
    const position = platform.idPosition;
    fails = true;
    expect(() => platform.reset()).toThrow("mine");
    expect(platform.recordings.size).toBe(count);
    expect(platform.recordings.get(recording.id)).toBe(recording);
    expect(platform.project(projectId).protectedSince.recording).not.toBeNull();
    expect(platform.switches.deniedStatus).toBe(404);
    expect(platform.faults.size).toBe(1);
    expect(platform.idPosition).toBe(position);
    fails = false;
    platform.reset();
    expect(platform.recordings.get(recording.id)).toBeUndefined();
  });
});

describe("a space", () => {
  test("has an id of its own name, and hosts of the platform", () => {
    const [one, same, other] = [
      createPlatform({ spaceName: "acme" }),
      createPlatform({ spaceName: "acme" }),
      createPlatform({ spaceName: "globex" }),
    ];
    expect(one.spaceId).toBe(same.spaceId);
    expect(one.spaceId).not.toBe(other.spaceId);
    expect(one.origins).toEqual({
      space: "https://acme.signalwire.com",
      files: "https://files.signalwire.com",
      storage: "https://storage.mock.signalwire.com",
    });
  });

  test("has origins of one's own, without their trailing slash", () => {
    const { origins } = createPlatform({ origins: { files: "http://localhost:1234/" } });
    expect(origins.files).toBe("http://localhost:1234");
  });
});

describe("options", () => {
  test.each([
    ["spaceName", { spaceName: "Exam ple" }],
    ["spaceName", { spaceName: "example.com" }],
    ["spaceName", { spaceName: "" }],
    ["projectId", { projectId: "1" }],
    ["apiToken", { apiToken: "" }],
    ["idSeed", { idSeed: 0.5 }],
    ["journalSize", { journalSize: -1 }],
    ["origins.files", { origins: { files: "files.signalwire.com" } }],
    ["origins.space", { origins: { space: "https://a.example/path" } }],
    ["origins.space", { origins: { space: "https://user@a.example" } }],
    ["origins.space", { origins: { space: "ftp://a.example" } }],
    ["origins", { origins: { storage: "https://files.signalwire.com" } }],
    ["seed", { seed: "full" as "empty" }],
  ] as const)("%s is checked: %j", (option, options) => {
    expect(() => createPlatform(options)).toThrow(OptionError);
    expect(() => createPlatform(options)).toThrow(`Option "${option}" must be `);
  });

  test("are checked when they are switches", () => {
    const options = { switches: { deniedStatus: 500 } } as object;
    expect(() => createPlatform(options)).toThrow(SwitchError);
  });

  test("name the root project's credentials", async () => {
    const projectId = "0B1D7C5E-8A53-4C0E-9F0C-2D6F2A1E7B11";
    const { platform, ask, space } = setScene({ projectId, apiToken: "mine" });
    expect(platform.credentials).toEqual({ projectId: projectId.toLowerCase(), apiToken: "mine" });
    const headers = basic(projectId, "mine");
    expect((await ask(space("/api/projects"), { headers })).status).toBe(200);
  });

  test("of helpers name a project that is there", () => {
    const platform = createPlatform();
    const projectId = "00000000-0000-4000-8000-000000000000";
    expect(() => platform.addRecording({ projectId })).toThrow(OptionError);
    expect(() => platform.addToken({ projectId, scopes: [] })).toThrow(OptionError);
    expect(() => platform.setProtection(projectId, {})).toThrow(OptionError);
  });

  test("of helpers may bring files of one's own", async () => {
    const { platform, ask } = setScene();
    const bytes = new Uint8Array([1, 2, 3]);
    const wav = bytesFile({
      bytes,
      contentType: "audio/wav",
      extension: "wav",
      lastModified: new Date(0),
    });
    const { urls } = platform.addRecording({ wav });
    const served = await (await ask(urls.files)).arrayBuffer();
    expect(new Uint8Array(served)).toEqual(bytes);
  });
});

describe("an origin that is none of the platform's", () => {
  test.each([
    "https://other.signalwire.com/api/projects",
    "https://example.signalwire.com.evil.example/api/projects",
    "https://example.signalwire.com:8443/api/projects",
    "http://example.signalwire.com/api/projects",
    "https://signalwire.com/api/projects",
  ])("%s is not found", async (url) => {
    const { askAnything, root } = setScene();
    expect((await askAnything(url, { headers: root })).status).toBe(404);
  });
});
