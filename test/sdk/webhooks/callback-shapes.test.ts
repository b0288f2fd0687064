import { type CallbackMedia, mediaInCallback } from "@media-protection/sdk/webhooks";
import { describe, expect, test } from "vitest";
import {
  callId,
  faxEvent,
  faxForm,
  files,
  id,
  parent,
  projectId,
  recordingEvent,
  recordingForm,
} from "../../helpers/callbacks/media-callbacks.js";

/** Every shape of callback that the platform is known to send, and what is to be read from it. */

const spaceId = "e5b0f6d2-2222-4ccc-9ddd-eeeeeeeeeeee";
const hosted = `${files}/${spaceId}/${projectId}`;
const recordingUrl = `${hosted}/recordings/${id}.wav`;
const pictureUrl = `${hosted}/message-media/IMG_1234.JPG`;
const documentUrl = `${hosted}/faxes/20240509-${id}.pdf`;
const call = { call_id: callId, project_id: projectId, space_id: spaceId, call_state: "answered" };
const message = {
  message_id: parent,
  project_id: projectId,
  space_id: spaceId,
  direction: "inbound",
  type: "mms",
  from: "+15550100001",
  to: "+15550100002",
  body: "see",
};
const event = (event_type: string, params: unknown) => ({
  event_type,
  project_id: projectId,
  space_id: spaceId,
  params,
});
const agent = { app_name: "agent", call_id: callId, project_id: projectId, conversation_id: "c" };

const recording: Partial<CallbackMedia> = {
  kind: "recording",
  url: recordingUrl,
  ready: true,
  projectId,
};
const picture: Partial<CallbackMedia> = {
  kind: "messageMedia",
  url: pictureUrl,
  ready: true,
  projectId,
};
const document: Partial<CallbackMedia> = {
  kind: "faxMedia",
  url: documentUrl,
  ready: true,
  projectId,
};

