import { mediaType } from "../download/file-name.js";
import {
  type CallbackMedia,
  count,
  type Field,
  maxAttachments,
  medium,
  noRecording,
  text,
} from "./callback-media.js";

// Callbacks of the compatibility API: forms, each parameter by its name.

const unfinishedFax = /^(?:queued|processing|sending|receiving)$/;
const failedFax = /^(?:failed|no-answer|busy|cancel(?:l)?ed)$/;
const sent = /^outbound/i;
const conferenceOver = /^(?:conference-end|record(?:ing)?-(?:stop|end|completed))$/;

/** The media of a form, of whichever sort it is. */
export function mediaInForm(field: Field): (CallbackMedia | undefined)[] {
  return [recordingForm(field), ...messageForm(field), faxForm(field)];
}

function recordingForm(field: Field): CallbackMedia | undefined {
  const status = text(field("RecordingStatus"));
  if (noRecording.test(status ?? "")) return undefined;
  const event = text(field("ConferenceSid")) && text(field("StatusCallbackEvent"));
  const isOver = event === undefined || conferenceOver.test(event);
  return medium("recording", field("RecordingUrl"), {
    ready: status === undefined ? isOver : status === "completed",
    status: status ?? event,
    size: count(field("RecordingFileSize")),
    duration: count(field("RecordingDuration")),
    projectId: text(field("AccountSid")),
    recordingId: text(field("RecordingSid")),
    callId: text(field("CallSid")),
    conferenceId: text(field("ConferenceSid")),
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
  if (sent.test(text(field("Direction")) ?? "")) return undefined;
  const status = text(field("FaxStatus"));
  const failed = failedFax.test(status ?? "") || text(field("ErrorCode")) !== undefined;
  // OriginalMediaUrl is the sender's own document, not media of the platform.
  return medium("faxMedia", field("MediaUrl"), {
    ready: !failed && !unfinishedFax.test(status ?? ""),
    status,
    projectId: text(field("AccountSid")),
    faxId: text(field("FaxSid")),
    mediaId: text(field("MediaSid")),
  });
}
