/**
 * Media by the file names of the files host and the storage host.
 */

import type { MediaKind } from "@media-protection/contract";
import type { MediaFile } from "../files/files.js";
import { uuidPattern } from "../rules/ids.js";
import type { Project } from "./model.js";
import type { Platform } from "./platform.js";

/** A medium found by its file name. */
export interface Stored {
  readonly media: { readonly id: string; readonly createdAt: number };
  /** `undefined` when the medium is there, but not in the format of the extension. */
  readonly file: MediaFile | undefined;
}

const namePattern = new RegExp(`^(?:(\\d{8})-)?(${uuidPattern})(?:\\.(\\w+))?$`);

/**
 * Finds a medium of a project by its file name: `<id>.<extension>`, for faxes also with the date of
 * the document before it; an attachment's name may lack the extension.
 */
export function findStored(
  platform: Platform,
  kind: MediaKind,
  project: Project,
  fileName: string,
): Stored | undefined {
  const [, date, id, extension] = namePattern.exec(fileName) ?? [];
  if (id === undefined || (date !== undefined && kind !== "faxMedia")) return undefined;
  if (kind === "recording") {
    const recording = platform.recordings.get(id);
    if (recording?.projectId !== project.id) return undefined;
    const { wav, mp3, mp4 } = recording.files;
    const file = [wav, mp3, mp4].find((candidate) => candidate?.extension === extension);
    return { media: recording, file: file ?? undefined };
  }
  const media = platform[kind].get(id);
  if (media?.projectId !== project.id) return undefined;
  // A fax that was deleted has no documents, whatever was added to it since.
  if ("faxId" in media && platform.faxes.get(media.faxId)?.deleted !== false) return undefined;
  const bare = kind === "messageMedia" && extension === undefined;
  return { media, file: bare || media.file.extension === extension ? media.file : undefined };
}
