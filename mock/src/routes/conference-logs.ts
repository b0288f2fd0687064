import type { Schemas } from "@media-protection/contract";
import { isoTime } from "../http/dates.js";
import { links } from "../http/links.js";
import { paginate } from "../http/paging.js";
import type { Router } from "../http/router.js";
import type { Placed } from "../platform/collection.js";
import type { Recording } from "../platform/model.js";
import type { Platform } from "../platform/platform.js";
import { recordingUrls } from "../platform/urls.js";
import { restPageReaders, restPageRequest } from "./page-parameters.js";
import { hasEnded } from "./recordings.js";

/** A conference, known by its recordings, the oldest first. */
interface Conference {
  readonly id: string;
  readonly recordings: [Recording, ...Recording[]];
}

/** Conferences as the REST API logs them. The mock knows those that were recorded. */
export function conferenceLogRoutes(router: Router): void {
  const options = { scope: "calling", query: restPageReaders, refusedQuery: 422 } as const;
  router.metadata("get", "/api/logs/conferences", options, (exchange) => {
    const { platform, project, query } = exchange;
    const conferences = conferencesOf(platform.recordings.of(project.id));
    const page = paginate(conferences, restPageRequest(query));
    return exchange.json(200, {
      links: links(exchange, page, {}),
      data: page.items.map((conference) => describe(platform, conference)),
    });
  });
}

/** The conferences of recordings, each at the place of its first recording; the oldest first. */
function conferencesOf(recordings: readonly Placed<Recording>[]): Placed<Conference>[] {
  const byId = new Map<string, Placed<Conference>>();
  for (const { entity: recording, createdAt, sequence } of recordings) {
    const id = recording.conferenceId;
    if (id === null) continue;
    const known = byId.get(id);
    if (known === undefined) {
      byId.set(id, { entity: { id, recordings: [recording] }, createdAt, sequence });
    } else known.entity.recordings.push(recording);
  }
  return [...byId.values()];
}

function describe(
  platform: Platform,
  { id, recordings }: Conference,
): Schemas["RelayConferenceLog"] {
  const [first] = recordings;
  const last = recordings.at(-1) ?? first;
  const goesOn = !hasEnded(last) && last.status !== "absent";
  const recorded = recordings.findLast(hasEnded);
  return {
    id,
    created_at: isoTime(first.createdAt),
    project_id: first.projectId,
    region: "us",
    name: null,
    status: goesOn ? "in-progress" : "completed",
    max_size: null,
    current_participants: goesOn ? 2 : 0,
    updated_at: isoTime(Math.max(...recordings.map(({ updatedAt }) => updatedAt))),
    type: "relay_conference",
    recording_url: recorded === undefined ? null : recordingUrls(platform, recorded).files,
    recording_duration: recorded?.durationSeconds ?? null,
    recording_file_size: recorded?.files.wav.size ?? null,
  };
}
