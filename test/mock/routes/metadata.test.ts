import { describe, expect, test } from "vitest";
import { json, setScene } from "../scene.js";

const createdAt = Date.UTC(2024, 4, 9, 14, 3, 11);
const compat = "Thu, 09 May 2024 14:03:11 +0000";

describe("a recording", () => {
  test("as the compatibility API shows it", async () => {
    const { ask, root, platform, projectId } = setScene();
    const { recording, urls } = platform.addRecording({ createdAt, seconds: 22, channels: 2 });
    const path = `/api/laml/2010-04-01/Accounts/${projectId}/Recordings/${recording.id}`;
    expect(await json(ask(urls.metadata, { headers: root }))).toEqual({
      sid: recording.id,
      account_sid: projectId,
      api_version: "2010-04-01",
      call_sid: recording.call?.id,
      conference_sid: null,
      channel: "2",
      channels: "2",
      date_created: compat,
      date_updated: "Thu, 09 May 2024 14:03:33 +0000",
      start_time: compat,
      end_time: "Thu, 09 May 2024 14:03:33 +0000",
      duration: 22,
      price: "0.0025",
      price_unit: "USD",
      source: "RecordVerb",
      status: "completed",
      error_code: null,
      uri: `${path}.json`,
      subresource_uris: { transcriptions: `${path}/Transcriptions.json` },
      encryption_details: null,
      trim: "do-not-trim",
    });
  });

  test("has no end while it lasts", async () => {
    const { ask, root, platform } = setScene();
    const { urls } = platform.addRecording({ status: "in-progress" });
    expect(await json(ask(urls.metadata, { headers: root }))).toMatchObject({ end_time: null });
  });

  test("as the Relay REST API shows it, by the leg that was recorded", async () => {
    const { ask, root, platform, projectId, space } = setScene();
    const show = async (id: string) =>
      json(ask(space(`/api/relay/rest/recordings/${id}`), { headers: root }));
    const { recording, urls } = platform.addRecording({ createdAt, seconds: 22 });
    expect(await show(recording.id)).toEqual({
      id: recording.id,
      project_id: projectId,
      created_at: "2024-05-09T14:03:11Z",
      updated_at: "2024-05-09T14:03:33Z",
      duration_in_seconds: 22,
      price: 0.0025,
      price_unit: "USD",
      status: "completed",
      url: urls.files,
      stereo: false,
      byte_size: recording.files.wav.size,
      track: "both",
      relay_pstn_leg_id: recording.call?.legId,
    });
    for (const leg of ["sip", "webrtc"] as const) {
      const added = platform.addRecording({ leg }).recording;
      expect(await show(added.id)).toHaveProperty(`relay_${leg}_leg_id`, added.call?.legId);
    }
    const conferenceId = platform.uuid();
    const conference = platform.addRecording({ conferenceId }).recording;
    expect(await show(conference.id)).toHaveProperty("relay_conference_id", conferenceId);
  });

  test("beyond 2 GiB has no byte_size, which counts in 32 bits", async () => {
    const { ask, root, platform, space } = setScene();
    const { recording, urls } = platform.addRecording({ size: 2 ** 32 });
    const url = space(`/api/relay/rest/recordings/${recording.id}`);
    expect(await json(ask(url, { headers: root }))).not.toHaveProperty("byte_size");
    const head = await ask(urls.space, { method: "HEAD" });
    expect(head.headers.get("content-length")).toBe(String(2 ** 32));
  });

  test("is deleted with its bytes, by any of its paths", async () => {
    const { ask, root, platform, space } = setScene();
    for (const path of ["", ".json", "relay"]) {
      const { recording, urls } = platform.addRecording();
      const url =
        path === "relay"
          ? space(`/api/relay/rest/recordings/${recording.id}`)
          : `${urls.space}${path}`;
      const deleted = await ask(url, { method: "DELETE", headers: root });
      expect(deleted.status).toBe(204);
      for (const bytes of [urls.space, urls.spaceMp3, urls.files]) {
        expect((await ask(bytes)).status).toBe(404);
      }
      expect((await ask(url, { method: "DELETE", headers: root })).status).toBe(404);
    }
  });
});

