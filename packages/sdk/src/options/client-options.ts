import { isRecord, OptionError } from "../errors.js";
import { type ApiToken, type AuthScheme, checkToken } from "../trust/api-token.js";
import { isSecure } from "../trust/secure-origin.js";
import type { ProjectReach } from "../trust/trust-decision.js";
import { isUuid } from "../trust/uuid.js";
import type { Hooks } from "./hooks.js";
import { checkProjectId, checkTimeout } from "./option-values.js";

/** What sends a request: `globalThis.fetch`, or a mock's `fetch`. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * How failed attempts are repeated. Retried are GET, HEAD and the setting of switches, after no
 * connection, no answer in time, 429, 500, 502, 503 and 504; never 401, 403, 404, 422.
 */
export interface RetryOptions {
  /**
   * Attempts after the first; for a body that is cut, also how often in a row it is resumed without
   * progress. `0` never retries and never resumes.
   * @default 3
   */
  readonly retries?: number | undefined;
  /**
   * The longest first wait, in milliseconds. It doubles with each failure; the wait itself is drawn
   * between 0 and it.
   * @default 500
   */
  readonly minDelay?: number | undefined;
  /**
   * The longest any wait grows to, in milliseconds.
   * @default 10000
   */
  readonly maxDelay?: number | undefined;
  /**
   * The longest `Retry-After` that is obeyed, in milliseconds; a longer one ends the attempts, and
   * the error's `retryAfter` tells it. One that asks for no wait is as none.
   * @default 60000
   */
  readonly maxRetryAfter?: number | undefined;
}

/** {@link RetryOptions} with every default filled in. */
export type RetryPolicy = {
  readonly [Name in keyof RetryOptions]-?: Exclude<RetryOptions[Name], undefined>;
};

/** Options of {@link createClient}. */
export interface ClientOptions extends Hooks {
  /**
   * The space: its name (`"example"`), its host (`"example.signalwire.com"`) or its origin
   * (`"https://example.signalwire.com"`; `http` only on loopback).
   */
  readonly space: string;
  /** The project's id, a UUID. */
  readonly projectId: string;
  /**
   * Which other projects' media the client may ask for with its own credentials: subprojects by id,
   * or the whole tree. With `"tree"` a URL or reference of any project is asked for, since only the
   * platform knows the tree; it refuses what the credentials do not open. No callback and no listing
   * widens this. Given as `undefined`, it is an OptionError.
   * @default []: the client's own project alone
   */
  readonly projects?: ProjectReach;
  /**
   * The API token, or a function that gives it when a request needs it, and is asked once more when
   * the platform refuses what it gave.
   */
  readonly apiToken: ApiToken;
  /**
   * Origins of the files host: the only other origins that may receive credentials, and those only
   * for media of the project.
   * @default ["https://files.signalwire.com"]
   */
  readonly mediaOrigins?: readonly string[] | undefined;
  /**
   * Origins of plain http that may receive credentials all the same, beside loopback, such as that of
   * a mock in another container: `["http://media-mock:4010"]`. Whoever shares the network reads the
   * token: never in production.
   * @default []
   */
  readonly allowInsecure?: readonly string[] | undefined;
  /**
   * How the token is presented to `mediaOrigins`. The space always gets Basic.
   * @default "basic"
   */
  readonly mediaAuth?: AuthScheme | undefined;
  /**
   * Origins that a redirect of a media URL may lead to, without credentials. Trusted origins need
   * not be listed. Leave it out to allow any https origin; `[]` allows none. Browsers hide where a
   * redirect leads until it was followed; there the answer of any other origin is refused. Given as
   * `undefined`, it is an OptionError: a setting that is missing must not allow every origin.
   * @default any https origin
   */
  readonly redirectOrigins?: readonly string[];
  /**
   * How many redirects a download follows.
   * @default 5
   */
  readonly maxRedirects?: number | undefined;
  /**
   * Milliseconds a call may take, with all its attempts and the waits between them: to the head of
   * the answer for media, redirects included; to the end of it for metadata, and for whatever
   * `client.api` is asked for. The time of a token function counts; `waitUntilReady` comes on top.
   * `Infinity` waits for ever.
   * @default 120000
   */
  readonly timeout?: number | undefined;
  /**
   * Milliseconds one attempt may take before it counts as failed and is retried.
   * @default 30000
   */
  readonly attemptTimeout?: number | undefined;
  /**
   * Milliseconds without a byte after which a download drops the connection and resumes. Only the
   * time spent waiting for bytes counts, not that of a slow reader. `Infinity` waits for ever.
   * @default 30000
   */
  readonly stallTimeout?: number | undefined;
  /** How failed attempts are repeated. */
  readonly retry?: RetryOptions | undefined;
  /**
   * What sends the requests.
   * A Response that it makes itself, around another or in a test, should have a Content-Length: the
   * end of a body without one is asked for.
   * @default globalThis.fetch, looked up at each request; in Node `nodeFetch`, unless that one was
   *   replaced, or the dispatcher of undici set
   */
  readonly fetch?: Fetch | undefined;
}

