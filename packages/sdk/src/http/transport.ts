import {
  type FailedRequest,
  isSdkError,
  MediaNotReadyError,
  type NotFoundError,
  RedirectError,
  TimeoutError,
  UnexpectedAnswerError,
  UntrustedUrlError,
} from "../errors.js";
import { checkRequest } from "../options/call-options.js";
import type { ResolvedOptions } from "../options/client-options.js";
import type { Credentials } from "../trust/credentials.js";
import { failedRequest, plainText, type Redact } from "../trust/masking.js";
import type { MediaTrust } from "../trust/media-trust.js";
import { type Hop, isRedirect, mayLeaveTo, nextHop } from "../trust/redirects.js";
import { callersOwn, isCallersOwn } from "./callers-own.js";
import { linkSignal, unlessAborted, wait, withDeadline } from "./deadline.js";
import type { ReadyBudget } from "./ready-budget.js";
import { discardBody } from "./response-body.js";
import { readFailure } from "./response-error.js";
import { readyDelay, retryDelay } from "./retry.js";
import { createSend, noAnswer } from "./send.js";

/** A media response with a success status; or 304, where the request had a condition. */
export interface MediaResponse {
  readonly response: Response;
  /** The request that was answered, for errors. */
  readonly request: FailedRequest;
  /** Masks the credentials of this call. */
  readonly redact: Redact;
}

/** How an API call is made. */
export interface ApiCall {
  /**
   * Ends the call.
   * @default the request's own
   */
  readonly signal?: AbortSignal | undefined;
  readonly timeout?: number | undefined;
  /**
   * Whether it may be repeated after a failure.
   * @default for GET and HEAD
   */
  readonly idempotent?: boolean | undefined;
  /**
   * Whether a success must be JSON, or without content.
   * @default false
   */
  readonly jsonOnly?: boolean;
}

/** How a medium is asked for. */
export interface MediaCall {
  /** Follows the caller's, and lives as long as the body. */
  readonly signal: AbortSignal;
  readonly timeout: number;
  readonly ready?: ReadyBudget | undefined;
}

/** The one way a request leaves this SDK. */
export interface Transport {
  /** Sends an API request to the space, with credentials; a JSON answer has been read whole. */
  api(request: Request, call?: ApiCall): Promise<Response>;
  /** Gets media from a trusted URL, following redirects by hand; the body has not been read. */
  media(url: URL, trust: MediaTrust, headers: Headers, call: MediaCall): Promise<MediaResponse>;
}

const noSecrets: Redact = (text) => text;

