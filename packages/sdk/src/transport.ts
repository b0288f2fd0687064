import type { Credential, Credentials } from "./credentials.js";
import { failedRequest } from "./credentials.js";
import {
  ConnectionError,
  type FailedRequest,
  IntegrityError,
  type MediaProtectionError,
  RedirectError,
  TimeoutError,
  UntrustedUrlError,
} from "./errors.js";
import type { MediaTrust } from "./media-url.js";
import { checkTimeout, type RequestOptions, type ResolvedOptions } from "./options.js";
import { type Hop, isRedirect, mayLeaveTo, nextHop } from "./redirects.js";
import { discard, readText } from "./response-body.js";
import { errorFromResponse } from "./response-error.js";

/** The longest error body that is read, in bytes. */
const errorBodyLimit = 65_536;

/** A media response with a success status, and the URL it came from. */
export interface MediaResponse {
  readonly response: Response;
  readonly request: FailedRequest;
}

/** The one way a request leaves this SDK. */
export interface Transport {
  /** Sends an API request to the space, with credentials; the answer's body has been read whole. */
  api(request: Request, timeout?: number): Promise<Response>;
  /** Gets media from a trusted URL, following redirects by hand; the body has not been read. */
  media(
    url: URL,
    trust: MediaTrust,
    headers: Headers,
    options: RequestOptions,
  ): Promise<MediaResponse>;
}

interface Outgoing {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body?: string;
  readonly redirect: "manual" | "follow";
}

