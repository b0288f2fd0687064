/**
 * Every failure of this SDK is thrown as one of these classes. Messages say what happened, to
 * which URL (secrets masked) and what to do about it; nothing here ever holds a credential.
 */

const brand = Symbol.for("media-protection.error");

/** The request an error is about. */
export interface FailedRequest {
  /** HTTP method, upper case. */
  readonly method: string;
  /** The URL without userinfo, and with its query replaced by `?…`, since a query may be a signature. */
  readonly url: string;
}

/** What an error may know beyond its message. */
export interface ErrorDetails {
  /** The request that failed, where one was made or was about to be. */
  readonly request?: FailedRequest | undefined;
  /** The error underneath, as the runtime reported it. */
  readonly cause?: unknown;
}

/** The root of every error this SDK throws. Recognise it with `isMediaProtectionError`. */
export class MediaProtectionError extends Error {
  /** The class's name, as a literal in each class: tells errors apart across realms, too. */
  override readonly name: string = "MediaProtectionError";
  /** The request that failed, where there was one. */
  declare readonly request?: FailedRequest;

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : details);
    Object.defineProperty(this, brand, { value: true });
    const { request } = details;
    if (request) this.request = { method: request.method, url: request.url };
  }
}

/** An option or argument is missing or malformed. Thrown before any request is made. */
export class OptionError extends MediaProtectionError {
  override readonly name = "OptionError";
  /** The option's name, as written in the documentation. */
  readonly option: string;
  /** What the option must be. */
  readonly expected: string;

  constructor(option: string, expected: string, details: ErrorDetails = {}) {
    super(`Option "${option}" must be ${expected}.`, details);
    this.option = option;
    this.expected = expected;
  }
}

/** Why a URL may not receive credentials. */
export type UntrustedReason = "malformed" | "scheme" | "userinfo" | "origin" | "path" | "project";

/** The URL may not receive credentials. Thrown before the API token is even resolved. */
export class UntrustedUrlError extends MediaProtectionError {
  override readonly name = "UntrustedUrlError";
  /** Which part of the URL was refused. */
  readonly reason: UntrustedReason;

  constructor(reason: UntrustedReason, message: string, details: ErrorDetails = {}) {
    super(message, details);
    this.reason = reason;
  }
}

/** Why a redirect was not followed. */
export type RedirectReason =
  | "no-location"
  | "too-many"
  | "downgrade"
  | "userinfo"
  | "origin"
  | "not-expected";

/** A redirect was refused. No request was made to its target. */
export class RedirectError extends MediaProtectionError {
  override readonly name = "RedirectError";
  /** Why it was refused. */
  readonly reason: RedirectReason;
  /** The target's host, where the redirect had a readable one. */
  readonly host?: string | undefined;

  constructor(
    reason: RedirectReason,
    message: string,
    details: ErrorDetails & { readonly host?: string | undefined } = {},
  ) {
    super(message, details);
    this.reason = reason;
    this.host = details.host;
  }
}

/** No answer came: DNS, connect, TLS or socket failure. The runtime's error is the `cause`. */
export class ConnectionError extends MediaProtectionError {
  override readonly name = "ConnectionError";
}

/** No answer came within the `timeout` of the call, or each attempt ran into `attemptTimeout`. */
export class TimeoutError extends MediaProtectionError {
  override readonly name = "TimeoutError";
  /** The limit that passed, in milliseconds. */
  readonly timeout: number;

  constructor(timeout: number, request: FailedRequest, option = "timeout") {
    super(
      `${request.method} ${request.url} had no answer within ${timeout} ms. Raise the option "${option}" for a slow platform.`,
      { request },
    );
    this.timeout = timeout;
  }
}

/**
 * What is wrong with an answer: `cut`: it ended too early, or nothing proves that it did not; `changed`: the medium changed meanwhile;
 * `wrong`: it is not what was asked for, or longer than announced.
 */
export type IntegrityReason = "cut" | "changed" | "wrong";

/** The bytes of a medium that came are not the medium, or not the whole of it. */
export class IntegrityError extends MediaProtectionError {
  override readonly name = "IntegrityError";
  /** What is wrong with them. */
  readonly reason: IntegrityReason;

  constructor(
    message: string,
    details: ErrorDetails & { readonly reason?: IntegrityReason | undefined } = {},
  ) {
    super(message, details);
    this.reason = details.reason ?? "wrong";
  }
}

/**
 * What an answer outside the contract fails in: `body`: it is not the JSON it should be, such as a
 * gateway's page; `field`: a field of it is missing or holds what it may not; `paging`: the pages of
 * a list go round in a circle or lead nowhere; `unchanged`: a change was accepted, but not made.
 */
export type UnexpectedAnswerReason = "body" | "field" | "paging" | "unchanged";

/** The platform, or something in its place, answered success with what the contract does not know. */
export class UnexpectedAnswerError extends MediaProtectionError {
  override readonly name = "UnexpectedAnswerError";
  /** What the answer fails in. */
  readonly reason: UnexpectedAnswerReason;
  /** The field of the answer that it is about, where it is about one. */
  readonly field?: string | undefined;

