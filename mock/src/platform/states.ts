/**
 * The states that media and what it belongs to can be in, as the contract lists them.
 */

import type { Schemas } from "@media-protection/contract";
import type { RecordingLeg } from "./model.js";

/** A list of every member of a union; one that is missing or too many does not compile. */
const every =
  <Union extends string>() =>
  <const Listed extends readonly Union[]>(
    ...listed: Exclude<Union, Listed[number]> extends never ? Listed : never
  ): readonly Union[] =>
    listed;

export const recordingStates = every<Schemas["RecordingStatus"]>()(
  "queued",
  "in-progress",
  "paused",
  "resumed",
  "completed",
  "absent",
  "stopped",
);

export const recordingSources = every<Schemas["RecordingSource"]>()(
  "DialVerb",
  "Conference",
  "OutBoundApi",
  "Trunking",
  "RecordVerb",
  "StartCallRecordingApi",
  "StartConferenceRecording",
);

export const recordingLegs = every<RecordingLeg>()("pstn", "sip", "webrtc");

export const messageStates = every<Schemas["MessageStatus"]>()(
  "queued",
  "initiated",
  "sent",
  "failed",
  "delivered",
  "undelivered",
  "received",
);

export const faxStates = every<Schemas["FaxStatus"]>()(
  "queued",
  "processing",
  "sending",
  "delivered",
  "receiving",
  "received",
  "no-answer",
  "busy",
  "failed",
  "canceled",
);
