import { isMediaKind, type MediaKind } from "@media-protection/contract";
import { OptionError, type UntrustedReason, UntrustedUrlError } from "./errors.js";
import { maskUrl } from "./masking.js";

/** A call recording at the space's own origin. */
export interface RecordingRef {
  readonly kind: "recording";
  /** @default the client's project */
  readonly projectId?: string;
  readonly recordingId: string;
  /** @default none: the platform answers WAV */
  readonly format?: "wav" | "mp3";
}

/** An attachment of a message, at the space's own origin. */
export interface MessageMediaRef {
  readonly kind: "messageMedia";
  /** @default the client's project */
  readonly projectId?: string;
  readonly messageId: string;
  readonly mediaId: string;
}

/** A document of a fax, at the space's own origin. */
export interface FaxMediaRef {
  readonly kind: "faxMedia";
  /** @default the client's project */
  readonly projectId?: string;
  readonly faxId: string;
  readonly mediaId: string;
}

/** A file of any kind at a media origin (the files host), as callbacks carry it. */
export interface HostedMediaRef {
  readonly kind: MediaKind;
  /** @default the client's project */
  readonly projectId?: string;
  /** One of the client's `mediaOrigins`. */
  readonly origin: string;
  /** The space's id, the first part of the path. */
  readonly spaceId: string;
  /** The file's name with its extension, the last part of the path. */
  readonly file: string;
}

/** Names one medium, whichever URL it was found under. */
export type MediaRef = RecordingRef | MessageMediaRef | FaxMediaRef | HostedMediaRef;

/** What this client trusts with its credentials. Origins are as `URL.origin` writes them. */
export interface MediaTrust {
  /** The origin of the space. */
  readonly spaceOrigin: string;
  /** Origins of the files host. */
  readonly mediaOrigins: readonly string[];
  /** The only project whose media may be asked for. */
  readonly projectId: string;
}

/** The trust decision: the reference and the URL rebuilt from it, or why not. */
export type TrustDecision =
  | { readonly trusted: true; readonly ref: MediaRef; readonly url: URL }
  | { readonly trusted: false; readonly reason: UntrustedReason; readonly because: string };

const accounts = "/api/laml/2010-04-01/Accounts";
const id = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
const uuidPattern = new RegExp(`^${id}$`);
const spacePath = new RegExp(
  `^${accounts}/(?<project>${id})/(?:` +
    `Recordings/(?<recording>${id})(?:\\.(?<format>wav|mp3))?` +
    `|Messages/(?<message>${id})/Media/(?<messageMedia>${id})` +
    `|Faxes/(?<fax>${id})/Media/(?<faxMedia>${id}))$`,
);
const hostedFolders = {
  recordings: "recording",
  messages: "messageMedia",
  faxes: "faxMedia",
} as const;
const hostedPath = new RegExp(
  `^/(?<space>[A-Za-z0-9][A-Za-z0-9-]{0,63})/(?<project>${id})/` +
    "(?<folder>recordings|messages|faxes)/(?<file>[A-Za-z0-9][A-Za-z0-9_-]{0,127}\\.[a-z0-9]{2,5})$",
);

/** Whether the value is a UUID, which is what every id of the platform is. */
export function isUuid(value: unknown): value is string {
  return typeof value === "string" && uuidPattern.test(value);
}

/** Whether the host never leaves this machine, the only place where plain http may carry a token. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/**
 * THE TRUST DECISION: may this URL receive credentials? Pure; no request, no clock, no token.
 *
 * Yes only if its origin is the space's or one of the media origins, its scheme is https (http on
 * loopback only), it has no userinfo, and its path is exactly one of the media shapes of this
 * project. The URL must also be written the way a URL parser writes it: whatever needs
 * normalising (backslashes, dot segments, encoded characters, foreign scripts, upper-case hosts,
 * numeric addresses) is refused, because two parsers may read it differently. The request then
 * goes to the URL rebuilt from the reference; query and fragment are dropped.
 */
