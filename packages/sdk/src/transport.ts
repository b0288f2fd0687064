import type { Credentials } from "./credentials.js";
import { startDeadline, unlessAborted } from "./deadline.js";
import {
  ConnectionError,
  type FailedRequest,
  IntegrityError,
  RedirectError,
  UntrustedUrlError,
} from "./errors.js";
import { failedRequest, type Redact, reasonOf, safeCause } from "./masking.js";
import type { MediaTrust } from "./media-url.js";
import { checkRequest, type Fetch, type RequestOptions, type ResolvedOptions } from "./options.js";
import { type Hop, isRedirect, mayLeaveTo, nextHop } from "./redirects.js";
import { discard } from "./response-body.js";
import { readFailure } from "./response-error.js";

/** A media response with a success status. */
export interface MediaResponse {
  readonly response: Response;
  /** The request that was answered, for errors. */
  readonly request: FailedRequest;
  /** Masks the credentials of this call. */
  readonly redact: Redact;
}

/** The one way a request leaves this SDK. */
export interface Transport {
  /** Sends an API request to the space, with credentials; a JSON answer has been read whole. */
  api(request: Request, timeout?: number): Promise<Response>;
  /** Gets media from a trusted URL, following redirects by hand; the body has not been read. */
  media(
    url: URL,
    trust: MediaTrust,
    headers: Headers,
    options: RequestOptions,
  ): Promise<MediaResponse>;
}

/** One request on its way out. */
interface Outgoing {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body?: string;
  readonly redirect: "manual" | "follow";
}

const noSecrets: Redact = (text) => text;

/** Builds the transport over the client's options and credentials. */
export function createTransport(options: ResolvedOptions, credentials: Credentials): Transport {
  // Async, so that a fetch of one's own that throws at once rejects like any other.
  const sendWith: Fetch = async (url, init) => options.fetch(url, init);

  /** Sends one request. Cookies never go along, and no redirect is followed unless told. */
  async function send(outgoing: Outgoing, signal: AbortSignal, redact: Redact): Promise<Response> {
    const { url, method, headers, body, redirect } = outgoing;
    const request = failedRequest(method, url);
    const response = await unlessAborted(
      signal,
      sendWith(url.href, {
        method,
        headers,
        ...(body !== undefined && { body }),
        redirect,
        credentials: "omit",
        // Neither an answer from before a switch was turned, nor protected media left in a cache.
        cache: "no-store",
        signal,
      }),
    ).catch((error: unknown) => {
      if (signal.aborted) throw signal.reason;
      throw noAnswer(request, "got no answer", error, redact);
    });
    if (redirect === "manual" && response.redirected) {
      discard(response.body);
      throw new RedirectError(
        "not-expected",
        `The option "fetch" followed a redirect of ${method} ${request.url} by itself, and may have sent credentials along. It must obey redirect: "manual".`,
        { request },
      );
    }
    return response;
  }

  async function api(request: Request, timeout?: number): Promise<Response> {
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
    const limit = checkRequest({ timeout }).timeout ?? options.timeout;
    const { signal, clear } = startDeadline(request.signal, limit, about);
    try {
      signal.throwIfAborted();
      const { header, redact } = await unlessAborted(signal, credentials("basic"));
      const headers = new Headers(request.headers);
      headers.set("authorization", header);
      const body = method === "GET" || method === "HEAD" ? "" : await request.text();
      const outgoing = { url, method, headers, ...(body && { body }), redirect: "manual" } as const;
      const response = await send(outgoing, signal, redact);
      if (isRedirect(response.status) || response.type === "opaqueredirect") {
        discard(response.body);
        throw new RedirectError(
          "not-expected",
          `${about.method} ${about.url} was redirected, which the API does only for media: get those with client.media.download. Otherwise check the option "space".`,
          { request: about },
        );
      }
      if (!response.ok) {
        throw await unlessAborted(signal, readFailure(response, about, redact));
      }
      return await jsonInMemory(response, about, signal, redact);
    } finally {
      clear();
    }
  }

  async function media(
    url: URL,
    trust: MediaTrust,
    headers: Headers,
    { signal: callers, timeout = options.timeout }: RequestOptions,
  ): Promise<MediaResponse> {
    const { redirectOrigins, maxRedirects } = options;
    const policy = { trust, redirectOrigins, maxRedirects };
    const { signal, clear } = startDeadline(callers, timeout, failedRequest("GET", url));
    let redact = noSecrets;
    let hop: Hop = { url, authorized: true };
    try {
      for (let followed = 0; ; followed++) {
        signal.throwIfAborted();
        const sent = new Headers(headers);
        if (hop.authorized) {
          const isSpace = hop.url.origin === trust.spaceOrigin;
          const scheme = isSpace ? "basic" : options.mediaAuth;
          const credential = await unlessAborted(signal, credentials(scheme));
          const before = redact;
          redact = (text) => credential.redact(before(text));
          sent.set("authorization", credential.header);
        }
        const request = { method: "GET", url: redact(failedRequest("GET", hop.url).url) };
        const outgoing = { url: hop.url, method: "GET", headers: sent };
        let response = await send({ ...outgoing, redirect: "manual" }, signal, redact);
        if (response.type === "opaqueredirect" && maxRedirects > 0) {
          // A browser hides where a redirect leads, but strips Authorization cross-origin itself
          // (Fetch standard, "HTTP-redirect fetch"), so it may follow; we judge where it ended.
          response = await send({ ...outgoing, redirect: "follow" }, signal, redact);
          const end = new URL(response.url || hop.url);
          if (end.protocol !== hop.url.protocol || !mayLeaveTo(end, policy)) {
            discard(response.body);
            const because = `it ended at ${end.origin}, which the option "redirectOrigins" does not list`;
            throw refusedRedirect("origin", because, request, end.host);
          }
        }
        if (isRedirect(response.status) || response.type === "opaqueredirect") {
          const next = nextHop(hop, response.headers.get("location"), followed, policy);
          discard(response.body);
          if ("refuse" in next) {
            const host = next.host && redact(next.host);
            throw refusedRedirect(next.refuse, redact(next.because), request, host);
          }
          hop = next.follow;
          continue;
        }
        if (!response.ok) {
          throw await unlessAborted(signal, readFailure(response, request, redact));
        }
        return { response, request, redact };
      }
    } finally {
      clear();
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

function noAnswer(
  request: FailedRequest,
  what: string,
  error: unknown,
  redact: Redact,
): ConnectionError {
  const cause = safeCause(error, redact);
  return new ConnectionError(
    `${request.method} ${request.url} ${what}: ${reasonOf(cause)}. Check the network, and the option "space".`,
    { request, cause },
  );
}

/**
 * A JSON answer read into memory, so that the deadline covers its body and whatever is no JSON is
 * an error; any other answer, and one that has no body by definition, as it came.
 */
async function jsonInMemory(
  response: Response,
  request: FailedRequest,
  signal: AbortSignal,
  redact: Redact,
): Promise<Response> {
  const { status, headers } = response;
  const hasBody = status !== 204 && status !== 205 && request.method !== "HEAD";
  if (!hasBody || !/\bjson\b/i.test(headers.get("content-type") ?? "")) return response;
  const text = await unlessAborted(signal, response.text()).catch((error: unknown) => {
    if (signal.aborted) throw signal.reason;
    throw noAnswer(request, "was answered, but the answer broke off", error, redact);
  });
  try {
    JSON.parse(text);
  } catch {
    throw new IntegrityError(
      `${request.method} ${request.url} was answered ${status} with a body that is not the JSON it claims to be.`,
      { request },
    );
  }
  return new Response(text, { status, headers });
}
