import type { Schemas } from "@media-protection/contract";
import { checkObject, type ProjectRequestOptions } from "../options/call-options.js";
import { checkProjectId } from "../options/option-values.js";
import type { MessageMediaRef } from "../trust/media-reference.js";
import { type Api, type CallInit, dataOf } from "./api.js";
import { type CreatedFilter, dateWindow } from "./date-window.js";
import { checkId, checkPageSize, given, type ListOptions } from "./list-options.js";
import { compatibilityLinks, compatibilityQuery, type Listing, paginate } from "./pagination.js";
import { readDate, readId, readList, readText } from "./platform-values.js";

/** An attachment of a message: what is known of it, without its bytes. */
export interface MessageMedia {
  /** The attachment's id, a UUID. */
  readonly id: string;
  /** The message it belongs to. */
  readonly messageId: string;
  /** The project it was asked for in. */
  readonly projectId: string;
  /** What to download it by. */
  readonly ref: MessageMediaRef;
  /** The media type, as the platform states it. */
  readonly contentType: string;
  /** When the platform stored it. */
  readonly createdAt: Date;
  /** The attachment as the platform sent it. */
  readonly raw: Schemas["MessageMedia"];
}

/** Options of {@link MessageMediaResource.list}. */
export interface ListMessageMediaOptions extends ListOptions, CreatedFilter {}

/** Attachments of messages. Needs the token scope `messaging`. */
export interface MessageMediaResource {
  /**
   * The attachments of a message, in the platform's order.
   *
   * @throws OptionError, at the first step of an iteration, for a malformed or unknown option
   */
  list(
    messageId: string,
    options?: ListMessageMediaOptions,
  ): Listing<MessageMedia, Schemas["MessageMediaList"]>;
  /** One attachment, without its bytes. */
  get(messageId: string, mediaId: string, options?: ProjectRequestOptions): Promise<MessageMedia>;
  /**
   * Deletes an attachment with its bytes.
   *
   * @throws ValidationError (422) while the message is in progress
   */
  delete(messageId: string, mediaId: string, options?: ProjectRequestOptions): Promise<void>;
}

const listPath = "/api/laml/2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media";

/** Builds {@link MessageMediaResource} over the contract's client. */
export function createMessageMedia(api: Api, init: CallInit, ownId: string): MessageMediaResource {
  const parent = (messageId: string, projectId = ownId) => ({
    AccountSid: checkProjectId(projectId),
    MessageSid: checkId("messageId", messageId),
  });
  return {
    list: (messageId, options = {}) =>
      paginate(() => {
        const { projectId, createdAfter, createdBefore, createdOn, pageSize, ...rest } =
          checkObject(options);
        const call = init(rest);
        const path = parent(messageId, projectId);
        const created = dateWindow("created", createdAfter, createdBefore, createdOn);
        const filters = given({
          DateCreated: created.on,
          "DateCreated>": created.after,
          "DateCreated<": created.before,
          PageSize: checkPageSize(pageSize),
        });
        return {
          ...compatibilityLinks,
          signal: call.signal,
          fetchPage: (cursor) =>
            dataOf(
              api.GET(listPath, {
                ...call,
                params: { path, query: { ...filters, ...compatibilityQuery(cursor) } },
              }),
            ),
          listOf: (page) => readList(page.media_list),
          describe: (raw) => describe(raw, path),
          isWanted: ({ createdAt }) => created.includes(createdAt),
        };
      }),
    get: async (messageId, mediaId, options = {}) => {
      const { projectId, ...rest } = checkObject(options);
      const path = { ...parent(messageId, projectId), Sid: checkId("mediaId", mediaId) };
      const call = api.GET(`${listPath}/{Sid}.json`, { ...init(rest), params: { path } });
      return describe(await dataOf(call), path);
    },
    delete: async (messageId, mediaId, options = {}) => {
      const { projectId, ...rest } = checkObject(options);
      const path = { ...parent(messageId, projectId), Sid: checkId("mediaId", mediaId) };
      await api.DELETE(`${listPath}/{Sid}`, { ...init(rest), params: { path } });
    },
  };
}

function describe(
  raw: Schemas["MessageMedia"],
  parent: { readonly AccountSid: string; readonly MessageSid: string },
): MessageMedia {
  const mediaId = readId("sid", raw.sid);
  const { AccountSid: projectId, MessageSid: messageId } = parent;
  return {
    id: mediaId,
    messageId,
    projectId,
    ref: { kind: "messageMedia", projectId, messageId, mediaId },
    contentType: readText("content_type", raw.content_type),
    createdAt: readDate("date_created", raw.date_created),
    raw,
  };
}
