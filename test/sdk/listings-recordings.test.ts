import type { ServerResponse } from "node:http";
import { createClient, isMediaProtectionError } from "@media-protection/sdk";
import { afterEach, describe, expect, test } from "vitest";
import { collect } from "../helpers/collect.js";
import { startOrigin, type TestOrigin } from "../helpers/origin.js";

/** The union of the two lists of recordings, where they overlap in part. */

const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
const otherProject = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6b";
const compatibilityPath = `/api/laml/2010-04-01/Accounts/${projectId}/Recordings`;
const relayPath = "/api/relay/rest/recordings";
const idOf = (index: number) => `0b7e0c1a-93a4-4a54-8a6e-${String(index).padStart(12, "0")}`;
const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => idOf(from + index));

/** What each source lists: ids, cut in pages of 20; or what it answers instead. */
interface Sources {
  compatibility: string[] | number;
  relay: string[] | number;
  /** @default the client's */
  relayProject?: string;
  /** @default a file of the files host */
  relayUrl?: (id: string) => unknown;
}

const size = 20;
const origins: TestOrigin[] = [];
afterEach(async () => {
  for (const origin of origins.splice(0)) await origin[Symbol.asyncDispose]();
});

async function start(sources: Sources) {
  const origin = await startOrigin((request, response) => {
    const url = new URL(request.url ?? "", "http://origin.invalid");
    const isRelay = url.pathname.startsWith(relayPath);
    const source = isRelay ? sources.relay : sources.compatibility;
    if (typeof source === "number") return answer(response, source, { error: "Refused" });
    const one = source.find((id) => url.pathname.includes(id));
    const describe = isRelay ? relayRecording : compatibilityRecording;
    if (request.method === "DELETE") return answer(response, one === undefined ? 404 : 204);
    if (one !== undefined) return answer(response, 200, describe(one, sources));
    if (url.pathname !== relayPath && url.pathname !== compatibilityPath) {
      return answer(response, 404, {});
    }
    // Under names of their own, since nobody documents those of the Relay REST list.
    const at = Number(url.searchParams.get(isRelay ? "after" : "Page") ?? 0);
    const items = source.slice(at * size, (at + 1) * size).map((id) => describe(id, sources));
    const more = (at + 1) * size < source.length;
    if (isRelay) {
      const next = more && { next: `https://evil.example${relayPath}?after=${at + 1}&x=%26` };
      return answer(response, 200, { links: { self: "", first: "", ...next }, data: items });
    }
    const next_page_uri = more ? `https://evil.example/?Page=${at + 1}&PageToken=PA${at}` : null;
    return answer(response, 200, { first_page_uri: "/?Page=0", next_page_uri, recordings: items });
  });
  origins.push(origin);
  const client = createClient({ space: origin.origin, projectId, apiToken: "PT-synthetic" });
  return { client, origin };
}

function answer(response: ServerResponse, status: number, body?: object): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(body && JSON.stringify(body));
}

const compatibilityRecording = (id: string) => ({
  sid: id,
  call_sid: null,
  conference_sid: null,
  channels: "1",
  date_created: "Tue, 10 Mar 2026 12:00:00 +0000",
  duration: 3,
  status: "completed",
});

const hostedFile = (id: string) =>
  `https://files.signalwire.com/space-1/${projectId}/recordings/${id}.mp4`;

const relayRecording = (id: string, { relayProject, relayUrl = hostedFile }: Sources) => ({
  id,
  project_id: relayProject ?? projectId,
  created_at: "2026-03-10T12:00:00Z",
  duration_in_seconds: 3,
  stereo: true,
  status: "completed",
  url: relayUrl(id),
});

