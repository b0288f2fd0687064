import { type ApiToken, type AuthScheme, checkToken } from "./api-token.js";
import type { Redact } from "./masking.js";

/** A resolved credential; that of a token function lives no longer than the request it is for. */
export interface Credential {
  /** The value of the `Authorization` field. */
  readonly header: string;
  /** Replaces what shows this credential, whole or cut short, by `***`. */
  readonly redact: Redact;
}

/** Resolves the credential for one request. */
export type Credentials = (scheme: AuthScheme) => Promise<Credential>;

/** Keeps the token in a closure, so that no `inspect`, JSON or log of the client shows it. */
export function createCredentials(projectId: string, apiToken: ApiToken): Credentials {
  // 36 characters of the project's id are 48 of base64, whatever follows: enough to know it by.
  const basicHead = btoa(projectId);
  const credentialsOf = (token: string) => {
    const basic = btoa(`${projectId}:${token}`);
    const redact = redactor(basicHead, token);
    return (scheme: AuthScheme): Credential => ({
      header: scheme === "basic" ? `Basic ${basic}` : `Bearer ${token}`,
      redact,
    });
  };
  if (typeof apiToken === "string") {
    const credential = credentialsOf(checkToken(apiToken));
    return async (scheme) => credential(scheme);
  }
  return async (scheme) => credentialsOf(checkToken(await apiToken()))(scheme);
}

/**
 * Replaces each text that begins like a secret, since a server may have cut it short or encoded its
 * end. A token too short to be known by its beginning is replaced where it stands alone.
 */
function redactor(basicHead: string, token: string): Redact {
  const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
  const known =
    token.length < 12
      ? `(?<!\\w)${literal(token)}(?!\\w)`
      : `${literal(token.slice(0, Math.max(6, token.length / 4)))}[^\\s"'<>,;]*`;
  const secret = new RegExp(`${literal(basicHead)}[^\\s"'<>,;]*|${known}`, "g");
  return (text) => text.replace(secret, "***");
}
