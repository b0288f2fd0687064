import { createClient } from "@media-protection/sdk";
import { type CallbackBody, mediaInCallback } from "@media-protection/sdk/webhooks";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
const id = "0b7e0c1a-93a4-4a54-8a6e-6a1f3c2d4e5f";
const callId = "8c2e4c53-2f2b-4f6f-a1de-9b7a36d1f0aa";
const parent = "7d1c2b3a-1111-4aaa-8bbb-cccccccccccc";
const spaceId = "e5b0f6d2-2222-4ccc-9ddd-eeeeeeeeeeee";
const space = "https://example.signalwire.com";
const files = "https://files.signalwire.com";
const account = `${space}/api/laml/2010-04-01/Accounts/${projectId}`;
const hosted = `${files}/${spaceId}/${projectId}`;

const recordingForm = {
  AccountSid: projectId,
  CallSid: callId,
  RecordingSid: id,
  RecordingUrl: `${account}/Recordings/${id}`,
  RecordingStatus: "completed",
  RecordingDuration: "12",
  RecordingChannels: "2",
  RecordingSource: "DialVerb",
};
const recordingEvent = {
  event_type: "calling.call.record",
  event_channel: "swml:x",
  project_id: projectId,
  space_id: spaceId,
  params: {
    call_id: callId,
    recording_id: id,
    state: "finished",
    url: `${hosted}/recordings/${id}.wav`,
    size: 298_284,
    duration: 18.5,
    record: { audio: { format: "wav" } },
  },
};
const messageForm = {
  MessageSid: parent,
  SmsSid: parent,
  AccountSid: projectId,
  MessageStatus: "received",
  From: "+15550100001",
  Body: "two pictures",
  NumMedia: "2",
  MediaUrl0: `${account}/Messages/${parent}/Media/${id}`,
  MediaContentType0: "image/jpeg",
  MediaUrl1: `${hosted}/messages/${id}.pdf`,
  MediaContentType1: "Application/PDF; charset=binary",
};
const faxForm = {
  FaxSid: parent,
  AccountSid: projectId,
  FaxStatus: "received",
  MediaSid: id,
  MediaUrl: `${hosted}/faxes/20240509-${id}.pdf`,
  OriginalMediaUrl: "https://customer.example/original.pdf",
  NumPages: "2",
  RemoteStationId: "station",
  ErrorCode: "",
  ErrorMessage: "",
};
const faxEvent = {
  event_type: "calling.call.fax",
  project_id: projectId,
  params: {
    call_id: callId,
    fax: {
      type: "finished",
      params: {
        direction: "receive",
        document: `${hosted}/faxes/20240509-${id}.pdf`,
        pages: 2,
        success: true,
      },
    },
  },
};

const recordingOnSpace = {
  kind: "recording",
  url: recordingForm.RecordingUrl,
  ref: { kind: "recording", spaceOrigin: space, projectId, recordingId: id },
  ready: true,
  status: "completed",
  duration: 12,
  projectId,
  recordingId: id,
  callId,
};
const recordingOnFiles = {
  kind: "recording",
  url: recordingEvent.params.url,
  ref: { kind: "recording", origin: files, spaceId, projectId, file: `${id}.wav` },
  ready: true,
  status: "finished",
  size: 298_284,
  duration: 18.5,
  projectId,
  recordingId: id,
  callId,
};
const ofMessage = {
  kind: "messageMedia",
  ready: true,
  status: "received",
  projectId,
  messageId: parent,
};
const attachments = [
  {
    ...ofMessage,
    url: messageForm.MediaUrl0,
    ref: { kind: "messageMedia", spaceOrigin: space, projectId, messageId: parent, mediaId: id },
    contentType: "image/jpeg",
  },
  {
    ...ofMessage,
    url: messageForm.MediaUrl1,
    ref: { kind: "messageMedia", origin: files, spaceId, projectId, file: `${id}.pdf` },
    contentType: "application/pdf",
  },
];
const fax = {
  kind: "faxMedia",
  url: faxForm.MediaUrl,
  ref: { kind: "faxMedia", origin: files, spaceId, projectId, file: `20240509-${id}.pdf` },
  ready: true,
  projectId,
};

function formText(fields: Record<string, string>): string {
  return new URLSearchParams(fields).toString();
}

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
    ["failed", true],
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

