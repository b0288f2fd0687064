import type { Schemas } from "@media-protection/contract";
import { restErrors, restProblems } from "../http/errors.js";
import { jsonListOf, jsonText, jsonUuid } from "../http/readers.js";
import type { Router } from "../http/router.js";
import type { ApiToken, Project } from "../platform/model.js";
import type { Platform } from "../platform/platform.js";
import { isAlive } from "../platform/tokens.js";
import { allScopes } from "../rules/scopes.js";

const management = { scope: "management" } as const;
const name = jsonText(1);

/** API tokens of the caller's project and its subprojects. */
export function tokenRoutes(router: Router): void {
  router.metadata(
    "post",
    "/api/project/tokens",
    {
      ...management,
      body: {
        name: { read: name, required: true },
        permissions: { read: jsonListOf(allScopes, 1), required: true },
        subproject_id: { read: jsonUuid },
      },
    },
    (exchange) => {
      const { platform, project, body } = exchange;
      const owner = ownerOf(platform, project, body.subproject_id);
      if (owner === undefined) {
        const message = "subproject_id must be the id of a subproject of the caller";
        const problem = { code: "invalid_value", message, attribute: "subproject_id" };
        return exchange.json(422, restProblems(problem));
      }
      const token = platform.addToken({
        projectId: owner.id,
        name: body.name,
        scopes: body.permissions,
      });
      return exchange.json(200, describeToken(token));
    },
  );

  router.metadata(
    "patch",
    "/api/project/tokens/{token_id}",
    {
      ...management,
      body: { name: { read: name }, permissions: { read: jsonListOf(allScopes, 0) } },
    },
    (exchange) => {
      const { platform, project, params, body } = exchange;
      const token = find(platform, project, params.token_id);
      if (token === undefined) return exchange.json(404, restErrors[404]);
      platform.tokens.willChange(token);
      token.name = body.name ?? token.name;
      if (body.permissions !== undefined) token.scopes = new Set(body.permissions);
      return exchange.json(200, describeToken(token));
    },
  );

  router.metadata("delete", "/api/project/tokens/{token_id}", management, (exchange) => {
    const { platform, project, params } = exchange;
    const token = find(platform, project, params.token_id);
    if (token === undefined) return exchange.json(404, restErrors[404]);
    platform.tokens.delete(token.id);
    return exchange.empty(204);
  });
}

/** The project a new token is for: the caller's own, or a subproject of it. */
function ownerOf(
  platform: Platform,
  caller: Project,
  subprojectId: string | undefined,
): Project | undefined {
  if (subprojectId === undefined) return caller;
  const subproject = platform.projects.get(subprojectId);
  return subproject?.parentId === caller.id ? subproject : undefined;
}

/** A token of the caller's tree; one outside it is as good as none. */
function find(platform: Platform, caller: Project, tokenId: string): ApiToken | undefined {
  const token = platform.tokens.get(tokenId);
  if (token === undefined || !isAlive(token, () => platform.now())) return undefined;
  const owner = platform.projects.get(token.projectId);
  return owner?.id === caller.id || owner?.parentId === caller.id ? token : undefined;
}

function describeToken(token: ApiToken): Schemas["ApiToken"] {
  return {
    id: token.id,
    name: token.name,
    permissions: [...token.scopes],
    token: token.token,
  };
}
