import type { Schemas } from "@media-protection/contract";
import { isoTime } from "../http/dates.js";
import { restErrors } from "../http/errors.js";
import type { Router } from "../http/router.js";
import type { Recording } from "../platform/model.js";
import type { Platform } from "../platform/platform.js";
import { recordingUrls } from "../platform/urls.js";
import { hasEnded } from "./recordings.js";

/** What happened in calls. The mock knows of a call what was recorded of it, and logs nothing else. */
export function voiceLogRoutes(router: Router): void {
  router.metadata("get", "/api/voice/logs/{id}/events", { scope: "calling" }, (exchange) => {
    const { platform, project, params } = exchange;
    const recordings = platform.recordings
      .of(project.id)
      .map(({ entity }) => entity)
      .filter(({ call }) => call?.id === params.id);
    if (recordings.length === 0) return exchange.json(404, restErrors[404]);
    const data = recordings
      .flatMap((recording) => eventsOf(platform, recording, params.id))
      .sort((a, b) => a.event_at.localeCompare(b.event_at));
    return exchange.json(200, { data });
  });
}

type Event = Schemas["VoiceLogEvent"];

/** The events of a recording: that it began and, unless it goes on, how it ended. */
function eventsOf(platform: Platform, recording: Recording, callId: string): Event[] {
  const began = eventOf(platform, recording, callId, "recording", recording.createdAt);
  const state = lastState(recording);
  if (state === "recording") return [began];
  return [began, eventOf(platform, recording, callId, state, recording.updatedAt)];
}

/** The state of a recording in the words of `calling.call.record`. */
function lastState(recording: Recording) {
  if (hasEnded(recording)) return "finished";
  if (recording.status === "absent") return "no_input";
  return recording.status === "paused" ? "paused" : "recording";
}

function eventOf(
  platform: Platform,
  recording: Recording,
  callId: string,
  state: string,
  time: number,
): Event {
  return {
    event_at: isoTime(time),
    level: "info",
    name: "calling.call.record",
    details: {
      params: {
        state,
        recording_id: recording.id,
        url: recordingUrls(platform, recording).files,
        ...(state === "finished" ? { duration: recording.durationSeconds } : {}),
      },
    },
    project_id: recording.projectId,
    log_id: callId,
  };
}
