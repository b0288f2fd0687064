import type { Schemas } from "@media-protection/contract";
import { passesDates, rfc2822Time } from "../http/dates.js";
import { compatError } from "../http/errors.js";
import { compatPage } from "../http/links.js";
import { paginate } from "../http/paging.js";
import { date, uuid } from "../http/readers.js";
import type { Router } from "../http/router.js";
import type { Project, Recording, RecordingFormat } from "../platform/model.js";
import type { Platform } from "../platform/platform.js";
import { recordingPath } from "../platform/urls.js";
import { compatPageReaders, compatPageRequest } from "./page-parameters.js";

const calling = { scope: "calling" } as const;
const base = "/api/laml/2010-04-01/Accounts/{AccountSid}/Recordings";

const listQuery = {
  DateCreated: date,
  "DateCreated<": date,
  "DateCreated>": date,
  CallSid: uuid,
  ConferenceSid: uuid,
  ...compatPageReaders,
};

/** Recordings in the compatibility API: their list, their metadata, their bytes. */
export function recordingRoutes(router: Router): void {
  for (const path of [base, `${base}.json`] as const) {
    router.metadata("get", path, { ...calling, query: listQuery }, (exchange) => {
      const { platform, project, query } = exchange;
      const page = paginate(platform.recordings.of(project.id), compatPageRequest(query), {
        filter: (recording) =>
          passesDates(recording.createdAt, {
            on: query.DateCreated,
            before: query["DateCreated<"],
            after: query["DateCreated>"],
          }) &&
          (query.CallSid === undefined || recording.call?.id === query.CallSid) &&
          (query.ConferenceSid === undefined || recording.conferenceId === query.ConferenceSid),
      });
      const { PageSize, Page, PageToken, ...filters } = query;
      return exchange.json(200, {
        ...compatPage(exchange, page, filters),
        recordings: page.items.map(describeRecording),
      });
    });
  }

  router.metadata("get", `${base}/{Sid}.json`, calling, (exchange) => {
    const recording = find(exchange.platform, exchange.project, exchange.params.Sid);
    if (recording === undefined) return exchange.json(404, compatError(404));
    return exchange.json(200, describeRecording(recording));
  });

  for (const path of [`${base}/{Sid}`, `${base}/{Sid}.json`] as const) {
    router.metadata("delete", path, calling, (exchange) => {
      const { platform } = exchange;
      const recording = find(platform, exchange.project, exchange.params.Sid);
      if (recording === undefined) return exchange.json(404, compatError(404));
      platform.recordings.delete(recording.id);
      return exchange.empty(204);
    });
  }

  const bytesOf = (platform: Platform, params: Params, format: RecordingFormat) => {
    const project = platform.projects.get(params.AccountSid);
    const media = project && find(platform, project, params.Sid);
    return { kind: "recording", project, media, file: media?.files[format] } as const;
  };
  // Without extension the platform sends WAV.
  router.bytes(`${base}/{Sid}`, (exchange) =>
    exchange.media(bytesOf(exchange.platform, exchange.params, "wav")),
  );
  router.bytes(`${base}/{Sid}.wav`, (exchange) =>
    exchange.media(bytesOf(exchange.platform, exchange.params, "wav")),
  );
  router.bytes(`${base}/{Sid}.mp3`, (exchange) =>
    exchange.media(bytesOf(exchange.platform, exchange.params, "mp3")),
  );
}

interface Params {
  readonly AccountSid: string;
  readonly Sid: string;
}

function find(platform: Platform, project: Project, id: string): Recording | undefined {
  const recording = platform.recordings.get(id);
  return recording?.projectId === project.id ? recording : undefined;
}

/** A recording as the compatibility API shows it. */
export function describeRecording(recording: Recording): Schemas["Recording"] {
  const { createdAt, durationSeconds } = recording;
  const ended = hasEnded(recording);
  const channels = recording.channels === 2 ? "2" : "1";
  const path = recordingPath(recording);
  return {
    sid: recording.id,
    account_sid: recording.projectId,
    api_version: "2010-04-01",
    call_sid: recording.call?.id ?? null,
    conference_sid: recording.conferenceId,
    channel: channels,
    channels,
    date_created: rfc2822Time(createdAt),
    date_updated: rfc2822Time(recording.updatedAt),
    start_time: rfc2822Time(createdAt),
    end_time: ended ? rfc2822Time(createdAt + durationSeconds * 1000) : null,
    duration: durationSeconds,
    price: priceOf(recording).toFixed(4),
    price_unit: "USD",
    source: recording.source,
    status: recording.status,
    error_code: null,
    uri: `${path}.json`,
    subresource_uris: { transcriptions: `${path}/Transcriptions.json` },
    encryption_details: null,
    trim: "do-not-trim",
  };
}

/** Whether the bytes of a recording are all there. */
export function hasEnded({ status }: Recording): boolean {
  return status === "completed" || status === "stopped";
}

/** What a recording costs, in US dollars: an invented price for each minute begun. */
export function priceOf(recording: Recording): number {
  return Math.max(1, Math.ceil(recording.durationSeconds / 60)) * 0.0025;
}
