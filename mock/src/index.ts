/**
 * The mock platform's core: runs in Node and in browsers alike.
 */

export { createApp } from "./app/app.js";
export { createFetch } from "./app/in-process.js";
export type { CallbackShape } from "./callbacks/callback-shapes.js";
export type {
  CallbackFault,
  Callbacks,
  Delivery,
  DescribedShape,
  SendCallbackOptions,
} from "./callbacks/callbacks.js";
export { signWebhook, type UnsignedWebhook } from "./callbacks/sign-webhook.js";
export type { Faults, ListedFault } from "./faults/armed-faults.js";
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
export { type BytesOptions, bytesFile, fileOfType, type MediaFile } from "./files/files.js";
export type { AppEnv } from "./http/call.js";
export type { App } from "./http/router.js";
export type { Journal } from "./journal/journal.js";
export type { Decision, JournalEntry } from "./journal/journal-entry.js";
export type { JournalFilter } from "./journal/journal-filter.js";
export type { JournalEntryJson, JournalEvent } from "./journal/journal-stream.js";
export { createPlatform, type PlatformOptions } from "./platform/create-platform.js";
export type {
  AddFaxMediaOptions,
  AddMessageMediaOptions,
  AddRecordingOptions,
} from "./platform/media.js";
export type { AddedMedium } from "./platform/media-lookup.js";
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
} from "./platform/model.js";
export { OptionError, seededCredentials } from "./platform/options.js";
export type { Platform } from "./platform/platform.js";
export type { AddProjectOptions, AddTokenOptions, ProtectionChange } from "./platform/projects.js";
export { seededMessagingToken, seededSubproject } from "./platform/seed.js";
export type { MediaUrls, MessageMediaUrls, RecordingUrls } from "./platform/urls.js";
export type { PlatformDescription } from "./routes/control.js";
export type { ShownFault } from "./routes/control-faults.js";
export type { ShownToken } from "./routes/control-tokens.js";
export type { OriginRole, Origins } from "./rules/origins.js";
export {
  type AllowReason,
  type DenyReason,
  decideMediaAccess,
  type ProtectionAnswer,
  type ProtectionCaller,
  type ProtectionQuestion,
} from "./rules/protection.js";
export { allScopes } from "./rules/scopes.js";
export {
  defaultSwitches,
  parseSwitch,
  readSwitches,
  SwitchError,
  type Switches,
  type SwitchName,
  switchNames,
  switchTable,
} from "./rules/switches.js";
