import { createClient } from "@media-protection/sdk";
import { describe, expect, test } from "vitest";
import { collect } from "../../helpers/values/collect.js";

/** Pages that overlap, and pages without end. */

const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
const idOf = (n: number) => `0b7e0c1a-93a4-4a54-8a6e-${n.toString(16).padStart(12, "0")}`;
const date = "Tue, 10 Mar 2026 12:00:00 +0000";
const compatibility = (n: number) => ({
  sid: idOf(n),
  date_created: date,
  date_sent: date,
  status: "completed",
  direction: "inbound",
  from: "+1",
  to: "+2",
  num_media: 0,
  num_pages: "1",
  content_type: "image/png",
  channels: "1",
  duration: 1,
});
const rest = (n: number) => ({
  id: idOf(n),
  project_id: projectId,
  created_at: "2026-03-10T12:00:00Z",
  status: "completed",
  stereo: true,
  duration_in_seconds: 1,
});

/** A client that gets a page of the items that `itemsOf` says, in either API. */
function clientThatGets(itemsOf: (page: number) => readonly number[], last: number) {
  let requests = 0;
  const client = createClient({
    space: "example",
    projectId,
    apiToken: "PT-synthetic",
    fetch: async () => {
      const page = requests++;
      const next = page < last ? `/r?Page=${page + 1}&page_number=${page + 1}` : undefined;
      const items = itemsOf(page).map(compatibility);
      const first = "/r?Page=0&page_number=0";
      return Response.json({
        first_page_uri: first,
        next_page_uri: next ?? null,
        recordings: items,
        messages: items,
        media_list: items,
        faxes: items,
        fax_media: items,
        links: { self: first, first, ...(next !== undefined && { next }) },
        data: itemsOf(page).map(rest),
      });
    },
  });
  return { client, requests: () => requests };
}
type Client = ReturnType<typeof createClient>;
const lists: Record<string, (client: Client) => AsyncIterable<{ readonly id: string }>> = {
  "compatibility recordings": (client) => client.recordings.list({ source: "compatibility" }),
  "relay recordings": (client) => client.recordings.list({ source: "relay" }),
  messages: (client) => client.messages.list(),
  "message media": (client) => client.messageMedia.list(idOf(0)),
  faxes: (client) => client.faxes.list(),
  "fax media": (client) => client.faxMedia.list(idOf(0)),
  projects: (client) => client.projects.list(),
};

describe.each(Object.entries(lists))("%s", (_, list) => {
  test("come once, on a page twice, on the next, and on a later one", async () => {
    const pages = [[1, 2, 2], [2, 3], [4], [1, 5]];
    const { client } = clientThatGets((page) => pages[page] ?? [], 3);
    const items = await collect(list(client));
    expect(items.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5].map(idOf));
  });

  test.each([
    ["empty", () => []],
    ["the same", () => [1]],
  ])("end with an error where the pages stay %s", async (_what, items) => {
    const { client, requests } = clientThatGets(items, Infinity);
    await expect(collect(list(client))).rejects.toThrowError(/brought nothing new/);
    expect(requests()).toBeLessThanOrEqual(101);
  });

  test("may have 99 empty pages in between, again and again", async () => {
    const { client } = clientThatGets((page) => (page % 100 === 0 ? [page] : []), 200);
    expect(await collect(list(client))).toHaveLength(3);
  });
});

test("raw pages that stay empty end, too", async () => {
  const { client, requests } = clientThatGets(() => [], Infinity);
  await expect(collect(client.faxes.list().pages())).rejects.toThrowError(/brought nothing new/);
  expect(requests()).toBe(100);
});

test("an item of 10,000 items ago is still known", async () => {
  const range = (page: number) => Array.from({ length: 1000 }, (_, n) => page * 1000 + n);
  const { client } = clientThatGets((page) => (page === 10 ? [1, 10_000] : range(page)), 10);
  expect(await collect(client.messages.list())).toHaveLength(10_001);
});
