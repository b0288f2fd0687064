import type { Schemas } from "@media-protection/contract";
import { passesDates, rfc2822Time } from "../http/dates.js";
import { compatError } from "../http/errors.js";
import { compatPage } from "../http/links.js";
import { paginate } from "../http/paging.js";
import { date, oneOf, text } from "../http/readers.js";
import type { Router } from "../http/router.js";
import type { Message, MessageMedia, Project } from "../platform/model.js";
import type { Platform } from "../platform/platform.js";
import { removeMessage } from "../platform/removal.js";
import { messageMediaPath, messageMediaUrls, messagePath } from "../platform/urls.js";
import { compatPageReaders, compatPageRequest } from "./page-parameters.js";

const messaging = { scope: "messaging" } as const;
const base = "/api/laml/2010-04-01/Accounts/{AccountSid}/Messages";
const mediaBase = `${base}/{MessageSid}/Media` as const;

const listQuery = {
  DateSent: date,
  "DateSent<": date,
  "DateSent>": date,
  From: text,
  To: text,
  Status: oneOf("queued", "initiated", "sent", "failed", "delivered", "undelivered", "received"),
  ...compatPageReaders,
};

const mediaQuery = {
  DateCreated: date,
  "DateCreated<": date,
  "DateCreated>": date,
  ...compatPageReaders,
};

/** While a message is in one of these states, it and its attachments cannot be deleted. */
const inProgress: ReadonlySet<Message["status"]> = new Set(["queued", "initiated"]);

/** Messages and their attachments in the compatibility API. */
export function messageRoutes(router: Router): void {
  for (const path of [base, `${base}.json`] as const) {
    router.metadata("get", path, { ...messaging, query: listQuery }, (exchange) => {
      const { platform, project, query } = exchange;
      const page = paginate(platform.messages.of(project.id), compatPageRequest(query), {
        filter: (message) =>
          passesDates(message.sentAt, {
            on: query.DateSent,
            before: query["DateSent<"],
            after: query["DateSent>"],
          }) &&
          (query.From === undefined || message.from === query.From) &&
          (query.To === undefined || message.to === query.To) &&
          (query.Status === undefined || message.status === query.Status),
      });
      const { PageSize, Page, PageToken, ...filters } = query;
      return exchange.json(200, {
        ...compatPage(exchange, page, filters),
        messages: page.items.map((message) => describeMessage(platform, message)),
      });
    });
  }

  router.metadata("get", `${base}/{Sid}`, messaging, (exchange) => {
    const message = findMessage(exchange.platform, exchange.project, exchange.params.Sid);
    if (message === undefined) return exchange.json(404, compatError(404));
    return exchange.json(200, describeMessage(exchange.platform, message));
  });
  router.metadata("get", `${base}/{Sid}.json`, messaging, (exchange) => {
    const message = findMessage(exchange.platform, exchange.project, exchange.params.Sid);
    if (message === undefined) return exchange.json(404, compatError(404));
    return exchange.json(200, describeMessage(exchange.platform, message));
  });

  for (const path of [`${base}/{Sid}`, `${base}/{Sid}.json`] as const) {
    router.metadata("delete", path, messaging, (exchange) => {
      const { platform } = exchange;
      const message = findMessage(platform, exchange.project, exchange.params.Sid);
      if (message === undefined) return exchange.json(404, compatError(404));
      if (inProgress.has(message.status)) {
        return exchange.json(422, compatError(422, "The message is in progress"));
      }
      removeMessage(platform, message.id);
      return exchange.empty(204);
    });
  }

  for (const path of [mediaBase, `${mediaBase}.json`] as const) {
    router.metadata("get", path, { ...messaging, query: mediaQuery }, (exchange) => {
      const { platform, project, params, query } = exchange;
      const message = findMessage(platform, project, params.MessageSid);
      if (message === undefined) return exchange.json(404, compatError(404));
      const page = paginate(platform.messageMedia.of(message.id), compatPageRequest(query), {
        filter: (media) =>
          passesDates(media.createdAt, {
            on: query.DateCreated,
            before: query["DateCreated<"],
            after: query["DateCreated>"],
          }),
      });
      const { PageSize, Page, PageToken, ...filters } = query;
      return exchange.json(200, {
        ...compatPage(exchange, page, filters),
        media_list: page.items.map(describeMedia),
      });
    });
  }

  router.metadata("get", `${mediaBase}/{Sid}.json`, messaging, (exchange) => {
    const media = findMedia(exchange.platform, exchange.project, exchange.params);
    if (media === undefined) return exchange.json(404, compatError(404));
    return exchange.json(200, describeMedia(media));
  });

  for (const path of [`${mediaBase}/{Sid}`, `${mediaBase}/{Sid}.json`] as const) {
    router.metadata("delete", path, messaging, (exchange) => {
      const { platform } = exchange;
      const media = findMedia(platform, exchange.project, exchange.params);
      if (media === undefined) return exchange.json(404, compatError(404));
      const status = platform.messages.get(media.messageId)?.status;
      if (status !== undefined && inProgress.has(status)) {
        return exchange.json(422, compatError(422, "The message is in progress"));
      }
      platform.messageMedia.delete(media.id);
      return exchange.empty(204);
    });
  }

  router.bytes(`${mediaBase}/{Sid}`, (exchange) => {
    const { platform, params } = exchange;
    const project = platform.projects.get(params.AccountSid);
    const media = project && findMedia(platform, project, params);
    const elsewhere = media && redirected(platform, media);
    return exchange.media({ kind: "messageMedia", project, media, file: media?.file, elsewhere });
  });
}

