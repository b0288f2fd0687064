/**
 * Reads what `POST /__mock/media` says, and adds it.
 */

import { isMediaKind, type MediaKind } from "@media-protection/contract";
import { parseWhen } from "../http/dates.js";
import { attachmentTypes, documentTypes } from "../platform/media.js";
import type { Platform } from "../platform/platform.js";

/** A description of a medium that cannot be understood. */
export class MediumError extends TypeError {
  override readonly name = "MediumError";
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string" && value !== "";
const isNumber: Check = (value) => typeof value === "number" && value >= 0;
const isCount: Check = (value) => Number.isSafeInteger(value) && isNumber(value);
const isTime: Check = (value) => typeof value === "string" && parseWhen(value) !== undefined;
const isOneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);

const common = { kind: isText, projectId: isText, id: isText, createdAt: isTime };

/** The fields of each kind, each with its check. */
const fields: Readonly<Record<MediaKind, Readonly<Record<string, Check>>>> = {
  recording: {
    ...common,
    seconds: isNumber,
    size: isCount,
    channels: isOneOf(1, 2),
    callId: isText,
    conferenceId: isText,
    leg: isOneOf("pstn", "sip", "webrtc"),
    status: isOneOf("queued", "in-progress", "paused", "resumed", "completed", "absent", "stopped"),
  },
  messageMedia: {
    ...common,
    messageId: isText,
    fileName: isText,
    contentType: isOneOf(...attachmentTypes),
    body: isText,
    from: isText,
    to: isText,
    status: isOneOf(
      "queued",
      "initiated",
      "sent",
      "failed",
      "delivered",
      "undelivered",
      "received",
    ),
  },
  faxMedia: {
    ...common,
    faxId: isText,
    contentType: isOneOf(...documentTypes),
    pages: isCount,
    from: isText,
    to: isText,
    status: isOneOf(
      "queued",
      "processing",
      "sending",
      "delivered",
      "receiving",
      "received",
      "no-answer",
      "busy",
      "failed",
      "canceled",
    ),
  },
};

/** A medium that was added: its ids and where it is. */
export interface AddedMedium {
  readonly kind: MediaKind;
  readonly id: string;
  readonly projectId: string;
  /** The message or fax it belongs to. */
  readonly parentId?: string;
  readonly urls: object;
}

/**
 * Adds the medium that a JSON body describes: `kind`, and any option of the platform's `addRecording`,
 * `addMessageMedia` or `addFaxMedia` that is not a file; `createdAt` as a date or a time.
 *
 * @throws MediumError for an unknown kind, field, or value.
 * @throws OptionError for a project that does not exist.
 * @throws RangeError for a size or length that no file can have.
 */
export function addMedium(platform: Platform, body: unknown): AddedMedium {
  if (typeof body !== "object" || body === null || !("kind" in body) || !isMediaKind(body.kind)) {
    const known = Object.keys(fields).join(", ");
    throw new MediumError(`The body must be an object with a kind: ${known}.`);
  }
  const { kind } = body;
  for (const [name, value] of Object.entries(body)) {
    const check = Object.hasOwn(fields[kind], name) ? fields[kind][name] : undefined;
    if (check === undefined) throw new MediumError(`A ${kind} has no field "${name}".`);
    if (!check(value)) throw new MediumError(`The field "${name}" cannot be that.`);
  }
  return add(platform, kind, body);
}

function add(platform: Platform, kind: MediaKind, body: object): AddedMedium {
  // Every field was checked above to be one of the kind's options, with a value of its type; only
  // the time is written differently.
  const { createdAt, ...rest } = body as { readonly createdAt?: string };
  const moment = createdAt === undefined ? undefined : parseWhen(createdAt)?.moment;
  const options = moment === undefined ? rest : { ...rest, createdAt: moment };
  switch (kind) {
    case "recording": {
      const { recording, urls } = platform.addRecording(options);
      return { kind, id: recording.id, projectId: recording.projectId, urls };
    }
    case "messageMedia": {
      const { media, urls } = platform.addMessageMedia(options);
      const { id, projectId, messageId: parentId } = media;
      return { kind, id, projectId, parentId, urls };
    }
    case "faxMedia": {
      const { media, urls } = platform.addFaxMedia(options);
      const { id, projectId, faxId: parentId } = media;
      return { kind, id, projectId, parentId, urls };
    }
  }
}