/** Builds the transport over the client's options and credentials. */
export function createTransport(options: ResolvedOptions, credentials: Credentials): Transport {
  /** Sends one request. Cookies never go along, and no redirect is followed unless told. */
  async function send(outgoing: Outgoing, signal: AbortSignal): Promise<Response> {
    signal.throwIfAborted();
    try {
      return await options.fetch(outgoing.url.href, {
        method: outgoing.method,
        headers: outgoing.headers,
        ...(outgoing.body !== undefined && { body: outgoing.body }),
        redirect: outgoing.redirect,
        credentials: "omit",
        // Neither an answer from before a switch was turned, nor protected media left in a cache.
        cache: "no-store",
        signal,
      });
    } catch (cause) {
      if (signal.aborted) throw signal.reason;
      const request = failedRequest(outgoing.method, outgoing.url);
      throw new ConnectionError(
        `${request.method} ${request.url} got no answer: ${reasonOf(cause)}. Check the network, and the option "space".`,
        { request, cause },
      );
    }
  }

  async function api(request: Request, timeout = options.timeout): Promise<Response> {
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
    request.signal.throwIfAborted();
    const credential = await credentials("basic");
    const headers = new Headers(request.headers);
    headers.set("authorization", credential.header);
    const body = method === "GET" || method === "HEAD" ? undefined : await request.text();
    const deadline = startDeadline(request.signal, timeout, about);
    try {
      const response = await send(
        { url, method, headers, ...(body && { body }), redirect: "manual" },
        deadline.signal,
      );
      if (isRedirect(response.status) || response.type === "opaqueredirect") {
        discard(response.body);
        throw new RedirectError(
          "not-expected",
          `${about.method} ${about.url} was redirected, which the API does only for media: get those with client.media.download. Otherwise check the option "space".`,
          { request: about },
        );
      }
      if (!response.ok) throw await failure(response, about, credential);
      return await jsonInMemory(response, about, deadline.signal);
    } finally {
      deadline.clear();
    }
  }

  async function media(
    url: URL,
    trust: MediaTrust,
    headers: Headers,
    { signal, timeout = options.timeout }: RequestOptions,
  ): Promise<MediaResponse> {
    const policy = {
      trust,
      redirectOrigins: options.redirectOrigins,
      maxRedirects: options.maxRedirects,
    };
    let hop: Hop = { url, authorized: true };
    for (let followed = 0; ; followed++) {
      signal?.throwIfAborted();
      const request = failedRequest("GET", hop.url);
      const sent = new Headers(headers);
      let credential: Credential | undefined;
      if (hop.authorized) {
        const isSpace = hop.url.origin === trust.spaceOrigin;
        credential = await credentials(isSpace ? "basic" : options.mediaAuth);
        sent.set("authorization", credential.header);
      }
      const deadline = startDeadline(signal, timeout, request);
      try {
        const outgoing = { url: hop.url, method: "GET", headers: sent };
        let response = await send({ ...outgoing, redirect: "manual" }, deadline.signal);
        if (response.type === "opaqueredirect") {
          // A browser hides where a redirect leads, but strips Authorization cross-origin itself
          // (Fetch standard, "HTTP-redirect fetch"), so it may follow; we judge where it ended.
          response = await send({ ...outgoing, redirect: "follow" }, deadline.signal);
          const end = new URL(response.url);
          if (end.protocol !== hop.url.protocol || !mayLeaveTo(end, policy)) {
            discard(response.body);
            throw refusedRedirect(
              "origin",
              `it ended at ${end.origin}, which the option "redirectOrigins" does not list`,
              request,
              end.host,
            );
          }
        }
        if (isRedirect(response.status)) {
          const next = nextHop(hop, response.headers.get("location"), followed, policy);
          discard(response.body);
          if ("refuse" in next)
            throw refusedRedirect(next.refuse, next.because, request, next.host);
          hop = next.follow;
          continue;
        }
        if (!response.ok) throw await failure(response, request, credential);
        return { response, request };
      } finally {
        deadline.clear();
      }
    }
  }

  return { api, media };
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

interface Deadline {
  /** Aborted with the caller's reason or, too late, with a {@link TimeoutError}. */
  readonly signal: AbortSignal;
  /** Stops the clock; the caller's signal goes on counting. */
  clear(): void;
}

function startDeadline(
  signal: AbortSignal | null | undefined,
  timeout: number,
  request: FailedRequest,
): Deadline {
  const limit = checkTimeout(timeout);
  const clock = new AbortController();
  // setTimeout counts in 32 bits: about 24.8 days, beyond which there is no deadline.
  const timer =
    limit <= 0x7fff_ffff
      ? setTimeout(() => clock.abort(new TimeoutError(limit, request)), limit)
      : undefined;
  return {
    signal: signal ? AbortSignal.any([signal, clock.signal]) : clock.signal,
    clear: () => clearTimeout(timer),
  };
}

/** The typed error for a failed response; its body is read up to the limit, secrets masked. */
async function failure(
  response: Response,
  request: FailedRequest,
  credential: Credential | undefined,
): Promise<MediaProtectionError> {
  const text = await readText(response, errorBodyLimit).catch(() => "");
  const safe = credential ? credential.redact(text) : text;
  return errorFromResponse(
    {
      status: response.status,
      request,
      requestId: response.headers.get("x-request-id") ?? undefined,
      retryAfter: response.headers.get("retry-after"),
      body: parsed(safe) ?? safe,
    },
    Date.now(),
  );
}

/** The JSON value of a text, or `undefined`, which no JSON text means. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A JSON answer read into memory, so that the deadline covers its body and whatever is no JSON is
 * an error; any other answer as it came.
 */
async function jsonInMemory(
  response: Response,
  request: FailedRequest,
  signal: AbortSignal,
): Promise<Response> {
  if (!/\bjson\b/i.test(response.headers.get("content-type") ?? "")) return response;
  const { status, statusText, headers } = response;
  let text: string;
  try {
    text = await response.text();
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    throw new ConnectionError(
      `The answer to ${request.method} ${request.url} broke off: ${reasonOf(cause)}. Check the network.`,
      { request, cause },
    );
  }
  if (parsed(text) === undefined) {
    throw new IntegrityError(
      `${request.method} ${request.url} was answered ${status} with a body that is not the JSON it claims to be.`,
      { request },
    );
  }
  return new Response(text, { status, statusText, headers });
}

/** What a runtime's network error says, and its cause, which is where fetch hides the reason. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown failure";
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  return cause.message || code || error.message;
}
