import { isMediaProtectionError } from "@media-protection/sdk";
import { describe, expect, test } from "vitest";
import {
  compatibilityPath,
  hostedFile,
  idOf,
  otherProject,
  projectId,
  range,
  relayPath,
  type Sources,
  startSources,
} from "../../helpers/origins/recording-sources.js";
import { collect } from "../../helpers/values/collect.js";

/** The union of the two lists of recordings, where they overlap in part. */

describe("the union", () => {
  test("gives each recording once, those of the compatibility API first", async () => {
    // 0–149 in the one, 100–229 in the other.
    const { client } = await startSources({ compatibility: range(0, 150), relay: range(100, 230) });
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
    const { client } = await startSources({
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
    const { client } = await startSources({ compatibility: shifted, relay: only });
    const listing = client.recordings.list();
    expect((await collect(listing)).map(({ id }) => id)).toEqual([
      ...range(0, 21),
      ...range(50, 70),
    ]);
    expect(listing.counts).toEqual({ compatibility: 21, relay: 21, both: 1 });
  });

  test("counts while it iterates, and anew in each iteration", async () => {
    const { client } = await startSources({ compatibility: range(0, 2), relay: range(1, 3) });
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
    const { client } = await startSources({ compatibility: range(0, 30), relay: range(0, 30) });
    const listing = client.recordings.list({ createdAfter: new Date("2026-03-10T12:00:01Z") });
    expect(await collect(listing)).toEqual([]);
    expect(listing.counts).toEqual({ compatibility: 0, relay: 0, both: 0 });
  });

  test("gives the pages of both as they are", async () => {
    const { client } = await startSources({ compatibility: range(0, 25), relay: range(0, 25) });
    const pages = await collect(client.recordings.list().pages());
    expect(
      pages.map((page) => ("data" in page ? page.data.length : -page.recordings.length)),
    ).toEqual([-20, -5, 20, 5]);
  });

  test("follows no link: only its query goes back, to the space", async () => {
    const { client, origin } = await startSources({
      compatibility: range(0, 45),
      relay: range(0, 45),
    });
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
    const { client, origin } = await startSources({
      compatibility: range(0, 25),
      relay: range(20, 45),
    });
    const listing = client.recordings.list({ source });
    expect((await collect(listing)).map(({ id }) => id)).toEqual(ids);
    expect(listing.counts).toEqual(counts);
    expect(origin.requests.every((request) => request.path.startsWith(path))).toBe(true);
  });

  test.each(["compatibility", "relay"] as const)(
    "%s can be read where the other is forbidden",
    async (source) => {
      const sources: Sources = { compatibility: 403, relay: 403, [source]: range(0, 2) };
      const { client } = await startSources(sources);
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
    const { client } = await startSources({
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
  const { client } = await startSources(sources);
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
  const { client, origin } = await startSources({
    compatibility: range(0, 20),
    relay: range(20, 60),
  });
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
    const { client } = await startSources({
      compatibility: [],
      relay: range(0, 3),
      relayProject: otherProject,
    });
    const listing = client.recordings.list();
    expect(await collect(listing)).toEqual([]);
    expect(listing.counts).toEqual({ compatibility: 0, relay: 0, both: 0 });
  });

  test("a recording is referred to by its own url", async () => {
    const { client } = await startSources({ compatibility: [], relay: range(0, 1) });
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
    const { client } = await startSources({ compatibility: [], relay: range(0, 1), relayUrl });
    const [found] = await collect(client.recordings.list());
    expect(found?.ref).toEqual({ kind: "recording", projectId, recordingId: idOf(0) });
  });
});
