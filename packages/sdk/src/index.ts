/**
 * Protected telephony media without leaked credentials: toggle Media URL Protection, and download
 * recordings, message media and fax media with the project's API token. Runs in Node and browsers.
 *
 * @packageDocumentation
 */
export type { MediaKind, ProtectionSetting } from "@media-protection/contract";
export type { Api, ApiMethod, HttpMethod } from "./api.js";
export type { ByteRange } from "./byte-range.js";
export { type Client, createClient } from "./client.js";
export type { ApiToken, AuthScheme } from "./credentials.js";
export type { CreatedFilter } from "./date-window.js";
export {
  type AnyMediaProtectionError,
  AuthenticationError,
  ConnectionError,
  type ErrorDetails,
  type FailedRequest,
  IntegrityError,
  type IntegrityReason,
  isMediaProtectionError,
  MediaNotReadyError,
  MediaProtectionError,
  NotFoundError,
  OptionError,
  PermissionError,
  RateLimitError,
  RedirectError,
  type RedirectReason,
  ResponseError,
  type ResponseFacts,
  ServerError,
  TimeoutError,
  type UntrustedReason,
  UntrustedUrlError,
  ValidationError,
  type ValidationIssue,
} from "./errors.js";
export type { Exactly } from "./exactly.js";
export type { FaxMedia, FaxMediaResource } from "./fax-media.js";
export type { Fax, FaxesResource, ListFaxesOptions } from "./faxes.js";
export type { Hooks, RequestEvent, ResponseEvent, RetryEvent } from "./hooks.js";
export type { ListOptions } from "./list-options.js";
export type {
  DownloadOptions,
  MediaDownload,
  MediaRange,
  MediaResource,
  MediaSource,
  TrustedMedium,
} from "./media.js";
export type {
  FaxMediaRef,
  HostedMediaRef,
  MediaRef,
  MessageMediaRef,
  RecordingRef,
} from "./media-reference.js";
export type {
  ListMessageMediaOptions,
  MessageMedia,
  MessageMediaResource,
} from "./message-media.js";
export type { ListMessagesOptions, Message, MessagesResource } from "./messages.js";
export type {
  ClientOptions,
  Fetch,
  ProjectRequestOptions,
  RequestOptions,
  RetryOptions,
} from "./options.js";
export type { Listing } from "./pagination.js";
export type {
  ListProjectsOptions,
  Project,
  ProjectsResource,
  ProjectWithSigningKey,
} from "./projects.js";
export type { ProtectionResource, ProtectionSettings } from "./protection.js";
export { type ReadyBudget, readyWithin } from "./ready-budget.js";
export type { CompatibilityRecording, Recording, RelayRecording } from "./recording.js";
export type { RecordingCounts, RecordingListing, RecordingPage } from "./recording-union.js";
export type { ListRecordingsOptions, RecordingsResource } from "./recordings.js";
