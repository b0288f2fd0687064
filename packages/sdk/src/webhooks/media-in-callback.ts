import { isRecord } from "../errors.js";
import { type CallbackBody, type CallbackContent, readContent } from "./callback-body.js";
import { mediaInEvent, mediaInVariables, mediaOfMessage } from "./callback-events.js";
import { mediaInForm } from "./callback-forms.js";
import { type CallbackMedia, type Field, text, within } from "./callback-media.js";
import { WebhookError } from "./webhook-error.js";

/** What callbacks are known by, where they have no `event_type`: names, of which each has one. */
const signs = [
  // Forms of the compatibility API.
  "AccountSid",
  "CallSid",
  "ConferenceSid",
  "FaxSid",
  "MessageSid",
  "RecordingSid",
  "SmsSid",
  // JSON of SWML, of AI agents, and of a message's status.
  "SWMLVars",
  "ai_session_id",
  "call_id",
  "message_id",
  "project_id",
  "space_id",
];

/**
 * The media a callback tells of: recordings (compatibility form; Relay and SWML events of calls,
 * conferences and transcriptions), attachments of a message (form; SWML's inbound message; Relay
 * events), documents of a received fax (form; SWML event), and those in the variables of a SWML script
 * or an AI agent's report. Reads only: nothing is fetched, and nothing in it becomes trusted. Verify
 * the callback first, with `verifyWebhook`.
 *
 * @returns an empty list for a callback without media: no attachments, an absent or failed recording,
 *   a fax that was sent, a message's status, an event about something else
 * @throws WebhookError `unrecognised` for what is no callback of the platform, `too-large` for more
 *   than 1 MiB
 * @example
 * for (const medium of mediaInCallback(body)) {
 *   if (medium.ready) await saveMedia(client, medium, "media/");
 * }
 */
export function mediaInCallback(body: CallbackBody): CallbackMedia[] {
  const field = fieldsOf(readContent(body));
  return mediaIn(field).filter((one) => one !== undefined);
}

function mediaIn(field: Field): (CallbackMedia | undefined)[] {
  const event = text(field("event_type"));
  if (event !== undefined) return mediaInEvent(event, field);
  const [message, call] = [field("message"), field("call")];
  const variables = field("vars") ?? field("SWMLVars");
  const isKnown =
    isRecord(message) || isRecord(call) || signs.some((name) => (field(name) ?? "") !== "");
  if (!isKnown) {
    throw new WebhookError(
      "unrecognised",
      "The body is no callback of the platform: it has neither an event_type nor a call, a message, or the id of an account, call, conference, message, fax or recording.",
    );
  }
  // An AI agent's report has the call's fields at its top.
  const ofCall = isRecord(call) ? within(call) : field;
  const projectId = text(field("project_id")) ?? text(ofCall("project_id"));
  return [
    ...mediaInForm(field),
    ...(isRecord(message) ? mediaOfMessage(within(message)) : []),
    ...mediaInVariables(within(variables), ofCall, projectId),
  ];
}

function fieldsOf(content: CallbackContent): Field {
  if (!(content instanceof URLSearchParams)) return (name) => content[name];
  const form = new Map<string, string>();
  for (const [name, value] of content) if (!form.has(name)) form.set(name, value);
  return (name) => form.get(name);
}
