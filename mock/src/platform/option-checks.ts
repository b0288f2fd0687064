/**
 * What can be said when something is added or changed, held against the one vocabulary of checks: the
 * same for code, for the control endpoints, and for whoever comes without types.
 */

import { mediaKinds } from "@media-protection/contract";
import {
  anyText,
  type Check,
  type Checks,
  flag,
  moment,
  number,
  oneOf,
  orNull,
  readFields,
  scopes,
  secret,
  text,
  uuid,
  whole,
} from "../rules/checks.js";
import {
  type AddFaxMediaOptions,
  type AddMessageMediaOptions,
  type AddRecordingOptions,
  attachmentTypes,
  documentTypes,
} from "./media.js";
import type { AddProjectOptions, AddTokenOptions, ProtectionChange } from "./projects.js";
import {
  faxStates,
  messageStates,
  recordingLegs,
  recordingSources,
  recordingStates,
} from "./states.js";

/** A file, by what serving it needs. */
const file: Check = {
  holds(value) {
    if (typeof value !== "object" || value === null) return false;
    const has = (name: string, type: string) => typeof Reflect.get(value, name) === type;
    return (
      ["contentType", "extension", "etag"].every((name) => has(name, "string")) &&
      has("size", "number") &&
      has("bytes", "function") &&
      has("stream", "function") &&
      Reflect.get(value, "lastModified") instanceof Date
    );
  },
  expected: "a file, as bytesFile and fileOfType make them",
};

const common = { projectId: uuid, id: uuid, createdAt: moment };
const count = whole(0);

const recording: Checks<AddRecordingOptions> = {
  ...common,
  seconds: number(0, Number.MAX_VALUE),
  size: count,
  channels: oneOf(1, 2),
  status: oneOf(...recordingStates),
  source: oneOf(...recordingSources),
  callId: uuid,
  leg: oneOf(...recordingLegs),
  conferenceId: uuid,
  wav: file,
  mp3: file,
  mp4: file,
};

const messageMedia: Checks<AddMessageMediaOptions> = {
  ...common,
  messageId: uuid,
  fileName: text,
  contentType: oneOf(...attachmentTypes),
  file,
  status: oneOf(...messageStates),
  body: orNull(anyText),
  from: text,
  to: text,
};

const faxMedia: Checks<AddFaxMediaOptions> = {
  ...common,
  faxId: uuid,
  pages: count,
  contentType: oneOf(...documentTypes),
  file,
  status: oneOf(...faxStates),
  from: text,
  to: text,
};

const project: Checks<AddProjectOptions> = {
  id: uuid,
  parentId: orNull(uuid),
  name: text,
  createdAt: moment,
  hasPhoneNumbers: flag,
};

const token: Checks<AddTokenOptions> = {
  projectId: uuid,
  scopes,
  name: text,
  token: secret,
  expiresAt: moment,
};

const protection = {
  [mediaKinds.recording.setting]: flag,
  [mediaKinds.messageMedia.setting]: flag,
  [mediaKinds.faxMedia.setting]: flag,
} satisfies Checks<ProtectionChange>;

/** The options of a recording. @throws OptionError */
export const readRecording = (input: unknown) => readFields("a recording", input, recording);

/** The options of an attachment. @throws OptionError */
export const readMessageMedia = (input: unknown) =>
  readFields("an attachment", input, messageMedia);

/** The options of a fax document. @throws OptionError */
export const readFaxMedia = (input: unknown) => readFields("a fax document", input, faxMedia);

/** The options of a project. @throws OptionError */
export const readProject = (input: unknown) => readFields("a project", input, project);

/** The options of an API token. @throws OptionError */
export const readToken = (input: unknown) =>
  readFields("an API token", input, token, { required: ["scopes"] });

/** A change of protection. @throws OptionError */
export const readProtection = (input: unknown) =>
  readFields<ProtectionChange>("a change of protection", input, protection);
