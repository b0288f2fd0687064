import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type MediaSource } from "@media-protection/sdk";
import { saveAll, saveMedia } from "@media-protection/sdk/node";
import { mediaInCallback } from "@media-protection/sdk/webhooks";
import { describe, expect, test } from "vitest";

/** Which projects' media a client asks for: its own, those of its option `projects`, no others. */

const own = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
const listed = "11111111-aaaa-4111-8111-111111111111";
const other = "22222222-bbbb-4222-8222-222222222222";
const id = "0b7e0c1a-93a4-4a54-8a6e-6a1f3c2d4e5f";
const space = "https://example.signalwire.com";

function clientThat(options: object) {
  const sent: { url: string; authorization: string | null }[] = [];
  let resolved = 0;
  const client = createClient({
    space: "example",
    projectId: own,
    apiToken: () => {
      resolved++;
      return "PT-synthetic";
    },
    fetch: async (url, init) => {
      sent.push({ url, authorization: new Headers(init.headers).get("authorization") });
      return new Response("RIFF", {
        headers: { "content-type": "audio/wav", "content-length": "4" },
      });
    },
    ...options,
  });
  return { client, sent, resolved: () => resolved };
}

const path = (project: string) => `/api/laml/2010-04-01/Accounts/${project}/Recordings/${id}`;
/** One medium of a project, in every way that it can be given. */
const sources = (project: string): Record<string, MediaSource | undefined> => {
  const form = { AccountSid: project, RecordingSid: id, RecordingUrl: space + path(project) };
  const [callback] = mediaInCallback(form);
  const [hosted] = mediaInCallback({
    event_type: "calling.call.record",
    project_id: project,
    params: {
      state: "finished",
      url: `https://files.signalwire.com/s1/${project}/recordings/${id}.wav`,
    },
  });
  return {
    "a URL": space + path(project),
    "a URL object": new URL(space + path(project)),
    "a reference": { kind: "recording", recordingId: id, projectId: project },
    "an item": { ref: { kind: "recording", recordingId: id, projectId: project } },
    "a callback's item": callback,
    "a callback's item of the files host": hosted,
    "a callback's item out of a queue": JSON.parse(JSON.stringify(callback)),
    "a callback's item with nothing but its URL": { url: space + path(project) },
  };
};
const ways = Object.keys(sources(own));

const reaches = [
  ["no option", {}, [own]],
  ["an empty list", { projects: [] }, [own]],
  ["a list", { projects: [listed.toUpperCase()] }, [own, listed]],
  ["the tree", { projects: "tree" }, [own, listed, other]],
] as const;

describe.each(reaches)("with %s", (_, options, within) => {
  test.each(ways)("%s", async (way) => {
    for (const project of [own, listed, other]) {
      const { client, sent, resolved } = clientThat(options);
      const source = sources(project)[way] as MediaSource;
      const download = client.media.download(source);
      if ((within as readonly string[]).includes(project)) {
        expect((await (await download).bytes()).length).toBe(4);
        expect(sent).toHaveLength(1);
        expect(sent[0]?.url.toLowerCase()).toContain(project);
        // The credentials are the client's own, whatever the project.
        expect(sent[0]?.authorization).toBe(`Basic ${btoa(`${own}:PT-synthetic`)}`);
      } else {
        await expect(download).rejects.toMatchObject({
          name: "UntrustedUrlError",
          reason: "project",
        });
        await expect(client.media.resolve(source)).rejects.toMatchObject({ reason: "project" });
        expect(sent).toEqual([]);
        expect(resolved()).toBe(0);
      }
    }
  });
});

test("a project that the call names is the only one it may ask for", async () => {
  const { client, resolved } = clientThat({ projects: "tree" });
  const { url } = await client.media.resolve(space + path(other), { projectId: other });
  expect(url.href).toBe(space + path(other));
  for (const project of [own, listed]) {
    await expect(
      client.media.download(space + path(project), { projectId: other }),
    ).rejects.toMatchObject({ name: "UntrustedUrlError", reason: "project" });
  }
  expect(resolved()).toBe(0);
});

test("a callback widens nothing by the project it names", async () => {
  const { client, resolved } = clientThat({});
  const form = { AccountSid: own, RecordingSid: id, RecordingUrl: space + path(other) };
  const [medium] = mediaInCallback(form);
  if (!medium) return expect.fail("the callback names a recording");
  await expect(client.media.download(medium)).rejects.toMatchObject({ reason: "project" });
  expect(resolved()).toBe(0);
});

test("the tree is no other host, and no other path", async () => {
  const { client, resolved } = clientThat({ projects: "tree" });
  for (const url of [`https://evil.example${path(other)}`, `${space}/api/projects/${other}`]) {
    for (const source of [url, { url }]) {
      await expect(client.media.download(source)).rejects.toMatchObject({
        name: "UntrustedUrlError",
      });
    }
  }
  expect(resolved()).toBe(0);
});

test("a redirect to another project's medium gets no credentials, even within the tree", async () => {
  const sent: [url: string, authorized: boolean][] = [];
  const target = `https://files.signalwire.com/s1/${other}/recordings/${id}.wav`;
  const { client } = clientThat({
    projects: "tree",
    fetch: async (url: string, init: RequestInit) => {
      sent.push([url, new Headers(init.headers).has("authorization")]);
      return sent.length === 1
        ? new Response(null, { status: 302, headers: { location: target } })
        : new Response("RIFF", { headers: { "content-type": "audio/wav", "content-length": "4" } });
    },
  });
  await (await client.media.download(space + path(listed))).bytes();
  expect(sent).toEqual([
    [space + path(listed), true],
    [target, false],
  ]);
});

test("one medium has one URL, however its project's id is written", async () => {
  const { client } = clientThat({ projects: "tree" });
  const { url } = await client.media.resolve(space + path(other.toUpperCase()));
  expect(url.href).toBe(space + path(other));
});

test("a list that the caller goes on writing to widens nothing", async () => {
  const projects = [listed];
  const { client } = clientThat({ projects });
  projects.push(other);
  await expect(client.media.resolve(space + path(other))).rejects.toMatchObject({
    reason: "project",
  });
});

test("a callback's item, and media of a whole tree, are saved as they are given", async () => {
  const folder = await mkdtemp(join(tmpdir(), "media-protection-"));
  try {
    const item = (project: string) => sources(project)["a callback's item"] as MediaSource;
    const { client: narrow, resolved } = clientThat({});
    await expect(saveMedia(narrow, item(other), join(folder, "x.wav"))).rejects.toMatchObject({
      name: "UntrustedUrlError",
      reason: "project",
    });
    expect(resolved()).toBe(0);
    expect(await readdir(folder)).toEqual([]);

    const { client } = clientThat({ projects: "tree" });
    const { path: file } = await saveMedia(client, item(other), join(folder, "x.wav"));
    expect(await readFile(file, "utf8")).toBe("RIFF");
    const all = await saveAll(client, [own, listed, other].map(item), join(folder, "all"));
    expect(all.failed).toEqual([]);
    expect(all.saved + all.kept).toBe(3);
  } finally {
    await rm(folder, { recursive: true });
  }
});
