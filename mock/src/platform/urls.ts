/**
 * Where media is: URLs on the space and on the files host.
 */

import type { Origins } from "../rules/origins.js";
import type { Switches } from "../rules/switches.js";
import type { Fax, FaxMedia, Message, MessageMedia, Recording } from "./model.js";

/** What URLs are made from. */
export interface Place {
  readonly origins: Origins;
  readonly spaceId: string;
  readonly switches: Pick<Switches, "messageMediaPath">;
}

/** The URLs of one medium. */
export interface MediaUrls {
  /** The bytes on the space, without extension, as in compatibility callbacks. */
  readonly space: string;
  /** The bytes on the files host, as in Relay and SWML callbacks. */
  readonly files: string;
  /** The metadata in the compatibility API. */
  readonly metadata: string;
}

/** The URLs of a recording, which comes in two formats. */
export interface RecordingUrls extends MediaUrls {
  readonly spaceWav: string;
  readonly spaceMp3: string;
  readonly filesMp3: string;
}

/** The URLs of an attachment, which the files host may have by its name. */
export interface MessageMediaUrls extends MediaUrls {
  /** The bytes on the files host by the name that the attachment was sent with. */
  readonly filesByName: string;
}

/** The path of a project in the compatibility API. */
function accountPath(projectId: string): string {
  return `/api/laml/2010-04-01/Accounts/${projectId}`;
}

/** The path of a recording, without extension. */
export function recordingPath(recording: Pick<Recording, "id" | "projectId">): string {
  return `${accountPath(recording.projectId)}/Recordings/${recording.id}`;
}

/** The path of a message, without extension. */
export function messagePath(message: Pick<Message, "id" | "projectId">): string {
  return `${accountPath(message.projectId)}/Messages/${message.id}`;
}

/** The path of an attachment, without extension. */
export function messageMediaPath(media: MessageMedia): string {
  return `${accountPath(media.projectId)}/Messages/${media.messageId}/Media/${media.id}`;
}

/** The path of a fax, without extension. */
export function faxPath(fax: Pick<Fax, "id" | "projectId">): string {
  return `${accountPath(fax.projectId)}/Faxes/${fax.id}`;
}

/** The path of a fax document, without extension. */
export function faxMediaPath(media: FaxMedia): string {
  return `${accountPath(media.projectId)}/Faxes/${media.faxId}/Media/${media.id}`;
}

/** The last segment of a fax document's URL on the files host: date, hyphen, id, extension. */
function faxFileName(media: FaxMedia): string {
  const date = new Date(media.createdAt).toISOString().slice(0, 10).replaceAll("-", "");
  return `${date}-${media.id}.${media.file.extension}`;
}

function filesUrl(place: Place, projectId: string, folder: string, fileName: string): string {
  return `${place.origins.files}/${place.spaceId}/${projectId}/${folder}/${fileName}`;
}

function spaceUrls(place: Place, path: string): Pick<MediaUrls, "space" | "metadata"> {
  const space = place.origins.space + path;
  return { space, metadata: `${space}.json` };
}

/** The URLs of a recording. */
export function recordingUrls(place: Place, recording: Recording): RecordingUrls {
  const { space, metadata } = spaceUrls(place, recordingPath(recording));
  const onFiles = filesUrl(place, recording.projectId, "recordings", recording.id);
  return {
    space,
    metadata,
    files: `${onFiles}.wav`,
    spaceWav: `${space}.wav`,
    spaceMp3: `${space}.mp3`,
    filesMp3: `${onFiles}.mp3`,
  };
}

/** The URLs of an attachment. */
export function messageMediaUrls(place: Place, media: MessageMedia): MessageMediaUrls {
  const name = encodeURIComponent(sentName(media));
  const filesByName = filesUrl(place, media.projectId, "message-media", name);
  const byId = `${media.id}.${media.file.extension}`;
  return {
    ...spaceUrls(place, messageMediaPath(media)),
    files:
      place.switches.messageMediaPath === "message-media"
        ? filesByName
        : filesUrl(place, media.projectId, "messages", byId),
    filesByName,
  };
}

/** The name that an attachment was sent with. Phones write the extension in upper case. */
export function sentName({ fileName, id, file }: MessageMedia): string {
  return fileName ?? `${id}.${file.extension.toUpperCase()}`;
}

/** The URLs of a fax document. */
export function faxMediaUrls(place: Place, media: FaxMedia): MediaUrls {
  return {
    ...spaceUrls(place, faxMediaPath(media)),
    files: filesUrl(place, media.projectId, "faxes", faxFileName(media)),
  };
}
