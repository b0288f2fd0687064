import { NotFoundError, OptionError } from "../errors.js";
import { checkObject, type ProjectRequestOptions } from "../options/call-options.js";
import { checkProjectId } from "../options/option-values.js";
import { isSameId } from "../trust/same-id.js";
import type { MediaTrust } from "../trust/trust-decision.js";
import { type Api, type CallInit, dataOf } from "./api.js";
import { type CreatedFilter, type DateWindow, dateWindow } from "./date-window.js";
import { checkId, checkPageSize, given, type ListOptions } from "./list-options.js";
import { compatibilityLinks, compatibilityQuery, paginate, restLinks } from "./pagination.js";
import { readList } from "./platform-values.js";
import { fromCompatibility, fromRelay, type Recording } from "./recording.js";
import { type RecordingListing, unite } from "./recording-union.js";

/**
 * Options of {@link RecordingsResource.list}. Only the compatibility API can find the recordings of
 * a call or a conference, so `callId` and `conferenceId` need `source: "compatibility"`.
 */
export type ListRecordingsOptions = ListOptions &
  CreatedFilter &
  (
    | {
        /**
         * Which of the platform's two lists to read: the compatibility API's, the Relay REST API's,
         * or both. Recordings of visual call flows have been reported missing from the former. The
         * latter knows no filter, page size or project: it is read whole and filtered here, and
         * holds recordings of the credentials' own project.
         * @default "both"
         */
        readonly source?: "both" | "relay" | undefined;
        /** Needs `source: "compatibility"`. */
        readonly callId?: never;
        /** Needs `source: "compatibility"`. */
        readonly conferenceId?: never;
      }
    | {
        /** The compatibility API's list alone. */
        readonly source: "compatibility";
        /** Only recordings of this call. */
        readonly callId?: string;
        /** Only recordings of this conference. */
        readonly conferenceId?: string;
      }
  );

/** Call and conference recordings. Needs the token scope `calling`. */
export interface RecordingsResource {
  /**
   * The project's recordings: those of the compatibility list in the platform's order, then, in the
   * platform's order, those that only the Relay REST list has. Each comes once; to know that, the
   * ids of those seen are kept in memory, and nothing else.
   *
   * A source that fails, or that the token may not read, ends the iteration with its error: before
   * the first item where both are read, since both are asked first. To do without a source, name
   * the other one as `source`.
   *
   * @throws OptionError, at the first step of an iteration, for a malformed or unknown option, for
   *   `callId` or `conferenceId` without `source: "compatibility"`, and for a `projectId` other than
   *   the client's without it (a client with that project's own token can read both)
   */
  list(options?: ListRecordingsOptions): RecordingListing;
  /**
   * One recording, without its bytes: from the compatibility API or, where that knows no such one
   * and the project is the client's own, from the Relay REST API.
   */
  get(recordingId: string, options?: ProjectRequestOptions): Promise<Recording>;
  /** Deletes a recording with its bytes, in whichever API {@link get} would find it. */
  delete(recordingId: string, options?: ProjectRequestOptions): Promise<void>;
}

const base = "/api/laml/2010-04-01/Accounts/{AccountSid}/Recordings";
const relayBase = "/api/relay/rest/recordings";

/**
 * Builds {@link RecordingsResource} over the contract's client.
 *
 * @param trust the client's; its project is the credentials' own
 */