/** The client's options, checked, with every default filled in. */
export interface ResolvedOptions extends Hooks {
  readonly spaceOrigin: string;
  readonly projectId: string;
  /** Ids, or `"tree"` alone. */
  readonly projects: readonly string[];
  readonly apiToken: ApiToken;
  readonly mediaOrigins: readonly string[];
  readonly allowInsecure: readonly string[];
  readonly mediaAuth: AuthScheme;
  readonly redirectOrigins: readonly string[] | undefined;
  readonly maxRedirects: number;
  readonly timeout: number;
  readonly attemptTimeout: number;
  readonly stallTimeout: number;
  readonly retry: RetryPolicy;
  /** `undefined` for the default. */
  readonly fetch: Fetch | undefined;
}

const known: Record<keyof ClientOptions, true> = {
  space: true,
  projectId: true,
  projects: true,
  apiToken: true,
  mediaOrigins: true,
  allowInsecure: true,
  mediaAuth: true,
  redirectOrigins: true,
  maxRedirects: true,
  timeout: true,
  attemptTimeout: true,
  stallTimeout: true,
  retry: true,
  fetch: true,
  onRequest: true,
  onResponse: true,
  onRetry: true,
};
const retryDefaults = { retries: 3, minDelay: 500, maxDelay: 10_000, maxRetryAfter: 60_000 };

/**
 * Checks the options and fills in the defaults.
 *
 * @throws OptionError naming the first option that is missing, malformed or unknown
 */
export function resolveOptions(options: ClientOptions): ResolvedOptions {
  if (!isRecord(options)) {
    throw new OptionError("options", "an object");
  }
  const unknown = Object.keys(options).find((key) => !(key in known));
  if (unknown !== undefined) {
    throw new OptionError(unknown, `left out: it is not one of ${Object.keys(known).join(", ")}`);
  }
  const { mediaAuth = "basic", maxRedirects = 5, apiToken } = options;
  if (mediaAuth !== "basic" && mediaAuth !== "bearer") {
    throw new OptionError("mediaAuth", '"basic" or "bearer"');
  }
  if (!Number.isInteger(maxRedirects) || maxRedirects < 0) {
    throw new OptionError("maxRedirects", "a whole number, 0 or more");
  }
  const { fetch, onRequest, onResponse, onRetry } = options;
  const hooks = { onRequest, onResponse, onRetry };
  for (const [name, value] of Object.entries({ fetch, ...hooks })) {
    if (value !== undefined && typeof value !== "function")
      throw new OptionError(name, "a function");
  }
  const allowInsecure = readOrigins("allowInsecure", options.allowInsecure ?? []);
  const spaceOrigin = readSpace(options.space, allowInsecure);
  const projectId = checkProjectId(options.projectId);
  // A copy, so that a list that the caller goes on writing to does not widen the reach. One that is
  // given as undefined stays so, and is refused.
  const projects: string[] = [{ projects: [], ...options }.projects].flat();
  if (!projects.every((id) => isUuid(id) || (id === "tree" && id === options.projects))) {
    throw new OptionError("projects", '"tree" or UUIDs');
  }
  if (typeof apiToken !== "function") checkToken(apiToken);
  return {
    spaceOrigin,
    projectId,
    projects,
    apiToken,
    mediaOrigins: readOrigins(
      "mediaOrigins",
      options.mediaOrigins ?? ["https://files.signalwire.com"],
      allowInsecure,
    ),
    allowInsecure,
    mediaAuth,
    redirectOrigins:
      "redirectOrigins" in options
        ? readOrigins("redirectOrigins", options.redirectOrigins, allowInsecure)
        : undefined,
    maxRedirects,
    timeout: checkTimeout(options.timeout ?? 120_000),
    attemptTimeout: checkTimeout(options.attemptTimeout ?? 30_000, "attemptTimeout"),
    stallTimeout: checkTimeout(options.stallTimeout ?? 30_000, "stallTimeout"),
    retry: readRetry(options.retry ?? {}),
    ...hooks,
    fetch,
  };
}

