import { type FailedRequest, OptionError } from "./errors.js";

/**
 * An API token, or a function that gives it when a request needs it (a vault, a rotating secret).
 * The function runs once for each authenticated request, and never for a URL that may not have
 * the token.
 */
export type ApiToken = string | (() => string | Promise<string>);

/**
 * How the API token is presented. `basic`: `Authorization: Basic base64(projectId:apiToken)`, RFC
 * 7617, what the platform documents. `bearer`: `Authorization: Bearer apiToken`, RFC 6750, which
 * one user reports the files host to want.
 */
export type AuthScheme = "basic" | "bearer";

/** A resolved credential. It lives no longer than the request it is for. */
export interface Credential {
  /** The value of the `Authorization` field. */
  readonly header: string;
  /** The text with every form of this credential replaced by `***`. */
  redact(text: string): string;
}

/** Resolves the credential for one request. */
export type Credentials = (scheme: AuthScheme) => Promise<Credential>;

/** Keeps the token in a closure, so that no `inspect`, JSON or log of the client shows it. */
export function createCredentials(projectId: string, apiToken: ApiToken): Credentials {
  return async (scheme) => {
    const token = checkToken(typeof apiToken === "function" ? await apiToken() : apiToken);
    const basic = base64(`${projectId}:${token}`);
    const header = scheme === "basic" ? `Basic ${basic}` : `Bearer ${token}`;
    return {
      header,
      redact: (text) => text.replaceAll(basic, "***").replaceAll(token, "***"),
    };
  };
}

/**
 * The token itself, if it can be sent as it is: printable ASCII without spaces. Checked by us,
 * because a runtime that refuses a header value quotes that value in its error.
 *
 * @throws OptionError
 */
export function checkToken(token: unknown): string {
  if (typeof token === "string" && /^[\x21-\x7e]+$/.test(token)) return token;
  throw new OptionError("apiToken", "a non-empty string of printable characters without spaces");
}

/**
 * A URL as it may be shown: userinfo removed, the query replaced by `?…` (it may be a signature),
 * control characters escaped, at most 300 characters.
 */
export function maskUrl(url: string | URL): string {
  const shown = String(url)
    .replace(/^([a-z][a-z0-9+.-]*:)?([\\/]{2,})[^\\/?#]*@/i, "$1$2***@")
    .replace(/\?[^#]*/s, "?…")
    .replace(/#.*$/s, "")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a log
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/g, (character) => {
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
    });
  return shown.length > 300 ? `${shown.slice(0, 299)}…` : shown;
}

/** The part of a request that an error may show. */
export function failedRequest(method: string, url: string | URL): FailedRequest {
  return { method, url: maskUrl(url) };
}

/** Base64 of the UTF-8 bytes, RFC 7617 §2.1; `btoa` alone knows only Latin-1. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
