import type { Schemas } from "@media-protection/contract";
import { checkObject } from "../options/call-options.js";
import { checkProjectId } from "../options/option-values.js";
import { type Api, type CallInit, dataOf } from "./api.js";
import { type CreatedFilter, dateWindow } from "./date-window.js";
import { checkPageSize, checkText, given, type ListOptions } from "./list-options.js";
import { compatibilityLinks, compatibilityQuery, type Listing, paginate } from "./pagination.js";
import { readCount, readDate, readId, readList, readText } from "./platform-values.js";

/** A fax. Its documents are in `client.faxMedia.list(fax.id)`. */
export interface Fax {
  /** The fax's id, a UUID. */
  readonly id: string;
  /** The project it was asked for in. */
  readonly projectId: string;
  /** When the platform created it. */
  readonly createdAt: Date;
  /** Whether it was sent or received. */
  readonly direction: Schemas["FaxDirection"];
  /** Such as `delivered`, `received` or `failed`. */
  readonly status: Schemas["FaxStatus"];
  /** The sender's number. */
  readonly from: string;
  /** The recipient's number. */
  readonly to: string;
  /** How many pages it has; `undefined` while unknown, and where the platform gives no number. */
  readonly pageCount: number | undefined;
  /** The fax as the platform sent it. */
  readonly raw: Schemas["Fax"];
}

/** Options of {@link FaxesResource.list}. */
export interface ListFaxesOptions extends ListOptions, CreatedFilter {
  /** Only faxes from this number. */
  readonly from?: string;
  /** Only faxes to this number. */
  readonly to?: string;
}

/** Faxes. Needs the token scope `fax`. */
export interface FaxesResource {
  /**
   * The project's faxes, in the platform's order.
   *
   * @throws OptionError, at the first step of an iteration, for a malformed or unknown option
   */
  list(options?: ListFaxesOptions): Listing<Fax, Schemas["FaxList"]>;
}

/** Builds {@link FaxesResource} over the contract's client. */
export function createFaxes(api: Api, init: CallInit, ownId: string): FaxesResource {
  return {
    list: (options = {}) =>
      paginate(() => {
        const { projectId = ownId, ...others } = checkObject(options);
        const { createdAfter, createdBefore, createdOn, from, to, pageSize, ...rest } = others;
        const call = init(rest);
        checkProjectId(projectId);
        const created = dateWindow("created", createdAfter, createdBefore, createdOn);
        const filters = given({
          DateCreatedAfter: created.after,
          DateCreatedOnOrBefore: created.before,
          From: checkText("from", from),
          To: checkText("to", to),
          PageSize: checkPageSize(pageSize),
        });
        return {
          ...compatibilityLinks,
          signal: call.signal,
          fetchPage: (cursor) =>
            dataOf(
              api.GET("/api/laml/2010-04-01/Accounts/{AccountSid}/Faxes", {
                ...call,
                params: {
                  path: { AccountSid: projectId },
                  query: { ...filters, ...compatibilityQuery(cursor) },
                },
              }),
            ),
          listOf: (page) => readList(page.faxes),
          describe: (raw) => describe(raw, projectId),
          isWanted: ({ createdAt }) => created.includes(createdAt),
        };
      }),
  };
}

function describe(raw: Schemas["Fax"], projectId: string): Fax {
  return {
    id: readId("sid", raw.sid),
    projectId,
    createdAt: readDate("date_created", raw.date_created),
    direction: readText("direction", raw.direction),
    status: readText("status", raw.status),
    from: readText("from", raw.from),
    to: readText("to", raw.to),
    pageCount: readCount(raw.num_pages),
    raw,
  };
}