export function trustMediaUrl(input: string | URL, trust: MediaTrust): TrustDecision {
  const written = typeof input === "string" ? input : input.href;
  const parts = /^(https?):\/\/([^/?#\\]*)([^?#]*)/.exec(written);
  if (!parts || !/^[\x21-\x7e]+$/.test(written) || !URL.canParse(written)) {
    return no("malformed", "it is not an absolute http(s) URL in plain ASCII");
  }
  const [, , authority = "", path = ""] = parts;
  const url = new URL(written);
  if (authority.includes("@")) return no("userinfo", "it carries userinfo");
  if (url.protocol === "http:" && !isLoopbackHost(url.hostname)) {
    return no("scheme", "its scheme is not https, so credentials would travel in the clear");
  }
  const defaultPort = url.protocol === "https:" ? ":443" : ":80";
  if (authority !== url.host && authority !== url.host + defaultPort) {
    return no("origin", `its host is written in a way that only parses to "${url.host}"`);
  }
  const onSpace = url.origin === trust.spaceOrigin;
  if (!onSpace && !trust.mediaOrigins.includes(url.origin)) {
    return no(
      "origin",
      `its origin ${url.origin} is neither the space's (${trust.spaceOrigin}) nor in the option "mediaOrigins" (${trust.mediaOrigins.join(", ")})`,
    );
  }
  // Where one origin serves both (a proxy in front of both hosts), either shape is right.
  const ref =
    (onSpace ? readSpacePath(path) : undefined) ??
    (trust.mediaOrigins.includes(url.origin) ? readHostedPath(path, url.origin) : undefined);
  if (!ref) return no("path", "its path is not that of a recording, message media or fax media");
  if (ref.projectId.toLowerCase() !== trust.projectId.toLowerCase()) {
    return no("project", `it is media of another project than ${trust.projectId}`);
  }
  return { trusted: true, ...resolveRef(ref, trust) };
}

function no(reason: UntrustedReason, because: string): TrustDecision {
  return { trusted: false, reason, because };
}

function readSpacePath(path: string): (MediaRef & { projectId: string }) | undefined {
  const found = spacePath.exec(path)?.groups;
  if (!found) return undefined;
  const { project, recording, format, message, messageMedia, fax, faxMedia } = found;
  if (project === undefined) return undefined;
  if (recording !== undefined) {
    const ref = { kind: "recording", projectId: project, recordingId: recording } as const;
    return format === "wav" || format === "mp3" ? { ...ref, format } : ref;
  }
  if (message !== undefined && messageMedia !== undefined) {
    return { kind: "messageMedia", projectId: project, messageId: message, mediaId: messageMedia };
  }
  if (fax !== undefined && faxMedia !== undefined) {
    return { kind: "faxMedia", projectId: project, faxId: fax, mediaId: faxMedia };
  }
  return undefined;
}

function readHostedPath(
  path: string,
  origin: string,
): (HostedMediaRef & { projectId: string }) | undefined {
  const found = hostedPath.exec(path)?.groups;
  const { project, space, folder, file } = found ?? {};
  if (project === undefined || space === undefined || file === undefined) return undefined;
  if (folder !== "recordings" && folder !== "messages" && folder !== "faxes") return undefined;
  return { kind: hostedFolders[folder], projectId: project, origin, spaceId: space, file };
}

/**
 * The one URL under which a client asks for a medium, on a trusted origin, and the reference it was
 * built from: a fresh one, with only the fields that were checked. Each field of the input is read
 * once, so that an object whose getters change their mind can not have one value checked and
 * another used.
 *
 * @throws OptionError for an unknown kind or an id that is no UUID
 * @throws UntrustedUrlError for a hosted reference whose origin is not in `mediaOrigins`
 */
export function resolveRef(input: MediaRef, trust: MediaTrust): { ref: MediaRef; url: URL } {
  const fields = fieldsOf(input);
  const { kind } = fields;
  if (!isMediaKind(kind)) {
    throw new OptionError("kind", 'one of "recording", "messageMedia", "faxMedia"');
  }
  const named = uuid("projectId", fields["projectId"] ?? trust.projectId);
  if (named.toLowerCase() !== trust.projectId.toLowerCase()) {
    throw new OptionError(
      "projectId",
      `the client's project (${trust.projectId}); pass { projectId } to ask for a subproject's media`,
    );
  }
  const { projectId } = trust;
  if (fields["origin"] !== undefined) return resolveHosted(kind, fields, trust);
  const base = `${trust.spaceOrigin}${accounts}/${projectId}`;
  if (kind === "recording") {
    const recordingId = uuid("recordingId", fields["recordingId"]);
    const { format } = fields;
    if (format === undefined) {
      const url = new URL(`${base}/Recordings/${recordingId}`);
      return { ref: { kind, projectId, recordingId }, url };
    }
    if (format !== "wav" && format !== "mp3") throw new OptionError("format", '"wav" or "mp3"');
    const url = new URL(`${base}/Recordings/${recordingId}.${format}`);
    return { ref: { kind, projectId, recordingId, format }, url };
  }
  const mediaId = uuid("mediaId", fields["mediaId"]);
  if (kind === "messageMedia") {
    const messageId = uuid("messageId", fields["messageId"]);
    const url = new URL(`${base}/Messages/${messageId}/Media/${mediaId}`);
    return { ref: { kind, projectId, messageId, mediaId }, url };
  }
  const faxId = uuid("faxId", fields["faxId"]);
  const url = new URL(`${base}/Faxes/${faxId}/Media/${mediaId}`);
  return { ref: { kind, projectId, faxId, mediaId }, url };
}

const fieldNames = [
  "kind",
  "projectId",
  "recordingId",
  "format",
  "messageId",
  "faxId",
  "mediaId",
  "origin",
  "spaceId",
  "file",
];

/** The fields of a reference, each read once, wherever they come from. */
function fieldsOf(input: unknown): Record<string, unknown> {
  if (typeof input !== "object" || input === null) {
    throw new OptionError("source", "a media URL or a media reference");
  }
  // An object may be read by any name; what it gives is unknown.
  const source = input as Readonly<Record<string, unknown>>;
  return Object.fromEntries(fieldNames.map((name) => [name, source[name]]));
}

function resolveHosted(
  kind: MediaKind,
  { origin, spaceId, file }: Readonly<Record<string, unknown>>,
  trust: MediaTrust,
): { ref: MediaRef; url: URL } {
  const trusted = trust.mediaOrigins.find((known) => known === origin);
  if (trusted === undefined) {
    const shown = typeof origin === "string" ? maskUrl(origin) : "an origin that is no text";
    throw new UntrustedUrlError(
      "origin",
      `No credentials for ${shown}: it is not in the option "mediaOrigins" (${trust.mediaOrigins.join(", ")}).`,
    );
  }
  const { projectId } = trust;
  const folder = Object.entries(hostedFolders).find(([, named]) => named === kind)?.[0];
  const path =
    typeof spaceId === "string" && typeof file === "string"
      ? `/${spaceId}/${projectId}/${folder}/${file}`
      : "";
  const ref = readHostedPath(path, trusted);
  if (!ref) {
    throw new OptionError("spaceId and file", "plain path segments, the file with its extension");
  }
  return { ref, url: new URL(path, trusted) };
}

function uuid(option: string, value: unknown): string {
  if (isUuid(value)) return value;
  throw new OptionError(option, "a UUID");
}
