import { mediaType } from "../download/file-name.js";
import {
  type CallbackMedia,
  count,
  type Field,
  maxAttachments,
  medium,
  noRecording,
  text,
  within,
} from "./callback-media.js";
import { WebhookError } from "./webhook-error.js";

// Callbacks in JSON: events of Relay and SWML, and what SWML and AI agents send of a call.

const received = /^(?:receive|inbound)$/;
const recordedWhole = /^(?:finished|completed)$/;
const conferenceOver = /^(?:conference-end|record-stop)$/;

/** The media of an event, which says in `event_type` what it is. */
export function mediaInEvent(event: string, field: Field): (CallbackMedia | undefined)[] {
  const params = within(paramsOf(field("params")));
  const projectId = text(field("project_id")) ?? text(params("project_id"));
  switch (event) {
    case "calling.call.record":
    case "calling.call.transcribe":
      return [recordingEvent(event, params, projectId)];
    case "calling.call.fax":
      return [faxEvent(params, projectId)];
    case "calling.conference":
      return [conferenceEvent(params, projectId)];
    case "messaging.receive":
    case "messaging.state":
      return mediaOfMessage(params, projectId);
    default:
      return [];
  }
}

/** The media of an inbound message as SWML asks what to do with it: `{ message: { media } }`. */
export function mediaOfMessage(message: Field, projectId?: string): (CallbackMedia | undefined)[] {
  const media = message("media");
  const list: readonly unknown[] = Array.isArray(media) ? media.slice(0, maxAttachments) : [];
  return list.map((one) => {
    const part = within(one);
    return medium("messageMedia", typeof one === "string" ? one : part("url"), {
      ready: true,
      status: text(message("message_state")) ?? text(message("status")),
      contentType: mediaType(text(part("content_type")) ?? null),
      size: count(part("size")),
      projectId: projectId ?? text(message("project_id")),
      messageId: text(message("message_id")) ?? text(message("id")),
    });
  });
}

/** The media in the variables of a SWML script, as `vars` and `SWMLVars` carry them. */
export function mediaInVariables(
  variables: Field,
  call: Field,
  projectId: string | undefined,
): (CallbackMedia | undefined)[] {
  const of = { projectId, callId: text(call("call_id")) ?? text(call("id")) };
  const [record, background, fax] = ["record", "record_call", "receive_fax"].map((verb) =>
    text(variables(`${verb}_result`)),
  );
  const isEnded = text(call("call_state")) === "ended";
  return [
    noRecording.test(record ?? "")
      ? undefined
      : medium("recording", variables("record_url"), { ...of, ready: true, status: record }),
    noRecording.test(background ?? "")
      ? undefined
      : // It goes on in the background, and its URL is there from the beginning.
        medium("recording", variables("record_call_url"), {
          ...of,
          ready: isEnded,
          status: background,
        }),
    medium("faxMedia", variables("receive_fax_document"), {
      ...of,
      ready: fax === undefined || fax === "success",
      status: fax,
    }),
  ];
}

/**
 * `params` as an object; some senders put its JSON text there.
 *
 * @throws WebhookError `unrecognised` for a text that is no JSON
 */
function paramsOf(value: unknown): unknown {
  if (typeof value !== "string" || value.trim() === "") return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new WebhookError(
      "unrecognised",
      "The callback's params are a text that is no JSON, such as the printed form of a Python dictionary: whoever passed the callback on must send it as JSON.",
    );
  }
}

function recordingEvent(
  event: string,
  params: Field,
  projectId: string | undefined,
): CallbackMedia | undefined {
  const record = within(params("record"));
  const state = text(params("state"));
  if (noRecording.test(state ?? "")) return undefined;
  // What is transcribed has been recorded.
  const isWhole = state === undefined ? event === "calling.call.transcribe" : undefined;
  return medium("recording", params("url") ?? record("url"), {
    ready: isWhole ?? recordedWhole.test(state ?? ""),
    status: state,
    size: count(params("size") ?? record("size")),
    duration: count(params("duration") ?? record("duration")),
    projectId,
    recordingId: text(params("recording_id")),
    callId: text(params("call_id")),
  });
}

function conferenceEvent(params: Field, projectId: string | undefined): CallbackMedia | undefined {
  const status = text(params("status"));
  return medium("recording", params("recording_url"), {
    ready: conferenceOver.test(status ?? ""),
    status,
    size: count(params("recording_file_size")),
    duration: count(params("recording_duration")),
    projectId,
    recordingId: text(params("recording_id")),
    conferenceId: text(params("conference_id")),
  });
}

function faxEvent(params: Field, projectId: string | undefined): CallbackMedia | undefined {
  const fax = within(params("fax"));
  const status = text(fax("type"));
  const said = within(fax("params"));
  const direction = text(said("direction"));
  // The document of a fax that was sent is the sender's own.
  if (direction !== undefined && !received.test(direction)) return undefined;
  if (said("success") === false || status === "error") return undefined;
  return medium("faxMedia", said("document"), {
    ready: status === undefined || status === "finished",
    status,
    projectId,
    faxId: text(said("fax_id")),
    callId: text(params("call_id")),
  });
}
