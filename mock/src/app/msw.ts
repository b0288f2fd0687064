/**
 * The platform as request handlers of MSW.
 */

import { type HttpHandler, http } from "msw";
import type { Platform } from "../platform/platform.js";
import { createApp } from "./app.js";
import { withRedirectLimit } from "./redirect-limit.js";
import { refuseRealPlatform, watchStrangers } from "./strangers.js";

/**
 * Handlers that answer every request to the origins of one or more platforms; nothing that goes to
 * them ever reaches the network. Requests to any other host of signalwire.com fail, unless a handler
 * before these answers them. Give them to `setupServer` (Node) or `setupWorker` (browsers).
 *
 * Several platforms may share the files and the storage host, as spaces do in reality: there the
 * space id, the first segment of the path, says whose request it is. Their `spaceName`s must differ.
 *
 * @throws TypeError when two platforms are the same space.
 */
export function handlers(...platforms: readonly Platform[]): HttpHandler[] {
  const spaces = new Set(platforms.map(({ origins }) => origins.space));
  if (spaces.size < platforms.length) {
    throw new TypeError("Each platform needs a spaceName of its own.");
  }
  const byOrigin = new Map<string, Tenant[]>();
  for (const platform of platforms) {
    const tenant = { platform, app: createApp(platform) };
    for (const origin of Object.values(platform.origins)) {
      byOrigin.set(origin, [...(byOrigin.get(origin) ?? []), tenant]);
    }
  }
  const answering = Array.from(byOrigin, ([origin, tenants]) =>
    http.all(`${origin}/*`, ({ request }) =>
      withRedirectLimit(request, (counted) => tenantOf(counted, tenants).app.fetch(counted)),
    ),
  );
  return [watchStrangers(platforms), ...answering, refuseRealPlatform()];
}

interface Tenant {
  readonly platform: Platform;
  readonly app: ReturnType<typeof createApp>;
}

/** Whose request it is; one that names no known space is answered by the first, with 404. */
function tenantOf(request: Request, tenants: readonly Tenant[]): Tenant {
  const [, spaceId] = new URL(request.url).pathname.split("/");
  const owner = tenants.find(({ platform }) => platform.spaceId === spaceId) ?? tenants[0];
  if (owner === undefined) throw new TypeError("Every origin has a platform.");
  return owner;
}
