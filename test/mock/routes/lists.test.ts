import type { Schemas } from "@media-protection/contract";
import { describe, expect, test } from "vitest";
import { json, setScene } from "../scene.js";

const hour = 3_600_000;
const noon = Date.UTC(2026, 2, 1, 12);

/** Seven recordings an hour apart from noon of 1 March 2026, the last two of them a day later. */
function sevenRecordings() {
  const scene = setScene();
  const ids = [0, 1, 2, 3, 4, 24, 25].map(
    (hours) => scene.platform.addRecording({ createdAt: noon + hours * hour }).recording.id,
  );
  const list = (query: string) =>
    json<Schemas["RecordingList"]>(
      scene.ask(scene.account(`/Recordings${query}`), { headers: scene.root }),
    );
  return { ...scene, ids, list };
}

describe("a list of the compatibility API", () => {
  test("begins with the newest, and knows that it is whole", async () => {
    const { list, ids, projectId } = sevenRecordings();
    const { recordings, ...page } = await list("");
    expect(recordings.map(({ sid }) => sid)).toEqual(ids.toReversed());
    const uri = `/api/laml/2010-04-01/Accounts/${projectId}/Recordings?Page=0&PageSize=50`;
    expect(page).toEqual({
      uri,
      first_page_uri: uri,
      next_page_uri: null,
      previous_page_uri: null,
      page: 0,
      page_size: 50,
    });
  });

  test.each([1, 2, 3, 6, 7, 8])("is walked forth and back, %d to a page", async (size) => {
    const { ask, root, space, account, ids } = sevenRecordings();
    const newest = ids.toReversed();
    const get = (url: string) => json<Schemas["RecordingList"]>(ask(url, { headers: root }));
    const pages: Schemas["RecordingList"][] = [];
    for (let next: string | null = account(`/Recordings?PageSize=${size}`); next !== null; ) {
      const page: Schemas["RecordingList"] = await get(next);
      pages.push(page);
      next = page.next_page_uri === null ? null : space(page.next_page_uri);
    }
    expect(pages.map(({ page }) => page)).toEqual([...pages.keys()]);
    expect(pages.flatMap(({ recordings }) => recordings).map(({ sid }) => sid)).toEqual(newest);

    const back = [...pages];
    for (let page = back.pop(); page !== undefined; page = back.pop()) {
      const before = back.at(-1);
      if (before === undefined) {
        expect(page.previous_page_uri).toBeNull();
      } else {
        expect((await get(space(page.previous_page_uri ?? ""))).recordings).toEqual(
          before.recordings,
        );
      }
      expect((await get(space(page.uri))).recordings).toEqual(page.recordings);
      expect((await get(space(page.first_page_uri))).recordings).toEqual(pages[0]?.recordings);
    }
  });

  test("neither repeats nor skips when items come and go between pages", async () => {
    const { list, platform, ids, space, ask, root } = sevenRecordings();
    const first = await list("?PageSize=3");
    platform.addRecording({ createdAt: noon + 100 * hour });
    platform.recordings.delete(ids[4] ?? "");
    const second = await json<Schemas["RecordingList"]>(
      ask(space(first.next_page_uri ?? ""), { headers: root }),
    );
    expect(first.recordings.map(({ sid }) => sid)).toEqual([ids[6], ids[5], ids[4]]);
    expect(second.recordings.map(({ sid }) => sid)).toEqual([ids[3], ids[2], ids[1]]);
  });

  test("tells items of the same millisecond apart", async () => {
    const { ask, root, space, account, platform } = setScene();
    const ids = Array.from(
      { length: 5 },
      () => platform.addRecording({ createdAt: noon }).recording.id,
    );
    const seen: string[] = [];
    for (let next: string | null = account("/Recordings?PageSize=2"); next !== null; ) {
      const page: Schemas["RecordingList"] = await json(ask(next, { headers: root }));
      seen.push(...page.recordings.map(({ sid }) => sid));
      next = page.next_page_uri === null ? null : space(page.next_page_uri);
    }
    expect(seen).toEqual(ids.toReversed());
  });

  test("beyond its end is empty", async () => {
    const { list } = sevenRecordings();
    expect((await list("?Page=9")).recordings).toEqual([]);
    expect((await list("?Page=2147483647&PageSize=1000")).next_page_uri).toBeNull();
  });

  test("by number alone is the same page as by token", async () => {
    const { list, ids } = sevenRecordings();
    const { recordings } = await list("?Page=1&PageSize=3");
    expect(recordings.map(({ sid }) => sid)).toEqual([ids[3], ids[2], ids[1]]);
  });

  test.each([
    ["PageSize=0", 422],
    ["PageSize=1001", 422],
    ["PageSize=1000", 200],
    ["PageSize=x", 400],
    ["PageSize=1.5", 400],
    ["PageSize=", 400],
    ["Page=-1", 422],
    ["Page=99999999999999999999", 422],
    ["PageToken=x", 422],
    ["PageToken=PA0000000000000000-0", 200],
    ["DateCreated=yesterday", 422],
    ["DateCreated=2026-13-01", 422],
    ["DateCreated%3E=2026-02-30T00:00:00Z", 422],
    ["CallSid=x", 422],
    ["Unknown=1", 200],
    ["%", 200],
    ["PageSize=%ff", 400],
  ])("with %s answers %s", async (query, status) => {
    const { ask, root, account } = setScene();
    const response = await ask(account(`/Recordings?${query}`), { headers: root });
    expect(response.status).toBe(status);
  });

  test("keeps its filters in the links", async () => {
    const { list } = sevenRecordings();
    const { next_page_uri } = await list("?PageSize=1&DateCreated=2026-03-01");
    expect(next_page_uri).toContain("DateCreated=2026-03-01&");
  });
});