describe("a message", () => {
  test("as the compatibility API shows it, with and without .json", async () => {
    const { ask, root, platform, projectId, account } = setScene();
    const { message } = platform.addMessageMedia({ createdAt });
    platform.addMessageMedia({ createdAt, messageId: message.id, contentType: "image/png" });
    const path = `/api/laml/2010-04-01/Accounts/${projectId}/Messages/${message.id}`;
    for (const extension of ["", ".json"]) {
      const url = account(`/Messages/${message.id}${extension}`);
      expect(await json(ask(url, { headers: root }))).toEqual({
        sid: message.id,
        account_sid: projectId,
        api_version: "2010-04-01",
        body: "A picture",
        num_segments: 1,
        num_media: 2,
        date_created: compat,
        date_sent: compat,
        date_updated: compat,
        direction: "inbound",
        error_code: null,
        error_message: null,
        from: "+15550100001",
        to: "+15550100002",
        price: 0.01,
        price_unit: "USD",
        status: "received",
        messaging_service_sid: null,
        uri: `${path}.json`,
        subresource_uris: { media: `${path}/Media.json` },
      });
    }
  });

  test("lists its attachments, each in its own type", async () => {
    const { ask, root, platform, projectId, account } = setScene();
    const { message, media } = platform.addMessageMedia({ createdAt });
    const png = platform.addMessageMedia({ messageId: message.id, contentType: "image/png" });
    platform.addMessageMedia();
    for (const extension of ["", ".json"]) {
      const url = account(`/Messages/${message.id}/Media${extension}`);
      expect(await json(ask(url, { headers: root }))).toMatchObject({
        media_list: [
          { sid: png.media.id, content_type: "image/png" },
          {
            sid: media.id,
            account_sid: projectId,
            parent_sid: message.id,
            content_type: "image/jpeg",
            date_created: compat,
            date_updated: compat,
            uri: `/api/laml/2010-04-01/Accounts/${projectId}/Messages/${message.id}/Media/${media.id}.json`,
          },
        ],
      });
    }
    const jpeg = await ask(account(`/Messages/${message.id}/Media/${media.id}`));
    expect(jpeg.headers.get("content-type")).toBe("image/jpeg");
  });

  test("is deleted with its attachments, unless it is in progress", async () => {
    const { ask, root, platform, account } = setScene();
    const done = platform.addMessageMedia();
    const queued = platform.addMessageMedia({ status: "queued" });
    const remove = async (path: string) =>
      (await ask(account(path), { method: "DELETE", headers: root })).status;
    expect(await remove(`/Messages/${queued.message.id}`)).toBe(422);
    expect(await remove(`/Messages/${queued.message.id}/Media/${queued.media.id}`)).toBe(422);
    expect((await ask(queued.urls.space)).status).toBe(200);
    expect(await remove(`/Messages/${done.message.id}.json`)).toBe(204);
    expect((await ask(done.urls.space)).status).toBe(404);
    expect(await remove(`/Messages/${done.message.id}`)).toBe(404);
  });

  test("loses one attachment at a time", async () => {
    const { ask, root, platform, account } = setScene();
    const first = platform.addMessageMedia();
    const second = platform.addMessageMedia({ messageId: first.message.id });
    const url = `${first.urls.space}.json`;
    expect((await ask(url, { method: "DELETE", headers: root })).status).toBe(204);
    expect((await ask(first.urls.space)).status).toBe(404);
    expect((await ask(second.urls.space)).status).toBe(200);
    const message = account(`/Messages/${first.message.id}`);
    expect(await json(ask(message, { headers: root }))).toMatchObject({ num_media: 1 });
  });
});

