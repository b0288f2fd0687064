import {
  type FailedRequest,
  isSdkError,
  MediaNotReadyError,
  type NotFoundError,
  RedirectError,
  TimeoutError,
  UntrustedUrlError,
} from "../errors.js";
import { checkRequest } from "../options/call-options.js";
import type { ResolvedOptions } from "../options/client-options.js";
import type { AuthScheme } from "../trust/api-token.js";
import type { Credential, Credentials } from "../trust/credentials.js";
import { failedRequest, type Redact } from "../trust/masking.js";
import { readMediaUrl } from "../trust/media-reference.js";
import { type Hop, isAnothers, isRedirect, mayLeaveTo, nextHop } from "../trust/redirects.js";
import type { MediaTrust } from "../trust/trust-decision.js";
import { jsonInMemory, mediumWithin } from "./api-answer.js";
import { callersOwn, isCallersOwn } from "./callers-own.js";
import { linkSignal, wait, withDeadline } from "./deadline.js";
import type { ReadyBudget } from "./ready-budget.js";
import { discardBody } from "./response-body.js";
import { readFailure } from "./response-error.js";
import { readyDelay, retryDelay } from "./retry.js";
import { createSend, type Outgoing } from "./send.js";

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
  /**
   * Sends an API request to the space, with credentials. The answer is JSON, which has been read
   * whole; under the path of a medium also something else, whose body ends within the timeout.
   */
  api(request: Request, call?: ApiCall): Promise<Response>;
  /** Gets media from a trusted URL, following redirects by hand; the body has not been read. */
  media(url: URL, trust: MediaTrust, headers: Headers, call: MediaCall): Promise<MediaResponse>;
}

/** What masks the credentials of one call, as many as it gets to know. */
interface Masks {
  readonly redact: Redact;
  add(credential: Credential): void;
}

function createMasks(): Masks {
  const known: Redact[] = [];
  return {
    redact: (text) => known.reduce((shown, redact) => redact(shown), text),
    add({ redact }) {
      if (!known.includes(redact)) known.push(redact);
    },
  };
}

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
        const isForbidden = error.name === "PermissionError";
        if (ready && (error.name === "NotFoundError" || (isForbidden && ready.whileForbidden))) {
          delay = readyDelay(++absences, ready.left(), retry, Math.random());
          if (delay === undefined) throw isForbidden ? error : notReady(error);
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

  /**
   * Sends a request with the credentials. Where they are refused, a token function is asked once
   * more, since its token may have been rotated meanwhile; a 401 was not acted on, whatever the
   * method, so with another token the request goes out again.
   */
  async function sendAuthorized(
    outgoing: Outgoing,
    scheme: AuthScheme,
    signal: AbortSignal,
    masks: Masks,
  ): Promise<Response> {
    const sendWith = (credential: Credential) => {
      masks.add(credential);
      outgoing.headers.set("authorization", credential.header);
      return send(outgoing, signal, masks.redact);
    };
    const first = await callersOwn(signal, () => credentials(scheme, "request"));
    const response = await sendWith(first);
    if (response.status !== 401) return response;
    try {
      const next = await callersOwn(signal, () => credentials(scheme, "refused"));
      if (next.header === first.header) return response;
      discardBody(response);
      return await sendWith(next);
    } catch (error) {
      discardBody(response, error);
      throw error;
    }
  }

  async function api(
    request: Request,
    { signal: callers = request.signal, timeout, idempotent }: ApiCall = {},
  ): Promise<Response> {
    const { method } = request;
    const url = new URL(request.url);
    const masks = createMasks();
    const about = failedRequest(method, url, masks.redact);
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
    const end = performance.now() + limit;
    const named = readMediaUrl(url, options.allowInsecure);
    const isMedium = read && "origin" in named && named.ref !== undefined;
    const attempt = async (signal: AbortSignal) => {
      const headers = new Headers(request.headers);
      const outgoing = { url, method, headers, ...(body && { body }), redirect: "manual" } as const;
      const response = await sendAuthorized(outgoing, "basic", signal, masks);
      if (isRedirect(response.status) || response.type === "opaqueredirect") {
        discardBody(response);
        throw new RedirectError(
          "not-expected",
          `${about.method} ${about.url} was redirected, which the API does only for media: get those with client.media.download. Otherwise check the option "space".`,
          { request: about },
        );
      }
      if (!response.ok) {
        throw await readFailure(response, about, masks.redact, signal);
      }
      const reading = { request: about, redact: masks.redact, signal };
      if (!isMedium) return jsonInMemory(response, reading);
      const tooLate = () => new TimeoutError(limit, about);
      const left = end - performance.now();
      return mediumWithin(response, reading, { left, tooLate, callers });
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
    const masks = createMasks();
    const { redact } = masks;
    return attempts(failedRequest("GET", url, redact), call, async (signal) => {
      let hop: Hop = { url, authorized: true };
      for (let followed = 0; ; followed++) {
        const request = failedRequest("GET", hop.url, redact);
        const outgoing = { url: hop.url, method: "GET", headers: new Headers(headers) };
        const manual = { ...outgoing, redirect: "manual" } as const;
        const scheme = hop.url.origin === trust.spaceOrigin ? "basic" : options.mediaAuth;
        let authorized = hop.authorized;
        let response = await (authorized
          ? sendAuthorized(manual, scheme, signal, masks)
          : send(manual, signal, redact));
        if (response.type === "opaqueredirect" && maxRedirects > 0) {
          // A browser hides where a redirect leads, but strips Authorization cross-origin itself
          // (Fetch standard, "HTTP-redirect fetch"), so it may follow; we judge where it ended.
          response = await send({ ...outgoing, redirect: "follow" }, signal, redact);
          const end = new URL(response.url || hop.url);
          authorized &&= end.origin === hop.url.origin;
          const mayEndThere = end.protocol === hop.url.protocol && mayLeaveTo(end, policy);
          if (!mayEndThere || (authorized && isAnothers(end, trust))) {
            discardBody(response);
            const because = mayEndThere
              ? "it ended at another project's path, and the browser sent the credentials along"
              : `it ended at ${end.origin}, which the option "redirectOrigins" does not list`;
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
          throw await readFailure(response, request, redact, signal, authorized);
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