describe("dates", () => {
  test.each([
    ["DateCreated=2026-03-01", [0, 1, 2, 3, 4]],
    ["DateCreated=2026-03-02", [5, 6]],
    ["DateCreated=2026-03-02T23:00:00Z", [5, 6]],
    ["DateCreated=2026-03-03", []],
    ["DateCreated%3E=2026-03-02", [5, 6]],
    ["DateCreated%3E=2026-03-01", [0, 1, 2, 3, 4, 5, 6]],
    ["DateCreated%3C=2026-03-02", [0, 1, 2, 3, 4]],
    ["DateCreated%3E=2026-03-01T13:00:00Z", [2, 3, 4, 5, 6]],
    ["DateCreated%3E=2026-03-01T13:00:00", [2, 3, 4, 5, 6]],
    ["DateCreated%3E=2026-03-01T15:00:00%2B02:00", [2, 3, 4, 5, 6]],
    ["DateCreated%3E=Sun,%2001%20Mar%202026%2013:00:00%20%2B0000", [2, 3, 4, 5, 6]],
    ["DateCreated%3C=2026-03-01T13:00:00Z", [0]],
    ["DateCreated%3E=2026-03-01T13:00:00Z&DateCreated%3C=2026-03-02", [2, 3, 4]],
    // Unencoded, as curl sends them.
    ["DateCreated>=2026-03-02", [5, 6]],
  ] as const)("%s", async (query, expected) => {
    const { list, ids } = sevenRecordings();
    const { recordings } = await list(`?${query}`);
    expect(recordings.map(({ sid }) => ids.indexOf(sid)).sort()).toEqual([...expected]);
  });
});

