/**
 * A platform as JSON: everything but the journal, and what it was made from.
 */

import type { TokenScope } from "@media-protection/contract";
import type { MediaFile } from "../files/files.js";
import type { Collection, Stored } from "../platform/collection.js";
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
import type { Platform } from "../platform/platform.js";
import { readSwitches } from "../rules/switches.js";
import {
  anything,
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

const identity = object<Identity>({ spaceName: text, projectId: uuid, apiToken: text });

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

/** A field that older states do not have. */
function laterField<Value>(codec: Codec<Value | null>): Codec<Value | null> {
  return {
    write: codec.write,
    read: (json, at) => (json === undefined ? null : codec.read(json, at)),
  };
}

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

/** All that is saved, read and not yet put into a platform. */
export interface Snapshot {
  readonly identity: Identity;
  /** Puts it into a platform of the same identity, in the place of what is there. */
  restore(platform: Platform): void;
}

/** The codecs of everything a platform holds. */
function codecsOf(file: Codec<MediaFile>) {
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

/** A platform, to be written as JSON. */
export function takeSnapshot(platform: Platform, file: Codec<MediaFile>): object {
  const codecs = codecsOf(file);
  return {
    identity: identity.write({ spaceName: platform.spaceName, ...platform.credentials }),
    ids: platform.idPosition,
    switches: platform.switches,
    projects: write(platform.projects, codecs.projects),
    tokens: write(platform.tokens, codecs.tokens),
    recordings: write(platform.recordings, codecs.recordings),
    messages: write(platform.messages, codecs.messages),
    messageMedia: write(platform.messageMedia, codecs.messageMedia),
    faxes: write(platform.faxes, codecs.faxes),
    faxMedia: write(platform.faxMedia, codecs.faxMedia),
  };
}

/**
 * Reads what `takeSnapshot` wrote.
 *
 * @throws MalformedError for what it did not write.
 * @throws SwitchError for a switch that is not there any more.
 */
export function readSnapshot(json: unknown, file: Codec<MediaFile>): Snapshot {
  const codecs = codecsOf(file);
  const read = object({
    identity,
    ids: integer,
    switches: anything,
    projects: list(codecs.projects),
    tokens: list(codecs.tokens),
    recordings: list(codecs.recordings),
    messages: list(codecs.messages),
    messageMedia: list(codecs.messageMedia),
    faxes: list(codecs.faxes),
    faxMedia: list(codecs.faxMedia),
  }).read(json, "state");
  const switches = readSwitches(read.switches);
  return {
    identity: read.identity,
    restore(platform) {
      fill(platform.projects, read.projects);
      fill(platform.tokens, read.tokens);
      fill(platform.recordings, read.recordings);
      fill(platform.messages, read.messages);
      fill(platform.messageMedia, read.messageMedia);
      fill(platform.faxes, read.faxes);
      fill(platform.faxMedia, read.faxMedia);
      platform.idPosition = read.ids;
      platform.setSwitches(switches);
    },
  };
}

/** In order of insertion, which is what a collection orders entities of the same time by. */
function write<Entity extends Stored>(
  collection: Collection<Entity>,
  codec: Codec<Entity>,
): unknown[] {
  const placed = [...collection.all()].sort((first, second) => first.sequence - second.sequence);
  return placed.map(({ entity }) => codec.write(entity));
}

function fill<Entity extends Stored>(
  collection: Collection<Entity>,
  entities: readonly Entity[],
): void {
  collection.clear();
  for (const entity of entities) collection.add(entity);
}
