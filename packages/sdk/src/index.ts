/**
 * Protected telephony media without leaked credentials: toggle Media URL Protection, and download
 * recordings, message media and fax media with the project's API token. Runs in Node and browsers.
 *
 * @packageDocumentation
 */
export type { MediaKind, ProtectionSetting } from "@media-protection/contract";
export { type AnyMediaProtectionError, isMediaProtectionError } from "./any-error.js";
export { type Client, createClient } from "./client/client.js";
export type { ByteRange } from "./download/byte-range.js";
export type {
  DownloadOptions,
  MediaDownload,
  MediaRange,
  MediaResource,
  MediaSource,
  TrustedMedium,
} from "./download/media.js";
export {
  AuthenticationError,
  ConnectionError,
  type ErrorDetails,
  type FailedRequest,
  IntegrityError,
  type IntegrityReason,
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
  UnexpectedAnswerError,
  type UnexpectedAnswerReason,
  type UntrustedReason,
  UntrustedUrlError,
  ValidationError,
  type ValidationIssue,
} from "./errors.js";
export { type ReadyBudget, type ReadyOptions, readyWithin } from "./http/ready-budget.js";
export type { ProjectRequestOptions, RequestOptions } from "./options/call-options.js";
export type { ClientOptions, Fetch, RetryOptions } from "./options/client-options.js";
export type { Hooks, RequestEvent, ResponseEvent, RetryEvent } from "./options/hooks.js";
export type { Api, ApiMethod, HttpMethod } from "./resources/api.js";
export type { CreatedFilter, Day } from "./resources/date-window.js";
export type { Exactly } from "./resources/exactly.js";
export type { FaxMedia, FaxMediaResource, ListFaxMediaOptions } from "./resources/fax-media.js";
export type { Fax, FaxesResource, ListFaxesOptions } from "./resources/faxes.js";
export type { ListOptions } from "./resources/list-options.js";
export type {
  ListMessageMediaOptions,
  MessageMedia,
  MessageMediaResource,
} from "./resources/message-media.js";
export type { ListMessagesOptions, Message, MessagesResource } from "./resources/messages.js";
export type { Listing } from "./resources/pagination.js";
export type {
  ListProjectsOptions,
  Project,
  ProjectsResource,
  ProjectWithSigningKey,
} from "./resources/projects.js";
export type {
  ProtectionResource,
  ProtectionSettings,
  SwitchSelection,
} from "./resources/protection.js";
export type { CompatibilityRecording, Recording, RelayRecording } from "./resources/recording.js";
export type {
  RecordingCounts,
  RecordingListing,
  RecordingPage,
} from "./resources/recording-union.js";
export type { ListRecordingsOptions, RecordingsResource } from "./resources/recordings.js";
export type { ApiToken, AuthScheme, TokenRequest } from "./trust/api-token.js";
export type {
  FaxMediaRef,
  HostedMediaRef,
  MediaRef,
  MessageMediaRef,
  RecordingRef,
} from "./trust/media-reference.js";
export type { ProjectReach } from "./trust/trust-decision.js";
