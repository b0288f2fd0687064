import type { RedirectReason } from "../errors.js";
import { unescaped } from "./decoded.js";
import { readMediaUrl } from "./media-reference.js";
import { isSecure } from "./secure-origin.js";
import { isWithinReach, type MediaTrust, trustMediaUrl } from "./trust-decision.js";

/** One request on the way to a medium. */
export interface Hop {
  readonly url: URL;
  /** Whether this request carries the credentials. */
  readonly authorized: boolean;
}

/** What decides about redirects. */
export interface RedirectPolicy {
  readonly trust: MediaTrust;
  /** Origins a redirect may leave to; `undefined` allows every https origin. */
  readonly redirectOrigins: readonly string[] | undefined;
  /** How many redirects are followed. */
  readonly maxRedirects: number;
}

/** The next request, or why there is none. */
export type NextHop =
  | { readonly follow: Hop }
  | { readonly refuse: RedirectReason; readonly because: string; readonly host?: string };

/** Whether the status is a redirect that a GET or HEAD follows, RFC 9110 §15.4. */
export function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/**
 * Where a redirect leads: with credentials, without, or nowhere. Pure.
 *
 * - within the space, unless the path is another project's, or to media of the project on any
 *   trusted origin: with them, and with the query, which may be a signature that the files host
 *   wants beside them;
 * - any other https URL: without them, and they do not come back on a later hop;
 * - refused: plain http (unless all of it stays on loopback, or where `allowInsecure` lets it), userinfo, an origin outside
 *   `redirectOrigins` where that is set, no readable `Location`, too many.
 *
 * @param from the request that was redirected
 * @param location the `Location` field as sent
 * @param followed how many redirects came before this one
 */
export function nextHop(
  from: Hop,
  location: string | null,
  followed: number,
  policy: RedirectPolicy,
): NextHop {
  if (followed >= policy.maxRedirects) {
    const because = `more than ${policy.maxRedirects} redirects, the option "maxRedirects"`;
    return { refuse: "too-many", because };
  }
  if (location === null || !URL.canParse(location, from.url.href)) {
    return { refuse: "no-location", because: "the redirect names no readable Location" };
  }
  const url = new URL(location, from.url);
  const { host } = url;
  if (url.username !== "" || url.password !== "") {
    return { refuse: "userinfo", because: "the redirect's target carries userinfo", host };
  }
  const isHttp = from.url.protocol === "http:" && url.protocol === "http:";
  const staysInsecure = isHttp && isSecure(url, policy.trust.allowInsecure);
  if (url.protocol !== "https:" && !staysInsecure) {
    return {
      refuse: "downgrade",
      because: `the redirect leads to ${url.protocol}//${host}, not to https`,
      host,
    };
  }
  if (from.authorized) {
    // The space is the caller's own; the files host serves other projects, and so other paths, too.
    const { spaceOrigin } = policy.trust;
    const withinSpace = url.origin === from.url.origin && url.origin === spaceOrigin;
    if (withinSpace && !isAnothers(url, policy.trust)) return { follow: { url, authorized: true } };
    const decision = trustMediaUrl(url, policy.trust);
    if (decision.trusted) {
      decision.url.search = url.search;
      return { follow: { url: decision.url, authorized: true } };
    }
  }
  if (!mayLeaveTo(url, policy)) {
    return {
      refuse: "origin",
      because: `the redirect leads to ${host}, and the option "redirectOrigins" does not list ${url.origin}`,
      host,
    };
  }
  return { follow: { url, authorized: false } };
}

/**
 * Whether a path of the space is that of a project out of reach, in whichever way a server might
 * read it: the credentials of a parent project would open it, and its bytes pass for the medium's.
 */
export function isAnothers(url: URL, trust: MediaTrust): boolean {
  const read = readMediaUrl(url, trust.allowInsecure);
  const named = "origin" in read && read.ref ? [read.ref.projectId] : [];
  const parts = unescaped(url.pathname).split(/[\\/]+/);
  const accounts = parts.filter((_, index) => /^accounts\b/i.test(parts[index - 1] ?? ""));
  return [...named, ...accounts.map((part) => part.split(/[;.]/, 1).join(""))].some(
    (id) => !isWithinReach(id, trust),
  );
}

/** Whether `redirectOrigins` lets an anonymous request go to this URL's origin. */
export function mayLeaveTo(url: URL, { trust, redirectOrigins }: RedirectPolicy): boolean {
  return (
    redirectOrigins === undefined ||
    redirectOrigins.includes(url.origin) ||
    trust.spaceOrigin === url.origin ||
    trust.mediaOrigins.includes(url.origin)
  );
}
