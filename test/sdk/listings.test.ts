import { type MockServer, startMockServer } from "@media-protection/mock/server";
import { type Client, createClient, type MediaRef } from "@media-protection/sdk";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { collect } from "../helpers/collect.js";
import { validatingFetch } from "../helpers/contract.js";

/** The lists against the real mock over HTTP; an answer outside openapi.yaml throws. */

let server: MockServer;
let client: Client;
const asked: URL[] = [];

beforeAll(async () => {
  server = await startMockServer({ port: 0, platform: { seed: "empty" } });
  const validating = validatingFetch();
  client = createClient({
    space: server.origins.space,
    mediaOrigins: [server.origins.files],
    ...server.platform.credentials,
    fetch: async (url, init) => {
      asked.push(new URL(url));
      return validating(url, init);
    },
  });
});
afterAll(async () => server.close());
beforeEach(() => {
  server.platform.reset();
  asked.length = 0;
});

const noon = Date.UTC(2026, 2, 10, 12);
const hour = 3_600_000;
const unknownId = "00000000-0000-4000-8000-00000000dead";

/** Ids of what `add` adds, newest first, as the mock lists them: an hour apart from noon on. */
function addEach(count: number, add: (options: { createdAt: number }) => string): string[] {
  return Array.from({ length: count }, (_, index) =>
    add({ createdAt: noon + index * hour }),
  ).reverse();
}

const addRecordings = (count: number) =>
  addEach(count, (at) => server.platform.addRecording({ ...at, seconds: 1 }).recording.id);
const addMessages = (count: number) =>
  addEach(count, (at) => server.platform.addMessageMedia(at).message.id);
const addFaxes = (count: number) => addEach(count, (at) => server.platform.addFaxMedia(at).fax.id);

describe("every list gives hundreds of items over several pages, each once", () => {
  const ids = async (items: AsyncIterable<{ readonly id: string }>) =>
    (await collect(items)).map(({ id }) => id);

  test("recordings", async () => {
    const added = addRecordings(230);
    expect(await ids(client.recordings.list({ pageSize: 100 }))).toEqual(added);
  });

  test("messages", async () => {
    const added = addMessages(230);
    expect(await ids(client.messages.list({ pageSize: 100 }))).toEqual(added);
    expect(asked).toHaveLength(3);
  });

  test("message media", async () => {
    const { message } = server.platform.addMessageMedia({ createdAt: noon - hour });
    addEach(
      229,
      (at) => server.platform.addMessageMedia({ ...at, messageId: message.id }).media.id,
    );
    server.platform.addMessageMedia();
    const found = await ids(client.messageMedia.list(message.id, { pageSize: 100 }));
    expect(new Set(found).size).toBe(230);
    expect(asked).toHaveLength(3);
  });

  test("faxes", async () => {
    const added = addFaxes(230);
    expect(await ids(client.faxes.list({ pageSize: 100 }))).toEqual(added);
    expect(asked).toHaveLength(3);
  });

  test("fax media", async () => {
    const { fax } = server.platform.addFaxMedia({ createdAt: noon - hour });
    addEach(229, (at) => server.platform.addFaxMedia({ ...at, faxId: fax.id }).media.id);
    const found = await ids(client.faxMedia.list(fax.id, { pageSize: 100 }));
    expect(new Set(found).size).toBe(230);
    expect(asked).toHaveLength(3);
  });

  test("projects", async () => {
    for (let count = 0; count < 230; count++) server.platform.addProject();
    expect(new Set(await ids(client.projects.list({ pageSize: 100 }))).size).toBe(231);
    expect(asked).toHaveLength(3);
  });
});

