/**
 * The platform as a `fetch`, with nothing intercepted and no socket.
 */

import type { Platform } from "../platform/platform.js";
import { createApp } from "./app.js";

const redirectStatuses = new Set([301, 302, 303, 307, 308]);
const mostRedirects = 20;

/**
 * A `fetch` that the platform answers. It follows redirects as the standard one does (without
 * `Authorization` to another origin), obeys `signal`, and knows no origin but the platform's: all
 * others are answered 404.
 */
export function createFetch(platform: Platform): typeof fetch {
  const app = createApp(platform);

  return async (input, init) => {
    let request = new Request(input, init);
    // Kept for a redirect that asks for the same again: a body can be read once.
    const body = request.body === null ? undefined : await request.clone().arrayBuffer();
    const { signal, redirect } = request;
    for (let hops = 0; ; hops++) {
      signal.throwIfAborted();
      const response = await app.fetch(request);
      signal.throwIfAborted();
      const location = response.headers.get("location");
      const redirected = location !== null && redirectStatuses.has(response.status);
      if (!redirected || redirect === "manual") {
        return finish(response, request.url, hops > 0, signal);
      }
      if (redirect === "error" || hops === mostRedirects) throw new TypeError("fetch failed");
      request = follow(request, response.status, new URL(location, request.url), body);
    }
  };
}

/** The next request of a redirect: the Fetch standard, "HTTP-redirect fetch". */
function follow(
  request: Request,
  status: number,
  location: URL,
  body: ArrayBuffer | undefined,
): Request {
  const headers = new Headers(request.headers);
  if (location.origin !== new URL(request.url).origin) headers.delete("authorization");
  const { method } = request;
  const becomesGet =
    ((status === 301 || status === 302) && method === "POST") ||
    (status === 303 && method !== "GET" && method !== "HEAD");
  if (becomesGet) for (const name of bodyHeaders) headers.delete(name);
  const sent = becomesGet || method === "GET" || method === "HEAD" ? undefined : body;
  return new Request(location, {
    method: becomesGet ? "GET" : method,
    headers,
    signal: request.signal,
    ...(sent === undefined ? {} : { body: sent }),
  });
}

const bodyHeaders = ["content-encoding", "content-language", "content-location", "content-type"];

/** What only a real fetch can set: the URL, whether it was redirected, and a body that can be aborted. */
function finish(response: Response, url: string, redirected: boolean, signal: AbortSignal) {
  const body = response.body?.pipeThrough(new TransformStream(), { signal }) ?? null;
  const { status, headers } = response;
  return Object.defineProperties(new Response(body, { status, headers }), {
    url: { value: url },
    redirected: { value: redirected },
  });
}
