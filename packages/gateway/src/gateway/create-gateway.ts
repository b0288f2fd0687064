import { OptionError } from "@media-protection/sdk";
import { accelFields, checkAccel } from "../bytes/accel.js";
import { countedBody, type Ending } from "../bytes/counted-body.js";
import { Limits } from "../bytes/limits.js";
import { checkEmbed } from "../bytes/media-headers.js";
import { PdfCheck } from "../bytes/pdf.js";
import { type PlayTools, play, preflight } from "../bytes/play.js";
import { isRefusal, type RefusalStatus, refuse } from "../bytes/refusals.js";
import { checkPublicUrl, createLinks, type Links } from "../links/create-links.js";
import { type KeyRing, readKeyRing } from "../links/key-ring.js";
import { readLink } from "../links/seal.js";
import { pageFiles } from "../share/page.js";
import { share } from "../share/share.js";
import type { GatewayState } from "../state/gateway-state.js";
import { memoryState } from "../state/memory-state.js";
import { type Admin, admin } from "./admin.js";
import { Admission, type Asked, type Entry } from "./admission.js";
import type { Judge } from "./authorize.js";
import type { GatewayOptions, GatewaySettings, RequestContext } from "./options.js";

/** Links that play, and credentials that stay where the client is. */
export interface Gateway {
  /**
   * Answers a request: `/m/…`, `/s/…`, `POST /links`, and 404. Never throws.
   * @param context what the server knows of the viewer
   */
  fetch(request: Request, context?: RequestContext): Promise<Response>;
  /** Makes and opens links with the gateway's keys. */
  readonly links: Links;
  /** What replicas share: to take links back. */
  readonly state: GatewayState;
  /** Takes new keys and epochs; answers under way go on. @throws OptionError, and keeps the old ones */
  reload(settings: GatewaySettings): void;
  /** How many answers are under way. */
  readonly underWay: number;
}

/** What nginx is told, in an answer without a body. */
export type Handed = Map<string, string>;

/** A gateway, and what a server of its own needs to play without a Web answer's cost. */
export interface Handler {
  readonly gateway: Gateway;
  /**
   * Lets a play link in.
   * @returns a refusal, or the link; or the fields by which nginx sends it
   */
  admit(asked: Asked, token: string, context: RequestContext): Promise<Response | Entry | Handed>;
  readonly tools: PlayTools;
  /** Unix time in seconds. */
  seconds(): number;
}

/**
 * A gateway as a Web handler: for Hono, Next.js, Bun, Deno, Workers; `startGateway` of
 * `@media-protection/gateway/node` is the same as a server.
 *
 * @example
 * const gateway = createGateway({ client, keys: process.env.MEDIA_GATEWAY_KEYS, publicUrl: "https://media.example.com" });
 * export default { fetch: (request) => gateway.fetch(request) };
 *
 * @throws OptionError for an option that is missing or malformed
 */
export function createGateway(options: GatewayOptions): Gateway {
  return createHandler(options).gateway;
}

