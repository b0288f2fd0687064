import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAuthorization, sameSecret } from "../../../mock/dist/rules/credentials.js";
import { basic, bearer, setScene } from "../scene.js";

describe("the Authorization header", () => {
  test("is read as project id and API token in Basic", () => {
    const { authorization } = basic("project", "token");
    expect(readAuthorization(authorization)).toEqual({
      scheme: "basic",
      projectId: "project",
      token: "token",
    });
  });

  test("is read as the API token in Bearer", () => {
    expect(readAuthorization("Bearer to:ken")).toEqual({ scheme: "bearer", token: "to:ken" });
  });

  test("is separated at the first colon only, whatever text the token is", () => {
    const projectIds = fc.string({ unit: "grapheme" }).filter((id) => !id.includes(":"));
    fc.assert(
      fc.property(projectIds, fc.string({ unit: "grapheme" }), (projectId, token) => {
        const { authorization } = basic(projectId, token);
        expect(readAuthorization(authorization)).toEqual({ scheme: "basic", projectId, token });
      }),
    );
  });

  test.each(["basic", "BASIC", "Basic "])("knows its scheme in any case: %j", (scheme) => {
    expect(readAuthorization(`${scheme} ${btoa("a:b")}`).scheme).toBe("basic");
  });

  test.each([
    ["absent", undefined, "none"],
    ["null", null, "none"],
    ["empty", "", "malformed"],
    ["a scheme alone", "Basic", "malformed"],
    ["a scheme and a space", "Basic ", "malformed"],
    ["Bearer without a token", "Bearer  ", "malformed"],
    ["no base64", "Basic !!!", "malformed"],
    ["no colon", `Basic ${btoa("projecttoken")}`, "malformed"],
    ["no UTF-8", `Basic ${btoa("a:\xff\xfe")}`, "malformed"],
    ["another scheme", "Digest username=a", "malformed"],
  ])("%s", (_, header, scheme) => {
    expect(readAuthorization(header).scheme).toBe(scheme);
  });
});

describe("secrets", () => {
  test("are the same only when they are equal", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(sameSecret(one, other)).toBe(one === other);
        expect(sameSecret(one, one)).toBe(true);
        expect(sameSecret(one, `${one}x`)).toBe(false);
        expect(sameSecret(`${one}x`, one)).toBe(false);
      }),
    );
  });
});

describe("a caller of the API", () => {
  const { platform, projectId, ask, space } = setScene();
  const { apiToken } = platform.credentials;
  const awkward = platform.addToken({ scopes: ["management"], token: "to:k:én 🔑" });
  const stranger = platform.addProject({ parentId: null });
  const url = space(`/api/projects/${projectId}`);

  test.each([
    ["the project's credentials", basic(projectId, apiToken), 200],
    ["the project id in capitals", basic(projectId.toUpperCase(), apiToken), 200],
    ["a token with colons and characters beyond ASCII", basic(projectId, awkward.token), 200],
    ["no credentials", {}, 401],
    ["a token that is none", basic(projectId, "PT-wrong"), 401],
    ["a prefix of the token", basic(projectId, apiToken.slice(0, -1)), 401],
    ["a longer token", basic(projectId, `${apiToken}0`), 401],
    ["an empty token", basic(projectId, ""), 401],
    ["the id of another project", basic(stranger.id, apiToken), 401],
    ["an unknown project", basic("00000000-0000-4000-8000-000000000000", apiToken), 401],
    ["Bearer, which only the files host may accept", bearer(apiToken), 401],
    ["Basic without base64", { authorization: `Basic ${projectId}:${apiToken}` }, 401],
  ])("with %s", async (_, headers, status) => {
    expect((await ask(url, { headers })).status).toBe(status);
  });

  test("is told which scheme is wanted", async () => {
    const response = await ask(url);
    expect(response.headers.get("www-authenticate")).toBe(
      'Basic realm="SignalWire", charset="UTF-8"',
    );
  });
});