describe("filters", () => {
  test("of recordings: the call, the conference", async () => {
    const { ask, root, account, platform } = setScene();
    const call = platform.addRecording();
    const conferenceId = platform.uuid();
    const conference = platform.addRecording({ conferenceId });
    const sids = async (query: string) => {
      const url = account(`/Recordings?${query}`);
      const list = await json<Schemas["RecordingList"]>(ask(url, { headers: root }));
      return list.recordings.map(({ sid }) => sid);
    };
    expect(await sids(`CallSid=${call.recording.call?.id}`)).toEqual([call.recording.id]);
    expect(await sids(`ConferenceSid=${conferenceId}`)).toEqual([conference.recording.id]);
    expect(await sids(`CallSid=${conferenceId}`)).toEqual([]);
  });

  test("of messages: the numbers, the state, the day they were sent", async () => {
    const { ask, root, account, platform } = setScene();
    const received = platform.addMessageMedia({ createdAt: noon, from: "+15550100009" }).message;
    const queued = platform.addMessageMedia({ createdAt: noon, status: "queued" }).message;
    const later = platform.addMessageMedia({ createdAt: noon + 24 * hour }).message;
    const sids = async (query: string) => {
      const url = account(`/Messages?${query}`);
      const list = await json<Schemas["MessageList"]>(ask(url, { headers: root }));
      return list.messages.map(({ sid }) => sid);
    };
    expect(await sids("From=%2B15550100009")).toEqual([received.id]);
    expect(await sids("To=%2B15550100001")).toEqual([queued.id]);
    expect(await sids("Status=queued")).toEqual([queued.id]);
    // What was never sent has no such day.
    expect(await sids("DateSent=2026-03-01")).toEqual([received.id]);
    expect(await sids("DateSent%3E=2026-03-02")).toEqual([later.id]);
    const { status } = await ask(account("/Messages?Status=lost"), { headers: root });
    expect(status).toBe(422);
  });

  test("of faxes: the numbers, and dates of names that say what they mean", async () => {
    const { ask, root, account, platform } = setScene();
    const first = platform.addFaxMedia({ createdAt: noon, from: "+15550100009" }).fax;
    const second = platform.addFaxMedia({ createdAt: noon + 24 * hour, to: "+15550100008" }).fax;
    const sids = async (query: string) => {
      const url = account(`/Faxes?${query}`);
      const list = await json<Schemas["FaxList"]>(ask(url, { headers: root }));
      return list.faxes.map(({ sid }) => sid);
    };
    expect(await sids("From=%2B15550100009")).toEqual([first.id]);
    expect(await sids("To=%2B15550100008")).toEqual([second.id]);
    // On or before a date: that whole day too.
    expect(await sids("DateCreatedOnOrBefore=2026-03-01")).toEqual([first.id]);
    expect(await sids("DateCreatedAfter=2026-03-02")).toEqual([second.id]);
  });

  test("of fax logs: dates, and whether deleted faxes are listed", async () => {
    const { ask, root, space, account, platform } = setScene();
    const kept = platform.addFaxMedia({ createdAt: noon }).fax;
    const gone = platform.addFaxMedia({ createdAt: noon + 24 * hour }).fax;
    await ask(account(`/Faxes/${gone.id}`), { method: "DELETE", headers: root });
    const ids = async (query: string) => {
      const url = space(`/api/fax/logs?${query}`);
      const list = await json<Schemas["FaxLogList"]>(ask(url, { headers: root }));
      return list.data.map(({ id }) => id);
    };
    expect(await ids("")).toEqual([kept.id]);
    expect(await ids("include_deleted=false")).toEqual([kept.id]);
    expect(await ids("include_deleted=true")).toEqual([gone.id, kept.id]);
    expect(await ids("include_deleted=true&created_on=2026-03-02")).toEqual([gone.id]);
    expect(await ids("include_deleted=true&created_before=2026-03-02")).toEqual([kept.id]);
    expect(await ids("include_deleted=true&created_after=2026-03-02")).toEqual([gone.id]);
    const wrong = await ask(space("/api/fax/logs?include_deleted=yes"), { headers: root });
    expect(wrong.status).toBe(400);
  });

  test("of projects: the name", async () => {
    const { ask, root, space, platform } = setScene();
    const { id } = platform.addProject({ name: "A & B" });
    const url = space("/api/projects?name=A%20%26%20B");
    const list = await json<Schemas["ProjectList"]>(ask(url, { headers: root }));
    expect(list.data.map((project) => project.id)).toEqual([id]);
    expect(list.links.self).toBe(space("/api/projects?name=A+%26+B&page_number=0&page_size=50"));
  });
});

describe("a list of the REST API", () => {
  const lists = ["/api/projects", "/api/relay/rest/recordings", "/api/fax/logs"];

  test.each(lists)("%s is walked by its absolute links", async (path) => {
    const { ask, root, space, platform } = setScene();
    for (let count = 0; count < 5; count++) {
      platform.addProject();
      platform.addRecording();
      platform.addFaxMedia();
    }
    type List = Schemas["ProjectList"];
    const get = (url: string) => json<List>(ask(url, { headers: root }));
    const whole = await get(space(path));
    expect(whole.links).toEqual({
      self: space(`${path}?page_number=0&page_size=50`),
      first: space(`${path}?page_number=0&page_size=50`),
    });
    const pages: List[] = [];
    for (let next: string | undefined = space(`${path}?page_size=2`); next !== undefined; ) {
      const page: List = await get(next);
      pages.push(page);
      next = page.links.next;
    }
    expect(pages).toHaveLength(3);
    expect(pages.flatMap(({ data }) => data)).toEqual(whole.data);
    expect(pages[0]?.links.prev).toBeUndefined();
    expect((await get(pages[2]?.links.prev ?? "")).data).toEqual(pages[1]?.data);
    expect((await get(pages[1]?.links.prev ?? "")).data).toEqual(pages[0]?.data);
  });

  test.each([
    ["page_size=0", 400, 422],
    ["page_size=1001", 400, 422],
    ["page_size=x", 400, 400],
    ["page_number=-1", 400, 422],
    ["page_token=x", 400, 422],
    ["page_size=1000", 200, 200],
  ])("with %s answers %s, in the fax logs %s", async (query, ofProjects, ofFaxLogs) => {
    const { ask, root, space } = setScene();
    for (const [path, status] of [
      ["/api/projects", ofProjects],
      ["/api/fax/logs", ofFaxLogs],
    ] as const) {
      expect((await ask(space(`${path}?${query}`), { headers: root })).status).toBe(status);
    }
  });
});
