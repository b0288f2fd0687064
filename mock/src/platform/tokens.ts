/**
 * The life of an API token: made, valid for a while, revoked.
 */

import type { Collection } from "./collection.js";
import type { ApiToken } from "./model.js";
import type { AddTokenOptions } from "./projects.js";

/** What a token is made from besides the options. */
export interface TokenContext {
  readonly projectId: string;
  /** In ms since the epoch. */
  readonly now: number;
  readonly uuid: () => string;
  readonly secret: (prefix: string) => string;
}

/** An API token. */
export function buildToken(options: AddTokenOptions, context: TokenContext): ApiToken {
  return {
    id: context.uuid(),
    projectId: context.projectId,
    createdAt: context.now,
    name: options.name ?? "Token",
    scopes: new Set(options.scopes),
    token: options.token ?? context.secret("PTmock"),
    expiresAt: options.expiresAt ?? null,
  };
}

/** Whether a token has not expired and was not revoked. */
export function isAlive({ expiresAt }: ApiToken, now: () => number): boolean {
  return expiresAt === null || now() < expiresAt;
}

/**
 * Ends the life of the tokens that have this id or secret. They stay known, so that they are still
 * seen where they do not belong.
 *
 * @returns whether there were any.
 */
export function revoke(tokens: Collection<ApiToken>, idOrSecret: string, now: number): boolean {
  const id = idOrSecret.toLowerCase();
  let found = false;
  for (const { entity: token } of tokens.all()) {
    if (token.id !== id && token.token !== idOrSecret) continue;
    found = true;
    tokens.willChange(token);
    token.expiresAt = Math.min(token.expiresAt ?? Infinity, now);
  }
  return found;
}
