import { type MediaRef, OptionError } from "@media-protection/sdk";
import { mediaUrl, parseMediaUrl } from "@media-protection/sdk/media-url";
import { base64Url, platformFiles } from "./binary.js";
import { type KeyRing, readKeyRing } from "./key-ring.js";
import { type LifeLimits, linkLife } from "./link-life.js";
import { passcodeVerifier } from "./passcode.js";
import { openLink, sealLink } from "./seal.js";
import type { SealedLink } from "./sealed-link.js";

/** Options of `createLinks`. */
export interface LinksOptions {
  /** The ring, or its text as `readKeyRing` takes it. */
  readonly keys: KeyRing | string;
  /** Where the gateway is reached, without a path behind it: `https://media.example.com`. */
  readonly publicUrl: string;
  /** The longest lives. @default a day for play links, thirty days for share links */
  readonly longest?: LifeLimits | undefined;
  /** Unix time in milliseconds. @default Date.now */
  readonly now?: (() => number) | undefined;
}

/** Options of `mint`. */
export interface MintOptions {
  /** How long it lives, in seconds. @default the longer of 600 and twice `duration`; a share link 7 days */
  readonly ttl?: number | undefined;
  /** How long the recording is, in seconds. @default 0 */
  readonly duration?: number | undefined;
  /** Whether a browser shows the medium or saves it. @default "inline" */
  readonly disposition?: "inline" | "attachment" | undefined;
  /** Whom it is for: a name of your own, at most 32 bytes of UTF-8, for audit and taking back. */
  readonly audience?: string | undefined;
  /** A page with a player, instead of the bytes. @default false */
  readonly share?: boolean | undefined;
  /** Refused while the shared state cannot be asked. @default false */
  readonly revocable?: boolean | undefined;
  /** Of a share link: its page opens once only. @default false */
  readonly once?: boolean | undefined;
  /** Of a share link: what a viewer has to type, 4 to 128 characters. */
  readonly passcode?: string | undefined;
}

/** A medium to make a link of: its URL, or a reference or a listed item that names its project. */
export type LinkSource =
  | string
  | URL
  | MediaRef
  | { readonly ref: MediaRef; readonly contentType?: string | undefined };

/** A link that was made. */
export interface MintedLink {
  /** The whole link, under 220 characters. */
  readonly url: string;
  /** Its id: what logs and `revoke` know it by. */
  readonly id: string;
  /** When its life ends. */
  readonly expiresAt: Date;
}

/** Makes links and opens them; knows keys, and no credentials of the platform. */
export interface Links {
  /**
   * Makes a link. No request is sent.
   * @throws OptionError for an option that is malformed, a reference without its project, or a link
   *   that would have 220 characters or more
   * @throws UntrustedUrlError for what is no media URL
   */
  mint(source: LinkSource, options?: MintOptions): Promise<MintedLink>;
  /** What a token, or a whole link, says. @throws LinkError if it does not open */
  open(tokenOrUrl: string): Promise<SealedLink>;
}

const knownMint = new Set([
  "ttl",
  "duration",
  "disposition",
  "audience",
  "share",
  "revocable",
  "once",
  "passcode",
]);

/**
 * Makes and opens links, on every runtime.
 *
 * @example
 * const links = createLinks({ keys: process.env.MEDIA_GATEWAY_KEYS, publicUrl: "https://media.example.com" });
 * const { url } = await links.mint(callback.RecordingUrl, { audience: "crm" });
 *
 * @throws OptionError for an option that is malformed
 */
export function createLinks({ keys, publicUrl, longest, now = Date.now }: LinksOptions): Links {
  const ring = typeof keys === "string" ? readKeyRing(keys) : keys;
  if (!ring?.keys?.length) throw new OptionError("keys", "a key ring, or its text");
  const base = checkPublicUrl(publicUrl);
  const seconds = () => Math.floor(now() / 1000);
  return {
    async mint(source, options = {}) {
      const { ref, contentType } = readSource(source);
      const link = await linkOf(ref, contentType, checkMint(options), seconds(), longest);
      const url = linkUrl(base, link, await sealLink(link, ring));
      return { url, id: link.id, expiresAt: new Date(link.expiresAt * 1000) };
    },
    open: (tokenOrUrl) => openLink(tokenIn(tokenOrUrl), ring, seconds()),
  };
}

