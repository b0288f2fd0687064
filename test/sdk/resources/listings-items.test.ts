import type { MediaRef } from "@media-protection/sdk";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { noon, startListedMock, unknownId } from "../../helpers/mock/listed-mock.js";
import { collect } from "../../helpers/values/collect.js";

/** What the lists give, and what can be done with it, against the real mock over HTTP. */

const mock = await startListedMock();
const { server, client, addRecordings, addMessages, addFaxes } = mock;

afterAll(() => server.close());
beforeEach(() => mock.reset());

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
    await client.protection.enable("all");
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
