import { createClient, type Day } from "@media-protection/sdk";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { hour, noon, startListedMock, unknownId } from "../../helpers/mock/listed-mock.js";
import { collect } from "../../helpers/values/collect.js";

/** What options of the lists let through, and which are refused, against the real mock over HTTP. */

const mock = await startListedMock();
const { server, client, asked } = mock;

afterAll(() => server.close());
beforeEach(() => mock.reset());

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
    ["After", { after: middle }, times.filter((time) => time >= noon)],
    ["Before", { before: middle }, times.filter((time) => time < noon)],
    ["After and Before", { after: middle, before: new Date(noon + 1000) }, [noon]],
    ["After and Before the same", { after: middle, before: middle }, []],
    [
      "After and Before within seconds",
      { after: new Date(noon + 999), before: new Date(noon + 1999) },
      [noon],
    ],
    ["After a day", { after: "2026-03-10" }, times.filter((time) => time >= startOfDay)],
    ["Before a day", { before: "2026-03-11" }, times.filter((time) => time <= lastSecond)],
    [
      "On a day",
      { on: "2026-03-10" },
      times.filter((time) => time >= startOfDay && time <= lastSecond),
    ],
    ["On", { on: middle }, times.filter((time) => time >= startOfDay && time <= lastSecond)],
    [
      "On and After",
      { on: middle, after: middle },
      times.filter((time) => time >= noon && time <= lastSecond),
    ],
    ["Before the first of all times", { before: new Date(-8.64e15) }, []],
    ["After the last of all times", { after: new Date(8.64e15) }, []],
    ["After the first of all times", { after: new Date(-8.64e15) }, times],
    ["Before the last of all times", { before: new Date(8.64e15) }, times],
  ] as const satisfies readonly (readonly [string, Bounds, readonly number[]])[];
  type Bounds = {
    readonly after?: Date | Day;
    readonly before?: Date | Day;
    readonly on?: Date | Day;
  };
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

    test("fax media", async () => {
      const { fax } = server.platform.addFaxMedia({ createdAt: noon });
      for (const createdAt of times.filter((time) => time !== noon)) {
        server.platform.addFaxMedia({ createdAt, faxId: fax.id });
      }
      const listing = client.faxMedia.list(fax.id, created(bounds));
      expect(timesOf(await collect(listing))).toEqual(expected);
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
      { DateCreatedAfter: "2026-03-09", DateCreatedOnOrBefore: "2026-03-12" },
      { DateSent: "2026-03-10", "DateSent>": "2026-03-09", "DateSent<": "2026-03-12" },
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
    ["createdBefore", "a text", () => client.recordings.list(bad({ createdBefore: "yesterday" }))],
    ["createdBefore", "no day", () => client.recordings.list({ createdBefore: "2026-02-31" })],
    ["createdAfter", "a time", () => client.faxes.list(bad({ createdAfter: "2026-03-10T00:00" }))],
    ["sentAfter", "a short day", () => client.messages.list({ sentAfter: "2026-3-1" })],
    [
      "createdOn",
      "five digits",
      () => client.faxMedia.list(unknownId, { createdOn: "12026-01-01" }),
    ],
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
