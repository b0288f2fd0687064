import { type Client, createClient } from "@media-protection/sdk";
import { afterEach, describe, expect, test } from "vitest";
import { startOrigin, type TestOrigin } from "../../helpers/origins/origin.js";
import { collect } from "../../helpers/values/collect.js";

/** Lists from an origin that answers what it should not: each ends in a typed error. */

const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
const id = "0b7e0c1a-93a4-4a54-8a6e-6a1f3c2d4e5f";

const origins: TestOrigin[] = [];
afterEach(async () => {
  for (const origin of origins.splice(0)) await origin[Symbol.asyncDispose]();
});

/** A client whose space gives these answers, one after the other, then the last again and again. */
async function clientThatGets(...answers: unknown[]) {
  let count = 0;
  const origin = await startOrigin((_, response) => {
    const body = answers[Math.min(count++, answers.length - 1)];
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  });
  origins.push(origin);
  const client = createClient({ space: origin.origin, projectId, apiToken: "PT-synthetic" });
  return { client, origin };
}

const recording = {
  sid: id,
  call_sid: null,
  conference_sid: null,
  channels: "1",
  date_created: "Tue, 10 Mar 2026 12:00:00 +0000",
  duration: 3,
  status: "completed",
};
/** A page without items, with links to the next one and to the first. */
type PageOf = (next: unknown, first?: unknown) => object;

const compatibilityPage: PageOf = (next, first = "/r?Page=0&PageSize=50") => ({
  first_page_uri: first,
  next_page_uri: next,
  recordings: [],
  messages: [],
  media_list: [],
  faxes: [],
  fax_media: [],
  media: [],
});
const restPage: PageOf = (next, first = "/r?page_number=0&page_size=50") => ({
  links: { self: first, first, ...(next !== undefined && { next }) },
  data: [],
});

const lists: Record<string, [(client: Client) => AsyncIterable<unknown>, PageOf]> = {
  "recordings of the compatibility API": [
    (client) => client.recordings.list({ source: "compatibility" }),
    compatibilityPage,
  ],
  "recordings of the Relay REST API": [
    (client) => client.recordings.list({ source: "relay" }),
    restPage,
  ],
  messages: [(client) => client.messages.list(), compatibilityPage],
  "message media": [(client) => client.messageMedia.list(id), compatibilityPage],
  faxes: [(client) => client.faxes.list(), compatibilityPage],
  "fax media": [(client) => client.faxMedia.list(id), compatibilityPage],
  projects: [(client) => client.projects.list(), restPage],
};
const eachList = Object.entries(lists).map(([name, [list, page]]) => [name, list, page] as const);
const queryOf = (page: PageOf, number: number) =>
  page === restPage
    ? `?page_number=${number}&page_token=PA${number}`
    : `?Page=${number}&PageToken=PA${number}`;

describe.each(eachList)("%s", (_, list, page) => {
  test("end after a page without a next one, null or absent", async () => {
    for (const none of [null, undefined, ""]) {
      const { client, origin } = await clientThatGets(page(none));
      expect(await collect(list(client))).toEqual([]);
      expect(origin.requests).toHaveLength(1);
    }
  });

  test("go on behind an empty page", async () => {
    const { client, origin } = await clientThatGets(page(queryOf(page, 1)), page(null));
    expect(await collect(list(client))).toEqual([]);
    expect(origin.requests).toHaveLength(2);
  });

  test.each([
    ["a number", 5],
    ["true", true],
    ["an object", { href: "/" }],
    ["a link without a query", "https://example.signalwire.com/next"],
    ["no link", "https://"],
  ])("fail on a next page that is %s", async (_, next) => {
    const { client } = await clientThatGets(page(next), page(null));
    await expect(collect(list(client))).rejects.toMatchObject({ name: "UnexpectedAnswerError" });
  });

  test("fail when a link leads back to the page it is on", async () => {
    const { client, origin } = await clientThatGets(page(queryOf(page, 1)));
    await expect(collect(list(client))).rejects.toMatchObject({ name: "UnexpectedAnswerError" });
    expect(origin.requests).toHaveLength(2);
  });

  test("fail when a link leads back to a page before", async () => {
    const around = [1, 2, 3, 1].map((number) => page(queryOf(page, number)));
    const { client, origin } = await clientThatGets(...around);
    await expect(collect(list(client))).rejects.toMatchObject({ name: "UnexpectedAnswerError" });
    expect(origin.requests).toHaveLength(4);
  });

  test("fail when a link leads back to the first page", async () => {
    const first = page === restPage ? "/r?page_number=0" : "/r?Page=0";
    const back = page(`https://evil.example${first}`, first);
    const { client, origin } = await clientThatGets(page(queryOf(page, 1), first), back);
    await expect(collect(list(client))).rejects.toMatchObject({ name: "UnexpectedAnswerError" });
    expect(origin.requests).toHaveLength(2);
  });

  test("send nothing to the host of a link", async () => {
    await using evil = await startOrigin((_, response) => response.end("{}"), "localhost");
    const next = `${evil.origin}/steal${queryOf(page, 1)}`;
    const { client, origin } = await clientThatGets(page(next), page(null));
    await collect(list(client));
    const [first, second] = origin.requests.map(({ path }) => new URL(path, origin.origin));
    expect(second?.pathname).toBe(first?.pathname);
    expect(second?.search).toBe(queryOf(page, 1));
    expect(evil.requests).toHaveLength(0);
  });

  test.each([[{}], [[]], [5], ["x"], [{ links: {}, next_page_uri: null }]])(
    "fail on a page without its list: %j",
    async (body) => {
      const { client } = await clientThatGets(body);
      await expect(collect(list(client))).rejects.toMatchObject({ name: "UnexpectedAnswerError" });
    },
  );

  test("fail on a list of something else than objects", async () => {
    const names = ["recordings", "messages", "media_list", "faxes", "fax_media", "data"];
    for (const wrong of [null, 5, "x", {}, [null], ["x"]]) {
      const lists = Object.fromEntries(names.map((name) => [name, wrong]));
      // The other name of the list of fax media has no list either.
      const { client } = await clientThatGets({ ...page(null), media: wrong, ...lists });
      await expect(collect(list(client))).rejects.toMatchObject({ name: "UnexpectedAnswerError" });
    }
  });
});