describe("the union", () => {
  test("gives each recording once, those of the compatibility API first", async () => {
    // 0–149 in the one, 100–229 in the other.
    const { client } = await start({ compatibility: range(0, 150), relay: range(100, 230) });
    const listing = client.recordings.list();
    const found = await collect(listing);
    expect(found.map(({ id }) => id)).toEqual(range(0, 230));
    expect(found.map(({ source }) => source)).toEqual([
      ...Array(150).fill("compatibility"),
      ...Array(80).fill("relay"),
    ]);
    expect(listing.counts).toEqual({ compatibility: 150, relay: 130, both: 50 });
  });

  test("knows an id in upper case for the same", async () => {
    const { client } = await start({
      compatibility: ["0B7E0C1A-93A4-4A54-8A6E-00000000000A"],
      relay: ["0b7e0c1a-93a4-4a54-8a6e-00000000000a"],
    });
    const listing = client.recordings.list();
    expect(await collect(listing)).toHaveLength(1);
    expect(listing.counts).toEqual({ compatibility: 1, relay: 1, both: 1 });
  });

  test("gives once what one source lists again, because its pages shifted", async () => {
    const shifted = [...range(0, 20), idOf(19), idOf(20)];
    const only = [...range(50, 70), idOf(69), idOf(19), idOf(19)];
    const { client } = await start({ compatibility: shifted, relay: only });
    const listing = client.recordings.list();
    expect((await collect(listing)).map(({ id }) => id)).toEqual([
      ...range(0, 21),
      ...range(50, 70),
    ]);
    expect(listing.counts).toEqual({ compatibility: 21, relay: 21, both: 1 });
  });

  test("counts while it iterates, and anew in each iteration", async () => {
    const { client } = await start({ compatibility: range(0, 2), relay: range(1, 3) });
    const listing = client.recordings.list();
    expect(listing.counts).toEqual({ compatibility: 0, relay: 0, both: 0 });
    const counts = [];
    for await (const _ of listing) counts.push(listing.counts);
    expect(counts).toEqual([
      { compatibility: 1, relay: 0, both: 0 },
      { compatibility: 2, relay: 0, both: 0 },
      { compatibility: 2, relay: 2, both: 1 },
    ]);
    for await (const _ of listing) break;
    expect(listing.counts).toEqual({ compatibility: 1, relay: 0, both: 0 });
  });

  test("counts what passes the filter", async () => {
    const { client } = await start({ compatibility: range(0, 30), relay: range(0, 30) });
    const listing = client.recordings.list({ createdAfter: new Date("2026-03-10T12:00:00Z") });
    expect(await collect(listing)).toEqual([]);
    expect(listing.counts).toEqual({ compatibility: 0, relay: 0, both: 0 });
  });

  test("gives the pages of both as they are", async () => {
    const { client } = await start({ compatibility: range(0, 25), relay: range(0, 25) });
    const pages = await collect(client.recordings.list().pages());
    expect(
      pages.map((page) => ("data" in page ? page.data.length : -page.recordings.length)),
    ).toEqual([-20, -5, 20, 5]);
  });

  test("follows no link: only its query goes back, to the space", async () => {
    const { client, origin } = await start({ compatibility: range(0, 45), relay: range(0, 45) });
    expect(await collect(client.recordings.list())).toHaveLength(45);
    expect(origin.requests.map(({ path }) => path)).toEqual([
      relayPath,
      compatibilityPath,
      `${compatibilityPath}?Page=1&PageToken=PA0`,
      `${compatibilityPath}?Page=2&PageToken=PA1`,
      relayPath,
      `${relayPath}?after=1&x=%26`,
      `${relayPath}?after=2&x=%26`,
    ]);
  });
});

describe("one source alone", () => {
  test.each([
    ["compatibility", range(0, 25), { compatibility: 25, relay: 0, both: 0 }, compatibilityPath],
    ["relay", range(20, 45), { compatibility: 0, relay: 25, both: 0 }, relayPath],
  ] as const)("%s is all that is asked", async (source, ids, counts, path) => {
    const { client, origin } = await start({ compatibility: range(0, 25), relay: range(20, 45) });
    const listing = client.recordings.list({ source });
    expect((await collect(listing)).map(({ id }) => id)).toEqual(ids);
    expect(listing.counts).toEqual(counts);
    expect(origin.requests.every((request) => request.path.startsWith(path))).toBe(true);
  });

  test.each(["compatibility", "relay"] as const)(
    "%s can be read where the other is forbidden",
    async (source) => {
      const sources: Sources = { compatibility: 403, relay: 403, [source]: range(0, 2) };
      const { client } = await start(sources);
      expect(await collect(client.recordings.list({ source }))).toHaveLength(2);
    },
  );
});

describe("a source that may not be read ends the union before its first item", () => {
  test.each([
    ["relay", 401, "AuthenticationError"],
    ["relay", 403, "PermissionError"],
    ["relay", 404, "NotFoundError"],
    ["compatibility", 401, "AuthenticationError"],
    ["compatibility", 403, "PermissionError"],
    ["compatibility", 404, "NotFoundError"],
  ] as const)("%s: %i is a %s that names its URL", async (source, status, name) => {
    const { client } = await start({
      compatibility: range(0, 30),
      relay: range(0, 30),
      [source]: status,
    });
    const path = source === "relay" ? relayPath : compatibilityPath;
    const read = async () => {
      for await (const _ of client.recordings.list()) expect.fail("there was an item");
    };
    const error = await read().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name, status });
    expect(isMediaProtectionError(error) && error.request?.url).toContain(path);
  });
});

