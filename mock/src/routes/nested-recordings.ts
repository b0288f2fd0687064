import { passesDates } from "../http/dates.js";
import { compatError } from "../http/errors.js";
import { compatPage } from "../http/links.js";
import { type Page, paginate } from "../http/paging.js";
import { date } from "../http/readers.js";
import type { Router } from "../http/router.js";
import type { Project, Recording } from "../platform/model.js";
import type { Platform } from "../platform/platform.js";
import { compatPageReaders, compatPageRequest } from "./page-parameters.js";
import { describeRecording } from "./recordings.js";

const calling = { scope: "calling" } as const;
const account = "/api/laml/2010-04-01/Accounts/{AccountSid}";
const ofConference = `${account}/Conferences/{ConferenceSid}/Recordings` as const;
const ofCall = `${account}/Calls/{CallSid}/Recordings` as const;

const listQuery = {
  DateCreated: date,
  "DateCreated<": date,
  "DateCreated>": date,
  ...compatPageReaders,
};
const listed = { ...calling, query: listQuery };

/**
 * Recordings by the path of the conference or the call that they are of. The mock knows calls and
 * conferences by their recordings only, and so cannot tell an unknown one from one without any.
 */
export function nestedRecordingRoutes(router: Router): void {
  for (const path of [ofConference, `${ofConference}.json`] as const) {
    router.metadata("get", path, listed, (exchange) => {
      const { platform, project, params, query } = exchange;
      const isListed = inConference(params.ConferenceSid);
      const page = pageOf(platform, project, query, isListed);
      return exchange.json(200, {
        ...compatPage(exchange, page, filtersOf(query)),
        recordings: page.items.map(describeRecording),
      });
    });
  }
  for (const path of [ofCall, `${ofCall}.json`] as const) {
    router.metadata("get", path, listed, (exchange) => {
      const { platform, project, params, query } = exchange;
      const page = pageOf(platform, project, query, inCall(params.CallSid));
      return exchange.json(200, {
        ...compatPage(exchange, page, filtersOf(query)),
        recordings: page.items.map(describeRecording),
      });
    });
  }

  for (const path of [`${ofConference}/{Sid}`, `${ofConference}/{Sid}.json`] as const) {
    router.metadata("get", path, calling, (exchange) => {
      const { platform, project, params } = exchange;
      const recording = find(platform, project, params.Sid, inConference(params.ConferenceSid));
      if (recording === undefined) return exchange.json(404, compatError(404));
      return exchange.json(200, describeRecording(recording));
    });
    router.metadata("delete", path, calling, (exchange) => {
      const { platform, project, params } = exchange;
      const recording = find(platform, project, params.Sid, inConference(params.ConferenceSid));
      if (recording === undefined) return exchange.json(404, compatError(404));
      platform.recordings.delete(recording.id);
      return exchange.empty(204);
    });
  }
  for (const path of [`${ofCall}/{Sid}`, `${ofCall}/{Sid}.json`] as const) {
    router.metadata("get", path, calling, (exchange) => {
      const { platform, project, params } = exchange;
      const recording = find(platform, project, params.Sid, inCall(params.CallSid));
      if (recording === undefined) return exchange.json(404, compatError(404));
      return exchange.json(200, describeRecording(recording));
    });
  }
}

type Condition = (recording: Recording) => boolean;

function inConference(id: string): Condition {
  return ({ conferenceId }) => conferenceId === id;
}

function inCall(id: string): Condition {
  return ({ call }) => call?.id === id;
}

function find(
  platform: Platform,
  project: Project,
  id: string,
  isOfParent: Condition,
): Recording | undefined {
  const recording = platform.recordings.get(id);
  return recording?.projectId === project.id && isOfParent(recording) ? recording : undefined;
}

/** What a list is asked for; a parameter that is absent is `undefined`. */
type ListQuery = {
  readonly [Name in "DateCreated" | "DateCreated<" | "DateCreated>" | "PageToken"]?:
    | string
    | undefined;
} & { readonly [Name in "Page" | "PageSize"]?: number | undefined };

function pageOf(
  platform: Platform,
  project: Project,
  query: ListQuery,
  isOfParent: Condition,
): Page<Recording> {
  return paginate(platform.recordings.of(project.id), compatPageRequest(query), {
    filter: (recording) =>
      isOfParent(recording) &&
      passesDates(recording.createdAt, {
        on: query.DateCreated,
        before: query["DateCreated<"],
        after: query["DateCreated>"],
      }),
  });
}

function filtersOf({ PageSize, Page, PageToken, ...filters }: ListQuery) {
  return filters;
}
