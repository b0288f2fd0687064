/**
 * A medium of any kind by its id, as the control endpoints tell of it.
 */

import type { MediaKind } from "@media-protection/contract";
import { recipeOf } from "../files/media-file.js";
import type { FaxMedia, MessageMedia, Recording, RecordingFormat } from "./model.js";
import type { Platform } from "./platform.js";
import {
  faxMediaUrls,
  type MediaUrls,
  type MessageMediaUrls,
  messageMediaUrls,
  type RecordingUrls,
  recordingUrls,
} from "./urls.js";

/** A medium: its ids and where it is. */
export interface AddedMedium {
  readonly kind: MediaKind;
  readonly id: string;
  readonly projectId: string;
  /** The message or fax it belongs to. */
  readonly parentId?: string;
  readonly urls: MediaUrls | RecordingUrls | MessageMediaUrls;
  /** Of a recording: the formats that were given as files; the others are made up. */
  readonly given?: readonly RecordingFormat[];
}

/** The medium of an id, of whatever kind; `undefined` where there is none. */
export function findMedium(
  { recordings, messageMedia, faxMedia }: Platform,
  id: string,
): Recording | MessageMedia | FaxMedia | undefined {
  return recordings.get(id) ?? messageMedia.get(id) ?? faxMedia.get(id);
}

/** What is told of a medium. */
export function describeMedium(
  platform: Platform,
  medium: Recording | MessageMedia | FaxMedia,
): AddedMedium {
  const { id, projectId } = medium;
  if ("messageId" in medium) {
    const urls = messageMediaUrls(platform, medium);
    return { kind: "messageMedia", id, projectId, parentId: medium.messageId, urls };
  }
  if ("faxId" in medium) {
    const urls = faxMediaUrls(platform, medium);
    return { kind: "faxMedia", id, projectId, parentId: medium.faxId, urls };
  }
  const given = formats.filter((format) => recipeOf(medium.files[format]) === undefined);
  return { kind: "recording", id, projectId, urls: recordingUrls(platform, medium), given };
}

const formats: readonly RecordingFormat[] = ["wav", "mp3"];
