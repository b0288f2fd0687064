/**
 * How each entity of a platform is written, and what a platform was made from.
 */

import type { TokenScope } from "@media-protection/contract";
import type { MediaFile } from "../files/files.js";
import type {
  ApiToken,
  Fax,
  FaxMedia,
  Message,
  MessageMedia,
  Project,
  Recording,
  RetiredKey,
} from "../platform/model.js";
import {
  type Codec,
  flag,
  integer,
  list,
  moment,
  nullable,
  object,
  oneOf,
  setOf,
  text,
  uuid,
  word,
} from "./codecs.js";

/** What a platform was made from, which has to stay the same. */
export interface Identity {
  readonly spaceName: string;
  readonly projectId: string;
  readonly apiToken: string;
}

/** The codec of what a platform was made from. */
export const identity = object<Identity>({ spaceName: text, projectId: uuid, apiToken: text });

const since = nullable(moment);

const project = object<Project>({
  id: uuid,
  parentId: nullable(uuid),
  createdAt: moment,
  name: text,
  updatedAt: moment,
  forceHttpsRequests: flag,
  signingKey: text,
  retiredSigningKeys: list(object<RetiredKey>({ key: text, validUntil: moment })),
  hasPhoneNumbers: flag,
  protectedSince: object({ recording: since, messageMedia: since, faxMedia: since }),
});

/** A field that older states do not have. */
function laterField<Value>(codec: Codec<Value | null>): Codec<Value | null> {
  return {
    write: codec.write,
    read: (json, at) => (json === undefined ? null : codec.read(json, at)),
  };
}

const token = object<ApiToken>({
  id: uuid,
  projectId: uuid,
  createdAt: moment,
  name: text,
  scopes: setOf(word<TokenScope>()),
  token: text,
  expiresAt: laterField(nullable(moment)),
});

const message = object<Message>({
  id: uuid,
  projectId: uuid,
  createdAt: moment,
  updatedAt: moment,
  sentAt: nullable(moment),
  from: text,
  to: text,
  body: nullable(text),
  direction: word(),
  status: word(),
});

const fax = object<Fax>({
  id: uuid,
  projectId: uuid,
  createdAt: moment,
  updatedAt: moment,
  from: text,
  to: text,
  direction: word(),
  status: word(),
  quality: word(),
  pages: nullable(integer),
  durationSeconds: integer,
  deleted: flag,
});

const recording = (file: Codec<MediaFile>) =>
  object<Recording>({
    id: uuid,
    projectId: uuid,
    createdAt: moment,
    updatedAt: moment,
    durationSeconds: integer,
    channels: oneOf(1, 2),
    status: word(),
    source: word(),
    call: nullable(object({ id: uuid, leg: word(), legId: uuid })),
    conferenceId: nullable(uuid),
    files: object({ wav: file, mp3: file, mp4: laterField(nullable(file)) }),
  });

const messageMedia = (file: Codec<MediaFile>) =>
  object<MessageMedia>({
    id: uuid,
    projectId: uuid,
    messageId: uuid,
    createdAt: moment,
    updatedAt: moment,
    fileName: laterField(nullable(text)),
    file,
  });

const faxMedia = (file: Codec<MediaFile>) =>
  object<FaxMedia>({
    id: uuid,
    projectId: uuid,
    faxId: uuid,
    createdAt: moment,
    updatedAt: moment,
    file,
  });

/** The codecs of everything a platform holds. */
export function codecsOf(file: Codec<MediaFile>) {
  return {
    projects: project,
    tokens: token,
    recordings: recording(file),
    messages: message,
    messageMedia: messageMedia(file),
    faxes: fax,
    faxMedia: faxMedia(file),
  };
}
