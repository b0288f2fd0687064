import { type CallbackBody, mediaInCallback } from "@media-protection/sdk/webhooks";
import { describe, expect, test } from "vitest";
import {
  account,
  attachments,
  callId,
  fax,
  faxEvent,
  faxForm,
  files,
  formText,
  id,
  messageForm,
  parent,
  projectId,
  recordingEvent,
  recordingForm,
  recordingOnFiles,
  recordingOnSpace,
} from "../../helpers/callbacks/media-callbacks.js";

function formData(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

describe("the five shapes", () => {
  test.each<[string, Record<string, string>, object[]]>([
    ["a recording", recordingForm, [recordingOnSpace]],
    ["a message", messageForm, attachments],
    ["a fax", faxForm, [{ ...fax, status: "received", faxId: parent, mediaId: id }]],
  ])("the form of %s, in whatever way it was parsed", (_, fields, expected) => {
    const text = formText(fields);
    const bodies = [
      text,
      new TextEncoder().encode(text),
      new URLSearchParams(text),
      formData(fields),
      fields,
      Object.assign(Object.create(null), fields),
    ];
    for (const body of bodies) expect(mediaInCallback(body)).toEqual(expected);
  });

  test.each<[string, object, object[]]>([
    ["a recording", recordingEvent, [recordingOnFiles]],
    ["a fax", faxEvent, [{ ...fax, status: "finished", callId }]],
  ])("the JSON of %s, as text and parsed", (_, event, expected) => {
    const bodies = [JSON.stringify(event), ` \n${JSON.stringify(event, null, 2)}`, { ...event }];
    for (const body of bodies) expect(mediaInCallback(body)).toEqual(expected);
  });

  test("a recording's URL within the event's record", () => {
    const { url, size, duration, ...params } = recordingEvent.params;
    const event = { ...recordingEvent, params: { ...params, record: { url, size, duration } } };
    expect(mediaInCallback(event)).toEqual([recordingOnFiles]);
  });
});

describe("whether the file is there yet", () => {
  test.each<[string | undefined, boolean]>([
    ["in-progress", false],
    ["completed", true],
    [undefined, true],
  ])("RecordingStatus %s: %s", (status, ready) => {
    const { RecordingStatus: _, ...rest } = recordingForm;
    const form = status === undefined ? rest : { ...rest, RecordingStatus: status };
    expect(mediaInCallback(form)).toMatchObject([{ ready }]);
  });

  test.each([
    ["recording", false],
    ["paused", false],
    ["finished", true],
    [undefined, false],
  ])("state %s: %s", (state, ready) => {
    const event = { ...recordingEvent, params: { ...recordingEvent.params, state } };
    expect(mediaInCallback(event)).toMatchObject([{ ready }]);
  });

  test.each([
    ["receiving", false],
    ["sending", false],
    ["processing", false],
    ["queued", false],
    ["received", true],
    ["delivered", true],
    ["failed", false],
    ["no-answer", false],
    ["busy", false],
    ["canceled", false],
  ])("FaxStatus %s: %s", (status, ready) => {
    expect(mediaInCallback({ ...faxForm, FaxStatus: status })).toMatchObject([{ ready }]);
  });

  test("a fax event that is not the last", () => {
    const event = {
      ...faxEvent,
      params: { fax: { ...faxEvent.params.fax, type: "page" } },
    };
    expect(mediaInCallback(event)).toMatchObject([{ ready: false, status: "page" }]);
  });
});

describe("a callback without media is an empty list", () => {
  test.each<[string, CallbackBody]>([
    ["a message without attachments", { MessageSid: parent, AccountSid: projectId, NumMedia: "0" }],
    ["the status of a message", "MessageSid=x&MessageStatus=delivered&AccountSid=y"],
    ["the status of a call", "CallSid=x&CallStatus=completed"],
    ["a recording that is absent", { ...recordingForm, RecordingStatus: "absent" }],
    ["a recording that failed", { ...recordingForm, RecordingStatus: "failed" }],
    ["an empty URL", { ...recordingForm, RecordingUrl: "" }],
    ["a fax without document", { FaxSid: parent, FaxStatus: "queued" }],
    ["a fax with only the sender's document", { FaxSid: parent, OriginalMediaUrl: files }],
    ["an event about something else", { event_type: "calling.call.state", params: { url: files } }],
    ["an event without params", { event_type: "calling.call.record" }],
    ["an event with odd params", { event_type: "calling.call.record", params: [null] }],
    ["a fax event without document", { event_type: "calling.call.fax", params: { fax: null } }],
    ["a URL that is no text", { event_type: "calling.call.record", params: { url: { a: 1 } } }],
    ...["no_input", "error"].map((state): [string, CallbackBody] => [
      `a recording that ended in ${state}`,
      { ...recordingEvent, params: { ...recordingEvent.params, state } },
    ]),
  ])("%s", (_, body) => {
    expect(mediaInCallback(body)).toEqual([]);
  });
});

describe("what is no callback is a typed error", () => {
  test.each<[string, unknown]>([
    ["empty", ""],
    ["words", "hello"],
    ["HTML", "<html><body>AccountSid</body></html>"],
    ["a JSON list", JSON.stringify([recordingEvent])],
    ["a list", [recordingEvent]],
    ["JSON of something else", '{"url":"https://files.signalwire.com"}'],
    ["JSON cut short", JSON.stringify(recordingEvent).slice(0, -1)],
    ["JSON deeper than any stack", `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`],
    ["media without any id of the platform", { MediaUrl0: `${account}/Recordings/${id}` }],
    ["an event whose type is no text", { event_type: 5, params: recordingEvent.params }],
    ["nothing", undefined],
    ["null", null],
    ["a number", 5],
    ["a function", () => recordingForm],
    ["an iterable of no pairs", new Set([recordingForm])],
  ])("%s", (_, body) => {
    // The cast is the test: what a wrong parser would give.
    expect(() => mediaInCallback(body as never)).toThrowError(
      expect.objectContaining({ name: "WebhookError", reason: "unrecognised" }),
    );
  });

  test("a body longer than 1 MiB", () => {
    for (const body of [
      "CallSid=x&".padEnd(1024 * 1024 + 1, "x"),
      new Uint8Array(1024 * 1024 + 1),
    ]) {
      expect(() => mediaInCallback(body)).toThrowError(
        expect.objectContaining({ name: "WebhookError", reason: "too-large" }),
      );
    }
    expect(mediaInCallback("CallSid=x&".padEnd(1024 * 1024, "x"))).toEqual([]);
  });
});
