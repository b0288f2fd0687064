import type { Schemas } from "@media-protection/contract";
import { checkObject, type ProjectRequestOptions } from "../options/call-options.js";
import { checkProjectId } from "../options/option-values.js";
import type { FaxMediaRef } from "../trust/media-reference.js";
import { type Api, type CallInit, dataOf } from "./api.js";
import { type CreatedFilter, dateWindow } from "./date-window.js";
import { checkId, checkPageSize, given, type ListOptions } from "./list-options.js";
import { compatibilityLinks, compatibilityQuery, type Listing, paginate } from "./pagination.js";
import { readDate, readId, readList, readText } from "./platform-values.js";

/** A document of a fax: what is known of it, without its bytes. */
export interface FaxMedia {
  /** The document's id, a UUID. */
  readonly id: string;
  /** The fax it belongs to. */
  readonly faxId: string;
  /** The project it was asked for in. */
  readonly projectId: string;
  /** What to download it by. */
  readonly ref: FaxMediaRef;
  /** The media type, as the platform states it. */
  readonly contentType: string;
  /** When the platform stored it. */
  readonly createdAt: Date;
  /** The document as the platform sent it. */
  readonly raw: Schemas["FaxMedia"];
}

/** Options of {@link FaxMediaResource.list}. The platform filters no documents: all of the fax are read. */
export interface ListFaxMediaOptions extends ListOptions, CreatedFilter {}

/** Documents of faxes. Needs the token scope `fax`. */
export interface FaxMediaResource {
  /**
   * The documents of a fax, in the platform's order; there is usually one.
   *
   * @throws OptionError, at the first step of an iteration, for a malformed or unknown option
   */
  list(faxId: string, options?: ListFaxMediaOptions): Listing<FaxMedia, Schemas["FaxMediaList"]>;
  /** One document, without its bytes. */
  get(faxId: string, mediaId: string, options?: ProjectRequestOptions): Promise<FaxMedia>;
  /**
   * Deletes a document with its bytes.
   *
   * @throws ResponseError with status 409 while the fax is in progress
   */
  delete(faxId: string, mediaId: string, options?: ProjectRequestOptions): Promise<void>;
}

const listPath = "/api/laml/2010-04-01/Accounts/{AccountSid}/Faxes/{FaxSid}/Media";

/** Builds {@link FaxMediaResource} over the contract's client. */
export function createFaxMedia(api: Api, init: CallInit, ownId: string): FaxMediaResource {
  const parent = (faxId: string, projectId = ownId) => ({
    AccountSid: checkProjectId(projectId),
    FaxSid: checkId("faxId", faxId),
  });
  return {
    list: (faxId, options = {}) =>
      paginate(() => {
        const { projectId, createdAfter, createdBefore, createdOn, pageSize, ...rest } =
          checkObject(options);
        const call = init(rest);
        const path = parent(faxId, projectId);
        const created = dateWindow("created", createdAfter, createdBefore, createdOn);
        const size = given({ PageSize: checkPageSize(pageSize) });
        return {
          ...compatibilityLinks,
          signal: call.signal,
          fetchPage: (cursor) =>
            dataOf(
              api.GET(listPath, {
                ...call,
                params: { path, query: { ...size, ...compatibilityQuery(cursor) } },
              }),
            ),
          // The platform documents the list under two names; either may be the one that is sent.
          listOf: (page) => readList(page.fax_media ?? page.media),
          describe: (raw) => describe(raw, path),
          isWanted: ({ createdAt }) => created.includes(createdAt),
        };
      }),
    get: async (faxId, mediaId, options = {}) => {
      const { projectId, ...rest } = checkObject(options);
      const path = { ...parent(faxId, projectId), Sid: checkId("mediaId", mediaId) };
      const call = api.GET(`${listPath}/{Sid}.json`, { ...init(rest), params: { path } });
      return describe(await dataOf(call), path);
    },
    delete: async (faxId, mediaId, options = {}) => {
      const { projectId, ...rest } = checkObject(options);
      const path = { ...parent(faxId, projectId), Sid: checkId("mediaId", mediaId) };
      await api.DELETE(`${listPath}/{Sid}`, { ...init(rest), params: { path } });
    },
  };
}

function describe(
  raw: Schemas["FaxMedia"],
  parent: { readonly AccountSid: string; readonly FaxSid: string },
): FaxMedia {
  const mediaId = readId("sid", raw.sid);
  const { AccountSid: projectId, FaxSid: faxId } = parent;
  return {
    id: mediaId,
    faxId,
    projectId,
    ref: { kind: "faxMedia", projectId, faxId, mediaId },
    contentType: readText("content_type", raw.content_type),
    createdAt: readDate("date_created", raw.date_created),
    raw,
  };
}
