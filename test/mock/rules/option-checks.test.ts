import { bytesFile, createPlatform, OptionError, type Platform } from "@media-protection/mock";
import { describe, expect, test } from "vitest";
import { json, sending, setScene } from "../scene.js";

const upper = "ABCDEF00-0000-4000-8000-00000000000A";
const file = bytesFile({
  bytes: new Uint8Array(3),
  contentType: "a/b",
  extension: "b",
  lastModified: new Date(0),
});

/** Calls without types, as JavaScript makes them: each input is wrong on purpose. */
function call(platform: Platform, name: string, ...input: readonly unknown[]): unknown {
  const method: unknown = Reflect.get(platform, name);
  if (typeof method !== "function") throw new Error(`no ${name}`);
  return method.apply(platform, input);
}

const common: [string, object][] = [
  ["createdAt", { createdAt: new Date() }],
  ["createdAt", { createdAt: "2026-01-01" }],
  ["createdAt", { createdAt: Number.NaN }],
  ["createdAt", { createdAt: -1e13 }],
  ["createdAt", { createdAt: 1e17 }],
  ["id", { id: "1" }],
  ["id", { id: 1 }],
  ["projectId", { projectId: "" }],
  ["status", { status: "done" }],
  ["colour", { colour: "red" }],
  ["toString", { toString: 1 }],
];

const wrong: Record<string, [string, object][]> = {
  addRecording: [
    ...common,
    ["seconds", { seconds: "2" }],
    ["seconds", { seconds: -1 }],
    ["seconds", { seconds: Infinity }],
    ["size", { size: 1.5 }],
    ["channels", { channels: 3 }],
    ["leg", { leg: "fax" }],
    ["source", { source: "x" }],
    ["callId", { callId: "x" }],
    ["conferenceId", { conferenceId: null }],
    ["wav", { wav: new Uint8Array(3) }],
    ["mp4", { mp4: {} }],
  ],
  addMessageMedia: [
    ...common,
    ["messageId", { messageId: "x" }],
    ["contentType", { contentType: "image/heic" }],
    ["body", { body: 1 }],
    ["from", { from: "" }],
    ["to", { to: 15550100001 }],
    ["file", { file: "x.jpg" }],
  ],
  addFaxMedia: [
    ...common,
    ["faxId", { faxId: "x" }],
    ["pages", { pages: "1" }],
    ["pages", { pages: 1.5 }],
    ["contentType", { contentType: "text/plain" }],
  ],
  addProject: [
    ["id", { id: "x" }],
    ["parentId", { parentId: "x" }],
    ["parentId", { parentId: upper }],
    ["name", { name: "" }],
    ["createdAt", { createdAt: new Date() }],
    ["hasPhoneNumbers", { hasPhoneNumbers: 1 }],
    ["nam", { nam: "x" }],
  ],
  addToken: [
    ["scopes", {}],
    ["scopes", { scopes: "calling" }],
    ["scopes", { scopes: ["call"] }],
    ["scopes", { scopes: new Set(["call"]) }],
    ["token", { scopes: [], token: "" }],
    ["token", { scopes: [], token: " x" }],
    ["token", { scopes: [], token: "a\r\nb" }],
    ["expiresAt", { scopes: [], expiresAt: new Date() }],
    ["projectId", { scopes: [], projectId: "x" }],
    ["scope", { scope: ["calling"] }],
  ],
};

const cases = Object.entries(wrong).flatMap(([method, inputs]) =>
  inputs.map(([option, input]) => ({ method, option, input })),
);

