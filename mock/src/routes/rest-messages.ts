import type { Schemas } from "@media-protection/contract";
import { isoTime } from "../http/dates.js";
import { restErrors } from "../http/errors.js";
import { jsonText } from "../http/readers.js";
import type { Router } from "../http/router.js";
import type { Message } from "../platform/model.js";
import type { Platform } from "../platform/platform.js";
import { messageMediaUrls } from "../platform/urls.js";

/** Messages in the REST API, where their text can be changed. Nothing is ever sent. */
export function restMessageRoutes(router: Router): void {
  router.metadata(
    "patch",
    "/api/messaging/messages/{message_id}",
    { scope: "messaging", body: { body: { read: jsonText(0), required: true } } },
    (exchange) => {
      const { platform, project, params, body } = exchange;
      const message = platform.messages.get(params.message_id);
      if (message?.projectId !== project.id) return exchange.json(404, restErrors[404]);
      const changed = { ...message, body: body.body, updatedAt: platform.now() };
      // Entities of this kind do not change: one takes the place of the other.
      platform.messages.delete(message.id);
      platform.messages.add(changed);
      return exchange.json(200, describe(platform, changed));
    },
  );
}

/** The words of this API for the states of a message; it has none for one that was received. */
const restStatus = {
  queued: "queued",
  initiated: "initiated",
  sent: "sent",
  failed: "failed",
  delivered: "delivered",
  undelivered: "undelivered",
  received: "delivered",
} as const satisfies Record<Message["status"], Schemas["RestMessage"]["status"]>;

function describe(platform: Platform, message: Message): Schemas["RestMessage"] {
  const media = platform.messageMedia.of(message.id).map(({ entity }) => entity);
  const failed = message.status === "failed" || message.status === "undelivered";
  return {
    id: message.id,
    from: message.from,
    to: message.to,
    body: message.body ?? "",
    status: restStatus[message.status],
    direction: message.direction === "inbound" ? "inbound" : "outbound",
    kind: media.length > 0 ? "mms" : "sms",
    media: media.map((one) => messageMediaUrls(platform, one).files),
    number_of_segments: 1,
    error_code: failed ? "30008" : null,
    error_message: failed ? "Unknown error" : null,
    created_at: isoTime(message.createdAt),
    project_id: message.projectId,
    status_callback_url: null,
    message_uri: `/api/messaging/messages/${message.id}`,
  };
}