/** Where the space sends those who may have an attachment, while `redirectToFiles` is on. */
function redirected(platform: Platform, media: MessageMedia): string | undefined {
  const { redirectToFiles, messageMediaPath } = platform.switches;
  if (!redirectToFiles) return undefined;
  const { files, filesByName } = messageMediaUrls(platform, media);
  return messageMediaPath === "messages" ? files : filesByName;
}

function findMessage(platform: Platform, project: Project, id: string): Message | undefined {
  const message = platform.messages.get(id);
  return message?.projectId === project.id ? message : undefined;
}

function findMedia(
  platform: Platform,
  project: Project,
  params: { readonly MessageSid: string; readonly Sid: string },
): MessageMedia | undefined {
  const media = platform.messageMedia.get(params.Sid);
  const belongs = media?.projectId === project.id && media.messageId === params.MessageSid;
  return belongs ? media : undefined;
}

/** A message as the compatibility API shows it. */
function describeMessage(platform: Platform, message: Message): Schemas["Message"] {
  const path = messagePath(message);
  const failed = message.status === "failed" || message.status === "undelivered";
  return {
    sid: message.id,
    account_sid: message.projectId,
    api_version: "2010-04-01",
    body: message.body,
    num_segments: 1,
    num_media: platform.messageMedia.of(message.id).length,
    date_created: rfc2822Time(message.createdAt),
    date_sent: message.sentAt === null ? null : rfc2822Time(message.sentAt),
    date_updated: rfc2822Time(message.updatedAt),
    direction: message.direction,
    error_code: failed ? "30008" : null,
    error_message: failed ? "Unknown error" : null,
    from: message.from,
    to: message.to,
    price: 0.01,
    price_unit: "USD",
    status: message.status,
    messaging_service_sid: null,
    uri: `${path}.json`,
    subresource_uris: { media: `${path}/Media.json` },
  };
}

/** An attachment as the compatibility API shows it. */
function describeMedia(media: MessageMedia): Schemas["MessageMedia"] {
  return {
    sid: media.id,
    account_sid: media.projectId,
    parent_sid: media.messageId,
    content_type: media.file.contentType,
    date_created: rfc2822Time(media.createdAt),
    date_updated: rfc2822Time(media.updatedAt),
    uri: `${messageMediaPath(media)}.json`,
  };
}
