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
      request = follow(request, new URL(location, request.url));
    }
  };
}

function follow(request: Request, location: URL): Request {
  const headers = new Headers(request.headers);
  if (location.origin !== new URL(request.url).origin) headers.delete("authorization");
  const method = request.method === "HEAD" ? "HEAD" : "GET";
  return new Request(location, { method, headers, signal: request.signal });
}

/** What only a real fetch can set: the URL, whether it was redirected, and a body that can be aborted. */
function finish(response: Response, url: string, redirected: boolean, signal: AbortSignal) {
  const body = response.body?.pipeThrough(new TransformStream(), { signal }) ?? null;
  const { status, headers } = response;
  return Object.defineProperties(new Response(body, { status, headers }), {
    url: { value: url },
    redirected: { value: redirected },
  });
}