describe("what cannot be is refused, and the option named", () => {
  test.each(cases)("$method: $option of $input", ({ method, option, input }) => {
    const platform = createPlatform({ seed: "empty" });
    const expected = expect.objectContaining({ name: "OptionError", option });
    expect(() => call(platform, method, input)).toThrow(expected);
    expect([platform.projects.size, platform.tokens.size, platform.recordings.size]).toEqual([
      1, 1, 0,
    ]);
  });

  test.each(["addRecording", "addMessageMedia", "addFaxMedia", "addProject", "addToken"])(
    "%s of what is no object",
    (method) => {
      const platform = createPlatform({ seed: "empty" });
      for (const input of [null, 1, "x", []]) {
        expect(() => call(platform, method, input)).toThrow(OptionError);
      }
    },
  );

  test.each<[string, unknown]>([
    ["recording", { recording: true }],
    ["recordings", { recordings: "true" }],
    ["recordings", { recordings: null }],
    ["protect_recordings", { protect_recordings: true }],
  ])("setProtection: %s", (option, change) => {
    const { platform, projectId } = setScene();
    const expected = expect.objectContaining({ name: "OptionError", option });
    const both = { messageMedia: true, ...(change as object) };
    expect(() => call(platform, "setProtection", projectId, both)).toThrow(expected);
    expect(platform.project(projectId).protectedSince.messageMedia).toBeNull();
    expect(() => call(platform, "setProtection", "x", {})).toThrow(OptionError);
  });

  test.each<[string, object]>([
    ["space", { space: "example" }],
    ["seed", { seed: "full" }],
    ["now", { now: 5 }],
    ["plant", { plant: {} }],
    ["origins", { origins: "x" }],
    ["file", { origins: { file: "https://a.example" } }],
    ["signingKeyOverlap", { signingKeyOverlap: "1" }],
  ])("createPlatform: %s", (option, options) => {
    expect(() => createPlatform(options)).toThrow(
      expect.objectContaining({ name: "OptionError", option }),
    );
  });
});

describe("what can be", () => {
  test("is a UUID in any case, which then works", async () => {
    const { platform, ask, projectId } = setScene();
    const project = platform.addProject({ id: upper, parentId: projectId.toUpperCase() });
    const { recording, urls } = platform.addRecording({
      projectId: upper,
      id: upper.replace("A", "B"),
    });
    platform.setProtection(upper, { recordings: true });
    expect(recording.id).toBe(upper.replace("A", "B").toLowerCase());
    expect(project.protectedSince.recording).not.toBeNull();
    expect((await ask(urls.space)).status).toBe(401);
    const { token } = platform.addToken({ projectId: upper, scopes: new Set(["storage"]) });
    expect(token).toMatch(/^PTmock/);
  });

  test("is undefined, as good as absent; a fraction of a ms is dropped", () => {
    const { platform } = setScene();
    const loose = { seconds: undefined, createdAt: 1.5, wav: file } as { createdAt: number };
    expect(platform.addRecording(loose).recording).toMatchObject({ createdAt: 1 });
  });
});

/** What JSON can say, with the kind of `POST /__mock/media`. Times are written as text there. */
const posted = (
  [
    ["recording", wrong["addRecording"]],
    ["messageMedia", wrong["addMessageMedia"]],
    ["faxMedia", wrong["addFaxMedia"]],
  ] as const
).flatMap(([kind, inputs = []]) =>
  inputs
    .filter(([option]) => option !== "createdAt" && option !== "seconds")
    .map(([option, input]) => ({ kind, option, input })),
);
const times = ["soon", "2026-13-01", 5, null].map((createdAt) => ({
  kind: "recording",
  option: "createdAt",
  input: { createdAt },
}));

describe("the control endpoint checks the same", () => {
  test.each([...posted, ...times])("$kind: $option of $input", async ({ kind, option, input }) => {
    const { askAnything, space, platform } = setScene();
    const response = await askAnything(
      space("/__mock/media"),
      sending("POST", {}, { kind, ...input }),
    );
    expect(response.status).toBe(422);
    expect(await json<{ error: string }>(response)).toEqual({
      error: expect.stringContaining(`"${option}"`),
    });
    expect(platform.recordings.size).toBe(0);
  });

  test.each([
    { kind: "recording", source: "Trunking", createdAt: "2026-01-05" },
    { kind: "messageMedia", body: null },
    { kind: "messageMedia", body: "" },
  ])("and takes %o", async (body) => {
    const { askAnything, space } = setScene();
    const response = await askAnything(space("/__mock/media"), sending("POST", {}, body));
    expect(response.status).toBe(201);
  });
});
