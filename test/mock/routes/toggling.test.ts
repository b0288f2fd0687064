import { type MediaKind, mediaKinds } from "@media-protection/contract";
import { describe, expect, test } from "vitest";
import { setScene } from "../scene.js";

const kinds = ["recording", "messageMedia", "faxMedia"] as const satisfies readonly MediaKind[];
const combinations = Array.from({ length: 8 }, (_, bits) => ({
  protect_recordings: (bits & 1) !== 0,
  protect_message_media: (bits & 2) !== 0,
  protect_fax_media: (bits & 4) !== 0,
}));
type Flags = (typeof combinations)[number];

const { platform, projectId, root, ask, space } = setScene();
const media: Record<MediaKind, readonly string[]> = {
  recording: urlsOf(platform.addRecording().urls),
  messageMedia: urlsOf(platform.addMessageMedia().urls),
  faxMedia: urlsOf(platform.addFaxMedia().urls),
};

/** Every URL of the bytes. */
function urlsOf({ metadata, ...bytes }: { readonly metadata: string } & object): string[] {
  return Object.values(bytes);
}

async function set(flags: Partial<Flags>): Promise<void> {
  const response = await ask(space(`/api/projects/${projectId}`), {
    method: "PATCH",
    headers: { ...root, "content-type": "application/json" },
    body: JSON.stringify(flags),
  });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject(flags);
}

async function expectFlags(flags: Flags): Promise<void> {
  for (const kind of kinds) {
    const isProtected = flags[mediaKinds[kind].flag];
    for (const url of media[kind]) {
      for (const method of ["GET", "HEAD"]) {
        const anonymous = await ask(url, { method });
        expect(anonymous.status, `${method} ${url} anonymous`).toBe(isProtected ? 401 : 200);
        const withCredentials = await ask(url, { method, headers: root });
        expect(withCredentials.status, `${method} ${url} with credentials`).toBe(200);
      }
    }
  }
}

describe("protection of media", () => {
  test("is off at first", () =>
    expectFlags({
      protect_recordings: false,
      protect_message_media: false,
      protect_fax_media: false,
    }));

  // From every combination to every other, since a switch may not forget the state of another.
  test.each(combinations)("switched to %j counts at the very next request", async (flags) => {
    for (const before of combinations) {
      await set(before);
      await set(flags);
      const { status } = await ask(media.recording[0] ?? "");
      expect(status).toBe(flags.protect_recordings ? 401 : 200);
    }
    await expectFlags(flags);
  });

  test.each(kinds)("of a %s changes alone", async (kind) => {
    const off = {
      protect_recordings: false,
      protect_message_media: false,
      protect_fax_media: false,
    };
    await set(off);
    await set({ [mediaKinds[kind].flag]: true });
    await expectFlags({ ...off, [mediaKinds[kind].flag]: true });
  });

  test("leaves metadata as it is: never public, always open to credentials", async () => {
    for (const flags of combinations) {
      await set(flags);
      for (const kind of kinds) {
        const url = `${media[kind][0]}.json`;
        expect((await ask(url)).status).toBe(401);
        expect((await ask(url, { headers: root })).status).toBe(200);
      }
    }
  });

  test("denies an id that does not exist like one that does", async () => {
    await set({ protect_recordings: true, protect_message_media: true, protect_fax_media: true });
    for (const url of Object.values(media).flat()) {
      const unknown = url.replace(/[0-9a-f]{12}(?=(\.\w+)?$)/, "000000000000");
      expect(unknown).not.toBe(url);
      const [real, none] = await Promise.all([ask(url), ask(unknown)]);
      expect(none.status).toBe(real.status);
      expect(await none.text()).toBe(await real.text());
      const names = (response: Response) => [...response.headers.keys()].sort();
      expect(names(none)).toEqual(names(real));
      expect((await ask(unknown, { headers: root })).status).toBe(404);
    }
  });

  test("of one project says nothing about another's", async () => {
    await set({ protect_recordings: true });
    const subproject = platform.addProject();
    const { urls } = platform.addRecording({ projectId: subproject.id });
    expect((await ask(urls.space)).status).toBe(200);
    platform.setProtection(subproject.id, { recordings: true });
    expect((await ask(urls.space)).status).toBe(401);
  });
});
