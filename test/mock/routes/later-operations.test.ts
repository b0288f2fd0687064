import type { Schemas } from "@media-protection/contract";
import { describe, expect, test } from "vitest";
import { basic, json, sending, setScene } from "../scene.js";

// What came to the platform later: where the URLs of media are in it.

const at = Date.UTC(2026, 2, 1, 12);
const [callId, conferenceId] = [
  "a0000000-0000-4000-8000-00000000000c",
  "a0000000-0000-4000-8000-00000000000d",
];

describe("recordings by their call and their conference", () => {
  test.each([
    ["Calls", { callId }],
    ["Conferences", { conferenceId }],
  ])("are in %s, and no others are", async (parent, of) => {
    const { platform, ask, root, account } = setScene();
    const { recording } = platform.addRecording({ ...of, createdAt: at });
    const other = platform.addRecording({ conferenceId: platform.uuid() }).recording;
    platform.addRecording();
    const path = `/${parent}/${Object.values(of)[0]}/Recordings`;

    const list = await json<Schemas["RecordingList"]>(ask(account(path), { headers: root }));
    expect(list.recordings.map(({ sid }) => sid)).toEqual([recording.id]);

    const one = await json<Schemas["Recording"]>(
      ask(account(`${path}/${recording.id}`), { headers: root }),
    );
    expect(one).toEqual(list.recordings[0]);
    const usual = ask(account(`/Recordings/${recording.id}.json`), { headers: root });
    expect(one).toEqual(await json(usual));
    const { status } = await ask(account(`${path}/${other.id}`), { headers: root });
    expect(status).toBe(404);
  });
});

describe("the log of a conference", () => {
  const logOf = async (...statuses: readonly Schemas["RecordingStatus"][]) => {
    const scene = setScene();
    const { platform, ask, root, space } = scene;
    const added = statuses.map((status, index) =>
      platform.addRecording({ conferenceId, status, seconds: 5, createdAt: at + index * 60_000 }),
    );
    platform.addRecording();
    const logs = ask(space("/api/logs/conferences"), { headers: root });
    const { data } = await json<Schemas["ConferenceLogList"]>(logs);
    expect(data).toHaveLength(1);
    return { scene, added, log: data[0] };
  };

  test("has the URL of the newest recording that ended, with its length and size", async () => {
    const { scene, added, log } = await logOf("completed", "stopped", "in-progress");
    const { recording, urls } = added[1] ?? added[0] ?? scene.platform.addRecording();
    expect(log).toMatchObject({
      id: conferenceId,
      type: "relay_conference",
      created_at: "2026-03-01T12:00:00Z",
      status: "in-progress",
      recording_url: urls.files,
      recording_duration: 5,
      recording_file_size: recording.files.wav.size,
    });
    const bytes = await scene.ask(urls.files);
    expect((await bytes.arrayBuffer()).byteLength).toBe(recording.files.wav.size);
  });

  test("has none before one has ended", async () => {
    const { log } = await logOf("in-progress");
    expect(log).toMatchObject({
      recording_url: null,
      recording_duration: null,
      recording_file_size: null,
    });
  });

  test("leads to bytes that are protected like any", async () => {
    const { scene, added } = await logOf("completed");
    const url = added[0]?.urls.files ?? "";
    scene.platform.setProtection(scene.projectId, { recordings: true });
    expect((await scene.ask(url)).status).toBe(401);
    expect((await scene.ask(url, { headers: scene.root })).status).toBe(200);
  });
});

describe("the events of a voice log", () => {
  test.each<[Schemas["RecordingStatus"], readonly string[]]>([
    ["queued", ["recording"]],
    ["in-progress", ["recording"]],
    ["resumed", ["recording"]],
    ["paused", ["recording", "paused"]],
    ["completed", ["recording", "finished"]],
    ["stopped", ["recording", "finished"]],
    ["absent", ["recording", "no_input"]],
  ])("of a recording that is %s say %j, each with the URL", async (status, states) => {
    const { platform, ask, root, space } = setScene();
    const { urls, recording } = platform.addRecording({ callId, status, seconds: 2 });
    platform.addRecording();
    const events = ask(space(`/api/voice/logs/${callId}/events`), { headers: root });
    const { data } = await json<Schemas["VoiceLogEventList"]>(events);
    expect(data.map(({ details }) => details.params)).toEqual(
      states.map((state) => ({
        state,
        recording_id: recording.id,
        url: urls.files,
        ...(state === "finished" && { duration: 2 }),
      })),
    );
  });

  test("of several recordings are in the order of time", async () => {
    const { platform, ask, root, space } = setScene();
    for (const createdAt of [at + 60_000, at, at + 1000]) {
      platform.addRecording({ callId, createdAt, seconds: 10 });
    }
    const events = ask(space(`/api/voice/logs/${callId}/events`), { headers: root });
    const { data } = await json<Schemas["VoiceLogEventList"]>(events);
    const times = data.map(({ event_at }) => event_at);
    expect(times).toEqual(times.toSorted());
    expect(times).toHaveLength(6);
  });
});

describe("a message of the REST API", () => {
  test("says where its attachments are, keeps them when its text is redacted, and its place", async () => {
    const { platform, ask, root, space, account } = setScene();
    const { message, urls } = platform.addMessageMedia({ createdAt: at, body: "Secret" });
    const { id: messageId } = message;
    const second = platform.addMessageMedia({ messageId, createdAt: at, contentType: "image/png" });
    platform.addMessageMedia({ createdAt: at + 1000 });
    const list = () =>
      json<Schemas["MessageList"]>(ask(account("/Messages.json"), { headers: root }));
    const before = await list();

    const url = space(`/api/messaging/messages/${messageId}`);
    const changed = await json<Schemas["RestMessage"]>(
      ask(url, sending("PATCH", root, { body: "" })),
    );

    expect(changed).toMatchObject({
      body: "",
      kind: "mms",
      direction: "inbound",
      media: [urls.files, second.urls.files],
    });
    for (const one of changed.media) expect((await ask(one)).status).toBe(200);
    const now = await list();
    expect(now.messages.map(({ sid }) => sid)).toEqual(before.messages.map(({ sid }) => sid));
    expect(now.messages[1]).toMatchObject({ sid: messageId, body: "", num_media: 2 });
  });

  test("is not a subproject's to change", async () => {
    const { platform, ask, space, projectId } = setScene();
    const { message } = platform.addMessageMedia({ projectId });
    const child = platform.addProject();
    const { token } = platform.addToken({ projectId: child.id, scopes: ["messaging"] });
    const url = space(`/api/messaging/messages/${message.id}`);
    const answer = await ask(url, sending("PATCH", basic(child.id, token), { body: "" }));
    expect(answer.status).toBe(404);
    expect(platform.messages.get(message.id)?.body).toBe("A picture");
  });
});
