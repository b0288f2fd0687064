/**
 * Who is calling: credentials, looked up among the platform's API tokens.
 */

import type { TokenScope } from "@media-protection/contract";
import {
  type AcceptedScheme,
  acceptsScheme,
  readAuthorization,
  sameSecret,
} from "../rules/credentials.js";
import type { Collection, Placed } from "./collection.js";
import type { ApiToken } from "./model.js";
import { isAlive } from "./tokens.js";

/** A caller whose credentials are right. */
export interface ProjectCaller {
  readonly type: "project";
  readonly projectId: string;
  /** The id of the API token, which is no secret. */
  readonly tokenId: string;
  readonly scopes: ReadonlySet<TokenScope>;
}

/** Nobody in particular, somebody whose credentials are wrong, or a project. */
export type Caller = { readonly type: "anonymous" } | { readonly type: "invalid" } | ProjectCaller;

const anonymous: Caller = { type: "anonymous" };
const invalid: Caller = { type: "invalid" };

/**
 * Finds out who is calling.
 *
 * Credentials of a scheme that the endpoint does not accept are as wrong as a wrong token.
 *
 * @param header the `Authorization` header, `null` when there is none.
 * @param now the platform's clock; a token that has expired is a wrong one
 */
export function identify(
  header: string | null,
  accepted: AcceptedScheme,
  tokens: Collection<ApiToken>,
  now: () => number,
): Caller {
  if (header === null) return anonymous;
  const presented = readAuthorization(header);
  if (!acceptsScheme(accepted, presented.scheme)) return invalid;
  if (presented.scheme === "basic") {
    return match(tokens.of(presented.projectId.toLowerCase()), presented.token, now);
  }
  return presented.scheme === "bearer" ? match(tokens.all(), presented.token, now) : invalid;
}

/** Compares with every token, found or not, so that the time tells nothing about which is near. */
function match(tokens: Iterable<Placed<ApiToken>>, presented: string, now: () => number): Caller {
  let found: ApiToken | undefined;
  for (const { entity } of tokens) {
    if (sameSecret(entity.token, presented) && isAlive(entity, now)) found = entity;
  }
  if (found === undefined) return invalid;
  return {
    type: "project",
    projectId: found.projectId,
    tokenId: found.id,
    scopes: found.scopes,
  };
}