/** Builds the transport over the client's options and credentials. */
export function createTransport(options: ResolvedOptions, credentials: Credentials): Transport {
  const send = createSend(options);
  const { retry, attemptTimeout } = options;

  /** Makes attempts until one succeeds, fails for good, or the time is up. */
  async function attempts<Result>(
    about: FailedRequest,
    { signal, timeout, ready }: MediaCall,
    attempt: (signal: AbortSignal) => Promise<Result>,
    repeatable = true,
  ): Promise<Result> {
    const limit = timeout + (ready?.left() ?? 0);
    const end = performance.now() + limit;
    let failures = 0;
    let absences = 0;
    for (;;) {
      const left = end - performance.now();
      const isLast = left <= attemptTimeout;
      const tooLate = () =>
        isLast
          ? new TimeoutError(limit, about)
          : new TimeoutError(attemptTimeout, about, "attemptTimeout");
      try {
        return await withDeadline(signal, Math.min(left, attemptTimeout), tooLate, attempt);
      } catch (error) {
        if (signal.aborted || !repeatable || !isSdkError(error)) throw error;
        if (isCallersOwn(error)) throw error;
        let delay: number | undefined;
        if (ready && error.name === "NotFoundError") {
          delay = readyDelay(++absences, ready.left(), retry, Math.random());
          if (delay === undefined) throw notReady(error);
        } else {
          delay = retryDelay(error, ++failures, retry, Math.random());
        }
        // What failed says more than that a wait would have been too long.
        if (delay === undefined || performance.now() + delay >= end) throw error;
        const request = error.request ?? { ...about };
        const event = { request, error, failures: failures + absences, delay };
        const pause = linkSignal(signal);
        const late = () => new TimeoutError(limit, about);
        try {
          await withDeadline(pause.signal, end - performance.now(), late, async (inTime) => {
            await callersOwn(inTime, () => options.onRetry?.(event));
            await wait(delay, inTime);
          });
        } finally {
          pause.unlink();
        }
      }
    }
  }

  async function api(
    request: Request,
    { signal: callers = request.signal, timeout, idempotent, jsonOnly = false }: ApiCall = {},
  ): Promise<Response> {
    const { method } = request;
    const url = new URL(request.url);
    const about = failedRequest(method, url);
    if (url.origin !== options.spaceOrigin || url.username !== "" || url.password !== "") {
      throw new UntrustedUrlError(
        "origin",
        `No credentials for ${about.url}: API requests go to ${options.spaceOrigin} only.`,
        { request: about },
      );
    }
    const read = method === "GET" || method === "HEAD";
    const body = read ? "" : await request.text();
    const limit = checkRequest({ timeout }).timeout ?? options.timeout;
    const call = { signal: callers, timeout: limit };
    const attempt = async (signal: AbortSignal) => {
      const { header, redact } = await callersOwn(signal, () => credentials("basic"));
      const headers = new Headers(request.headers);
      headers.set("authorization", header);
      const outgoing = { url, method, headers, ...(body && { body }), redirect: "manual" } as const;
      const response = await send(outgoing, signal, redact);
      if (isRedirect(response.status) || response.type === "opaqueredirect") {
        discardBody(response);
        throw new RedirectError(
          "not-expected",
          `${about.method} ${about.url} was redirected, which the API does only for media: get those with client.media.download. Otherwise check the option "space".`,
          { request: about },
        );
      }
      if (!response.ok) {
        throw await readFailure(response, about, redact, signal);
      }
      return jsonInMemory(response, about, signal, redact, jsonOnly);
    };
    return attempts(about, call, attempt, idempotent ?? read);
  }

  async function media(
    url: URL,
    trust: MediaTrust,
    headers: Headers,
    call: MediaCall,
  ): Promise<MediaResponse> {
    const { redirectOrigins, maxRedirects } = options;
    const policy = { trust, redirectOrigins, maxRedirects };
    return attempts(failedRequest("GET", url), call, async (signal) => {
      let redact = noSecrets;
      let hop: Hop = { url, authorized: true };
      for (let followed = 0; ; followed++) {
        const sent = new Headers(headers);
        if (hop.authorized) {
          const isSpace = hop.url.origin === trust.spaceOrigin;
          const scheme = isSpace ? "basic" : options.mediaAuth;
          const credential = await callersOwn(signal, () => credentials(scheme));
          const before = redact;
          redact = (text) => credential.redact(before(text));
          sent.set("authorization", credential.header);
        }
        const request = failedRequest("GET", hop.url, redact);
        const outgoing = { url: hop.url, method: "GET", headers: sent };
        let response = await send({ ...outgoing, redirect: "manual" }, signal, redact);
        if (response.type === "opaqueredirect" && maxRedirects > 0) {
          // A browser hides where a redirect leads, but strips Authorization cross-origin itself
          // (Fetch standard, "HTTP-redirect fetch"), so it may follow; we judge where it ended.
          response = await send({ ...outgoing, redirect: "follow" }, signal, redact);
          const end = new URL(response.url || hop.url);
          if (end.protocol !== hop.url.protocol || !mayLeaveTo(end, policy)) {
            discardBody(response);
            const because = `it ended at ${end.origin}, which the option "redirectOrigins" does not list`;
            throw refusedRedirect("origin", because, request, end.host);
          }
        }
        if (isRedirect(response.status) || response.type === "opaqueredirect") {
          const next = nextHop(hop, response.headers.get("location"), followed, policy);
          discardBody(response);
          if ("refuse" in next) {
            const host = next.host && redact(next.host);
            throw refusedRedirect(next.refuse, redact(next.because), request, host);
          }
          hop = next.follow;
          continue;
        }
        const isUnchanged = response.status === 304 && isConditional(headers);
        if (!response.ok && !isUnchanged) {
          throw await readFailure(response, request, redact, signal);
        }
        return { response, request, redact };
      }
    });
  }

  return { api, media };
}

/** Whether a request may be answered 304, RFC 9110 §15.4.5. */
function isConditional(headers: Headers): boolean {
  return headers.has("if-none-match") || headers.has("if-modified-since");
}

function notReady(error: NotFoundError): MediaNotReadyError {
  return new MediaNotReadyError(
    `${error.message} It did not become ready within "waitUntilReady".`,
    error,
  );
}

function refusedRedirect(
  reason: RedirectError["reason"],
  because: string,
  request: FailedRequest,
  host: string | undefined,
): RedirectError {
  return new RedirectError(
    reason,
    `The redirect of ${request.method} ${request.url} was not followed: ${because}.`,
    { request, host },
  );
}

/**
 * A JSON answer read into memory, so that the deadline covers its body and whatever is no JSON is
 * an error; any other answer, and one that has no body by definition, as it came.
 *
 * @throws UnexpectedAnswerError for another answer where only JSON will do: a gateway's page with status 200
 */
async function jsonInMemory(
  response: Response,
  request: FailedRequest,
  signal: AbortSignal,
  redact: Redact,
  jsonOnly: boolean,
): Promise<Response> {
  const { status, headers } = response;
  const hasBody = status !== 204 && status !== 205 && request.method !== "HEAD";
  const type = headers.get("content-type") ?? "no content type";
  const isJson = /\bjson\b/i.test(type);
  if (jsonOnly && !isJson && status !== 204) {
    discardBody(response);
    throw new UnexpectedAnswerError(
      "body",
      `${request.method} ${request.url} was answered ${status} with ${redact(plainText(type))} instead of JSON. Check the option "space".`,
      { request },
    );
  }
  if (!hasBody || !isJson) return response;
  const text = await unlessAborted(signal, response.text()).catch((error: unknown) => {
    if (signal.aborted) throw signal.reason;
    throw noAnswer(request, "was answered, but the answer broke off", error, redact);
  });
  try {
    JSON.parse(text);
  } catch {
    throw new UnexpectedAnswerError(
      "body",
      `${request.method} ${request.url} was answered ${status} with a body that is not the JSON it claims to be.`,
      { request },
    );
  }
  return new Response(text, { status, headers });
}