function readRetry(options: RetryOptions): RetryPolicy {
  if (!isRecord(options)) throw new OptionError("retry", "an object such as { retries: 5 }");
  for (const [name, value] of Object.entries(options)) {
    if (!(name in retryDefaults)) {
      throw new OptionError(`retry.${name}`, `one of ${Object.keys(retryDefaults).join(", ")}`);
    }
    if (value !== undefined && !(typeof value === "number" && value >= 0)) {
      throw new OptionError(`retry.${name}`, "a number, 0 or more");
    }
  }
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...retryDefaults, ...Object.fromEntries(given) };
}

/** A label of a host name (RFC 1123 §2.1), which URL parsers do not hold to. */
const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const namePattern = new RegExp(`^${label}$`, "i");
/** A host as `URL.hostname` writes it: labels, of which an IPv4 address is made too, or IPv6. */
const hostPattern = new RegExp(`^(?:${label}(?:\\.${label})*|\\[.+\\])$`);

function readSpace(space: unknown, allowInsecure: readonly string[]): string {
  const expected =
    "the space's name (example), host (example.signalwire.com) or https origin (http:// only on loopback or by allowInsecure)";
  if (typeof space !== "string") throw new OptionError("space", expected);
  if (namePattern.test(space) && space.toLowerCase() !== "localhost") {
    return `https://${space.toLowerCase()}.signalwire.com`;
  }
  const bareHost = /^[a-z0-9.-]+\.[a-z]{2,}(?::\d+)?$/i.test(space);
  return readOrigin("space", bareHost ? `https://${space}` : space, expected, allowInsecure);
}

/** Origins, of which those of plain http must be allowed, unless it is about which are. */
function readOrigins(
  option: string,
  origins: unknown,
  allowInsecure?: readonly string[],
): string[] {
  const expected =
    "a list of origins such as https://files.signalwire.com (http:// only on loopback or by allowInsecure)";
  if (!Array.isArray(origins)) throw new OptionError(option, expected);
  return origins.map((origin) => readOrigin(option, origin, expected, allowInsecure ?? [origin]));
}

/** An origin as `URL.origin` writes it, if that is all the text says. */
function readOrigin(
  option: string,
  text: unknown,
  expected: string,
  allowInsecure: readonly string[],
): string {
  if (typeof text === "string" && /^https?:\/\/[^\s\\]+$/i.test(text) && URL.canParse(text)) {
    const url = new URL(text);
    if (
      isSecure(url, allowInsecure) &&
      hostPattern.test(url.hostname) &&
      url.href === `${url.origin}/`
    )
      return url.origin;
  }
  throw new OptionError(option, expected);
}
