import type {
  Fax,
  FaxMedia,
  MediaKind,
  MediaRef,
  Message,
  MessageMedia,
  Recording,
} from "@media-protection/sdk";

/** One medium as the platform listed it: what it is, and what is known of it. Plain JSON. */
export interface ExportMedium {
  /** Recording, message media or fax media. */
  readonly kind: MediaKind;
  /** The medium's id, a UUID; unique within its kind. */
  readonly id: string;
  /** The project it belongs to. */
  readonly projectId: string;
  /** What it is downloaded by. */
  readonly ref: MediaRef;
  /** When the platform created it, ISO 8601. */
  readonly createdAt: string;
  /** The media type, where the listing states it. */
  readonly contentType?: string;
  /** Its size in bytes, where the listing states it. */
  readonly byteSize?: number;
  /** A recording's length in seconds. */
  readonly durationSeconds?: number;
  /** A recording's channels. */
  readonly channels?: number;
  /** The recorded call. */
  readonly callId?: string;
  /** The recorded conference. */
  readonly conferenceId?: string;
  /** The message that it was attached to. */
  readonly messageId?: string;
  /** When that was sent, ISO 8601: what `since` and `until` mean for an attachment. */
  readonly sentAt?: string;
  /** The fax that it is a document of. */
  readonly faxId?: string;
  /** Whether message or fax was received or sent, as the platform says it. */
  readonly direction?: string;
  /** The sender's number. */
  readonly from?: string;
  /** The recipient's number. */
  readonly to?: string;
}

/** What a field of an object may be before those that are `undefined` are left out. */
type Loose<Of> = { [Name in keyof Of]: Of[Name] | undefined };

function given<Of extends object>(fields: Loose<Of>): Of {
  // Safe: a field that is required is never undefined below, and the others may be absent.
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Of;
}

/** A recording of a listing. */
export function ofRecording(one: Recording): ExportMedium {
  const { id, projectId, ref, createdAt, durationSeconds, channels, callId, conferenceId } = one;
  return given<ExportMedium>({
    kind: "recording",
    ...{ id, projectId, ref, createdAt: createdAt.toISOString(), byteSize: one.byteSize },
    ...{ durationSeconds, channels, callId, conferenceId },
  });
}

/** An attachment, with what its message says. */
export function ofMessageMedia(one: MessageMedia, message: Message): ExportMedium {
  const { id, projectId, ref, createdAt, contentType, messageId } = one;
  const { direction, from, to, sentAt } = message;
  return given<ExportMedium>({
    kind: "messageMedia",
    ...{ id, projectId, ref, createdAt: createdAt.toISOString(), contentType },
    ...{ messageId, sentAt: sentAt?.toISOString(), direction, from, to },
  });
}

/** A document, with what its fax says. */
export function ofFaxMedia(one: FaxMedia, fax: Fax): ExportMedium {
  const { id, projectId, ref, createdAt, contentType, faxId } = one;
  const { direction, from, to } = fax;
  return given<ExportMedium>({
    kind: "faxMedia",
    ...{ id, projectId, ref, createdAt: createdAt.toISOString(), contentType },
    ...{ faxId, direction, from, to },
  });
}
