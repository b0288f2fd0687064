import type { MediaKind } from "@media-protection/contract";
import { mediaType } from "../download/file-name.js";
import { isRecord } from "../errors.js";
import { type MediaRef, readMediaUrl } from "../trust/media-reference.js";
import { type CallbackBody, type CallbackContent, readContent } from "./callback-body.js";
import { WebhookError } from "./webhook-error.js";

/**
 * One medium that a callback tells of: a source for `client.media.download` and `saveMedia`, which
 * decide whether it may have credentials. Everything in it is what the sender wrote, and widens
 * nothing: a subproject's media need a client whose option `projects` reaches them.
 */
export interface CallbackMedia {
  /** The kind, by the sort of callback. */
  readonly kind: MediaKind;
  /**
   * Where the medium is said to be. Give it to `client.media.download`, which decides whether it may
   * have credentials; never to anything else that has them.
   */
  readonly url: string;
  /** What the URL names; `undefined` where it is no media URL, so that a download would refuse it. */
  readonly ref: MediaRef | undefined;
  /**
   * Whether the callback says that the file is complete. Some URLs are sent while a recording still
   * runs. Even a complete file can take seconds to appear: see the option `waitUntilReady`.
   */
  readonly ready: boolean;
  /** The state of the recording, message or fax in the platform's words, such as `completed`. */
  readonly status?: string;
  /** The media type without parameters, lower case. Messages only. */
  readonly contentType?: string;
  /** The size in bytes. */
  readonly size?: number;
  /** How long the recording is, in seconds. */
  readonly duration?: number;
  /** The project that the sender names, which may be a subproject. The one in `ref` is what counts. */
  readonly projectId?: string;
  /** The recording's id. */
  readonly recordingId?: string;
  /** The call that was recorded, or that the fax came by. */
  readonly callId?: string;
  /** The message's id. */
  readonly messageId?: string;
  /** The fax's id. */
  readonly faxId?: string;
  /** The document's id. Faxes only. */
  readonly mediaId?: string;
}

/** More attachments than any carrier lets a message have. */
const maxAttachments = 100;
/** Parameters of which every form of the platform has one. */
const formSigns = ["AccountSid", "CallSid", "MessageSid", "SmsSid", "FaxSid", "RecordingSid"];
const unfinishedFax = /^(?:queued|processing|sending|receiving)$/;
const noRecording = /^(?:absent|failed|no_input|error)$/;

/**
 * The media a callback tells of: recordings (compatibility form; SWML and Relay
 * `calling.call.record`), attachments of a message, documents of a fax (compatibility form; SWML
 * `calling.call.fax`). Reads only: nothing is fetched, and nothing in it becomes trusted. Verify the
 * callback first, with `verifyWebhook`.
 *
 * @returns an empty list for a callback without media: no attachments, an absent or failed recording,
 *   an event about something else
 * @throws WebhookError `unrecognised` for what is no callback of the platform, `too-large` for more
 *   than 1 MiB
 * @example
 * for (const medium of mediaInCallback(body)) {
 *   if (medium.ready) await saveMedia(client, medium, "media/");
 * }
 */
export function mediaInCallback(body: CallbackBody): CallbackMedia[] {
  const field = fieldsOf(readContent(body));
  const event = text(field("event_type"));
  if (event !== undefined) {
    const media = event === "calling.call.record" ? recordingEvent(field) : faxEvent(event, field);
    return media ? [media] : [];
  }
  const media = [recordingForm(field), ...messageForm(field), faxForm(field)];
  if (!formSigns.some((name) => text(field(name)) !== undefined)) {
    throw new WebhookError(
      "unrecognised",
      "The body is no callback of the platform: it has neither an event_type nor the id of an account, call, message, fax or recording.",
    );
  }
  return media.filter((one) => one !== undefined);
}

/** What a callback says under a name. */
type Field = (name: string) => unknown;

function fieldsOf(content: CallbackContent): Field {
  if (!(content instanceof URLSearchParams)) return (name) => content[name];
  const form = new Map<string, string>();
  for (const [name, value] of content) if (!form.has(name)) form.set(name, value);
  return (name) => form.get(name);
}

/** A field whose value is an object, as fields of its own. */
function within(value: unknown): Field {
  return (name) => (isRecord(value) ? value[name] : undefined);
}

function recordingForm(field: Field): CallbackMedia | undefined {
  const status = text(field("RecordingStatus"));
  if (noRecording.test(status ?? "")) return undefined;
  return medium("recording", field("RecordingUrl"), {
    ready: status === undefined || status === "completed",
    status,
    duration: count(field("RecordingDuration")),
    projectId: text(field("AccountSid")),
    recordingId: text(field("RecordingSid")),
    callId: text(field("CallSid")),
  });
}

function messageForm(field: Field): (CallbackMedia | undefined)[] {
  // NumMedia is not asked: it may lie either way.
  return Array.from({ length: maxAttachments }, (_, index) =>
    medium("messageMedia", field(`MediaUrl${index}`), {
      ready: true,
      status: text(field("MessageStatus")) ?? text(field("SmsStatus")),
      contentType: mediaType(text(field(`MediaContentType${index}`)) ?? null),
      projectId: text(field("AccountSid")),
      messageId: text(field("MessageSid")) ?? text(field("SmsSid")),
    }),
  );
}

function faxForm(field: Field): CallbackMedia | undefined {
  const status = text(field("FaxStatus"));
  // OriginalMediaUrl is the sender's own document, not media of the platform.
  return medium("faxMedia", field("MediaUrl"), {
    ready: !unfinishedFax.test(status ?? ""),
    status,
    projectId: text(field("AccountSid")),
    faxId: text(field("FaxSid")),
    mediaId: text(field("MediaSid")),
  });
}

function recordingEvent(field: Field): CallbackMedia | undefined {
  const params = within(field("params"));
  const record = within(params("record"));
  const state = text(params("state"));
  if (noRecording.test(state ?? "")) return undefined;
  return medium("recording", params("url") ?? record("url"), {
    ready: state === "finished",
    status: state,
    size: count(params("size") ?? record("size")),
    duration: count(params("duration") ?? record("duration")),
    projectId: text(field("project_id")),
    recordingId: text(params("recording_id")),
    callId: text(params("call_id")),
  });
}

function faxEvent(event: string, field: Field): CallbackMedia | undefined {
  if (event !== "calling.call.fax") return undefined;
  const params = within(field("params"));
  const fax = within(params("fax"));
  const status = text(fax("type"));
  return medium("faxMedia", within(fax("params"))("document"), {
    ready: status === undefined || status === "finished",
    status,
    projectId: text(field("project_id")),
    callId: text(params("call_id")),
  });
}

/** What {@link CallbackMedia} says beyond the URL, where it was sent. */
type Said = {
  [Key in keyof Omit<CallbackMedia, "kind" | "url" | "ref">]: CallbackMedia[Key] | undefined;
} & { readonly ready: boolean };

function medium(kind: MediaKind, sent: unknown, said: Said): CallbackMedia | undefined {
  const url = text(sent);
  if (url === undefined) return undefined;
  const read = readMediaUrl(url);
  const known = Object.entries(said).filter(([, value]) => value !== undefined);
  return {
    kind,
    url,
    ref: "origin" in read ? read.ref : undefined,
    ready: said.ready,
    ...Object.fromEntries(known),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A number, 0 or more; forms send it as text. */
function count(value: unknown): number | undefined {
  const number = /^\d+(?:\.\d+)?$/.test(text(value) ?? "") ? Number(value) : value;
  return typeof number === "number" && number >= 0 && number < Infinity ? number : undefined;
}