describe("a fax", () => {
  test("as the compatibility API shows it", async () => {
    const { ask, root, platform, projectId, account } = setScene();
    const { fax, media, urls } = platform.addFaxMedia({ createdAt, pages: 2 });
    const path = `/api/laml/2010-04-01/Accounts/${projectId}/Faxes/${fax.id}`;
    for (const extension of ["", ".json"]) {
      expect(await json(ask(account(`/Faxes/${fax.id}${extension}`), { headers: root }))).toEqual({
        sid: fax.id,
        account_sid: projectId,
        api_version: "2010-04-01",
        date_created: "2024-05-09T14:03:11Z",
        date_updated: "2024-05-09T14:04:01Z",
        direction: "inbound",
        from: "+15550100001",
        to: "+15550100002",
        media_url: urls.files,
        media_sid: media.id,
        num_pages: "2",
        price: "0.02",
        price_unit: "USD",
        quality: "fine",
        status: "received",
        duration: 50,
        links: { media: `${path}/Media` },
        url: path,
        error_code: null,
        error_message: null,
      });
    }
  });

  test("lists its document under both names", async () => {
    const { ask, root, platform, projectId, account } = setScene();
    const { fax, media } = platform.addFaxMedia({ createdAt });
    const path = `/api/laml/2010-04-01/Accounts/${projectId}/Faxes/${fax.id}/Media/${media.id}`;
    const document = {
      sid: media.id,
      account_sid: projectId,
      fax_sid: fax.id,
      content_type: "application/pdf",
      date_created: "2024-05-09T14:03:11Z",
      date_updated: "2024-05-09T14:03:11Z",
      uri: `${path}.json`,
      url: `${path}.json`,
    };
    for (const extension of ["", ".json"]) {
      const url = account(`/Faxes/${fax.id}/Media${extension}`);
      const list = await json(ask(url, { headers: root }));
      expect(list).toMatchObject({ media: [document], fax_media: [document] });
    }
  });

  test("as it is logged", async () => {
    const { ask, root, platform, space, account } = setScene();
    const { fax } = platform.addFaxMedia({ createdAt, pages: 3, status: "failed" });
    expect(await json(ask(space(`/api/fax/logs/${fax.id}`), { headers: root }))).toEqual({
      id: fax.id,
      from: fax.from,
      to: fax.to,
      status: "failed",
      direction: "inbound",
      source: "laml",
      type: "laml_call",
      url: account(`/Faxes/${fax.id}`),
      remote_station: null,
      charge: 0.03,
      number_of_pages: 3,
      quality: "fine",
      charge_details: [{ description: "Pages", charge: 0.03 }],
      created_at: "2024-05-09T14:03:11Z",
      error_code: "34502",
      error_message: "The fax could not be sent",
    });
  });

  test.each([
    ["sending", 409],
    ["queued", 409],
    ["receiving", 409],
    ["received", 204],
    ["failed", 204],
  ] as const)("that is %s answers a deletion with %s", async (status, expected) => {
    const { ask, root, platform, account } = setScene();
    const { fax, urls } = platform.addFaxMedia({ status });
    const init = { method: "DELETE", headers: root };
    expect((await ask(urls.metadata, init)).status).toBe(expected);
    expect((await ask(account(`/Faxes/${fax.id}`), init)).status).toBe(expected);
    const left = expected === 204 ? 404 : 200;
    expect((await ask(urls.space)).status).toBe(left);
    expect((await ask(account(`/Faxes/${fax.id}`), { headers: root })).status).toBe(left);
    expect((await ask(account(`/Faxes/${fax.id}/Media`), { headers: root })).status).toBe(left);
  });

  test("without its document has no media_url, and is still there", async () => {
    const { ask, root, platform, account } = setScene();
    const { fax, urls } = platform.addFaxMedia();
    await ask(urls.metadata, { method: "DELETE", headers: root });
    const read = await json(ask(account(`/Faxes/${fax.id}`), { headers: root }));
    expect(read).toMatchObject({ media_url: null, num_pages: "1" });
  });
});