  constructor(
    reason: UnexpectedAnswerReason,
    message: string,
    details: ErrorDetails & { readonly field?: string | undefined } = {},
  ) {
    super(message, details);
    this.reason = reason;
    this.field = details.field;
  }
}

/** What a {@link ResponseError} is made from. */
export interface ResponseFacts {
  /** The HTTP status. */
  readonly status: number;
  /** The request answered. */
  readonly request: FailedRequest;
  /** The platform's `x-request-id`, to quote to its support. */
  readonly requestId?: string | undefined;
  /** The body: parsed where it is JSON, else text; cut at 64 KiB, with secrets masked. */
  readonly body?: unknown;
  /**
   * How long the platform asks to wait, in milliseconds: `Retry-After`, RFC 9110 §10.2.3. A date is
   * measured by the answer's own `Date`, or without one by the local clock.
   */
  readonly retryAfter?: number | undefined;
}

/** The platform answered with a status that means failure. */
export class ResponseError extends MediaProtectionError {
  override readonly name: string = "ResponseError";
  /** The request that failed. */
  declare readonly request: FailedRequest;
  /** The HTTP status. */
  readonly status: number;
  /** The platform's id of this request, where it sent one. */
  readonly requestId?: string | undefined;
  /** The body of the answer: parsed where it is JSON, else text. */
  readonly body: unknown;
  /** How long the platform asks to wait, in milliseconds, where it says so (mostly with 429, 503). */
  readonly retryAfter?: number | undefined;
  /** The size of the medium in bytes, where a 416 says it: the range asked for lies outside of it. */
  declare readonly size?: number;

  constructor(message: string, facts: ResponseFacts) {
    super(message, { request: facts.request });
    this.status = facts.status;
    this.requestId = facts.requestId;
    this.body = facts.body;
    this.retryAfter = facts.retryAfter;
  }
}

/**
 * 401 to a request that carried the credentials: they are wrong, or (on this platform) the token
 * lacks the scope. That of an origin which got none is a {@link ResponseError}.
 */
export class AuthenticationError extends ResponseError {
  override readonly name = "AuthenticationError";
}

/** 403: the credentials are known but may not do this. */
export class PermissionError extends ResponseError {
  override readonly name = "PermissionError";
}

/** 404: nothing there, or nothing that this project may know of. */
export class NotFoundError extends ResponseError {
  override readonly name: "NotFoundError" | "MediaNotReadyError" = "NotFoundError";
}

/**
 * 404 for longer than `waitUntilReady` allowed: the medium is late, or never came to be. A
 * {@link NotFoundError} under a name of its own.
 */
export class MediaNotReadyError extends NotFoundError {
  override readonly name = "MediaNotReadyError";
}

/** One complaint of the platform about a request body or query. */
export interface ValidationIssue {
  /** Machine-readable, such as `nested_subprojects_not_allowed`. */
  readonly code: string;
  /** For people. */
  readonly message: string;
  /** The field complained about, where there is one. */
  readonly attribute?: string;
}

/** 400 or 422: the platform refuses the content of the request. */
export class ValidationError extends ResponseError {
  override readonly name = "ValidationError";
  /** The platform's complaints, one for each. */
  readonly errors: readonly ValidationIssue[];

  constructor(message: string, facts: ResponseFacts, errors: readonly ValidationIssue[]) {
    super(message, facts);
    this.errors = errors;
  }
}

/** 429: too many requests; `retryAfter` says how long to wait, where the platform says it. */
export class RateLimitError extends ResponseError {
  override readonly name = "RateLimitError";
}

/** 5xx: the platform failed. */
export class ServerError extends ResponseError {
  override readonly name = "ServerError";
}

/** The concrete errors of this file, discriminated by their literal `name`. */
export type CoreError =
  | OptionError
  | UntrustedUrlError
  | RedirectError
  | ConnectionError
  | TimeoutError
  | IntegrityError
  | UnexpectedAnswerError
  | AuthenticationError
  | PermissionError
  | (NotFoundError & { readonly name: "NotFoundError" })
  | MediaNotReadyError
  | ValidationError
  | RateLimitError
  | ServerError
  | (ResponseError & {
      /** A status that has no class of its own. */
      readonly name: "ResponseError";
    });

/** An error of a room above, such as a full disk: here only its name is known. */
type UpperError = MediaProtectionError & {
  readonly name: "FileExistsError" | "DiskError" | "SaveAllError" | "WebhookError";
};

/**
 * Whether a thrown value is one of this SDK's errors. What the public guard, in `any-error.ts`, says
 * too, with the types that the rooms below may know.
 */
export function isSdkError(value: unknown): value is CoreError | UpperError {
  return isRecord(value) && brand in value;
}

/** Whether a value nobody vouches for has fields that may be asked for. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