describe("hostile input", () => {
  test("NumMedia is not believed: it neither loops nor hides attachments", () => {
    for (const NumMedia of ["1000000000", "1e9", "-1", "0", "NaN", "Infinity", ""]) {
      expect(mediaInCallback({ ...messageForm, NumMedia })).toEqual(attachments);
    }
  });

  test("a gap hides nothing behind it, and a flood is cut", () => {
    const gap = { MessageSid: parent, MediaUrl7: messageForm.MediaUrl0 };
    expect(mediaInCallback(gap)).toMatchObject([{ url: messageForm.MediaUrl0 }]);
    const flood = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [`MediaUrl${index}`, `${files}/${index}`]),
    );
    expect(mediaInCallback({ MessageSid: parent, ...flood })).toHaveLength(100);
  });

  test("of a repeated parameter the first counts, however the body was parsed", () => {
    const text = `${formText(recordingForm)}&RecordingUrl=https%3A%2F%2Fevil.example`;
    const parsed = {
      ...recordingForm,
      RecordingUrl: [recordingForm.RecordingUrl, "https://evil.example"],
    };
    for (const body of [text, new URLSearchParams(text), parsed]) {
      expect(mediaInCallback(body)).toEqual([recordingOnSpace]);
    }
  });

  test.each([
    "https://evil.example/recording.wav",
    "http://169.254.169.254/latest/meta-data",
    "file:///etc/passwd",
    "javascript:alert(1)",
    `https://user:pass@example.signalwire.com/api/laml/2010-04-01/Accounts/${projectId}/Recordings/${id}`,
    `${account}/Recordings/${id}.json`,
    "x".repeat(10_000),
  ])("a URL that is no media URL has no reference: %.60s", (url) => {
    expect(mediaInCallback({ ...recordingForm, RecordingUrl: url })).toMatchObject([
      { url, ref: undefined },
    ]);
  });

  test.each([["-1"], ["1e3"], ["NaN"], ["Infinity"], ["12 "], [""], ["9".repeat(400)]])(
    "a duration that is no number of seconds is left out: %.20j",
    (duration) => {
      const [media] = mediaInCallback({ ...recordingForm, RecordingDuration: duration });
      expect(media).not.toHaveProperty("duration");
    },
  );

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, null, "x", {}, [5]])(
    "a size that is no number of bytes is left out: %j",
    (size) => {
      const event = { ...recordingEvent, params: { ...recordingEvent.params, size } };
      expect(mediaInCallback(event)[0]).not.toHaveProperty("size");
    },
  );

  test("keys of the prototype are no fields", () => {
    const body = JSON.parse(
      `{"__proto__":{"CallSid":"x","RecordingUrl":"${recordingForm.RecordingUrl}"},"constructor":"x"}`,
    );
    expect(() => mediaInCallback(body)).toThrowError(
      expect.objectContaining({ reason: "unrecognised" }),
    );
    expect(() => mediaInCallback(JSON.stringify(body))).toThrowError(
      expect.objectContaining({ reason: "unrecognised" }),
    );
  });

  test("never ends in anything but a list or a typed error", () => {
    const names = fc.constantFrom(
      ...Object.keys({ ...recordingForm, ...messageForm, ...faxForm }),
      "event_type",
      "params",
      "__proto__",
    );
    const object = fc.dictionary(names, fc.oneof(fc.jsonValue(), fc.anything()));
    const body = fc.oneof(
      object,
      object.map((value) => ({ ...recordingEvent, params: value })),
      fc.json(),
      fc.string({ unit: "binary" }),
      fc.anything(),
    );
    fc.assert(
      fc.property(body, (input) => {
        try {
          // The cast is the test.
          expect(mediaInCallback(input as never)).toBeInstanceOf(Array);
        } catch (error) {
          expect(error).toMatchObject({ name: "WebhookError", reason: "unrecognised" });
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

test("downloading what a callback names is decided by the client: no token for a foreign URL", async () => {
  let resolved = 0;
  const client = createClient({
    space: "example",
    projectId,
    apiToken: () => {
      resolved += 1;
      return "PT-canary";
    },
    fetch: async () => new Response("", { status: 404 }),
  });
  for (const [url, name, tokens] of [
    [recordingForm.RecordingUrl, "NotFoundError", 1],
    [recordingEvent.params.url, "NotFoundError", 1],
    [recordingForm.RecordingUrl.replace("example", "other"), "UntrustedUrlError", 0],
  ] as const) {
    resolved = 0;
    for (const item of mediaInCallback({ ...recordingForm, RecordingUrl: url })) {
      await expect(client.media.download(item.url)).rejects.toMatchObject({ name });
      if (item.ref) await expect(client.media.download(item.ref)).rejects.toMatchObject({ name });
    }
    expect(resolved, url).toBe(2 * tokens);
  }
});