/** As {@link createGateway}, with what is behind it. */
export function createHandler(options: GatewayOptions): Handler {
  const { client, publicUrl, longest, now = Date.now, failures = 120, adminToken } = options;
  if (typeof client?.media?.download !== "function") {
    throw new OptionError("client", "a client made by createClient");
  }
  if (adminToken !== undefined && adminToken.length < 16) {
    throw new OptionError("adminToken", "at least 16 characters");
  }
  checkPublicUrl(publicUrl);
  const embed = checkEmbed(options.embed ?? "anywhere");
  const accel = options.accel && checkAccel(options.accel);
  const state = options.state ?? memoryState(now);
  let settings = readSettings(options);
  // The ring that links are sealed with is always the present one.
  const ring: KeyRing = {
    get keys() {
      return settings.ring.keys;
    },
  };
  const links = createLinks({ keys: ring, publicUrl, longest, now });
  const limits = new Limits(options.limits);
  const onError = (error: unknown) => options.onError?.(error);
  const seconds = () => Math.floor(now() / 1000);
  const judge = (): Judge => ({
    read: (token) => readLink(token, ring, seconds()),
    state,
    epochs: settings.epochs,
    onError,
  });
  const { onAudit } = options;
  const admission = new Admission({ judge, limits, failures, now, onAudit, onError });
  const tools = { client, pdf: new PdfCheck(client), embed, onError };
  const asAdmin: Admin | undefined =
    adminToken === undefined ? undefined : { token: adminToken, links, state, client };

  async function admit(asked: Asked, token: string, { address }: RequestContext) {
    const { method } = asked;
    const origin = asked.field("origin");
    if (method === "OPTIONS") return preflight(embed, origin);
    if (method !== "GET" && method !== "HEAD") return refuse(405, { allow: "GET, HEAD, OPTIONS" });
    const entry = await admission.enter(asked, token, "play", address);
    if (entry instanceof Response || !accel) return entry;
    try {
      const handed = await accelFields(origin, entry.link, accel, tools, seconds());
      if (!handed) return entry;
      entry.end(200, "handed over");
      return handed;
    } catch (error) {
      entry.end(500, "refused", 0);
      throw error;
    }
  }

  async function playLink(request: Request, token: string, context: RequestContext) {
    const entry = await admit(askedBy(request), token, context);
    if (entry instanceof Response) return entry;
    if (entry instanceof Map) return new Response(null, { headers: [...entry] });
    try {
      const response = await play(request, entry.link, tools, seconds());
      const { status, headers, body } = response;
      if (status >= 400 || !body) {
        entry.end(status, status >= 400 ? "refused" : "complete", 0);
        return response;
      }
      try {
        const over = (bytes: number, end: Ending) => entry.end(status, end, bytes);
        const counted = await countedBody(body, request.signal, over);
        return new Response(counted, { status, headers });
      } catch (error) {
        onError(error);
        entry.end(502, "refused", 0);
        return refuse(502);
      }
    } catch (error) {
      entry.end(500, "refused", 0);
      throw error;
    }
  }

  async function shareLink(request: Request, token: string, { address }: RequestContext) {
    const file = pageFiles(token);
    if (file) return file;
    // Opening asks the platform, and may compute a passcode's verifier: it counts, too.
    const entry = await admission.enter(askedBy(request), token, "share", address);
    if (entry instanceof Response) return entry;
    try {
      const now = seconds();
      const response = await share(request, entry.link, { client, state, ring, now });
      const end = response.ok ? "complete" : "refused";
      if (request.method === "POST") entry.end(response.status, end);
      return response;
    } finally {
      entry.leave();
    }
  }

  async function answer(request: Request, context: RequestContext): Promise<Response> {
    const { pathname } = new URL(request.url);
    const play = playToken(pathname);
    if (play !== undefined) return playLink(request, play, context);
    const [, where = "", token = "", ...rest] = pathname.split("/");
    if (where === "s" && rest.length === 0) return shareLink(request, token, context);
    // nginx in front asks for the words of what it is refused by the platform.
    const said = Number(token);
    if (accel && where === "-said" && isRefusal(said)) {
      return refuse(said, token === "503" ? { "retry-after": "5" } : {});
    }
    const administered = asAdmin && (await admin(request, pathname, asAdmin));
    return administered ?? refuse(404);
  }

  const gateway: Gateway = {
    links,
    state,
    get underWay() {
      return limits.underWay;
    },
    reload(fresh) {
      settings = readSettings(fresh);
    },
    async fetch(request, context = {}) {
      try {
        return await answer(request, context);
      } catch (error) {
        onError(error);
        return refuse(500 satisfies RefusalStatus);
      }
    },
  };
  return { gateway, admit, tools, seconds };
}

/** The token of a play link's path, `/m/<token>` or `/m/<token>/<name>`. */
export function playToken(pathname: string): string | undefined {
  return /^\/m(?:\/([^/]*)(?:\/[^/]*)?)?$/.exec(pathname)?.[1];
}

function askedBy({ method, headers }: Request): Asked {
  return { method, field: (name) => headers.get(name) };
}

function readSettings({ keys, epochs = {} }: GatewaySettings) {
  const ring = typeof keys === "string" ? readKeyRing(keys) : keys;
  if (!ring?.keys?.length) throw new OptionError("keys", "a key ring, or its text");
  const read: Record<string, Date> = {};
  for (const [projectId, epoch] of Object.entries(epochs)) {
    if (Number.isNaN(epoch.getTime())) throw new OptionError("epochs", "dates by project id");
    read[projectId.toLowerCase()] = epoch;
  }
  return { ring, epochs: read };
}
