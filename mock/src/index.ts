/**
 * The mock platform's core: runs in Node and in browsers alike.
 */

export { createApp } from "./app.js";
export type { AppEnv } from "./call.js";
export {
  type BrokenBodyFault,
  type ErrorBodyFault,
  type Fault,
  FaultError,
  type FaultKind,
  type FaultRoute,
  type FaultTarget,
  type LatencyFault,
  type NewVersionFault,
  type NotReadyFault,
  type RedirectFault,
  type StatusFault,
  type ThrottleFault,
  type WrongContentRangeFault,
  type WrongLengthFault,
} from "./faults/fault.js";
export { faultHeader, parseFaultHeader } from "./faults/fault-header.js";
export type { Faults, ListedFault } from "./faults/faults.js";
export { type BytesOptions, bytesFile, fileOfType, type MediaFile } from "./files.js";
export { createFetch } from "./in-process.js";
export type { Decision, Journal, JournalEntry, OriginRole } from "./journal.js";
export type { JournalFilter } from "./journal-filter.js";
export type { JournalEntryJson, JournalEvent } from "./journal-stream.js";
export type { AddFaxMediaOptions, AddMessageMediaOptions, AddRecordingOptions } from "./media.js";
export type {
  ApiToken,
  Fax,
  FaxMedia,
  Message,
  MessageMedia,
  Project,
  Recording,
  RecordingFormat,
  RecordingLeg,
} from "./model.js";
export { OptionError, type PlatformOptions, seededCredentials } from "./options.js";
export { createPlatform, type Platform } from "./platform.js";
export type { AddProjectOptions, AddTokenOptions, ProtectionChange } from "./projects.js";
export {
  type AllowReason,
  type DenyReason,
  decideMediaAccess,
  type ProtectionAnswer,
  type ProtectionCaller,
  type ProtectionQuestion,
} from "./protection.js";
export type { App } from "./router.js";
export type { PlatformDescription } from "./routes/control.js";
export { allScopes, seededMessagingToken, seededSubproject } from "./seed.js";
export {
  defaultSwitches,
  parseSwitch,
  readSwitches,
  SwitchError,
  type Switches,
  type SwitchName,
  switchNames,
  switchTable,
} from "./switches.js";
export type { MediaUrls, Origins, RecordingUrls } from "./urls.js";
