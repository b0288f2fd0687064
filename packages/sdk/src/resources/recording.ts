import type { Schemas } from "@media-protection/contract";
import type { MediaRef } from "../trust/media-reference.js";
import { type MediaTrust, trustMediaUrl } from "../trust/media-trust.js";
import { readDate, readId } from "./platform-values.js";

/** What is known of a recording whichever list it was read from. */
interface RecordingFields {
  /** The recording's id, a UUID; the same in both APIs. */
  readonly id: string;
  /** The project: the one asked for or, in the Relay REST API, the one the platform names. */
  readonly projectId: string;
  /** What to download it by. */
  readonly ref: MediaRef;
  /** When the platform created it. */
  readonly createdAt: Date;
  /** How long it is, in seconds. */
  readonly durationSeconds: number;
  /** 2 where the two sides are on channels of their own. */
  readonly channels: 1 | 2;
  /** Such as `completed`; before that, there may be no bytes yet. */
  readonly status: string;
  /** The recorded call; `undefined` for a conference, and in the Relay REST API, which has legs. */
  readonly callId: string | undefined;
  /** The recorded conference, where it is one. */
  readonly conferenceId: string | undefined;
  /** The size of the file, where it is said: in the Relay REST API only. */
  readonly byteSize: number | undefined;
}

/** A recording as read from the compatibility API. */
export interface CompatibilityRecording extends RecordingFields {
  /** Which API it was read from, and so what `raw` is. */
  readonly source: "compatibility";
  /** The recording as the platform sent it. */
  readonly raw: Schemas["Recording"];
}

/** A recording as read from the Relay REST API. */
export interface RelayRecording extends RecordingFields {
  /** Which API it was read from, and so what `raw` is. */
  readonly source: "relay";
  /** The recording as the platform sent it. */
  readonly raw: Schemas["RelayRecording"];
}

/** A recording of a call or a conference: what is known of it, without its bytes. */
export type Recording = CompatibilityRecording | RelayRecording;

/** @param projectId the project that was asked for */
export function fromCompatibility(
  raw: Schemas["Recording"],
  projectId: string,
): CompatibilityRecording {
  const id = readId(raw.sid);
  return {
    source: "compatibility",
    id,
    projectId,
    ref: { kind: "recording", projectId, recordingId: id },
    createdAt: readDate(raw.date_created),
    durationSeconds: raw.duration,
    channels: raw.channels === "2" ? 2 : 1,
    status: raw.status,
    callId: raw.call_sid ?? undefined,
    conferenceId: raw.conference_sid ?? undefined,
    byteSize: undefined,
    raw,
  };
}

/**
 * The reference is that of the recording's own `url` where that one is trusted: whether the
 * compatibility API has the bytes of a recording that it does not list, nobody knows.
 */
export function fromRelay(raw: Schemas["RelayRecording"], trust: MediaTrust): RelayRecording {
  const id = readId(raw.id);
  const projectId = readId(raw.project_id);
  const said = typeof raw.url === "string" ? trustMediaUrl(raw.url, trust) : undefined;
  return {
    source: "relay",
    id,
    projectId,
    ref:
      said?.trusted && said.ref.kind === "recording"
        ? said.ref
        : { kind: "recording", projectId, recordingId: id },
    createdAt: readDate(raw.created_at),
    durationSeconds: raw.duration_in_seconds,
    channels: raw.stereo ? 2 : 1,
    status: raw.status,
    callId: undefined,
    conferenceId: raw.relay_conference_id,
    byteSize: raw.byte_size,
    raw,
  };
}
