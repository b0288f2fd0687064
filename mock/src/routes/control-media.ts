/**
 * Reads what `POST /__mock/media` says, and adds it.
 */

import { isMediaKind, type MediaKind, mediaKinds } from "@media-protection/contract";
import { parseWhen } from "../http/dates.js";
import type { Platform } from "../platform/platform.js";
import { OptionError } from "../rules/checks.js";

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
 * @throws OptionError for what is no such description, or what the platform does not take.
 * @throws RangeError for a size or length that no file can have.
 */
export function addMedium(platform: Platform, body: unknown): AddedMedium {
  if (typeof body !== "object" || body === null || !("kind" in body) || !isMediaKind(body.kind)) {
    throw new OptionError("kind", `one of ${Object.keys(mediaKinds).join(", ")}`);
  }
  const { kind, ...described } = body;
  for (const name of fileOptions) {
    if (name in described) throw new OptionError(name, "left out: JSON has no files");
  }
  return add(platform, kind, withMoments(described));
}

/** The options that are files, which JSON cannot say. */
const fileOptions = ["wav", "mp3", "mp4", "file"];

/**
 * Times as JSON has them, a date or a time, as the platform takes them.
 *
 * @throws OptionError for a time that cannot be read.
 */
export function withMoments(described: object): object {
  const entries = Object.entries(described).map(([name, value]) => {
    if (name !== "createdAt" && name !== "expiresAt") return [name, value];
    const when = typeof value === "string" ? parseWhen(value) : undefined;
    if (when === undefined) throw new OptionError(name, "a date (YYYY-MM-DD) or a time");
    return [name, when.moment];
  });
  return Object.fromEntries(entries);
}

/** The platform checks every option itself. */
function add(platform: Platform, kind: MediaKind, options: object): AddedMedium {
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