describe("an item says in camelCase what it is, and keeps what was sent", () => {
  test("a recording of the compatibility API", async () => {
    const callId = server.platform.uuid();
    const { recording } = server.platform.addRecording({
      createdAt: noon,
      seconds: 5,
      channels: 2,
      callId,
    });
    const [item] = await collect(client.recordings.list());
    expect(item).toEqual({
      source: "compatibility",
      id: recording.id,
      projectId: recording.projectId,
      ref: { kind: "recording", projectId: recording.projectId, recordingId: recording.id },
      createdAt: new Date(noon),
      durationSeconds: 5,
      channels: 2,
      status: "completed",
      callId,
      conferenceId: undefined,
      byteSize: undefined,
      raw: expect.objectContaining({ sid: recording.id, call_sid: callId, duration: 5 }),
    });
    expect(await client.recordings.get(recording.id)).toEqual(item);
  });

  test("a recording of the Relay REST API, with the reference of its own url", async () => {
    const conferenceId = server.platform.uuid();
    const { recording } = server.platform.addRecording({ createdAt: noon, conferenceId });
    const [item] = await collect(client.recordings.list({ source: "relay" }));
    expect(item).toEqual({
      source: "relay",
      id: recording.id,
      projectId: recording.projectId,
      ref: {
        kind: "recording",
        projectId: recording.projectId,
        origin: server.origins.files,
        spaceId: server.platform.spaceId,
        file: `${recording.id}.wav`,
      },
      createdAt: new Date(noon),
      durationSeconds: 3,
      channels: 1,
      status: "completed",
      callId: undefined,
      conferenceId,
      byteSize: recording.files.wav.size,
      raw: expect.objectContaining({ id: recording.id, stereo: false }),
    });
  });

  test("a message, and one not sent yet", async () => {
    const { message } = server.platform.addMessageMedia({ createdAt: noon });
    server.platform.addMessageMedia({ createdAt: noon - 1, status: "queued", body: null });
    const [sent, queued] = await collect(client.messages.list());
    expect(sent).toEqual({
      id: message.id,
      projectId: message.projectId,
      createdAt: new Date(noon),
      sentAt: new Date(noon),
      direction: "inbound",
      status: "received",
      from: message.from,
      to: message.to,
      body: "A picture",
      mediaCount: 1,
      raw: expect.objectContaining({ sid: message.id, num_media: 1 }),
    });
    expect(queued).toMatchObject({ status: "queued", sentAt: undefined, body: undefined });
  });

  test("an attachment", async () => {
    const { media, message } = server.platform.addMessageMedia({
      createdAt: noon,
      contentType: "image/png",
    });
    const { projectId } = message;
    const [item] = await collect(client.messageMedia.list(message.id));
    expect(item).toEqual({
      id: media.id,
      messageId: message.id,
      projectId,
      ref: { kind: "messageMedia", projectId, messageId: message.id, mediaId: media.id },
      contentType: "image/png",
      createdAt: new Date(noon),
      raw: expect.objectContaining({ sid: media.id, parent_sid: message.id }),
    });
    expect(await client.messageMedia.get(message.id, media.id)).toEqual(item);
  });

  test("a fax", async () => {
    const { fax } = server.platform.addFaxMedia({ createdAt: noon, pages: 3 });
    expect(await collect(client.faxes.list())).toEqual([
      {
        id: fax.id,
        projectId: fax.projectId,
        createdAt: new Date(noon),
        direction: "inbound",
        status: "received",
        from: fax.from,
        to: fax.to,
        pageCount: 3,
        raw: expect.objectContaining({ sid: fax.id, num_pages: "3" }),
      },
    ]);
  });

  test("a fax document", async () => {
    const { fax, media } = server.platform.addFaxMedia({ createdAt: noon });
    const { projectId } = fax;
    const [item] = await collect(client.faxMedia.list(fax.id));
    expect(item).toEqual({
      id: media.id,
      faxId: fax.id,
      projectId,
      ref: { kind: "faxMedia", projectId, faxId: fax.id, mediaId: media.id },
      contentType: "application/pdf",
      createdAt: new Date(noon),
      raw: expect.objectContaining({ sid: media.id, fax_sid: fax.id }),
    });
    expect(await client.faxMedia.get(fax.id, media.id)).toEqual(item);
  });
});

describe("what an item refers to can be downloaded while its kind is protected", () => {
  beforeEach(async () => {
    await client.protection.enable();
  });
  const firstBytes = async (items: AsyncIterable<{ readonly ref: MediaRef }>) => {
    const [item] = await collect(items);
    if (!item) throw new Error("The list is empty.");
    const bytes = await (await client.media.download(item)).bytes();
    return new TextDecoder("latin1").decode(bytes.subarray(0, 4));
  };

  test.each(["compatibility", "relay"] as const)("a recording of the source %s", async (source) => {
    server.platform.addRecording();
    expect(await firstBytes(client.recordings.list({ source }))).toBe("RIFF");
  });

  test("an attachment", async () => {
    const { message } = server.platform.addMessageMedia({ contentType: "image/png" });
    expect(await firstBytes(client.messageMedia.list(message.id))).toBe("\x89PNG");
  });

  test("a fax document", async () => {
    const { fax } = server.platform.addFaxMedia();
    expect(await firstBytes(client.faxMedia.list(fax.id))).toBe("%PDF");
  });
});

