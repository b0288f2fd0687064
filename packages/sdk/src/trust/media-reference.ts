import { isMediaKind, type MediaKind } from "@media-protection/contract";
import { isRecord, OptionError, type UntrustedReason, UntrustedUrlError } from "../errors.js";
import { checkKnown } from "./known-options.js";
import { maskUrl } from "./masking.js";
import { isSecure } from "./secure-origin.js";
import { uuidPattern } from "./uuid.js";

/** What media at the space's own origin have in common. */
interface SpaceMediaRef {
  /** The origin of the space. @default the client's space */
  readonly spaceOrigin?: string;
  /** The project, a UUID. @default the client's project */
  readonly projectId?: string;
}

/** A call recording at the space's own origin. */
export interface RecordingRef extends SpaceMediaRef {
  /** Tells the kinds of reference apart. */
  readonly kind: "recording";
  /** The recording's id, a UUID. */
  readonly recordingId: string;
  /** The extension of the URL. @default none: the platform answers WAV */
  readonly format?: "wav" | "mp3" | undefined;
}

/** An attachment of a message, at the space's own origin. */
export interface MessageMediaRef extends SpaceMediaRef {
  /** Tells the kinds of reference apart. */
  readonly kind: "messageMedia";
  /** The message's id, a UUID. */
  readonly messageId: string;
  /** The attachment's id, a UUID. */
  readonly mediaId: string;
}

/** A document of a fax, at the space's own origin. */
export interface FaxMediaRef extends SpaceMediaRef {
  /** Tells the kinds of reference apart. */
  readonly kind: "faxMedia";
  /** The fax's id, a UUID. */
  readonly faxId: string;
  /** The document's id, a UUID. */
  readonly mediaId: string;
}

/** A file of any kind at a media origin (the files host), as callbacks carry it. */
export interface HostedMediaRef {
  /** The kind, which the path names: `recordings`, `message-media` or `faxes`. */
  readonly kind: MediaKind;
  /** The project, a UUID. @default the client's project */
  readonly projectId?: string;
  /** The files host's origin; for a download, one of the client's `mediaOrigins`. */
  readonly origin: string;
  /** The space's id, the first part of the path. */
  readonly spaceId: string;
  /** The folder of the path, where it is not the usual one of the kind: `messages` has been guessed. */
  readonly folder?: "messages" | undefined;
  /**
   * The file's name with its extension, the last part of the path, as it is written there: message
   * media have the name that their sender gave them, of which a part may be percent-encoded.
   */
  readonly file: string;
}

/** Names one medium, whichever URL it was found under. */
export type MediaRef = RecordingRef | MessageMediaRef | FaxMediaRef | HostedMediaRef;

/** A reference as it is read from a URL: nothing is left to a default but a recording's format. */
type FullMediaRef = MediaRef & { readonly projectId: string };

const uuid = [uuidPattern, "a UUID"] as const;

/**
 * A file's name as URLs write it. What may be encoded is text; never a separator, a dot, a control
 * character or the sign of an encoding, which two readers could decode to different paths.
 */
const encoded = "%(?![01]|2[5EeFf]|5[Cc]|7[Ff])[0-9A-Fa-f]{2}";
const fileName = `(?:[A-Za-z0-9_]|%[89A-Fa-f][0-9A-Fa-f])(?:[A-Za-z0-9._~!$&'()*+,;=@-]|${encoded}){0,254}\\.[A-Za-z0-9]{1,8}`;

/** What each field of a path may be: as a pattern, and in words. */
const fields: Readonly<Record<string, readonly [pattern: string, expected: string]>> = {
  projectId: uuid,
  recordingId: uuid,
  messageId: uuid,
  faxId: uuid,
  mediaId: uuid,
  format: ["wav|mp3", '"wav" or "mp3"'],
  spaceId: ["[A-Za-z0-9][A-Za-z0-9-]{0,63}", "letters, digits and hyphens"],
  file: [fileName, "a file name with its extension, as URLs write it"],
};
const wholeFields: Readonly<Record<string, RegExp>> = Object.fromEntries(
  Object.entries(fields).map(([name, [pattern]]) => [name, new RegExp(`^(?:${pattern})$`)]),
);
const account = "/api/laml/2010-04-01/Accounts/{projectId}/";
const hosted = "/{spaceId}/{projectId}/";

