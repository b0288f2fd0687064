import type { Schemas } from "@media-protection/contract";
import type { MediaRef } from "../trust/media-reference.js";
import { type MediaTrust, trustMediaUrl } from "../trust/trust-decision.js";
import {
  readCount,
  readDate,
  readId,
  readNumber,
  readOptionalText,
  readText,
} from "./platform-values.js";

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
  /** How long it is, in seconds; `undefined` where the platform gives no number. */
  readonly durationSeconds: number | undefined;
  /** 2 where the two sides are on channels of their own; `undefined` where it says neither. */
  readonly channels: 1 | 2 | undefined;
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
  const id = readId("sid", raw.sid);
  return {
    source: "compatibility",
    id,
    projectId,
    ref: { kind: "recording", projectId, recordingId: id },
    createdAt: readDate("date_created", raw.date_created),
    durationSeconds: readNumber(raw.duration),
    channels: readChannels(raw.channels),
    status: readText("status", raw.status),
    callId: readOptionalText("call_sid", raw.call_sid),
    conferenceId: readOptionalText("conference_sid", raw.conference_sid),
    byteSize: undefined,
    raw,
  };
}

/** Text in the contract; what is neither one nor two is not guessed at. */
function readChannels(value: unknown): 1 | 2 | undefined {
  const count = readCount(value);
  return count === 1 || count === 2 ? count : undefined;
}

/**
 * The reference is that of the recording's own `url` where that one is trusted: whether the
 * compatibility API has the bytes of a recording that it does not list, nobody knows.
 */
export function fromRelay(raw: Schemas["RelayRecording"], trust: MediaTrust): RelayRecording {
  const id = readId("id", raw.id);
  const projectId = readId("project_id", raw.project_id);
  // Only one of its own project: the item would else name one project and download another's.
  const own = { ...trust, projectId, projects: [] };
  const said = typeof raw.url === "string" ? trustMediaUrl(raw.url, own) : undefined;
  return {
    source: "relay",
    id,
    projectId,
    ref:
      said?.trusted && said.ref.kind === "recording"
        ? said.ref
        : { kind: "recording", projectId, recordingId: id },
    createdAt: readDate("created_at", raw.created_at),
    durationSeconds: readNumber(raw.duration_in_seconds),
    channels: typeof raw.stereo === "boolean" ? (raw.stereo ? 2 : 1) : undefined,
    status: readText("status", raw.status),
    callId: undefined,
    conferenceId: readOptionalText("relay_conference_id", raw.relay_conference_id),
    byteSize: readCount(raw.byte_size),
    raw,
  };
}
