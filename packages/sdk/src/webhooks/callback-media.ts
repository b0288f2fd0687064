import type { MediaKind } from "@media-protection/contract";
import { isRecord } from "../errors.js";
import { type MediaRef, readMediaUrl } from "../trust/media-reference.js";

/**
 * One medium that a callback tells of: a source for `client.media.download` and `saveMedia`, which
 * decide whether it may have credentials. Everything in it is what the sender wrote, and widens
 * nothing: a subproject's media need a client whose option `projects` reaches them.
 */
export interface CallbackMedia {
  /** The kind, by the sort of callback. */
  readonly kind: MediaKind;
  /**
   * Where the medium is said to be. Give it to `client.media.download`, which decides whether it may
   * have credentials; never to anything else that has them.
   */
  readonly url: string;
  /** What the URL names; `undefined` where it is no media URL, so that a download would refuse it. */
  readonly ref: MediaRef | undefined;
  /**
   * Whether the callback says that the file is complete. Some URLs are sent while a recording still
   * runs. Even a complete file can take seconds to appear: see the option `waitUntilReady`.
   */
  readonly ready: boolean;
  /** The state of the recording, message or fax in the platform's words, such as `completed`. */
  readonly status?: string;
  /** The media type without parameters, lower case. Messages only. */
  readonly contentType?: string;
  /** The size in bytes. */
  readonly size?: number;
  /** How long the recording is, in seconds. */
  readonly duration?: number;
  /** The project that the sender names, which may be a subproject. The one in `ref` is what counts. */
  readonly projectId?: string;
  /** The recording's id. */
  readonly recordingId?: string;
  /** The call that was recorded, or that the fax came by. */
  readonly callId?: string;
  /** The conference that was recorded. */
  readonly conferenceId?: string;
  /** The message's id. */
  readonly messageId?: string;
  /** The fax's id. */
  readonly faxId?: string;
  /** The document's id. Faxes only. */
  readonly mediaId?: string;
}

/** What a callback says under a name. */
export type Field = (name: string) => unknown;

/** A field whose value is an object, as fields of its own. */
export function within(value: unknown): Field {
  return (name) => (isRecord(value) ? value[name] : undefined);
}

/** States in which a recording never came to be. */
export const noRecording = /^(?:absent|failed|no_input|error)$/;

/** More attachments than any carrier lets a message have. */
export const maxAttachments = 100;

/** What {@link CallbackMedia} says beyond the URL, where it was sent. */
export type Said = {
  [Key in keyof Omit<CallbackMedia, "kind" | "url" | "ref">]: CallbackMedia[Key] | undefined;
} & { readonly ready: boolean };

/** A medium, if a URL was sent for it. */
export function medium(kind: MediaKind, sent: unknown, said: Said): CallbackMedia | undefined {
  const url = text(sent);
  if (url === undefined) return undefined;
  const read = readMediaUrl(url);
  const known = Object.entries(said).filter(([, value]) => value !== undefined);
  return {
    kind,
    url,
    ref: "origin" in read ? read.ref : undefined,
    ready: said.ready,
    ...Object.fromEntries(known),
  };
}

/** A text with something in it. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A number, 0 or more; forms send it as text. */
export function count(value: unknown): number | undefined {
  const number = /^\d+(?:\.\d+)?$/.test(text(value) ?? "") ? Number(value) : value;
  return typeof number === "number" && number >= 0 && number < Infinity ? number : undefined;
}