/** Every path of media there is. Both directions, URL to reference and back, read this table. */
const shapes = (
  [
    ["recording", `${account}Recordings/{recordingId}`],
    ["recording", `${account}Recordings/{recordingId}.{format}`],
    ["messageMedia", `${account}Messages/{messageId}/Media/{mediaId}`],
    ["faxMedia", `${account}Faxes/{faxId}/Media/{mediaId}`],
    ["recording", `${hosted}recordings/{file}`],
    ["messageMedia", `${hosted}message-media/{file}`],
    ["messageMedia", `${hosted}messages/{file}`, "messages"],
    ["faxMedia", `${hosted}faxes/{file}`],
  ] as const
).map(([kind, path, folder]) => {
  const pattern = path
    .replace(".{", "\\.{")
    .replace(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>${fields[name]?.[0]})`);
  const isHosted = path.startsWith(hosted);
  return { kind, path, folder, isHosted, pattern: new RegExp(`^${pattern}$`) };
});
/** Why a text is no media URL. */
export interface Refusal {
  readonly reason: UntrustedReason;
  readonly because: string;
}

/** What the text of a URL says: its origin, and the reference if its path is that of media. */
export type Reading = Refusal | { readonly origin: string; readonly ref: FullMediaRef | undefined };

/** Says that a path is not one of the table. */
export const wrongPath: Refusal = {
  reason: "path",
  because: "its path is not that of a recording, message media or fax media",
};

/**
 * Reads a URL without trusting it. It must be written the way a URL parser writes it: whatever needs
 * normalising (backslashes, dot segments, encoded characters, foreign scripts, upper-case hosts,
 * numeric addresses) is refused, because two parsers may read it differently.
 */
export function readMediaUrl(input: string | URL, allowInsecure: readonly string[] = []): Reading {
  const written = String(input);
  const parts = /^(https?):\/\/([^/?#\\]*)([^?#]*)/.exec(written);
  if (!parts || !/^[\x21-\x7e]+$/.test(written) || !URL.canParse(written)) {
    return { reason: "malformed", because: "it is not an absolute http(s) URL in plain ASCII" };
  }
  const [, , authority = "", path = ""] = parts;
  const url = new URL(written);
  const { protocol, host, origin } = url;
  if (authority.includes("@")) return { reason: "userinfo", because: "it carries userinfo" };
  if (!isSecure(url, allowInsecure)) {
    return {
      reason: "scheme",
      because: "its scheme is not https, so credentials would travel in the clear",
    };
  }
  const defaultPort = protocol === "https:" ? ":443" : ":80";
  if (authority !== host && authority !== host + defaultPort) {
    return {
      reason: "origin",
      because: `its host is written in a way that only parses to "${host}"`,
    };
  }
  for (const { kind, isHosted, folder, pattern } of shapes) {
    const groups = pattern.exec(path)?.groups;
    if (groups) {
      const host = isHosted ? { origin } : { spaceOrigin: origin };
      const at = folder === undefined ? host : { ...host, folder };
      // The table's row of this kind has exactly the fields of its reference.
      return { origin, ref: { kind, ...at, ...groups } as unknown as FullMediaRef };
    }
  }
  return { origin, ref: undefined };
}

/** Options of {@link parseMediaUrl}. */
export interface ParseMediaUrlOptions {
  /**
   * The only origins that are taken, as `URL.origin` writes them: `https://example.signalwire.com`,
   * or one of plain http.
   * Left out, not `undefined`: a setting that is not there would let every origin through.
   * @default any https origin, and http on loopback
   */
  readonly origins?: readonly string[];
}

/**
 * What a media URL names: compatibility paths of recordings (bare, `.wav`, `.mp3`), message media and
 * fax media on the space, and files of the files host, as callbacks, the Relay REST API's `url` and a
 * fax's `media_url` carry them. Query and fragment are not part of it.
 *
 * A reference is no trust: whether its origin and project may receive credentials is decided by the
 * client that downloads it.
 *
 * @throws UntrustedUrlError for everything else; its `reason` says which part of the URL is wrong
 * @throws OptionError for an option that is unknown or malformed
 */
export function parseMediaUrl(url: string | URL, options: ParseMediaUrlOptions = {}): MediaRef {
  const origins = "origins" in checkKnown(options, { origins: true }) && readOrigins(options);
  // By shape, since a URL may come from another realm.
  const written: unknown = isRecord(url) ? url["href"] : url;
  if (typeof written !== "string") {
    throw new UntrustedUrlError("malformed", "What is neither a text nor a URL is no media URL.");
  }
  let read = readMediaUrl(written, origins || undefined);
  if ("origin" in read) {
    if (origins && !origins.includes(read.origin)) {
      read = { reason: "origin", because: `its origin is not one of ${origins.join(", ")}` };
    } else if (read.ref) return read.ref;
    else read = wrongPath;
  }
  throw new UntrustedUrlError(
    read.reason,
    `${maskUrl(written) || "An empty text"} is no media URL: ${read.because}.`,
  );
}

/** The origins, each one that a URL can have: one written otherwise would refuse every URL. */
function readOrigins({ origins }: ParseMediaUrlOptions): readonly string[] {
  const isOrigin = (one: unknown) =>
    typeof one === "string" && URL.canParse(one) && new URL(one).origin === one;
  if (Array.isArray(origins) && origins.every(isOrigin)) return [...origins];
  throw new OptionError(
    "origins",
    "a list of origins as URL.origin writes them, such as https://example.signalwire.com, or left out",
  );
}

/** Options of {@link mediaUrl}: what a reference may leave out. */
export interface MediaUrlOptions {
  /** The origin of the space, for a reference that names none: `https://example.signalwire.com`. */
  readonly spaceOrigin?: string;
  /** The project, for a reference that names none. */
  readonly projectId?: string;
  /**
   * Origins of plain http that are taken all the same, beside loopback, such as that of a mock in
   * another container.
   * @default []
   */
  readonly allowInsecure?: readonly string[] | undefined;
}

/**
 * The URL of a medium: `mediaUrl(parseMediaUrl(url)) === url` for every media URL without default
 * port, query and fragment.
 *
 * @throws OptionError for a field that is missing or malformed, which it names
 */
export function mediaUrl(ref: MediaRef, options: MediaUrlOptions = {}): string {
  return rebuildRef(
    ref,
    checkKnown(options, { spaceOrigin: true, projectId: true, allowInsecure: true }),
  ).url.href;
}

/**
 * The URL of a reference, and the reference that reading this URL gives: a fresh one, with only the
 * fields that were checked. Each field of the input is read once, so that an object whose getters
 * change their mind can not have one value checked and another used.
 *
 * @throws OptionError for a field that is missing or malformed, which it names
 */
export function rebuildRef(
  input: unknown,
  defaults: MediaUrlOptions,
): { ref: FullMediaRef; url: URL } {
  if (!isRecord(input)) {
    throw new OptionError("source", "a media URL or a media reference");
  }
  const { kind, origin, format, folder } = input;
  if (!isMediaKind(kind)) {
    throw new OptionError("kind", 'one of "recording", "messageMedia", "faxMedia"');
  }
  const isHosted = origin !== undefined;
  const hasFormat = !isHosted && kind === "recording" && format !== undefined;
  const shape = shapes.find(
    (one) =>
      one.kind === kind &&
      one.isHosted === isHosted &&
      one.folder === (isHosted ? folder : undefined) &&
      one.path.endsWith("{format}") === hasFormat,
  );
  if (!shape) throw new OptionError("folder", '"messages" for message media, or left out');
  const path = shape.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    let value = name === "format" ? format : input[name];
    if (name === "projectId") value ??= defaults.projectId;
    if (typeof value === "string" && wholeFields[name]?.test(value)) return value;
    throw new OptionError(name, fields[name]?.[1] ?? "");
  });
  const base = isHosted ? origin : (input["spaceOrigin"] ?? defaults.spaceOrigin);
  const href = `${typeof base === "string" ? base : ""}${path}`;
  const read = readMediaUrl(href, defaults.allowInsecure);
  // Compared as a whole, since an "origin" may hold more than one: a path, a query, a default port.
  if ("origin" in read && read.ref && read.origin + path === href) {
    return { ref: read.ref, url: new URL(href) };
  }
  throw new OptionError(
    isHosted ? "origin" : "spaceOrigin",
    "an origin such as https://example.signalwire.com (http only on loopback)",
  );
}
