/**
 * Nobody from the web: a page elsewhere may have its name lead to this machine (DNS rebinding), and any
 * page may send simple requests. Pure.
 */

import { isIP } from "node:net";
import { isLoopback } from "../app/unhandled.js";
import type { OriginRole } from "../rules/origins.js";

/** What a server is known by. */
export interface OwnHosts {
  /** The host names of its origins, and of those that it stands for. */
  readonly names: readonly string[];
  /** The port of the space, where the dashboard is; empty for the scheme's own, as URLs have it. */
  readonly spacePort: string;
  /** Whether it can be reached from other machines, by whatever address and name it has there. */
  readonly isPublic: boolean;
}

/** A request, as far as it tells where it comes from. */
export interface Arrival {
  /** The `Host` header. */
  readonly host: string;
  readonly path: string;
  /** The `Origin` header. */
  readonly origin: string | null;
  /** The `Sec-Fetch-Site` header. */
  readonly site: string | null;
  /** The scheme that the port speaks. */
  readonly scheme: "http" | "https";
  /** Whether pages of any origin may read the answers. */
  readonly cors: boolean;
}

/**
 * Why a request is not answered; `undefined` when it is.
 *
 * The mock's own pages and endpoints are for its own hosts alone. The platform's paths are for any host
 * that cannot be made to lead here by a stranger: addresses, and names without a dot.
 */
export function refusal(
  arrival: Arrival,
  own: OwnHosts,
): { readonly status: 403 | 421; readonly message: string } | undefined {
  const { host, path, origin, site, scheme, cors } = arrival;
  const name = nameOf(host);
  const isMocks = path === "/" || path.startsWith("/__mock/");
  if (!isOwn(name, own) && (isMocks || canBeRebound(name))) {
    const message = `The mock does not answer for the host ${JSON.stringify(name)}. Start it with --public-host to have it do so.`;
    return { status: 421, message };
  }
  if (cors || !path.startsWith("/__mock/")) return undefined;
  const isForeign =
    (origin !== null && origin !== `${scheme}://${host.toLowerCase()}`) ||
    site === "cross-site" ||
    site === "same-site";
  const message = "Pages of other origins may not ask the mock while the switch cors is off.";
  return isForeign ? { status: 403, message } : undefined;
}

/**
 * Whether a request was made by the dashboard, the one page of the space's origin, and not by whoever
 * opened a URL in a tab.
 */
export function isFromDashboard(
  arrival: Pick<Arrival, "origin" | "site" | "scheme"> & {
    readonly role: OriginRole;
    /** The `Sec-Fetch-Dest` header. */
    readonly destination: string | null;
  },
  own: OwnHosts,
): boolean {
  const { origin, site, scheme, role, destination } = arrival;
  if (origin === null) {
    return role === "space" && site === "same-origin" && destination === "empty";
  }
  if (!URL.canParse(origin)) return false;
  const { protocol, hostname, port } = new URL(origin);
  return protocol === `${scheme}:` && port === own.spacePort && isOwn(hostname, own);
}

/** The host name of a `Host` header: without port, in lower case, without a dot at the end. */
function nameOf(host: string): string {
  const name = /^(\[[^\]]*\]|[^:]*)(?::\d*)?$/.exec(host)?.[1] ?? host;
  return name.toLowerCase().replace(/\.$/, "");
}

function isOwn(name: string, { names, isPublic }: Pick<OwnHosts, "names" | "isPublic">): boolean {
  return isLoopback(name) || names.includes(name) || (isPublic && !canBeRebound(name));
}

/** Whether a stranger's DNS can say where a name leads. */
function canBeRebound(name: string): boolean {
  const address = name.startsWith("[") ? name.slice(1, -1) : name;
  return isIP(address) === 0 && name.includes(".") && !name.endsWith(".localhost");
}
