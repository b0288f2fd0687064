import { createClient } from "@media-protection/sdk";
import { mediaInCallback } from "@media-protection/sdk/webhooks";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  account,
  attachments,
  faxForm,
  files,
  formText,
  id,
  messageForm,
  parent,
  projectId,
  recordingEvent,
  recordingForm,
  recordingOnSpace,
} from "../../helpers/callbacks/media-callbacks.js";

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