/** The origin, and the path before `/m/` and `/s/`. @throws OptionError */
export function checkPublicUrl(publicUrl: string): string {
  const url = URL.canParse(publicUrl) ? new URL(publicUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username) {
    throw new OptionError("publicUrl", "an http(s) URL without query, fragment or userinfo");
  }
  return url.href.replace(/\/+$/, "");
}

function readSource(source: LinkSource): Pick<SealedLink, "ref" | "contentType"> {
  const { given, contentType } =
    typeof source === "object" && "ref" in source
      ? { given: source.ref, contentType: source.contentType?.split(";")[0]?.trim() }
      : { given: source, contentType: undefined };
  const isUrl = typeof given === "string" || given instanceof URL;
  const named = isUrl ? parseMediaUrl(given) : given;
  const { projectId } = named ?? {};
  if (typeof projectId !== "string") {
    throw new OptionError("source", "a media URL, or a reference that names its projectId");
  }
  // Written as a URL and read again, so that whatever a reference holds is checked.
  const spaceOrigin = "https://example.invalid";
  const ref = parseMediaUrl(mediaUrl(named, "origin" in named ? {} : { spaceOrigin }));
  return { ref: { ...ref, projectId: projectId.toLowerCase() }, contentType };
}

function checkMint(options: MintOptions): MintOptions {
  const unknown = Object.keys(options).find((name) => !knownMint.has(name));
  if (unknown !== undefined) throw new OptionError(unknown, "left out: there is no such option");
  const { disposition, audience, passcode, once, share } = options;
  if (disposition !== undefined && disposition !== "inline" && disposition !== "attachment") {
    throw new OptionError("disposition", '"inline" or "attachment"');
  }
  if (audience !== undefined) {
    const length = new TextEncoder().encode(audience).length;
    if (length < 1 || length > 32) throw new OptionError("audience", "1 to 32 bytes of UTF-8");
  }
  if (passcode !== undefined && (passcode.length < 4 || passcode.length > 128)) {
    throw new OptionError("passcode", "4 to 128 characters");
  }
  if (!share && (once || passcode !== undefined)) {
    throw new OptionError("share", "true where once or a passcode is asked for");
  }
  return options;
}

async function linkOf(
  ref: SealedLink["ref"],
  contentType: string | undefined,
  options: MintOptions,
  issuedAt: number,
  limits: LifeLimits | undefined,
): Promise<SealedLink> {
  const { ttl, duration, share = false, passcode } = options;
  const tier = share ? "share" : "play";
  const id = base64Url(crypto.getRandomValues(new Uint8Array(8)));
  return {
    tier,
    id,
    ref,
    contentType,
    disposition: options.disposition ?? "inline",
    issuedAt,
    expiresAt: issuedAt + linkLife({ tier, ttl, duration, limits }),
    audience: options.audience,
    revocable: options.revocable ?? false,
    once: options.once ?? false,
    passcode: passcode === undefined ? undefined : await passcodeVerifier(passcode, id),
  };
}

const longestLink = 219;
/** With the name of another files host than the platform's in it, such as a mock's: a CRM's field. */
const longestElsewhere = 255;

/** The name is for mail programs and players; nobody reads it again, and where there is no room it goes. */
function linkUrl(base: string, { tier, ref }: SealedLink, token: string): string {
  const bare = `${base}/${tier === "play" ? "m" : "s"}/${token}`;
  const named = tier === "play" ? `${bare}/${decoration(ref)}` : bare;
  const isElsewhere = "origin" in ref && ref.origin !== platformFiles;
  const most = isElsewhere ? longestElsewhere : longestLink;
  const url = named.length <= most ? named : bare;
  if (url.length > most) {
    throw new OptionError(
      "source",
      `shorter: the link would have ${url.length} characters, and may have ${most}`,
    );
  }
  return url;
}

function decoration(ref: MediaRef): string {
  if ("file" in ref) return `media.${ref.file.slice(ref.file.lastIndexOf(".") + 1).toLowerCase()}`;
  if (ref.kind === "recording") return `audio.${ref.format ?? "wav"}`;
  return ref.kind === "faxMedia" ? "fax.pdf" : "media";
}

/** The token of a link, or the text itself. */
export function tokenIn(tokenOrUrl: string): string {
  return /\/[ms]\/([^/?#]+)/.exec(tokenOrUrl)?.[1] ?? tokenOrUrl;
}
