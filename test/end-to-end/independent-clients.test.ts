import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type Account,
  bytesUrl,
  expectRead,
  independentClients,
  readBytes,
  rejectionOf,
  type Stage,
  setStage,
} from "../helpers/mock/independent-clients.js";

// What others wrote for the real platform runs on the mock as it is: here what the clients have in
// common, in independent-clients-own.test.ts what each has alone.

const noon = Date.UTC(2026, 2, 1, 12);
const hour = 3_600_000;
const wrongToken = "PT-of-somebody-else";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
beforeEach(() => stage.server.platform.reset());
afterEach(() => expect(stage.lookup).not.toHaveBeenCalled());
afterAll(() => stage.close());

describe.each(independentClients)("%s", (_, open) => {
  const platform = () => stage.server.platform;
  const account = (token?: string): Account => open(stage.server, token);
  const sids = (items: readonly { sid: string }[]) => items.map(({ sid }) => sid);
  /** How many pages of such a list were asked for. */
  const pages = (name: string) => platform().journal.find({ path: `*/${name}.json` }).length;

  describe("recordings", () => {
    test.each([
      [1, 7],
      [3, 3],
      [7, 1],
      [50, 1],
    ])("are listed newest first, %d to a page", async (pageSize, expectedPages) => {
      const ids = [0, 1, 2, 3, 4, 5, 6].map(
        (hours) => platform().addRecording({ createdAt: noon + hours * hour }).recording.id,
      );
      const listed = await account().recordings.list({ pageSize });
      expect(sids(listed)).toEqual(ids.toReversed());
      expect(pages("Recordings")).toBe(expectedPages);
    });

    test("are listed up to a limit, and no further pages asked for", async () => {
      for (let count = 0; count < 7; count++) platform().addRecording();
      expect(await account().recordings.list({ pageSize: 2, limit: 3 })).toHaveLength(3);
      expect(pages("Recordings")).toBe(2);
    });

    test("are filtered by when they were made, by call and by conference, on every page", async () => {
      const [first, second, third, conference] = [
        platform().addRecording({ createdAt: noon }),
        platform().addRecording({ createdAt: noon + hour }),
        platform().addRecording({ createdAt: noon + 24 * hour }),
        platform().addRecording({
          createdAt: noon + 48 * hour,
          conferenceId: "5eed0000-0000-4000-8000-00000000c0f1",
        }),
      ].map(({ recording }) => recording);
      const { recordings } = account();
      const list = async (filter: Parameters<typeof recordings.list>[0]) =>
        sids(await recordings.list({ pageSize: 1, ...filter }));

      expect(await list({ dateCreated: new Date(noon) })).toEqual([second?.id, first?.id]);
      const dateCreatedAfter = new Date(noon + hour);
      expect(await list({ dateCreatedAfter })).toEqual([conference?.id, third?.id]);
      const dateCreatedBefore = new Date(noon + 24 * hour);
      expect(await list({ dateCreatedBefore })).toEqual([second?.id, first?.id]);
      expect(await list({ callSid: second?.call?.id ?? "" })).toEqual([second?.id]);
      expect(await list({ conferenceSid: conference?.conferenceId ?? "" })).toEqual([
        conference?.id,
      ]);
      expect(await list({ callSid: first?.id ?? "" })).toEqual([]);
    });

    test("are fetched, every date a Date and every number a number", async () => {
      const { recording } = platform().addRecording({ createdAt: noon, seconds: 61, channels: 2 });
      const fetched = await account().recordings(recording.id).fetch();
      const fields = expectRead(fetched);
      expect(fields).toMatchObject({
        sid: recording.id,
        accountSid: platform().credentials.projectId,
        callSid: recording.call?.id,
        conferenceSid: null,
        dateCreated: new Date(noon),
        dateUpdated: new Date(noon + 61_000),
        startTime: new Date(noon),
        duration: 61,
        channels: 2,
        price: "0.0050",
        priceUnit: "USD",
        status: "completed",
        source: "RecordVerb",
        errorCode: null,
      });
      const [listed] = await account().recordings.list();
      expect(listed?.toJSON()).toEqual(fetched.toJSON());
    });

    test("are gone once they are removed", async () => {
      const kept = platform().addRecording().recording;
      const { recording } = platform().addRecording();
      const { recordings } = account();
      expect(await recordings(recording.id).remove()).toBe(true);
      const gone = { name: "RestException", status: 404, code: 20404 };
      expect(await rejectionOf(recordings(recording.id).fetch())).toMatchObject(gone);
      expect(await rejectionOf(recordings(recording.id).remove())).toMatchObject(gone);
      expect(sids(await recordings.list())).toEqual([kept.id]);
    });
  });

  describe("the bytes of a recording, by the URL that the client gives", () => {
    async function scene() {
      const { recording, urls } = platform().addRecording({ seconds: 1 });
      const url = bytesUrl(stage.server, await account().recordings(recording.id).fetch());
      expect(url).toBe(urls.space);
      return { url, wav: Buffer.from(recording.files.wav.bytes()) };
    }

    test("are anybody's while the switch is off", async () => {
      const { url, wav } = await scene();
      const { status, bytes } = await readBytes(url);
      expect(status).toBe(200);
      expect(bytes.equals(wav)).toBe(true);
    });

    test("need the client's credentials while it is on; its metadata needs them always", async () => {
      const { url, wav } = await scene();
      const { projectId } = platform().credentials;
      platform().setProtection(projectId, { recordings: true });
      expect((await readBytes(url)).status).toBe(401);
      expect((await readBytes(url, stage.server, wrongToken)).status).toBe(401);
      const { status, bytes } = await readBytes(url, stage.server);
      expect(status).toBe(200);
      expect(bytes.equals(wav)).toBe(true);
      expect(await account().recordings.list()).toHaveLength(1);
      platform().setProtection(projectId, { recordings: false });
      expect((await readBytes(url)).status).toBe(200);
    });
  });

  describe("messages", () => {
    test("are listed page by page, and filtered by number and by when they were sent", async () => {
      const theirs = "+15550100009";
      const add = (hours: number, from?: string) =>
        platform().addMessageMedia({
          createdAt: noon + hours * hour,
          ...(from === undefined ? {} : { from }),
        }).message.id;
      const [first, second, third] = [add(0), add(1, theirs), add(24)];
      const { messages } = account();
      expect(sids(await messages.list({ pageSize: 2 }))).toEqual([third, second, first]);
      expect(pages("Messages")).toBe(2);
      expect(sids(await messages.list({ from: theirs }))).toEqual([second]);
      expect(sids(await messages.list({ to: theirs }))).toEqual([]);
      const day = { dateSent: new Date(noon) };
      expect(sids(await messages.list({ pageSize: 1, ...day }))).toEqual([second, first]);
      expect(sids(await messages.list({ dateSentAfter: new Date(noon + hour) }))).toEqual([third]);
    });

    test("are fetched, one that failed with its error as a number", async () => {
      const { message } = platform().addMessageMedia({ createdAt: noon, status: "failed" });
      const fields = expectRead(await account().messages(message.id).fetch());
      expect(fields).toMatchObject({
        sid: message.id,
        dateCreated: new Date(noon),
        dateSent: new Date(noon),
        dateUpdated: new Date(noon),
        numMedia: 1,
        numSegments: 1,
        price: 0.01,
        status: "failed",
        errorCode: 30008,
      });
    });

    test("are gone once they are removed, with what was attached", async () => {
      const { message, media } = platform().addMessageMedia();
      const { messages } = account();
      expect(await messages(message.id).remove()).toBe(true);
      const gone = { name: "RestException", status: 404, code: 20404 };
      expect(await rejectionOf(messages(message.id).fetch())).toMatchObject(gone);
      expect(await rejectionOf(messages(message.id).media(media.id).fetch())).toMatchObject(gone);
    });

    test("that are on their way are not removed", async () => {
      const { message, media } = platform().addMessageMedia({ status: "queued" });
      const one = account().messages(message.id);
      const refused = { name: "RestException", status: 422, code: 20422 };
      expect(await rejectionOf(one.remove())).toMatchObject(refused);
      expect(await rejectionOf(one.media(media.id).remove())).toMatchObject(refused);
      expect(sids(await one.media.list())).toEqual([media.id]);
    });
  });

  describe("the media of a message", () => {
    function threePictures() {
      const { message, media: first } = platform().addMessageMedia({ createdAt: noon });
      const [second, third] = [1, 24].map(
        (hours) =>
          platform().addMessageMedia({
            messageId: message.id,
            contentType: "image/png",
            createdAt: noon + hours * hour,
          }).media,
      );
      return { message, first, second, third };
    }

    test("is listed page by page, and filtered by when it was made", async () => {
      const { message, first, second, third } = threePictures();
      const { media } = account().messages(message.id);
      expect(sids(await media.list({ pageSize: 2 }))).toEqual([third?.id, second?.id, first.id]);
      expect(pages("Media")).toBe(2);
      const dateCreated = new Date(noon);
      expect(sids(await media.list({ pageSize: 1, dateCreated }))).toEqual([second?.id, first.id]);
    });

    test("is fetched, and its bytes are where the client says", async () => {
      const { message, first } = threePictures();
      const fetched = await account().messages(message.id).media(first.id).fetch();
      expect(expectRead(fetched)).toMatchObject({
        sid: first.id,
        parentSid: message.id,
        contentType: "image/jpeg",
        dateCreated: new Date(noon),
        dateUpdated: new Date(noon),
      });
      const url = bytesUrl(stage.server, fetched);
      expect((await readBytes(url)).status).toBe(200);
      platform().setProtection(platform().credentials.projectId, { messageMedia: true });
      expect((await readBytes(url)).status).toBe(401);
      const { status, bytes } = await readBytes(url, stage.server);
      expect(status).toBe(200);
      expect(bytes.equals(Buffer.from(first.file.bytes()))).toBe(true);
    });

    test("is gone once it is removed", async () => {
      const { message, first, second, third } = threePictures();
      const { media } = account().messages(message.id);
      expect(await media(first.id).remove()).toBe(true);
      const gone = { name: "RestException", status: 404, code: 20404 };
      expect(await rejectionOf(media(first.id).fetch())).toMatchObject(gone);
      expect(sids(await media.list())).toEqual([third?.id, second?.id]);
    });
  });

  describe("credentials", () => {
    test("with a wrong token are the client's own error with the platform's code, and do nothing", async () => {
      const { recording } = platform().addRecording();
      const { recordings } = account(wrongToken);
      const denied = { name: "RestException", status: 401, code: 20003 };
      for (const attempt of [
        () => recordings.list(),
        () => recordings(recording.id).fetch(),
        () => recordings(recording.id).remove(),
      ]) {
        expect(await rejectionOf(attempt())).toMatchObject(denied);
      }
      expect(sids(await account().recordings.list())).toEqual([recording.id]);
    });

    test("that lack the scope open nothing of its kind", async () => {
      const { message } = platform().addMessageMedia();
      const { token } = platform().addToken({ scopes: ["messaging"] });
      const { recordings, messages } = account(token);
      expect(await rejectionOf(recordings.list())).toMatchObject({ status: 401, code: 20003 });
      expect(sids(await messages.list())).toEqual([message.id]);
    });
  });
});
