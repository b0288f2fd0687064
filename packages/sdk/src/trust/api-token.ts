import { OptionError } from "../errors.js";

/** Why a token function is asked. */
export interface TokenRequest {
  /**
   * `request`: a request is about to be sent, and a token that the function keeps will do.
   * `refused`: the platform has just answered 401 to the token given before, which may have been
   * rotated: fetch it anew. If another one is given, the request is sent once more; if it is the
   * same, the 401 stands.
   */
  readonly reason: "request" | "refused";
}

/**
 * An API token, or a function that gives it when a request needs it (a vault, a rotating secret).
 * The function runs once for each authenticated request, once more when the platform refuses what it
 * gave (401), and never for a URL that may not have the token. What it throws reaches the caller as
 * it is.
 */
export type ApiToken = string | ((asked: TokenRequest) => string | Promise<string>);

/**
 * How the API token is presented. `basic`: `Authorization: Basic base64(projectId:apiToken)`, RFC
 * 7617, what the platform documents. `bearer`: `Authorization: Bearer apiToken`, RFC 6750, which
 * one user reports the files host to want.
 */
export type AuthScheme = "basic" | "bearer";

/**
 * The token itself, if it can be sent as it is: printable ASCII without spaces. Checked by us,
 * because a runtime that refuses a header value quotes that value in its error.
 *
 * @throws OptionError
 */
export function checkToken(token: unknown): string {
  if (typeof token === "string" && /^[\x21-\x7e]+$/.test(token)) return token;
  throw new OptionError("apiToken", "printable characters without spaces");
}
