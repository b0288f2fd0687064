import { OptionError } from "@media-protection/mock";
import { describe, expect, test } from "vitest";
import { basic, bearer, json, sending, setScene } from "../scene.js";

describe("an API token", () => {
  test("opens until it expires, and nothing from then on", async () => {
    let now = 1000;
    const { platform, projectId, ask, space } = setScene({ now: () => now });
    const { token } = platform.addToken({ scopes: ["management"], expiresAt: 2000 });
    const status = async () =>
      (await ask(space("/api/projects"), { headers: basic(projectId, token) })).status;
    now = 1999;
    expect(await status()).toBe(200);
    now = 2000;
    expect(await status()).toBe(401);
    expect(platform.journal.entries().at(-1)?.reason).toBe("invalid-credentials");
  });

  test.each(["id", "token"] as const)("is revoked by its %s, on every host", async (by) => {
    const { platform, projectId, ask } = setScene({ switches: { filesHostAuth: "either" } });
    const { urls } = platform.addRecording();
    platform.setProtection(projectId, { recordings: true });
    const token = platform.addToken({ scopes: ["calling", "management", "storage"] });
    const statuses = async () => [
      (await ask(urls.space, { headers: basic(projectId, token.token) })).status,
      (await ask(urls.files, { headers: bearer(token.token) })).status,
    ];
    const before = await statuses();
    platform.revokeToken(token[by]);
    expect(await statuses()).toEqual([401, 401]);
    expect(before).toEqual([200, 200]);
    expect(() => platform.revokeToken("nobody's")).toThrow(OptionError);
  });

  test("is still seen where it does not belong, when it is revoked", async () => {
    const { platform, askAnything } = setScene();
    const { token } = platform.addToken({ scopes: [] });
    platform.revokeToken(token);
    await askAnything(`https://elsewhere.example/?a=${token}`);
    expect(platform.journal.find({ origin: null })[0]?.tokenExposed).toBe(true);
  });

  test("does the same by the control endpoint", async () => {
    const { platform, projectId, ask, askAnything, space } = setScene();
    const post = (path: string, body: unknown) =>
      askAnything(space(`/__mock/tokens${path}`), sending("POST", {}, body));
    const added = await post("", { scopes: ["management"], expiresAt: "2999-01-01T00:00:00Z" });
    expect(added.status).toBe(201);
    const { id, token, ...rest } = await json<{ id: string; token: string }>(added);
    expect(rest).toMatchObject({ scopes: ["management"], expiresAt: "2999-01-01T00:00:00.000Z" });
    const status = async () =>
      (await ask(space("/api/projects"), { headers: basic(projectId, token) })).status;
    expect(await status()).toBe(200);
    expect((await post("/revoke", { token })).status).toBe(204);
    expect(await status()).toBe(401);
    const one = platform.addToken({ scopes: [] });
    const remove = (name: string) =>
      askAnything(space(`/__mock/tokens/${name}`), { method: "DELETE" });
    expect((await remove(one.id)).status).toBe(204);
    expect(one.expiresAt).not.toBeNull();
    expect((await remove("nobody")).status).toBe(404);
    expect(id).not.toBe(one.id);
  });

  test.each<[string, unknown]>([
    ["", { scopes: "calling" }],
    ["", { scopes: ["calling"], token: "" }],
    ["", { scopes: ["calling"], expiresAt: 5 }],
    ["", {}],
    ["", []],
    ["/revoke", {}],
    ["/revoke", { token: "x" }],
    ["/revoke", { id: "x" }],
  ])("by the control endpoint POST %s refuses %o", async (path, body) => {
    const { askAnything, space } = setScene();
    const response = await askAnything(space(`/__mock/tokens${path}`), sending("POST", {}, body));
    expect(response.status).toBe(422);
  });
});
