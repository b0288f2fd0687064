/**
 * Builders of media: what a test or the seed says about a medium, completed with sensible values.
 */

import type { Schemas } from "@media-protection/contract";
import { fileOfType, type MediaFile, mp3File, wavFile } from "../files/files.js";
import type { Fax, FaxMedia, Message, MessageMedia, Recording, RecordingLeg } from "./model.js";

/** The attachments that can be generated. */
export const attachmentTypes = [
  "image/jpeg",
  "image/png",
  "image/gif",
  "video/mp4",
  "text/vcard",
] as const;

/** The fax documents that can be generated. */
export const documentTypes = ["application/pdf", "image/tiff"] as const;

/** What can be said about a recording to be added. */
export interface AddRecordingOptions {
  /** The project it belongs to. Default: the root project. */
  readonly projectId?: string;
  /** Default: the next generated id. */
  readonly id?: string | undefined;
  /** Length in seconds. Default 3. */
  readonly seconds?: number | undefined;
  /** Size of the WAV in bytes, instead of `seconds`: any size, generated as it streams. */
  readonly size?: number | undefined;
  /** Default 1. */
  readonly channels?: 1 | 2 | undefined;
  /** In ms since the epoch. Default: now. */
  readonly createdAt?: number | undefined;
  /** Default "completed". */
  readonly status?: Schemas["RecordingStatus"] | undefined;
  /** Default "RecordVerb", for a conference "Conference". */
  readonly source?: Schemas["RecordingSource"] | undefined;
  /** The recorded call. Default: a generated one, unless `conferenceId` is given. */
  readonly callId?: string | undefined;
  /** What leg of the call was recorded. Default "pstn". */
  readonly leg?: RecordingLeg | undefined;
  /** The recorded conference. Default: none. */
  readonly conferenceId?: string | undefined;
  /** The WAV itself, instead of a generated one. */
  readonly wav?: MediaFile | undefined;
  /** The MP3 itself, instead of a generated one. */
  readonly mp3?: MediaFile | undefined;
  /** The recording as MP4, which the files host alone has. Default: there is none. */
  readonly mp4?: MediaFile | undefined;
}

