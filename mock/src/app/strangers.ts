/**
 * Requests to hosts that are none of the platform's, while MSW intercepts: the real platform's are
 * refused, and credentials that go anywhere else are written into the journal.
 */

import { type HttpHandler, HttpResponse, http } from "msw";
import { carriesSecret } from "../http/exposure.js";
import { journalPath } from "../http/journal-path.js";
import type { Platform } from "../platform/platform.js";

/**
 * Whether a host is the real platform's, by whatever name the same machine is reached: in any case,
 * with the dot that ends a full name (RFC 1034 §3.1).
 */
export function isRealPlatform(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.+$/, "");
  return name === "signalwire.com" || name.endsWith(".signalwire.com");
}

/**
 * Refuses every request to the real platform that no handler before it answers, on any port and over
 * any scheme: it fails in the caller as one without a network does, and nothing leaves.
 */
export function refuseRealPlatform(): HttpHandler {
  return http.all(
    ({ request }) => isRealPlatform(new URL(request.url).hostname),
    ({ request }) => {
      const { origin } = new URL(request.url);
      // The caller sees no more than that the network failed.
      // biome-ignore lint/suspicious/noConsole: whoever runs the test should see why
      console.error(
        `media-protection-mock: refused ${request.method} ${origin}: it is no origin of this mock, and the real platform is never asked. To answer it, put a handler of your own before those of the mock.`,
      );
      return HttpResponse.error();
    },
  );
}

/**
 * Writes requests with credentials to strangers into the journals of platforms; answers none. It must
 * stand before the handlers that answer.
 */
export function watchStrangers(platforms: readonly Platform[]): HttpHandler {
  return http.all(
    ({ request }) => {
      recordStranger(request, platforms);
      return false;
    },
    () => undefined,
  );
}

/**
 * Writes a request into the journals when it goes to none of the platforms' origins and brings
 * credentials: an `Authorization` header, or an API token. What else a test asks for is its own affair.
 */
function recordStranger(request: Request, platforms: readonly Platform[]): void {
  const url = new URL(request.url);
  const isKnown = platforms.some(({ origins }) => Object.values(origins).includes(url.origin));
  if (isKnown) return;
  const authorization = request.headers.has("authorization");
  for (const platform of platforms) {
    const tokenExposed = carriesSecret(request, platform);
    if (!authorization && !tokenExposed) continue;
    platform.journal.record({
      time: platform.now(),
      origin: null,
      originUrl: url.origin,
      method: request.method,
      path: journalPath(url.pathname, platform),
      media: null,
      caller: null,
      authorization,
      tokenExposed,
      decision: "none",
      reason: null,
      status: 0,
      fault: null,
    });
  }
}