test("pages come as the platform sends them", async () => {
  addMessages(3);
  const pages = await collect(client.messages.list({ pageSize: 2 }).pages());
  expect(pages.map(({ page, messages }) => [page, messages.length])).toEqual([
    [0, 2],
    [1, 1],
  ]);
});

test("a page is fetched when it is needed, and none before an iteration begins", async () => {
  addMessages(5);
  const listing = client.messages.list({ pageSize: 2 });
  expect(asked).toHaveLength(0);
  for await (const _ of listing) break;
  expect(asked).toHaveLength(1);
});

test("each iteration starts at the first page", async () => {
  const added = addFaxes(3);
  const listing = client.faxes.list({ pageSize: 2 });
  expect(await collect(listing)).toHaveLength(3);
  expect((await collect(listing)).map(({ id }) => id)).toEqual(added);
});

describe("items deleted while they are listed", () => {
  test("by the loop itself leave none out", async () => {
    addRecordings(25);
    let seen = 0;
    for await (const { id } of client.recordings.list({ pageSize: 10, source: "compatibility" })) {
      await client.recordings.delete(id);
      seen++;
    }
    expect(seen).toBe(25);
    expect(await collect(client.recordings.list())).toEqual([]);
  });

  test("by somebody else, ahead of the loop, are just not there", async () => {
    const added = addFaxes(25);
    const seen: string[] = [];
    for await (const { id } of client.faxes.list({ pageSize: 10 })) {
      if (seen.length === 0) {
        for (const gone of added.slice(5, 15)) server.platform.faxes.delete(gone);
      }
      seen.push(id);
    }
    // The first page was read before; of the second, five were gone.
    expect(seen).toEqual([...added.slice(0, 10), ...added.slice(15)]);
  });
});

