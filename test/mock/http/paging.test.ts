import type { Platform } from "@media-protection/mock";
import { describe, expect, test } from "vitest";
import { json, type Scene, setScene } from "../scene.js";

type Item = { readonly id?: string; readonly sid?: string };
type Answer = Record<string, unknown> & {
  readonly links?: { readonly next?: string };
  readonly next_page_uri?: string | null;
};

/** A list, how an item is added to it, and how one is deleted. */
interface List {
  readonly name: string;
  /** The path, with the size of a page. */
  readonly path: (scene: Scene, size: number) => string;
  readonly key: string;
  readonly add: (platform: Platform, createdAt: number) => void;
  readonly remove: (scene: Scene, id: string) => string;
}

const compat = (scene: Scene, path: string) => `${scene.account("").replace(/\/$/, "")}${path}`;

const lists: readonly List[] = [
  {
    name: "recordings of the compatibility API",
    path: (scene, size) => compat(scene, `/Recordings.json?PageSize=${size}`),
    key: "recordings",
    add: (platform, createdAt) => void platform.addRecording({ createdAt }),
    remove: (scene, id) => compat(scene, `/Recordings/${id}`),
  },
  {
    name: "recordings of Relay",
    path: (scene, size) => scene.space(`/api/relay/rest/recordings?page_size=${size}`),
    key: "data",
    add: (platform, createdAt) => void platform.addRecording({ createdAt }),
    remove: (scene, id) => scene.space(`/api/relay/rest/recordings/${id}`),
  },
  {
    name: "messages",
    path: (scene, size) => compat(scene, `/Messages.json?PageSize=${size}`),
    key: "messages",
    add: (platform, createdAt) => void platform.addMessageMedia({ createdAt }),
    remove: (scene, id) => compat(scene, `/Messages/${id}`),
  },
  {
    name: "faxes",
    path: (scene, size) => compat(scene, `/Faxes.json?PageSize=${size}`),
    key: "faxes",
    add: (platform, createdAt) => void platform.addFaxMedia({ createdAt }),
    remove: (scene, id) => compat(scene, `/Faxes/${id}`),
  },
  {
    name: "projects",
    path: (scene, size) => scene.space(`/api/projects?page_size=${size}`),
    key: "data",
    add: (platform, createdAt) => void platform.addProject({ createdAt }),
    remove: (scene, id) => scene.space(`/api/projects/${id}`),
  },
];

/** Reads a list by its links, and hands each page to a function before the next is read. */
async function walk(scene: Scene, list: List, seen: (ids: readonly string[]) => Promise<void>) {
  const headers = scene.root;
  for (let url: string | undefined = list.path(scene, 3); url !== undefined; ) {
    const answer: Answer = await json<Answer>(scene.ask(url, { headers }));
    const items = answer[list.key] as readonly Item[];
    await seen(items.map(({ id, sid }) => id ?? sid ?? ""));
    const next: string | null | undefined = answer.links?.next ?? answer.next_page_uri;
    url = next == null ? undefined : new URL(next, scene.space("/")).href;
  }
}

const times: readonly (readonly [string, (index: number) => number])[] = [
  ["one a second", (index) => 1_700_000_000_000 + index * 1000],
  ["all at once", () => 1_700_000_000_000],
  ["fractions of a millisecond", (index) => 1_700_000_000_000 + index / 8 + 0.1],
  ["before 1970", (index) => -86_400_000 + index * 0.3],
  ["around 1970", (index) => index - 5],
];

describe.each(lists)("a list of $name", (list) => {
  test.each(times)("is walked whole, with items of %s", async (_, at) => {
    const scene = setScene();
    for (let index = 0; index < 11; index++) list.add(scene.platform, at(index));
    const ids: string[] = [];
    await walk(scene, list, async (found) => void ids.push(...found));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(list.name === "projects" ? 12 : 11);
  });

  test.each(times)("loses none while each page is deleted, with items of %s", async (_, at) => {
    const scene = setScene();
    for (let index = 0; index < 11; index++) list.add(scene.platform, at(index));
    const ids = new Set<string>();
    await walk(scene, list, async (found) => {
      for (const id of found) {
        ids.add(id);
        if (id === scene.projectId) continue;
        const { status } = await scene.ask(list.remove(scene, id), {
          method: "DELETE",
          headers: scene.root,
        });
        expect(status).toBe(204);
      }
    });
    expect(ids.size).toBe(list.name === "projects" ? 12 : 11);
  });
});
