import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { hour, noon, startListedMock } from "../../helpers/mock/listed-mock.js";
import { collect } from "../../helpers/values/collect.js";

/** How the lists go from page to page, against the real mock over HTTP. */

const mock = await startListedMock();
const { server, client, asked, addEach, addRecordings, addMessages, addFaxes } = mock;

afterAll(() => server.close());
beforeEach(() => mock.reset());

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

describe("toArray", () => {
  test("gives the first items of a list, and asks for no page beyond them", async () => {
    const added = addMessages(230);
    const first = await client.messages.list({ pageSize: 100 }).toArray({ limit: 100 });
    expect(first.map(({ id }) => id)).toEqual(added.slice(0, 100));
    expect(asked).toHaveLength(1);
    const all = await client.messages.list({ pageSize: 100 }).toArray({ limit: Infinity });
    expect(all.map(({ id }) => id)).toEqual(added);
  });

  test("of recordings, which come from two lists", async () => {
    const added = addRecordings(5);
    const first = await client.recordings.list().toArray({ limit: 3 });
    expect(first.map(({ id }) => id)).toEqual(added.slice(0, 3));
  });

  test.each([
    ["no limit", {}],
    ["an unset limit", { limit: undefined }],
    ["none at all", undefined],
    ["0", { limit: 0 }],
    ["a half", { limit: 1.5 }],
    ["a text", { limit: "10" }],
    ["another option", { limit: 1, max: 2 }],
  ])("with %s is refused before any request", async (_, options) => {
    for (const list of [client.messages.list(), client.recordings.list(), client.projects.list()]) {
      // @ts-expect-error none of them compiles
      await expect(list.toArray(options)).rejects.toMatchObject({ name: "OptionError" });
    }
    expect(asked).toEqual([]);
  });
});