describe("a filter lets through exactly what it names", () => {
  const startOfDay = Date.UTC(2026, 2, 10);
  const lastSecond = startOfDay + 24 * hour - 1000;
  /** Around two midnights, around noon, and far away, newest first. */
  const times = [
    Date.UTC(2027, 0, 1),
    startOfDay + 24 * hour,
    lastSecond,
    noon + 1000,
    noon,
    noon - 1000,
    startOfDay,
    startOfDay - 1000,
    Date.UTC(2025, 0, 1),
  ];
  const middle = new Date(noon);
  const cases = [
    ["After", { after: middle }, times.filter((time) => time > noon)],
    ["Before", { before: middle }, times.filter((time) => time < noon)],
    ["After and Before", { after: new Date(noon - 1), before: new Date(noon + 1) }, [noon]],
    ["On", { on: middle }, times.filter((time) => time >= startOfDay && time <= lastSecond)],
    [
      "On and After",
      { on: middle, after: middle },
      times.filter((time) => time > noon && time <= lastSecond),
    ],
    ["Before the first of all times", { before: new Date(-8.64e15) }, []],
    ["After the last of all times", { after: new Date(8.64e15) }, []],
    ["After the first of all times", { after: new Date(-8.64e15) }, times],
    ["Before the last of all times", { before: new Date(8.64e15) }, times],
  ] as const satisfies readonly (readonly [
    string,
    { after?: Date; before?: Date; on?: Date },
    readonly number[],
  ])[];
  type Bounds = { readonly after?: Date; readonly before?: Date; readonly on?: Date };
  const created = ({ after, before, on }: Bounds) => ({
    ...(after && { createdAfter: after }),
    ...(before && { createdBefore: before }),
    ...(on && { createdOn: on }),
  });
  const timesOf = (items: readonly { readonly createdAt: Date }[]) =>
    items.map(({ createdAt }) => createdAt.getTime());

  describe.each(cases)("%s", (_, bounds, expected) => {
    test.each(["both", "compatibility", "relay"] as const)("recordings of %s", async (source) => {
      for (const createdAt of times) server.platform.addRecording({ createdAt, seconds: 1 });
      const listing = client.recordings.list({ source, ...created(bounds) });
      expect(timesOf(await collect(listing))).toEqual(expected);
    });

    test("messages, by when they were sent", async () => {
      for (const createdAt of times) server.platform.addMessageMedia({ createdAt });
      server.platform.addMessageMedia({ createdAt: noon, status: "queued" });
      const { after, before, on } = bounds as Bounds;
      const listing = client.messages.list({
        ...(after && { sentAfter: after }),
        ...(before && { sentBefore: before }),
        ...(on && { sentOn: on }),
      });
      expect(timesOf(await collect(listing))).toEqual(expected);
    });

    test("message media", async () => {
      const { message } = server.platform.addMessageMedia({ createdAt: noon });
      for (const createdAt of times.filter((time) => time !== noon)) {
        server.platform.addMessageMedia({ createdAt, messageId: message.id });
      }
      const listing = client.messageMedia.list(message.id, created(bounds));
      expect(timesOf(await collect(listing))).toEqual(expected);
    });

    test("faxes", async () => {
      for (const createdAt of times) server.platform.addFaxMedia({ createdAt });
      expect(timesOf(await collect(client.faxes.list(created(bounds))))).toEqual(expected);
    });
  });

  test("and the platform is asked for no more than the days around", async () => {
    await collect(
      client.recordings.list({
        source: "compatibility",
        createdAfter: middle,
        createdBefore: middle,
        createdOn: middle,
      }),
    );
    await collect(client.faxes.list({ createdOn: middle }));
    const { message } = server.platform.addMessageMedia({ createdAt: noon });
    await collect(client.messages.list({ sentOn: middle }));
    await collect(client.messageMedia.list(message.id, { createdBefore: middle }));
    expect(asked.map(({ searchParams }) => Object.fromEntries(searchParams))).toEqual([
      { DateCreated: "2026-03-10", "DateCreated>": "2026-03-09", "DateCreated<": "2026-03-11" },
      { DateCreatedAfter: "2026-03-08", DateCreatedOnOrBefore: "2026-03-12" },
      { DateSent: "2026-03-10", "DateSent>": "2026-03-08", "DateSent<": "2026-03-12" },
      { "DateCreated<": "2026-03-11" },
    ]);
  });

  test("even where the platform ignores it: an unsent message passes none by date", async () => {
    const { message } = server.platform.addMessageMedia({ status: "queued" });
    const [queued] = await collect(client.messages.list());
    const ignorant = createClient({
      space: "example",
      ...server.platform.credentials,
      fetch: async () => Response.json({ next_page_uri: null, messages: [queued?.raw] }),
    });
    const after = new Date(0);
    expect(await collect(ignorant.messages.list())).toMatchObject([{ id: message.id }]);
    expect(await collect(ignorant.messages.list({ sentAfter: after }))).toEqual([]);
  });

  test("calls and conferences", async () => {
    const { platform } = server;
    const [callId, conferenceId] = [platform.uuid(), platform.uuid()];
    const ofCall = platform.addRecording({ callId }).recording.id;
    const ofConference = platform.addRecording({ conferenceId }).recording.id;
    platform.addRecording();
    const source = "compatibility";
    expect(await collect(client.recordings.list({ source, callId }))).toMatchObject([
      { id: ofCall },
    ]);
    expect(await collect(client.recordings.list({ source, conferenceId }))).toMatchObject([
      { id: ofConference },
    ]);
  });

  test("numbers and states", async () => {
    const { platform } = server;
    const [from, to] = ["+15550100007", "+15550100008"];
    const messageId = platform.addMessageMedia({ from, to, status: "delivered" }).message.id;
    const faxId = platform.addFaxMedia({ from, to }).fax.id;
    platform.addMessageMedia({ from, to: "+15550100009" });
    platform.addFaxMedia({ from: "+15550100009", to });
    expect(await collect(client.messages.list({ from, to }))).toMatchObject([{ id: messageId }]);
    expect(await collect(client.messages.list({ status: "delivered" }))).toMatchObject([
      { id: messageId },
    ]);
    expect(await collect(client.faxes.list({ from, to }))).toMatchObject([{ id: faxId }]);
  });

  test("names of projects", async () => {
    const { id } = server.platform.addProject({ name: "North & South" });
    expect(await collect(client.projects.list({ name: "North & South" }))).toMatchObject([{ id }]);
  });

  test("on every page", async () => {
    for (let index = 0; index < 30; index++) {
      const createdAt = noon + (index % 2) * 48 * hour + index * 1000;
      server.platform.addFaxMedia({ createdAt });
    }
    const found = await collect(client.faxes.list({ createdOn: middle, pageSize: 5 }));
    expect(found).toHaveLength(15);
  });
});

