import type { Schemas } from "@media-protection/contract";
import { checkObject } from "../options/call-options.js";
import { checkProjectId } from "../options/option-values.js";
import { type Api, type CallInit, dataOf } from "./api.js";
import { type Day, dateWindow } from "./date-window.js";
import { checkPageSize, checkText, given, type ListOptions } from "./list-options.js";
import { compatibilityLinks, compatibilityQuery, type Listing, paginate } from "./pagination.js";
import {
  readDate,
  readId,
  readList,
  readOptionalText,
  readRequiredCount,
  readText,
} from "./platform-values.js";

/** An SMS or MMS. */
export interface Message {
  /** The message's id, a UUID. */
  readonly id: string;
  /** The project it was asked for in. */
  readonly projectId: string;
  /** When the platform created it; list filters go by `sentAt` instead. */
  readonly createdAt: Date;
  /** `undefined` until it was sent. */
  readonly sentAt: Date | undefined;
  /** Whether it was received or sent, and if sent, by what. */
  readonly direction: Schemas["MessageDirection"];
  /** Such as `received`, `delivered` or `failed`. */
  readonly status: Schemas["MessageStatus"];
  /** The sender's number. */
  readonly from: string;
  /** The recipient's number. */
  readonly to: string;
  /** The text; `undefined` where it has none. */
  readonly body: string | undefined;
  /** How many attachments it has: above 0, they are in `client.messageMedia.list(message.id)`. */
  readonly mediaCount: number;
  /** The message as the platform sent it. */
  readonly raw: Schemas["Message"];
}

/**
 * Options of {@link MessagesResource.list}. The platform does not say whether it compares days or
 * instants, so it is asked for whole days (UTC) with one to spare, and the instants are compared
 * here: what comes out is exact either way. Windows are half-open as those of `CreatedFilter`. Unsent
 * messages pass no date filter.
 */
export interface ListMessagesOptions extends ListOptions {
  /** Only messages sent in this second or later. */
  readonly sentAfter?: Date | Day | undefined;
  /** Only messages sent before this second. */
  readonly sentBefore?: Date | Day | undefined;
  /** Only messages sent on the day, in UTC, that this instant is in. */
  readonly sentOn?: Date | Day | undefined;
  /** Only messages from this number. */
  readonly from?: string;
  /** Only messages to this number. */
  readonly to?: string;
  /** Only messages in this state. */
  readonly status?: Schemas["MessageStatus"];
}

/** Messages. Needs the token scope `messaging`. */
export interface MessagesResource {
  /**
   * The project's messages, in the platform's order.
   *
   * @throws OptionError, at the first step of an iteration, for a malformed or unknown option
   */
  list(options?: ListMessagesOptions): Listing<Message, Schemas["MessageList"]>;
}

/** Builds {@link MessagesResource} over the contract's client. */
export function createMessages(api: Api, init: CallInit, ownId: string): MessagesResource {
  return {
    list: (options = {}) =>
      paginate(() => {
        const { projectId = ownId, ...others } = checkObject(options);
        const { sentAfter, sentBefore, sentOn, from, to, status, pageSize, ...rest } = others;
        const call = init(rest);
        checkProjectId(projectId);
        const sent = dateWindow("sent", sentAfter, sentBefore, sentOn);
        const filters = given({
          DateSent: sent.on,
          "DateSent>": sent.after,
          "DateSent<": sent.before,
          From: checkText("from", from),
          To: checkText("to", to),
          Status: checkText("status", status),
          PageSize: checkPageSize(pageSize),
        });
        return {
          ...compatibilityLinks,
          signal: call.signal,
          fetchPage: (cursor) =>
            dataOf(
              api.GET("/api/laml/2010-04-01/Accounts/{AccountSid}/Messages", {
                ...call,
                params: {
                  path: { AccountSid: projectId },
                  query: { ...filters, ...compatibilityQuery(cursor) },
                },
              }),
            ),
          listOf: (page) => readList(page.messages),
          describe: (raw) => describe(raw, projectId),
          isWanted: ({ sentAt }) => sent.includes(sentAt),
        };
      }),
  };
}

function describe(raw: Schemas["Message"], projectId: string): Message {
  return {
    id: readId("sid", raw.sid),
    projectId,
    createdAt: readDate("date_created", raw.date_created),
    sentAt: raw.date_sent === null ? undefined : readDate("date_sent", raw.date_sent),
    direction: readText("direction", raw.direction),
    status: readText("status", raw.status),
    from: readText("from", raw.from),
    to: readText("to", raw.to),
    body: readOptionalText("body", raw.body),
    mediaCount: readRequiredCount("num_media", raw.num_media),
    raw,
  };
}
