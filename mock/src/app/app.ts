/**
 * The platform over HTTP: one Hono app, from a Request to a Response, for all three origins. The same
 * app answers under MSW, behind the local server, and in process.
 */

import { type Context, Hono } from "hono";
import { RegExpRouter } from "hono/router/reg-exp-router";
import { getPath } from "hono/utils/url";
import { answerWithFaults } from "../http/answer-with-faults.js";
import { type AppEnv, Call } from "../http/call.js";
import { contractPath } from "../http/contract-path.js";
import { preflightHeaders } from "../http/cors.js";
import { mediaIdOf } from "../http/media-id.js";
import { type App, familyOf, Router } from "../http/router.js";
import type { Platform } from "../platform/platform.js";
import { conferenceLogRoutes } from "../routes/conference-logs.js";
import { answerControl } from "../routes/control.js";
import { faxLogRoutes } from "../routes/fax-logs.js";
import { faxRoutes } from "../routes/faxes.js";
import { filesHostRoutes } from "../routes/files-host.js";
import { messageRoutes } from "../routes/messages.js";
import { nestedRecordingRoutes } from "../routes/nested-recordings.js";
import { projectRoutes } from "../routes/projects.js";
import { recordingRoutes } from "../routes/recordings.js";
import { relayRecordingRoutes } from "../routes/relay-recordings.js";
import { restMessageRoutes } from "../routes/rest-messages.js";
import { answerFromStorage } from "../routes/storage-host.js";
import { tokenRoutes } from "../routes/tokens.js";
import { voiceLogRoutes } from "../routes/voice-logs.js";
import { type OriginRole, type Origins, originRoles } from "../rules/origins.js";

/**
 * Makes the app of a platform. Requests that come to an origin that is none of the platform's are
 * answered 404.
 *
 * The origin is part of the path that Hono routes by: `/@space/api/projects`, `/@files/…`.
 */
export function createApp(platform: Platform): App {
  const app: App = new Hono<{ Bindings: AppEnv }>({
    // The fastest of Hono's routers. It refuses patterns that it cannot compile, where the default
    // would quietly fall back to a slower one.
    router: new RegExpRouter(),
    getPath: (request, options) => {
      const role = options?.env?.role ?? roleOf(request.url, platform.origins) ?? "nowhere";
      const path = getPath(request);
      return `/@${role}${role === "space" ? contractPath(path, platform.switches) : path}`;
    },
  });

  const router = new Router(app, platform);
  projectRoutes(router);
  tokenRoutes(router);
  recordingRoutes(router);
  nestedRecordingRoutes(router);
  relayRecordingRoutes(router);
  messageRoutes(router);
  restMessageRoutes(router);
  faxRoutes(router);
  faxLogRoutes(router);
  voiceLogRoutes(router);
  conferenceLogRoutes(router);
  filesHostRoutes(router);

  const callOf = (context: Context<{ Bindings: AppEnv }>): Call => {
    const [, origin = "", path = "/"] = /^\/@(\w+)(.*)$/s.exec(context.req.path) ?? [];
    return new Call(platform, context.req.raw, context.env, {
      role: isRole(origin) ? origin : null,
      path,
      family: familyOf(path),
      mediaId: origin === "storage" ? mediaIdOf(path) : undefined,
    });
  };
  // Storage and control look at the path themselves, so that the router stays the contract's.
  const rest = async (context: Context<{ Bindings: AppEnv }>) => {
    const call = callOf(context);
    if (call.role !== null && isPreflight(call))
      return call.record(call.empty(204, preflightHeaders));
    if (call.role === "storage") return answerWithFaults(call, () => answerFromStorage(call));
    // What sets and clears the faults is not hit by them.
    if (isControl(call)) return call.record(await answerControl(call));
    if (call.role === null) return call.record(call.error(404));
    return answerWithFaults(call, () => call.error(404));
  };
  app.notFound((context) => {
    const path = context.req.path.replace(/^\/@\w+/, "");
    // Not in the journal: nobody asked the platform.
    return context.env?.ownFiles?.(context.req.raw, path) ?? rest(context);
  });
  app.onError((error, context) => {
    // Only a mistake in the mock itself comes here; whoever runs it should see it.
    // biome-ignore lint/suspicious/noConsole: there is nobody else to tell
    console.error(error);
    const call = callOf(context);
    return call.record(call.error(500));
  });
  return app;
}

function isRole(text: string): text is OriginRole {
  return originRoles.some((role) => role === text);
}

/** Which of the platform's origins a URL is on. */
function roleOf(url: string, origins: Origins): OriginRole | undefined {
  return originRoles.find((role) => {
    const origin = origins[role];
    return url.startsWith(origin) && (url.length === origin.length || url[origin.length] === "/");
  });
}

function isControl({ role, path }: Call): boolean {
  return role === "space" && path.startsWith("/__mock/");
}

function isPreflight({ request, platform }: Call): boolean {
  return (
    platform.switches.cors &&
    request.method === "OPTIONS" &&
    request.headers.has("origin") &&
    request.headers.has("access-control-request-method")
  );
}
