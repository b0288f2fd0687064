/**
 * Requests of one port, handed to the app of a platform.
 */

import { getRequestListener, RequestError } from "@hono/node-server";
import { getPath } from "hono/utils/url";
import type { AppEnv } from "../http/call.js";
import { disconnect } from "../http/disconnect.js";
import { errorBody } from "../http/errors.js";
import type { Platform } from "../platform/platform.js";
import type { OriginRole } from "../rules/origins.js";
import type { StateFile } from "../state/state.js";
import { StateError } from "../state/state-error.js";
import { dashboardFiles } from "./dashboard-files.js";
import type { Listener } from "./listener.js";
import { isFromDashboard, type OwnHosts, refusal } from "./own-hosts.js";
import type { AppFetch } from "./strict.js";

/** What answers on a port. */
interface Served {
  readonly role: OriginRole;
  readonly platform: Platform;
  readonly fetch: AppFetch;
  readonly own: OwnHosts;
  readonly scheme: "http" | "https";
}

/** Has an app answer the requests of a port. */
export function serve(listener: Listener, { role, platform, fetch, own, scheme }: Served): void {
  const ownFiles = role === "space" ? dashboardFiles(() => platform.origins) : undefined;
  const answer: Parameters<typeof getRequestListener>[0] = (request, { incoming, outgoing }) => {
    const { headers } = incoming;
    const refused = refusal(
      {
        host: headers.host ?? "",
        // As the app will see it, dot segments and escapes resolved.
        path: getPath(request),
        origin: headers.origin ?? null,
        site: fieldOf(headers["sec-fetch-site"]),
        scheme,
        cors: platform.switches.cors,
      },
      own,
    );
    if (refused !== undefined) return refuse(refused.status, refused.message);
    const env: AppEnv = {
      role,
      Response: FastResponse,
      fromDashboard: isFromDashboard(
        {
          origin: headers.origin ?? null,
          site: fieldOf(headers["sec-fetch-site"]),
          destination: fieldOf(headers["sec-fetch-dest"]),
          ...{ scheme, role },
        },
        own,
      ),
      ...(ownFiles && { ownFiles }),
      disconnect: (how) => disconnect(outgoing.socket, how),
    };
    return fetch(request, env);
  };
  const options = { overrideGlobalObjects: false, errorHandler: refuseUnreadable };
  listener.serve(getRequestListener(answer, options));
}

const reading: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** Answers a change only when it is saved, so that what was answered is never lost. */
export function saving(state: StateFile, fetch: AppFetch): AppFetch {
  return async (request, env) => {
    const response = await fetch(request, env);
    if (reading.has(request.method) || response.status >= 400) return response;
    await state.save();
    return response;
  };
}

/**
 * A request that is none, such as one with an impossible Host header, never reaches the app. All else
 * is a mistake in the mock, or a state that cannot be saved.
 */
function refuseUnreadable(error: unknown): Response {
  const status = error instanceof RequestError ? 400 : 500;
  // biome-ignore lint/suspicious/noConsole: whoever runs it should see it, and there is nobody else
  if (status === 500) console.error(error instanceof StateError ? error.message : error);
  return answerJson(status, errorBody("rest", status));
}

function refuse(status: number, message: string): Response {
  return answerJson(status, { error: message });
}

function answerJson(status: number, body: object): Response {
  const headers = { "content-type": "application/json; charset=utf-8" };
  return new FastResponse(JSON.stringify(body), { status, headers });
}

/** A field that may come several times, of which the first counts. */
function fieldOf(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

/**
 * The adapter's own Response, which it can write to a socket without the detours of the standard one;
 * that makes the server about three times as fast. The adapter does not export it but puts it in the
 * place of the global one. A library for tests must leave globals alone, so it is taken from there and
 * the global one put back, before anybody else can look.
 */
const FastResponse: typeof Response = (() => {
  const names = ["Request", "Response"] as const;
  const own = names.map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  try {
    getRequestListener(() => new Response());
    return globalThis.Response;
  } finally {
    for (const [name, descriptor] of own) {
      if (descriptor !== undefined) Object.defineProperty(globalThis, name, descriptor);
    }
  }
})();