const shapes: [what: string, body: object, expected: Partial<CallbackMedia>[]][] = [
  [
    "SWML's inbound message, media as URLs",
    { message: { ...message, media: [pictureUrl, recordingUrl] }, params: {} },
    [
      { ...picture, messageId: parent },
      { kind: "messageMedia", url: recordingUrl },
    ],
  ],
  [
    "SWML's inbound message, media as objects",
    {
      message: {
        ...message,
        media: [{ url: pictureUrl, content_type: "Image/JPEG", size: 1234 }],
      },
    },
    [{ ...picture, contentType: "image/jpeg", size: 1234 }],
  ],
  ["SWML's inbound message without media", { message: { ...message, media: [] } }, []],
  ["SWML's inbound message of text alone", { message }, []],
  [
    "SWML's document fetch after a recording",
    { call, vars: { record_url: recordingUrl, record_result: "success" }, params: {} },
    [{ ...recording, callId }],
  ],
  [
    "SWML's document fetch while a call is recorded in the background",
    { call, vars: { record_call_url: recordingUrl, record_call_result: "success" }, params: {} },
    [{ ...recording, ready: false }],
  ],
  [
    "the same of a call that has ended",
    { call: { ...call, call_state: "ended" }, vars: { record_call_url: recordingUrl } },
    [recording],
  ],
  [
    "SWML's document fetch after a recording without a sound",
    { call, vars: { record_url: recordingUrl, record_result: "no_input" } },
    [],
  ],
  [
    "SWML's document fetch after a fax was received",
    { call, vars: { receive_fax_document: documentUrl, receive_fax_result: "success" } },
    [{ ...document, callId }],
  ],
  [
    "the same of a fax that failed",
    { call, vars: { receive_fax_document: documentUrl, receive_fax_result: "failed" } },
    [{ ...document, ready: false }],
  ],
  ["SWML's document fetch without media", { call, vars: {}, params: {} }, []],
  ["a call without variables", { call }, []],
  [
    "an AI agent's post-prompt",
    { ...agent, action: "post_conversation", SWMLVars: { record_call_url: recordingUrl } },
    [{ ...recording, ready: false, callId }],
  ],
  [
    "an AI agent's SWAIG call",
    { ...agent, function: "lookup", argument: {}, SWMLVars: { record_url: recordingUrl } },
    [recording],
  ],
  [
    "the end of a conference",
    event("calling.conference", {
      status: "conference-end",
      conference_id: parent,
      recording_url: recordingUrl,
      recording_file_size: 5,
      recording_duration: "7",
    }),
    [{ ...recording, conferenceId: parent, size: 5, duration: 7 }],
  ],
  [
    "a conference whose recording has stopped",
    event("calling.conference", { status: "record-stop", recording_url: recordingUrl }),
    [recording],
  ],
  [
    "a conference that is still recorded",
    event("calling.conference", { status: "participant-join", recording_url: recordingUrl }),
    [{ ...recording, ready: false }],
  ],
  [
    "a transcription",
    event("calling.call.transcribe", {
      url: recordingUrl,
      recording_id: id,
      call_id: callId,
      duration: 3,
      size: 4,
    }),
    [{ ...recording, recordingId: id, callId, duration: 3, size: 4 }],
  ],
  [
    "a message that was received, by Relay",
    event("messaging.receive", {
      message_id: parent,
      message_state: "received",
      media: [pictureUrl],
    }),
    [{ ...picture, messageId: parent, status: "received" }],
  ],
  [
    "a message's state, by Relay",
    event("messaging.state", { message_id: parent, message_state: "delivered", media: [] }),
    [],
  ],
  [
    "an event whose params are JSON text",
    event("calling.call.record", JSON.stringify(recordingEvent.params)),
    [recording],
  ],
  ["a message's status", { id: parent, project_id: projectId, status: "delivered" }, []],
  ["an event about something else", event("calling.call.state", { call_id: callId }), []],
  ["a fax that was sent, in SWML", faxIs({ direction: "send" }), []],
  ["a fax that failed, in SWML", faxIs({ success: false }), []],
  ["a fax whose direction nobody says, in SWML", faxIs({ direction: undefined }), [document]],
  [
    "a fax that was sent, as a form",
    { ...faxForm, Direction: "outbound", FaxStatus: "delivered" },
    [],
  ],
  [
    "a fax that failed, as a form",
    { ...faxForm, FaxStatus: "failed", ErrorCode: "1" },
    [{ ...document, ready: false }],
  ],
  [
    "a conference's status form, of no account",
    {
      ConferenceSid: parent,
      StatusCallbackEvent: "conference-end",
      RecordingUrl: recordingForm.RecordingUrl,
      RecordingFileSize: "9",
    },
    [{ kind: "recording", ready: true, conferenceId: parent, size: 9 }],
  ],
  [
    "a conference's status form while it goes on",
    {
      ConferenceSid: parent,
      StatusCallbackEvent: "participant-join",
      RecordingUrl: recordingForm.RecordingUrl,
    },
    [{ kind: "recording", ready: false }],
  ],
  ["a conference's status form without a recording", { ConferenceSid: parent }, []],
];

function faxIs(changes: object) {
  const { params } = faxEvent;
  return {
    ...faxEvent,
    params: { ...params, fax: { ...params.fax, params: { ...params.fax.params, ...changes } } },
  };
}

describe("a callback tells of its media", () => {
  test.each(shapes)("%s", (_, body, expected) => {
    const found = mediaInCallback(JSON.stringify(body));
    expect(found).toMatchObject(expected);
    expect(found).toHaveLength(expected.length);
    // As a framework's parser gives it.
    expect(mediaInCallback(structuredClone(body) as Record<string, unknown>)).toEqual(found);
  });
});

describe("what is no callback, or cannot be read, is told as such", () => {
  test.each([
    ["nothing", "{}", /no callback/],
    ["another's JSON", '{"type":"invoice.paid","data":{}}', /no callback/],
    ["a text", "hello", /no callback/],
    [
      "params in the printed form of another language",
      JSON.stringify(event("calling.call.record", "{'url': 'https://x', 'state': None}")),
      /no JSON/,
    ],
  ])("%s", (_, body, message) => {
    expect(() => mediaInCallback(body)).toThrowError(
      expect.objectContaining({
        name: "WebhookError",
        reason: "unrecognised",
        message: expect.stringMatching(message),
      }),
    );
  });

  test("and media that are no URLs, or no list, are no media", () => {
    for (const media of [null, 5, "https://x", {}, [null, 5, {}, [], { url: 5 }, ""]]) {
      expect(mediaInCallback({ message: { ...message, media } })).toEqual([]);
    }
  });
});
