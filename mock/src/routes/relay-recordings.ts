import type { Schemas } from "@media-protection/contract";
import { isoTime } from "../http/dates.js";
import { restErrors } from "../http/errors.js";
import { links } from "../http/links.js";
import { isPageToken, type PageRequest, paginate } from "../http/paging.js";
import type { Router } from "../http/router.js";
import type { Project, Recording } from "../platform/model.js";
import type { Platform } from "../platform/platform.js";
import { recordingUrls } from "../platform/urls.js";
import { priceOf } from "./recordings.js";

const calling = { scope: "calling" } as const;
const largestInt32 = 2 ** 31 - 1;

/** Recordings in the Relay REST API. */
export function relayRecordingRoutes(router: Router): void {
  router.metadata("get", "/api/relay/rest/recordings", calling, (exchange) => {
    const { platform, project, request } = exchange;
    const page = paginate(platform.recordings.of(project.id), pageRequest(request.url));
    return exchange.json(200, {
      links: links(exchange, page, {}),
      data: page.items.map((recording) => describe(platform, recording)),
    });
  });

  router.metadata("get", "/api/relay/rest/recordings/{id}", calling, (exchange) => {
    const { platform, project, params } = exchange;
    const recording = find(platform, project, params.id);
    if (recording === undefined) return exchange.json(404, restErrors[404]);
    return exchange.json(200, describe(platform, recording));
  });

  router.metadata("delete", "/api/relay/rest/recordings/{id}", calling, (exchange) => {
    const { platform, project, params } = exchange;
    const recording = find(platform, project, params.id);
    if (recording === undefined) return exchange.json(404, restErrors[404]);
    platform.recordings.delete(recording.id);
    return exchange.empty(204);
  });
}

/**
 * The page that a URL asks for. The operation has no documented parameters: what the links of an
 * answer hold is understood, anything else is ignored.
 */
function pageRequest(url: string): PageRequest {
  const query = new URL(url).searchParams;
  const wholeNumber = (name: string, minimum: number, maximum: number, usual: number) => {
    const number = Number(query.get(name) ?? Number.NaN);
    return Number.isInteger(number) && number >= minimum && number <= maximum ? number : usual;
  };
  const token = query.get("page_token");
  return {
    size: wholeNumber("page_size", 1, 1000, 50),
    number: wholeNumber("page_number", 0, largestInt32, 0),
    token: token !== null && isPageToken(token) ? token : undefined,
  };
}

/** A recording of the caller's project; the path names no other. */
function find(platform: Platform, project: Project, id: string): Recording | undefined {
  const recording = platform.recordings.get(id);
  return recording?.projectId === project.id ? recording : undefined;
}

/** A recording as the Relay REST API shows it. */
function describe(platform: Platform, recording: Recording): Schemas["RelayRecording"] {
  const { size } = recording.files.wav;
  const fields = {
    id: recording.id,
    project_id: recording.projectId,
    created_at: isoTime(recording.createdAt),
    updated_at: isoTime(recording.updatedAt),
    duration_in_seconds: recording.durationSeconds,
    price: priceOf(recording),
    price_unit: "USD",
    status: recording.status,
    url: recordingUrls(platform, recording).files,
    stereo: recording.channels === 2,
    // The field is optional and counts in 32 bits; a larger file has no size that fits.
    ...(size > largestInt32 ? {} : { byte_size: size }),
    track: "both",
  };
  const { call, conferenceId } = recording;
  const conference = conferenceId === null ? {} : { relay_conference_id: conferenceId };
  switch (call?.leg) {
    case "pstn":
      return { ...fields, ...conference, relay_pstn_leg_id: call.legId };
    case "sip":
      return { ...fields, ...conference, relay_sip_leg_id: call.legId };
    case "webrtc":
      return { ...fields, ...conference, relay_webrtc_leg_id: call.legId };
    case undefined:
      return { ...fields, relay_conference_id: conferenceId ?? recording.id };
  }
}