test("a source that fails half way ends the iteration with its error", async () => {
  const sources: Sources = { compatibility: range(0, 30), relay: range(30, 60) };
  const { client } = await start(sources);
  let seen = 0;
  const read = async () => {
    for await (const _ of client.recordings.list()) {
      if (++seen === 35) sources.relay = 403;
    }
  };
  await expect(read()).rejects.toMatchObject({ name: "PermissionError" });
  expect(seen).toBe(50);
});

test("aborting between the sources ends the iteration", async () => {
  const { client, origin } = await start({ compatibility: range(0, 20), relay: range(20, 60) });
  const abort = new AbortController();
  const reason = new Error("enough");
  let seen = 0;
  const read = async () => {
    for await (const _ of client.recordings.list({ signal: abort.signal })) {
      if (++seen === 20) abort.abort(reason);
    }
  };
  await expect(read()).rejects.toBe(reason);
  expect(seen).toBe(20);
  // The probe, and the one page of the first source.
  expect(origin.requests).toHaveLength(2);
});

describe("of the Relay REST list", () => {
  test("recordings of another project are left out", async () => {
    const { client } = await start({
      compatibility: [],
      relay: range(0, 3),
      relayProject: otherProject,
    });
    const listing = client.recordings.list();
    expect(await collect(listing)).toEqual([]);
    expect(listing.counts).toEqual({ compatibility: 0, relay: 0, both: 0 });
  });

  test("a recording is referred to by its own url", async () => {
    const { client } = await start({ compatibility: [], relay: range(0, 1) });
    expect(await collect(client.recordings.list())).toMatchObject([
      {
        ref: {
          kind: "recording",
          projectId,
          origin: "https://files.signalwire.com",
          spaceId: "space-1",
          file: `${idOf(0)}.mp4`,
        },
      },
    ]);
  });

  test.each([
    [
      "of another origin",
      (id: string) => `https://evil.example/s/${projectId}/recordings/${id}.wav`,
    ],
    ["of another project", (id: string) => hostedFile(id).replace(projectId, otherProject)],
    ["of another kind", (id: string) => hostedFile(id).replace("recordings", "faxes")],
    ["that is none", () => null],
  ])("a url %s is not believed: the reference is that of the id", async (_, relayUrl) => {
    const { client } = await start({ compatibility: [], relay: range(0, 1), relayUrl });
    const [found] = await collect(client.recordings.list());
    expect(found?.ref).toEqual({ kind: "recording", projectId, recordingId: idOf(0) });
  });
});

describe("one recording", () => {
  test("is read from the Relay REST API where the compatibility API does not know it", async () => {
    const { client } = await start({ compatibility: range(0, 1), relay: range(0, 2) });
    expect(await client.recordings.get(idOf(0))).toMatchObject({ source: "compatibility" });
    expect(await client.recordings.get(idOf(1))).toMatchObject({ source: "relay", id: idOf(1) });
    await expect(client.recordings.get(idOf(2))).rejects.toMatchObject({ name: "NotFoundError" });
  });

  test("is deleted there as well", async () => {
    const { client, origin } = await start({ compatibility: range(0, 1), relay: range(0, 2) });
    await client.recordings.delete(idOf(0));
    await client.recordings.delete(idOf(1));
    await expect(client.recordings.delete(idOf(2))).rejects.toMatchObject({
      name: "NotFoundError",
    });
    expect(origin.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `DELETE ${compatibilityPath}/${idOf(0)}`,
      `DELETE ${compatibilityPath}/${idOf(1)}`,
      `DELETE ${relayPath}/${idOf(1)}`,
      `DELETE ${compatibilityPath}/${idOf(2)}`,
      `DELETE ${relayPath}/${idOf(2)}`,
    ]);
  });

  test.each([401, 403, 500])("is not looked for elsewhere after a %i", async (status) => {
    const { client, origin } = await start({ compatibility: status, relay: range(0, 1) });
    await expect(client.recordings.get(idOf(0))).rejects.toMatchObject({ status });
    await expect(client.recordings.delete(idOf(0))).rejects.toMatchObject({ status });
    expect(origin.requests.every(({ path }) => path.startsWith("/api/laml/"))).toBe(true);
  });

  test("of another project is not looked for in the client's own", async () => {
    const { client } = await start({ compatibility: [], relay: range(0, 1) });
    const options = { projectId: otherProject };
    await expect(client.recordings.get(idOf(0), options)).rejects.toMatchObject({ status: 404 });
    await expect(client.recordings.delete(idOf(0), options)).rejects.toMatchObject({ status: 404 });
  });
});