describe("deleting", () => {
  test("a recording, an attachment and a document takes them away", async () => {
    const { platform } = server;
    const { recording } = platform.addRecording();
    const attachment = platform.addMessageMedia();
    const document = platform.addFaxMedia();
    await client.recordings.delete(recording.id);
    await client.messageMedia.delete(attachment.message.id, attachment.media.id);
    await client.faxMedia.delete(document.fax.id, document.media.id);
    expect([platform.recordings, platform.messageMedia, platform.faxMedia]).toMatchObject([
      { size: 0 },
      { size: 0 },
      { size: 0 },
    ]);
  });

  test("a document of a fax in progress is a ResponseError with status 409", async () => {
    const { fax, media } = server.platform.addFaxMedia({ status: "sending" });
    await expect(client.faxMedia.delete(fax.id, media.id)).rejects.toMatchObject({
      name: "ResponseError",
      status: 409,
    });
  });

  test("an attachment of a message in progress is a ValidationError", async () => {
    const { message, media } = server.platform.addMessageMedia({ status: "queued" });
    await expect(client.messageMedia.delete(message.id, media.id)).rejects.toMatchObject({
      name: "ValidationError",
      status: 422,
    });
  });
});

test("what is not there is a NotFoundError, also as a list", async () => {
  const notFound = { name: "NotFoundError", status: 404 };
  const calls = [
    client.recordings.get(unknownId),
    client.recordings.delete(unknownId),
    client.messageMedia.get(unknownId, unknownId),
    client.messageMedia.delete(unknownId, unknownId),
    client.faxMedia.get(unknownId, unknownId),
    client.faxMedia.delete(unknownId, unknownId),
    collect(client.messageMedia.list(unknownId)),
    collect(client.faxMedia.list(unknownId)),
  ];
  for (const call of await Promise.allSettled(calls)) {
    expect(call).toMatchObject({ status: "rejected", reason: notFound });
  }
});

test("a subproject's items are listed, read and deleted under its id", async () => {
  const { platform } = server;
  const projectId = platform.addProject().id;
  const { recording } = platform.addRecording({ projectId });
  const { message } = platform.addMessageMedia({ projectId });
  const { fax } = platform.addFaxMedia({ projectId });
  addRecordings(1);
  addMessages(1);
  addFaxes(1);
  const ref = { kind: "recording", projectId, recordingId: recording.id };
  const recordings = client.recordings.list({ projectId, source: "compatibility" });
  expect(await collect(recordings)).toMatchObject([{ id: recording.id, projectId, ref }]);
  expect(await collect(client.messages.list({ projectId }))).toMatchObject([{ id: message.id }]);
  expect(await collect(client.faxes.list({ projectId }))).toMatchObject([{ id: fax.id }]);
  const [media] = await collect(client.faxMedia.list(fax.id, { projectId }));
  expect(media?.ref).toMatchObject({ projectId, faxId: fax.id });
  expect(await client.recordings.get(recording.id, { projectId })).toMatchObject({ ref });
  await client.recordings.delete(recording.id, { projectId });
  await expect(client.recordings.get(recording.id, { projectId })).rejects.toMatchObject({
    name: "NotFoundError",
  });
});