/** What can be said about an attachment to be added, and about its message. */
export interface AddMessageMediaOptions {
  /** The project it belongs to. Default: the root project. */
  readonly projectId?: string;
  /** Default: the next generated id. */
  readonly id?: string | undefined;
  /** The message it is attached to. Default: a new one. */
  readonly messageId?: string | undefined;
  /**
   * The name it was sent with, such as `IMG_1234.JPG`, which ends its URL on the files host. Default: its
   * id and the extension of its type, in upper case.
   */
  readonly fileName?: string | undefined;
  /** What is generated where no `file` is given. Default "image/jpeg". */
  readonly contentType?: (typeof attachmentTypes)[number] | undefined;
  /** The attachment itself, instead of a generated one. */
  readonly file?: MediaFile | undefined;
  /** In ms since the epoch. Default: now. */
  readonly createdAt?: number | undefined;
  /** State of a new message. Default "received"; other states make it an outbound one. */
  readonly status?: Schemas["MessageStatus"] | undefined;
  /** Text of a new message. Default "A picture". */
  readonly body?: string | null | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What can be said about a fax document to be added, and about its fax. */
export interface AddFaxMediaOptions {
  /** The project it belongs to. Default: the root project. */
  readonly projectId?: string;
  /** Default: the next generated id. */
  readonly id?: string | undefined;
  /** The fax it belongs to. Default: a new one. */
  readonly faxId?: string | undefined;
  /** Default 1. */
  readonly pages?: number | undefined;
  /** What is generated where no `file` is given. Default "application/pdf". */
  readonly contentType?: (typeof documentTypes)[number] | undefined;
  /** The document itself, instead of a generated one. */
  readonly file?: MediaFile | undefined;
  /** In ms since the epoch. Default: now. */
  readonly createdAt?: number | undefined;
  /** State of a new fax. Default "received"; states of sending make it an outbound one. */
  readonly status?: Schemas["FaxStatus"] | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What a builder needs besides the options. */
export interface BuildContext {
  readonly projectId: string;
  /** The next id. */
  readonly uuid: () => string;
  /** When, unless the options say otherwise; in ms since the epoch. */
  readonly now: number;
}

/** Numbers from the range reserved for fiction. */
const numbers = { theirs: "+15550100001", ours: "+15550100002" } as const;

/** WAV as telephony has it: 8,000 samples a second of 16 bits. */
const wavBytesPerSecond = 16_000;
const wavHeaderBytes = 44;

/** A recording. */
export function buildRecording(options: AddRecordingOptions, context: BuildContext): Recording {
  const id = options.id ?? context.uuid();
  const createdAt = options.createdAt ?? context.now;
  const channels = options.channels ?? 1;
  const seconds =
    options.size === undefined
      ? (options.seconds ?? 3)
      : Math.floor((options.size - wavHeaderBytes) / (wavBytesPerSecond * channels));
  // It was recorded before it could be added; who says when it began may say a later time.
  const updatedAt = Math.min(createdAt + seconds * 1000, Math.max(createdAt, context.now));
  const lastModified = new Date(updatedAt);
  const length = options.size === undefined ? { seconds } : { size: options.size };
  return {
    id,
    projectId: context.projectId,
    createdAt,
    updatedAt,
    durationSeconds: Math.round(seconds),
    channels,
    status: options.status ?? "completed",
    source: options.source ?? (options.conferenceId === undefined ? "RecordVerb" : "Conference"),
    call:
      options.callId === undefined && options.conferenceId !== undefined
        ? null
        : {
            id: options.callId ?? context.uuid(),
            leg: options.leg ?? "pstn",
            legId: context.uuid(),
          },
    conferenceId: options.conferenceId ?? null,
    files: {
      wav: options.wav ?? wavFile({ id, ...length, channels, lastModified }),
      mp3: options.mp3 ?? mp3File({ id, seconds, lastModified }),
      mp4: options.mp4 ?? null,
    },
  };
}

/** A message for an attachment. */
export function buildMessage(options: AddMessageMediaOptions, context: BuildContext): Message {
  const createdAt = options.createdAt ?? context.now;
  const status = options.status ?? "received";
  const inbound = status === "received";
  return {
    id: options.messageId ?? context.uuid(),
    projectId: context.projectId,
    createdAt,
    updatedAt: createdAt,
    sentAt: status === "queued" || status === "initiated" ? null : createdAt,
    from: options.from ?? (inbound ? numbers.theirs : numbers.ours),
    to: options.to ?? (inbound ? numbers.ours : numbers.theirs),
    body: options.body === undefined ? "A picture" : options.body,
    direction: inbound ? "inbound" : "outbound-api",
    status,
  };
}

/** An attachment of a message. */
export function buildMessageMedia(
  options: AddMessageMediaOptions,
  message: Message,
  context: BuildContext,
): MessageMedia {
  const id = options.id ?? context.uuid();
  const createdAt = options.createdAt ?? context.now;
  const lastModified = new Date(createdAt);
  const contentType = options.contentType ?? "image/jpeg";
  return {
    id,
    projectId: message.projectId,
    messageId: message.id,
    fileName: options.fileName ?? null,
    createdAt,
    updatedAt: createdAt,
    file: options.file ?? fileOfType(contentType, { id, lastModified }),
  };
}

const outboundFaxes: ReadonlySet<Schemas["FaxStatus"]> = new Set([
  "queued",
  "processing",
  "sending",
  "delivered",
  "no-answer",
  "busy",
]);

/** A fax for a document. */
export function buildFax(options: AddFaxMediaOptions, context: BuildContext): Fax {
  const createdAt = options.createdAt ?? context.now;
  const status = options.status ?? "received";
  const outbound = outboundFaxes.has(status);
  const pages = options.pages ?? 1;
  const durationSeconds = 20 + 15 * pages;
  return {
    id: options.faxId ?? context.uuid(),
    projectId: context.projectId,
    createdAt,
    updatedAt: Math.min(createdAt + durationSeconds * 1000, Math.max(createdAt, context.now)),
    from: options.from ?? (outbound ? numbers.ours : numbers.theirs),
    to: options.to ?? (outbound ? numbers.theirs : numbers.ours),
    direction: outbound ? "outbound" : "inbound",
    status,
    quality: "fine",
    pages,
    durationSeconds,
    deleted: false,
  };
}

/** The document of a fax. */
export function buildFaxMedia(
  options: AddFaxMediaOptions,
  fax: Fax,
  context: BuildContext,
): FaxMedia {
  const id = options.id ?? context.uuid();
  const createdAt = options.createdAt ?? context.now;
  const lastModified = new Date(createdAt);
  const pages = options.pages ?? 1;
  return {
    id,
    projectId: fax.projectId,
    faxId: fax.id,
    createdAt,
    updatedAt: createdAt,
    file:
      options.file ??
      fileOfType(options.contentType ?? "application/pdf", {
        id,
        pages,
        lastModified,
        title: `Fax from ${fax.from}`,
      }),
  };
}
