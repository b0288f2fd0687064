import { OptionError } from "@media-protection/sdk";
import { accelAnswer, checkAccel } from "../bytes/accel.js";
import { countedBody } from "../bytes/counted-body.js";
import { Limits } from "../bytes/limits.js";
import { checkEmbed } from "../bytes/media-headers.js";
import { PdfCheck } from "../bytes/pdf.js";
import { play, preflight } from "../bytes/play.js";
import { isRefusal, type RefusalStatus, refuse } from "../bytes/refusals.js";
import { checkPublicUrl, createLinks, type Links } from "../links/create-links.js";
import { type KeyRing, readKeyRing } from "../links/key-ring.js";
import type { SealedLink } from "../links/sealed-link.js";
import { pageFiles } from "../share/page.js";
import { share } from "../share/share.js";
import type { GatewayState } from "../state/gateway-state.js";
import { memoryState } from "../state/memory-state.js";
import { type Admin, admin } from "./admin.js";
import { authorize, type Judge, mediumName } from "./authorize.js";
import type { AuditEvent, GatewayOptions, GatewaySettings, RequestContext } from "./options.js";

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
  const failed = memoryState(now);
  const onError = (error: unknown) => options.onError?.(error);
  const seconds = () => Math.floor(now() / 1000);
  const judge = (): Judge => ({ open: links.open, state, epochs: settings.epochs, onError });
  const tools = { client, pdf: new PdfCheck(client), embed, onError };
  const asAdmin: Admin | undefined =
    adminToken === undefined ? undefined : { token: adminToken, links, state, client };

  /** The link, or its refusal; whoever guesses is slowed down. */
  async function opened(
    token: string,
    tier: SealedLink["tier"],
    address: string | undefined,
  ): Promise<SealedLink | Response> {
    const prefix = address === undefined ? undefined : prefixOf(address);
    const link = await authorize(token, tier, judge());
    if (typeof link === "object") return link;
    if (link === 404 && prefix !== undefined && (await failed.count(prefix, 60)) > failures) {
      return refuse(429, { "retry-after": "60" });
    }
    return refuse(link, link === 503 ? { "retry-after": "2" } : {});
  }

  async function playLink(request: Request, token: string, { address }: RequestContext) {
    if (request.method === "OPTIONS") return preflight(embed, request.headers.get("origin"));
    if (request.method !== "GET" && request.method !== "HEAD") {
      return refuse(405, { allow: "GET, HEAD, OPTIONS" });
    }
    const link = await opened(token, "play", address);
    if (link instanceof Response) return link;
    const leave = limits.enter(link.id, address);
    if (!leave) return refuse(503, { "retry-after": "2" });
    const audit = (status: number, end: AuditEvent["end"], bytes?: number) => {
      leave();
      options.onAudit?.({
        ...eventOf(link, request, address, now()),
        what: "play",
        status,
        end,
        ...(bytes === undefined ? {} : { bytes }),
      });
    };
    try {
      const handed = accel && (await accelAnswer(request, link, accel, tools, seconds()));
      if (handed) {
        audit(200, "handed over");
        return handed;
      }
      const response = await play(request, link, tools, seconds());
      const { status, headers, body } = response;
      if (status >= 400 || !body) {
        audit(status, status >= 400 ? "refused" : "complete", 0);
        return response;
      }
      try {
        const counted = await countedBody(body, (bytes, end) => audit(status, end, bytes));
        return new Response(counted, { status, headers });
      } catch (error) {
        onError(error);
        audit(502, "refused", 0);
        return refuse(502);
      }
    } catch (error) {
      audit(500, "refused", 0);
      throw error;
    }
  }

  async function shareLink(request: Request, token: string, { address }: RequestContext) {
    const file = pageFiles(token);
    if (file) return file;
    const link = await opened(token, "share", address);
    if (link instanceof Response) return link;
    // Opening asks the platform, and may compute a passcode's verifier.
    const leave = limits.enter(link.id, address);
    if (!leave) return refuse(503, { "retry-after": "2" });
    const response = await share(request, link, { client, state, ring, now: seconds() }).finally(
      leave,
    );
    if (request.method === "POST") {
      const end = response.ok ? "complete" : "refused";
      const { status } = response;
      options.onAudit?.({ ...eventOf(link, request, address, now()), what: "share", status, end });
    }
    return response;
  }

  async function answer(request: Request, context: RequestContext): Promise<Response> {
    const { pathname } = new URL(request.url);
    const [, where = "", token = "", ...rest] = pathname.split("/");
    if (where === "m" && rest.length <= 1) return playLink(request, token, context);
    if (where === "s" && rest.length === 0) return shareLink(request, token, context);
    // nginx in front asks for the words of what it is refused by the platform.
    const said = Number(token);
    if (accel && where === "-said" && isRefusal(said)) {
      return refuse(said, token === "503" ? { "retry-after": "5" } : {});
    }
    const administered = asAdmin && (await admin(request, pathname, asAdmin));
    return administered ?? refuse(404);
  }

  return {
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

/** Whoever has one address has its neighbours. */
function prefixOf(address: string): string {
  if (address.includes(".")) return address.replace(/^::ffff:/i, "").replace(/\.\d+$/, "");
  return address.split(":").slice(0, 4).join(":");
}

function eventOf(link: SealedLink, request: Request, address: string | undefined, now: number) {
  const range = request.headers.get("range");
  return {
    time: new Date(now).toISOString(),
    link: link.id,
    medium: mediumName(link.ref),
    ...(link.audience === undefined ? {} : { audience: link.audience }),
    ...(address === undefined ? {} : { address }),
    ...(range === null ? {} : { range }),
  };
}