describe("a bad option is an OptionError at the first step, before any request", () => {
  const at = new Date(noon);
  // As a caller without types might write them.
  const bad = (options: object) => options as never;
  const listings: [string, string, () => AsyncIterable<unknown>][] = [
    ["pageSize", "0", () => client.messages.list({ pageSize: 0 })],
    ["pageSize", "1001", () => client.faxes.list({ pageSize: 1001 })],
    ["pageSize", "1.5", () => client.recordings.list({ pageSize: 1.5 })],
    ["pageSize", "a text", () => client.projects.list(bad({ pageSize: "50" }))],
    ["pageSize", "NaN", () => client.faxMedia.list(unknownId, { pageSize: Number.NaN })],
    ["pageSize", "-1", () => client.messageMedia.list(unknownId, { pageSize: -1 })],
    ["createdAfter", "an invalid Date", () => client.faxes.list({ createdAfter: new Date("x") })],
    ["createdBefore", "a text", () => client.recordings.list(bad({ createdBefore: "2026-03-10" }))],
    ["createdOn", "null", () => client.messageMedia.list(unknownId, bad({ createdOn: null }))],
    ["sentOn", "a number", () => client.messages.list(bad({ sentOn: noon }))],
    ["from", "empty", () => client.messages.list({ from: "" })],
    ["to", "a number", () => client.faxes.list(bad({ to: 15550100 }))],
    ["name", "null", () => client.projects.list(bad({ name: null }))],
    ["timeout", "negative", () => client.messages.list({ timeout: -1 })],
    ["signal", "no signal", () => client.messages.list(bad({ signal: {} }))],
    ["projectId", "no UUID", () => client.recordings.list({ projectId: "me" })],
    ["messageId", "a path", () => client.messageMedia.list("../..")],
    ["faxId", "a path", () => client.faxMedia.list("../..")],
    ["createdAftr", "misspelt", () => client.recordings.list(bad({ createdAftr: at }))],
    ["createdAfter", "unknown to messages", () => client.messages.list(bad({ createdAfter: at }))],
    ["form", "misspelt", () => client.faxes.list(bad({ form: "+15550100001" }))],
    ["source", "unknown", () => client.recordings.list(bad({ source: "all" }))],
    ["source", "both beside callId", () => client.recordings.list(bad({ callId: unknownId }))],
    [
      "source",
      "relay beside conferenceId",
      () => client.recordings.list(bad({ source: "relay", conferenceId: unknownId })),
    ],
    ["source", "both for a subproject", () => client.recordings.list({ projectId: unknownId })],
    ["callId", "no UUID", () => client.recordings.list({ source: "compatibility", callId: "" })],
    [
      "conferenceId",
      "no UUID",
      () => client.recordings.list({ source: "compatibility", conferenceId: "x" }),
    ],
  ];
  test.each(listings)("%s: %s", async (option, _, list) => {
    const listing = list();
    await expect(collect(listing)).rejects.toMatchObject({ name: "OptionError", option });
    expect(asked).toHaveLength(0);
  });

  test("of pages() as well", async () => {
    const pages = client.recordings.list({ pageSize: 0 }).pages();
    await expect(collect(pages)).rejects.toMatchObject({ name: "OptionError" });
    expect(asked).toHaveLength(0);
  });

  const calls: [string, () => Promise<unknown>][] = [
    ["recordingId", () => client.recordings.get("../Messages")],
    ["recordingId", () => client.recordings.delete("")],
    ["messageId", () => client.messageMedia.get("x", unknownId)],
    ["mediaId", () => client.messageMedia.get(unknownId, "x")],
    ["mediaId", () => client.messageMedia.delete(unknownId, `${unknownId}/..`)],
    ["faxId", () => client.faxMedia.get("x", unknownId)],
    ["mediaId", () => client.faxMedia.delete(unknownId, "")],
    ["projectId", () => client.recordings.get(unknownId, { projectId: "x" })],
    ["timeout", () => client.faxMedia.get(unknownId, unknownId, { timeout: 0 })],
  ];
  test.each(calls)("%s of a call", async (option, call) => {
    await expect(call()).rejects.toMatchObject({ name: "OptionError", option });
    expect(asked).toHaveLength(0);
  });
});

describe("aborting", () => {
  test("within a page ends the iteration with the signal's reason, and asks no more", async () => {
    addMessages(10);
    const abort = new AbortController();
    const reason = new Error("enough");
    let seen = 0;
    const read = async () => {
      for await (const _ of client.messages.list({ pageSize: 5, signal: abort.signal })) {
        if (++seen === 2) abort.abort(reason);
      }
    };
    await expect(read()).rejects.toBe(reason);
    expect(seen).toBe(2);
    expect(asked).toHaveLength(1);
  });

  test("at the end of a page is seen before the next is fetched", async () => {
    addRecordings(10);
    const abort = new AbortController();
    const reason = new Error("enough");
    const read = async () => {
      const { signal } = abort;
      const listing = client.recordings.list({ source: "relay", signal });
      for await (const _ of listing.pages()) abort.abort(reason);
      for await (const _ of listing) expect.fail("the signal is aborted");
    };
    await expect(read()).rejects.toBe(reason);
    expect(asked).toHaveLength(1);
  });
});
