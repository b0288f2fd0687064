import { type UntrustedReason, UntrustedUrlError } from "../errors.js";
import { maskUrl } from "./masking.js";
import { type MediaRef, readMediaUrl, rebuildRef, wrongPath } from "./media-reference.js";
import { idKey, isSameId } from "./same-id.js";

/** What this client trusts with its credentials. Origins are as `URL.origin` writes them. */
export interface MediaTrust {
  /** The origin of the space. */
  readonly spaceOrigin: string;
  /** Origins of the files host. */
  readonly mediaOrigins: readonly string[];
  /** Origins of plain http that may be asked all the same. @default none but loopback */
  readonly allowInsecure?: readonly string[];
  /** The project whose media may be asked for, and that of a reference which names none. */
  readonly projectId: string;
  /** Other projects whose media may be asked for, too; `"tree"` among them is any. @default none */
  readonly projects?: readonly string[];
}

/**
 * Projects whose media may be asked for beside the client's own: those listed, or any (`"tree"`),
 * since only the platform knows which projects its credentials open.
 */
export type ProjectReach = "tree" | readonly string[];

/** The trust decision: the reference and the URL rebuilt from it, or why not. */
export type TrustDecision =
  | { readonly trusted: true; readonly ref: MediaRef; readonly url: URL }
  | { readonly trusted: false; readonly reason: UntrustedReason; readonly because: string };

/**
 * THE TRUST DECISION: may this URL receive credentials? Pure; no request, no clock, no token.
 *
 * Yes only if its origin is the space's or one of the media origins, its scheme is https (http on
 * loopback only), it has no userinfo, its path is exactly one of the media shapes of a project within reach,
 * and it is written the way a URL parser writes it. The request then goes to the URL rebuilt from
 * the reference; query and fragment are dropped.
 */
export function trustMediaUrl(input: string | URL, trust: MediaTrust): TrustDecision {
  const read = readMediaUrl(input, trust.allowInsecure);
  if (!("origin" in read)) return { trusted: false, ...read };
  const { origin, ref } = read;
  const onSpace = origin === trust.spaceOrigin;
  const onMedia = trust.mediaOrigins.includes(origin);
  if (!onSpace && !onMedia) {
    return no(
      "origin",
      `its origin ${origin} is neither the space's (${trust.spaceOrigin}) nor in the option "mediaOrigins" (${trust.mediaOrigins.join(", ")})`,
    );
  }
  // Where one origin serves both (a proxy in front of both hosts), either shape is right.
  if (!ref || !("file" in ref ? onMedia : onSpace)) return { trusted: false, ...wrongPath };
  if (projectWithin(ref.projectId, trust) === undefined) {
    return no("project", `it is media of ${another(trust)}`);
  }
  return { trusted: true, ...resolveRef(ref, trust) };
}

/** Whether media of this project may be asked for. */
export function isWithinReach(id: string, trust: MediaTrust): boolean {
  return projectWithin(id, trust) !== undefined;
}

/** The project's id in the one way it is asked for by; `undefined` where it is out of reach. */
function projectWithin(id: string, { projectId, projects = [] }: MediaTrust): string | undefined {
  if (isSameId(id, projectId)) return projectId;
  if (projects.includes("tree")) return idKey(id);
  return projects.find((one) => isSameId(id, one));
}

function another({ projectId }: MediaTrust): string {
  return `another project than ${projectId}; what else the client may reach is its option "projects" or, for one call, { projectId }`;
}

function no(reason: UntrustedReason, because: string): TrustDecision {
  return { trusted: false, reason, because };
}

/**
 * The one URL under which a client asks for a medium, on a trusted origin, and the reference it was
 * built from: a fresh one, with only the fields that were checked.
 *
 * @throws OptionError for an unknown kind, or a field that is missing or malformed
 * @throws UntrustedUrlError for a reference to another origin than the space's or `mediaOrigins`, or to
 *   a project out of reach
 */
export function resolveRef(input: MediaRef, trust: MediaTrust): { ref: MediaRef; url: URL } {
  const { ref, url } = rebuildRef(input, trust);
  const projectId = projectWithin(ref.projectId, trust);
  if (projectId === undefined) {
    throw new UntrustedUrlError(
      "project",
      `No credentials for ${maskUrl(url)}: it is media of ${another(trust)}.`,
    );
  }
  const isHosted = "file" in ref;
  const trusted = isHosted ? trust.mediaOrigins : [trust.spaceOrigin];
  if (!trusted.includes(url.origin)) {
    throw new UntrustedUrlError(
      "origin",
      `No credentials for ${maskUrl(url.origin)}: it is not ${isHosted ? 'in the option "mediaOrigins"' : "the client's space"} (${trusted.join(", ")}).`,
    );
  }
  // One way to write the project's id, whichever case it came in.
  const rebuilt =
    ref.projectId === projectId ? { ref, url } : rebuildRef({ ...ref, projectId }, trust);
  // Within a client its own space goes without saying.
  const { spaceOrigin: _, ...own } = { spaceOrigin: undefined, ...rebuilt.ref };
  return { ref: own, url: rebuilt.url };
}
