/**
 * What the platform keeps: projects, API tokens, and media with what they belong to. Times are ms
 * since the epoch; how each API writes them is the business of the routes.
 */

import type { MediaKind, Schemas, TokenScope } from "@media-protection/contract";
import type { MediaFile } from "../files/files.js";

/** A root project, or a subproject of one. */
export interface Project {
  readonly id: string;
  /** The root project of a subproject; `null` for a root project. */
  readonly parentId: string | null;
  readonly createdAt: number;
  name: string;
  updatedAt: number;
  forceHttpsRequests: boolean;
  /** The key that signs the project's webhooks. */
  signingKey: string;
  /** Keys from before a rotation that are still valid for a while; newest first. */
  retiredSigningKeys: readonly RetiredKey[];
  /** A subproject that still has phone numbers cannot be deleted. */
  hasPhoneNumbers: boolean;
  /** When each kind's protection was switched on; `null` while it is off. */
  readonly protectedSince: Record<MediaKind, number | null>;
}

/** A signing key that was replaced. */
export interface RetiredKey {
  readonly key: string;
  /** In ms since the epoch; from then on it is not valid. */
  readonly validUntil: number;
}

/** A secret that opens what its scopes name. */
export interface ApiToken {
  readonly id: string;
  readonly projectId: string;
  readonly createdAt: number;
  name: string;
  scopes: ReadonlySet<TokenScope>;
  /** The secret itself. Never logged, never in the journal. */
  readonly token: string;
  /** From when on it opens nothing, in ms since the epoch; `null`: it has no end. */
  expiresAt: number | null;
}

/** Which kind of leg a call recording was made of. */
export type RecordingLeg = "pstn" | "sip" | "webrtc";

/** A recording of a call or a conference. */
export interface Recording {
  readonly id: string;
  readonly projectId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly durationSeconds: number;
  readonly channels: 1 | 2;
  readonly status: Schemas["RecordingStatus"];
  readonly source: Schemas["RecordingSource"];
  /** The recorded call and its leg; `null` for a conference. */
  readonly call: { readonly id: string; readonly leg: RecordingLeg; readonly legId: string } | null;
  readonly conferenceId: string | null;
  /** The recording's bytes, in each format; `mp4` is `null` unless it was given. */
  readonly files: Readonly<Record<RecordingFormat, MediaFile>> & { readonly mp4: MediaFile | null };
}

/** The formats that every recording is served in. */
export type RecordingFormat = "wav" | "mp3";

/** An SMS or MMS. */
export interface Message {
  readonly id: string;
  readonly projectId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly sentAt: number | null;
  readonly from: string;
  readonly to: string;
  readonly body: string | null;
  readonly direction: Schemas["MessageDirection"];
  readonly status: Schemas["MessageStatus"];
}

/** An attachment of a message. */
export interface MessageMedia {
  readonly id: string;
  readonly projectId: string;
  readonly messageId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The name that it was sent with; `null` for one made of its id. */
  readonly fileName: string | null;
  /** The attachment's bytes. */
  readonly file: MediaFile;
}

/** A fax. */
export interface Fax {
  readonly id: string;
  readonly projectId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly from: string;
  readonly to: string;
  readonly direction: Schemas["FaxDirection"];
  readonly status: Schemas["FaxStatus"];
  readonly quality: Schemas["FaxQuality"];
  /** `null` while unknown. */
  readonly pages: number | null;
  readonly durationSeconds: number;
  /** A deleted fax stays in the fax logs, for those who ask for deleted ones. */
  deleted: boolean;
}

/** The document of a fax. */
export interface FaxMedia {
  readonly id: string;
  readonly projectId: string;
  readonly faxId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The document's bytes. */
  readonly file: MediaFile;
}