export function createRecordings(api: Api, init: CallInit, trust: MediaTrust): RecordingsResource {
  const isOwn = (projectId: string) => isSameId(projectId, trust.projectId);

  const readRelay = (created: DateWindow, call: ReturnType<CallInit>) =>
    paginate(() => ({
      linksOf: restLinks.linksOf,
      // This list has no documented parameters, so what a link holds is the cursor as a whole.
      readCursor: (query) => query.toString() || undefined,
      signal: call.signal,
      fetchPage: (cursor: string | undefined) =>
        dataOf(api.GET(relayBase, { ...call, querySerializer: () => cursor ?? "" })),
      listOf: (page) => readList(page.data),
      describe: (raw) => fromRelay(raw, trust),
      isWanted: ({ projectId, createdAt }) => isOwn(projectId) && created.includes(createdAt),
    }));

  const readCompatibility = (
    created: DateWindow,
    projectId: string,
    filters: { PageSize?: number; CallSid?: string; ConferenceSid?: string },
    call: ReturnType<CallInit>,
  ) =>
    paginate(() => ({
      ...compatibilityLinks,
      signal: call.signal,
      fetchPage: (cursor) =>
        dataOf(
          api.GET(base, {
            ...call,
            params: {
              path: { AccountSid: projectId },
              query: {
                ...given({
                  DateCreated: created.on,
                  "DateCreated>": created.after,
                  "DateCreated<": created.before,
                }),
                ...filters,
                ...compatibilityQuery(cursor),
              },
            },
          }),
        ),
      listOf: (page) => readList(page.recordings),
      describe: (raw) => fromCompatibility(raw, projectId),
      isWanted: ({ createdAt }) => created.includes(createdAt),
    }));

  /** Asks the compatibility API and, where that knows no such recording, the other one if it may. */
  const either = async <Found>(
    projectId: string,
    ask: () => Promise<Found>,
    askRelay: () => Promise<Found>,
  ) => {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof NotFoundError && isOwn(projectId))) throw error;
      return await askRelay();
    }
  };

  return {
    list: (options = {}) =>
      unite(() => {
        const { createdAfter, createdBefore, createdOn, pageSize, ...others } =
          checkObject(options);
        const {
          source = "both",
          callId,
          conferenceId,
          projectId = trust.projectId,
          ...rest
        } = others;
        const call = init(rest);
        checkProjectId(projectId);
        checkSource(source, callId ?? conferenceId, isOwn(projectId));
        const created = dateWindow("created", createdAfter, createdBefore, createdOn);
        const filters = given({
          PageSize: checkPageSize(pageSize),
          CallSid: callId === undefined ? undefined : checkId("callId", callId),
          ConferenceSid:
            conferenceId === undefined ? undefined : checkId("conferenceId", conferenceId),
        });
        return {
          ...(source !== "relay" && {
            compatibility: readCompatibility(created, projectId, filters, call),
          }),
          ...(source !== "compatibility" && { relay: readRelay(created, call) }),
        };
      }),
    get: async (recordingId, options = {}) => {
      const id = checkId("recordingId", recordingId);
      const { projectId = trust.projectId, ...rest } = checkObject(options);
      const call = init(rest);
      const path = { AccountSid: checkProjectId(projectId), Sid: id };
      return either<Recording>(
        projectId,
        async () => {
          const answer = api.GET(`${base}/{Sid}.json`, { ...call, params: { path } });
          return fromCompatibility(await dataOf(answer), projectId);
        },
        async () => {
          const params = { path: { id } };
          const answer = api.GET(`${relayBase}/{id}`, { ...call, params });
          return fromRelay(await dataOf(answer), trust);
        },
      );
    },
    delete: async (recordingId, options = {}) => {
      const id = checkId("recordingId", recordingId);
      const { projectId = trust.projectId, ...rest } = checkObject(options);
      const call = init(rest);
      const path = { AccountSid: checkProjectId(projectId), Sid: id };
      await either<unknown>(
        projectId,
        () => api.DELETE(`${base}/{Sid}`, { ...call, params: { path } }),
        () => api.DELETE(`${relayBase}/{id}`, { ...call, params: { path: { id } } }),
      );
    },
  };
}

/** @throws OptionError for a source that is none, or that can not answer what is asked */
function checkSource(source: unknown, narrowed: string | undefined, isOwn: boolean): void {
  if (source === "compatibility") return;
  if (source !== "both" && source !== "relay") {
    throw new OptionError("source", '"both", "compatibility" or "relay"');
  }
  if (narrowed !== undefined) {
    throw new OptionError(
      "source",
      '"compatibility" beside "callId" or "conferenceId", which the Relay REST list can not filter by',
    );
  }
  if (!isOwn) {
    throw new OptionError(
      "source",
      "\"compatibility\" for another project than the client's, since the Relay REST list holds the credentials' own project only; a client with that project's own API token can read both",
    );
  }
}