describe("a REST list that has no links may have more pages, so it fails", () => {
  test.each<[string, (client: Client) => AsyncIterable<unknown>]>([
    ["projects", (client) => client.projects.list()],
    ["recordings", (client) => client.recordings.list({ source: "relay" })],
  ])("%s", async (_, list) => {
    for (const links of [undefined, null, "x"]) {
      const { client } = await clientThatGets({ data: [], links });
      await expect(collect(list(client))).rejects.toMatchObject({ name: "UnexpectedAnswerError" });
    }
  });
});

describe("an item that is not passed over, since it would look absent", () => {
  const withItem = (item: object) => ({ ...compatibilityPage(null), recordings: [item] });
  const list = (client: Client) => client.recordings.list({ source: "compatibility" });

  test.each([
    ["an id that is no UUID", { sid: "RE123" }],
    ["an id that is a path", { sid: `../${id}` }],
    ["no id", { sid: undefined }],
    ["no date", { date_created: null }],
    ["a date that is none", { date_created: "yesterday" }],
    ["a date that is a number", { date_created: 5 }],
  ])("with %s is an UnexpectedAnswerError", async (_, wrong) => {
    const { client } = await clientThatGets(withItem({ ...recording, ...wrong }));
    await expect(collect(list(client))).rejects.toMatchObject({ name: "UnexpectedAnswerError" });
  });

  test("is read by get() just as strictly", async () => {
    for (const body of [{}, 5, { ...recording, sid: "x" }]) {
      const { client } = await clientThatGets(body);
      await expect(client.recordings.get(id)).rejects.toMatchObject({
        name: "UnexpectedAnswerError",
      });
    }
  });
});

test("fax media are read under either of the names the platform documents", async () => {
  const media = [
    { sid: id, content_type: "application/pdf", date_created: "2026-03-10T12:00:00Z" },
  ];
  for (const name of ["media", "fax_media"]) {
    const { client } = await clientThatGets({ next_page_uri: null, [name]: media });
    expect(await collect(client.faxMedia.list(id))).toMatchObject([{ id }]);
  }
});

test("a page that never comes ends with the timeout of the call", async () => {
  await using origin = await startOrigin(() => {});
  const client = createClient({ space: origin.origin, projectId, apiToken: "PT-synthetic" });
  await expect(collect(client.faxes.list({ timeout: 50 }))).rejects.toMatchObject({
    name: "TimeoutError",
    timeout: 50,
  });
});

test("filters and page size go along to every page", async () => {
  const { client, origin } = await clientThatGets(
    compatibilityPage("/?Page=1&PageToken=PA1&PageSize=7&From=%2B1"),
    compatibilityPage(null),
  );
  const createdAfter = new Date("2026-03-10T12:00:00Z");
  await collect(client.faxes.list({ createdAfter, from: "+15550100001", pageSize: 30 }));
  const filters = { DateCreatedAfter: "2026-03-09", From: "+15550100001", PageSize: "30" };
  const queries = origin.requests.map(({ path }) =>
    Object.fromEntries(new URL(path, origin.origin).searchParams),
  );
  expect(queries).toEqual([filters, { ...filters, Page: "1", PageToken: "PA1" }]);
});
