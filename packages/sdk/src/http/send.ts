import { defaultFetch } from "#default-fetch";
import { ConnectionError, type FailedRequest, RedirectError } from "../errors.js";
import type { ResolvedOptions } from "../options/client-options.js";
import { failedRequest, maskHeaders, type Redact, reasonOf, safeCause } from "../trust/masking.js";
import { callersOwn } from "./callers-own.js";
import { unlessAborted } from "./deadline.js";
import { discardBody } from "./response-body.js";
import { version } from "./version.js";

/** One request on its way out. */
export interface Outgoing {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body?: string;
  readonly redirect: "manual" | "follow";
}

/** Sends one request; answers whatever came, once its head is there. */
export type Send = (outgoing: Outgoing, signal: AbortSignal, redact: Redact) => Promise<Response>;

/** Node, Bun and Deno name themselves here; browsers do not, and send a User-Agent of their own. */
declare const process: { readonly versions?: { readonly node?: string } } | undefined;

/**
 * Builds the one place where requests leave: cookies never go along, no redirect is followed unless
 * told, and the hooks see everything.
 */
export function createSend(options: ResolvedOptions): Send {
  const { onRequest, onResponse } = options;
  const fetch = options.fetch ?? defaultFetch;
  const node = typeof process === "undefined" ? undefined : process.versions?.node;
  const userAgent = node && `media-protection-sdk/${version}`;

  async function answerTo(outgoing: Outgoing, signal: AbortSignal): Promise<Response> {
    const { url, method, headers, body, redirect } = outgoing;
    return fetch(url.href, {
      method,
      headers,
      ...(body !== undefined && { body }),
      redirect,
      credentials: "omit",
      // Neither an answer from before a switch was turned, nor protected media left in a cache.
      cache: "no-store",
      signal,
    });
  }

  return async (outgoing, signal, redact) => {
    const { method, url, headers } = outgoing;
    if (userAgent && !headers.has("user-agent")) headers.set("user-agent", userAgent);
    const about = failedRequest(method, url, redact);
    const watched = onRequest !== undefined || onResponse !== undefined;
    const request = watched && { ...about, headers: maskHeaders(headers, redact) };
    if (request && onRequest) await callersOwn(signal, () => onRequest(request));
    const start = performance.now();
    const answer = answerTo(outgoing, signal);
    const response = await unlessAborted(signal, answer).catch((error: unknown) => {
      if (!signal.aborted) throw noAnswer(about, "got no answer", error, redact);
      discardLate(answer, signal.reason);
      throw signal.reason;
    });
    if (request && onResponse) {
      const { status } = response;
      const duration = performance.now() - start;
      const event = { request, status, headers: maskHeaders(response.headers, redact), duration };
      try {
        await callersOwn(signal, () => onResponse(event));
      } catch (error) {
        discardBody(response, error);
        throw error;
      }
    }
    if (outgoing.redirect === "manual" && response.redirected) {
      discardBody(response);
      throw new RedirectError(
        "not-expected",
        `The option "fetch" followed a redirect of ${method} ${about.url} by itself, and may have sent credentials along. It must obey redirect: "manual".`,
        { request: about },
      );
    }
    return response;
  };
}

/**
 * Lets go of the answer of a fetch that does not obey its signal, whenever it comes: nobody else
 * knows of it, and its connection would stay open for as long as the platform likes.
 */
function discardLate(answer: Promise<Response>, reason: unknown): void {
  // A fetch that fails late, or answers what is no response, leaves nothing to let go of.
  answer.then((late) => discardBody(late, reason)).catch(() => {});
}

/** The error for a request to which no, or no whole, answer came. */
export function noAnswer(
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
