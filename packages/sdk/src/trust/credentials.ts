import { type ApiToken, type AuthScheme, checkToken, type TokenRequest } from "./api-token.js";
import type { Redact } from "./masking.js";
import { createRedact } from "./redaction.js";

/** A resolved credential; that of a token function lives no longer than the request it is for. */
export interface Credential {
  /** The value of the `Authorization` field. */
  readonly header: string;
  /** Replaces what shows this credential, whole or cut short, by `***`. */
  readonly redact: Redact;
}

/** Resolves the credential for one request, and says to a token function why it is asked. */
export type Credentials = (
  scheme: AuthScheme,
  reason?: TokenRequest["reason"],
) => Promise<Credential>;

/** Keeps the token in a closure, so that no `inspect`, JSON or log of the client shows it. */
export function createCredentials(projectId: string, apiToken: ApiToken): Credentials {
  const credentialsOf = (token: string) => {
    const basic = btoa(`${projectId}:${token}`);
    const redact = createRedact(projectId, token);
    return (scheme: AuthScheme): Credential => ({
      header: scheme === "basic" ? `Basic ${basic}` : `Bearer ${token}`,
      redact,
    });
  };
  if (typeof apiToken === "string") {
    const credential = credentialsOf(checkToken(apiToken));
    return async (scheme) => credential(scheme);
  }
  return async (scheme, reason = "request") =>
    credentialsOf(checkToken(await apiToken({ reason })))(scheme);
}
