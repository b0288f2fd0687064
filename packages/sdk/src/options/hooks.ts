import type { FailedRequest, MediaProtectionError } from "../errors.js";

/** A request about to leave. Secrets in it are masked. */
export interface RequestEvent extends FailedRequest {
  /** The request's header fields, names in lower case; what shows a credential is `***`. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The head of an answer. */
export interface ResponseEvent {
  /** The request answered. */
  readonly request: RequestEvent;
  /** The HTTP status. */
  readonly status: number;
  /** The answer's header fields, names in lower case, secrets masked, queries of URLs left out. */
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds from the request to the head of the answer. */
  readonly duration: number;
}

/** A failed attempt that will be followed by another. */
export interface RetryEvent {
  /** The request that failed. */
  readonly request: FailedRequest;
  /** What would have been thrown. */
  readonly error: MediaProtectionError;
  /** Attempts in a row that have failed, this one included. */
  readonly failures: number;
  /** Milliseconds until the next attempt. */
  readonly delay: number;
}

/**
 * Watches what the client does; nothing is logged by itself. Payloads hold no credential. A promise
 * that a hook returns is awaited, within the call's timeout; what a hook throws ends the call and
 * reaches the caller as it is.
 */
export interface Hooks {
  /** Called before each request, every redirect and retry included. */
  readonly onRequest?: ((event: RequestEvent) => unknown) | undefined;
  /** Called with the head of each answer, whatever its status. */
  readonly onResponse?: ((event: ResponseEvent) => unknown) | undefined;
  /** Called before each wait for another attempt, and before a download resumes. */
  readonly onRetry?: ((event: RetryEvent) => unknown) | undefined;
}
