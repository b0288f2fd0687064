/**
 * `/__mock/tokens`: API tokens that open little, expire, or are revoked in the middle of a test.
 */

import type { TokenScope } from "@media-protection/contract";
import type { Call } from "../http/call.js";
import { readJson } from "../http/json-body.js";
import type { AddTokenOptions } from "../platform/projects.js";
import { isAlive } from "../platform/tokens.js";
import { OptionError, readFields, text } from "../rules/checks.js";
import { allScopes } from "../rules/scopes.js";
import { withMoments } from "./control-media.js";

/** An API token as it is listed: what it opens, never its text. */
export interface ShownToken {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  /** From when on it opens nothing, in ISO 8601; `null` for never. */
  readonly expiresAt: string | null;
  /** Whether it opens anything now. */
  readonly alive: boolean;
}

/** `GET /__mock/tokens`: those of every project, the revoked ones, too, and the scopes there are. */
export function showTokens(call: Call): Response {
  const { platform } = call;
  const tokens = Array.from(platform.tokens.all(), ({ entity }): ShownToken => {
    const { id, projectId, name, scopes, expiresAt } = entity;
    return {
      ...{ id, projectId, name },
      scopes: [...scopes],
      expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
      alive: isAlive(entity, () => platform.now()),
    };
  });
  return call.json(200, { tokens, scopes: allScopes });
}

/** `POST /__mock/tokens`: any option of `addToken`, `expiresAt` as a date or a time. */
export async function addToken(call: Call): Promise<Response> {
  return readOptions(call, (body) => {
    // The platform checks every option itself.
    const token = call.platform.addToken(withMoments(body) as AddTokenOptions);
    const { id, projectId, name, expiresAt } = token;
    return call.json(201, {
      id,
      projectId,
      name,
      scopes: [...token.scopes],
      token: token.token,
      expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    });
  });
}

/** `POST /__mock/tokens/revoke`: `token` is an id or a secret, which has no place in a URL. */
export async function revokeToken(call: Call): Promise<Response> {
  return readOptions(call, (body) => {
    const { token } = readFields<{ readonly token: string }>(
      "a revocation",
      body,
      { token: text },
      { required: ["token"] },
    );
    call.platform.revokeToken(token);
    return call.empty(204);
  });
}

/** `DELETE /__mock/tokens/{id}`: the same by its id. */
export function revokeTokenById(call: Call, id: string): Response {
  try {
    call.platform.revokeToken(id);
    return call.empty(204);
  } catch (error) {
    if (error instanceof OptionError) return call.error(404);
    throw error;
  }
}

async function readOptions(call: Call, act: (body: object) => Response): Promise<Response> {
  const body = await readJson(call.request);
  if (!body.ok) return call.refuse(422, "The body must be JSON.");
  try {
    if (typeof body.value !== "object" || body.value === null || Array.isArray(body.value)) {
      throw new OptionError("body", "an object");
    }
    return act(body.value);
  } catch (error) {
    if (error instanceof OptionError) return call.refuse(422, error.message);
    throw error;
  }
}
