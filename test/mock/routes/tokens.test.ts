import type { Schemas, TokenScope } from "@media-protection/contract";
import { allScopes } from "@media-protection/mock";
import { describe, expect, test } from "vitest";
import { basic, json, type Scene, sending, setScene } from "../scene.js";

type ApiToken = Schemas["ApiToken"];

async function create(scene: Scene, permissions: readonly TokenScope[]): Promise<ApiToken> {
  const { ask, root, space } = scene;
  const init = sending("POST", root, { name: "CI", permissions });
  return json<ApiToken>(ask(space("/api/project/tokens"), init));
}

describe("an API token", () => {
  test("is created with 200, and opens what its scopes name", async () => {
    const scene = setScene();
    const { ask, root, projectId, space } = scene;
    const init = sending("POST", root, { name: "CI", permissions: ["fax", "management"] });
    const response = await ask(space("/api/project/tokens"), init);
    expect(response.status).toBe(200);
    const created = await json<ApiToken>(response);
    expect(created).toMatchObject({ name: "CI", permissions: ["fax", "management"] });
    expect(created.token).toMatch(/^PTmock[0-9a-f]{40}$/);
    const headers = basic(projectId, created.token);
    expect((await ask(space("/api/fax/logs"), { headers })).status).toBe(200);
    expect((await ask(space("/api/relay/rest/recordings"), { headers })).status).toBe(401);
  });

  test("changes its scopes at the very next request", async () => {
    const scene = setScene();
    const { ask, root, projectId, space } = scene;
    const { id, token } = await create(scene, ["fax"]);
    const headers = basic(projectId, token);
    const change = async (permissions: readonly TokenScope[]) => {
      const init = sending("PATCH", root, { permissions });
      expect((await ask(space(`/api/project/tokens/${id}`), init)).status).toBe(200);
    };
    const faxes = async () => (await ask(space("/api/fax/logs"), { headers })).status;
    expect(await faxes()).toBe(200);
    await change(["calling"]);
    expect(await faxes()).toBe(401);
    await change(["calling", "fax"]);
    expect(await faxes()).toBe(200);
    await change([]);
    expect(await faxes()).toBe(401);
  });

  test("keeps its secret and scopes when it is renamed", async () => {
    const scene = setScene();
    const created = await create(scene, ["fax"]);
    const url = scene.space(`/api/project/tokens/${created.id}`);
    const renamed = await json(scene.ask(url, sending("PATCH", scene.root, { name: "Other" })));
    expect(renamed).toEqual({ ...created, name: "Other" });
  });

  test("opens nothing once it is deleted", async () => {
    const scene = setScene();
    const { ask, root, projectId, space } = scene;
    const { id, token } = await create(scene, ["fax"]);
    const headers = basic(projectId, token);
    expect((await ask(space("/api/fax/logs"), { headers })).status).toBe(200);
    const url = space(`/api/project/tokens/${id}`);
    expect((await ask(url, { method: "DELETE", headers: root })).status).toBe(204);
    expect((await ask(space("/api/fax/logs"), { headers })).status).toBe(401);
    expect((await ask(url, { method: "DELETE", headers: root })).status).toBe(404);
  });

  test("is made for a subproject by name, and for no other project", async () => {
    const scene = setScene();
    const { ask, root, platform, space } = scene;
    const subproject = platform.addProject();
    const stranger = platform.addProject({ parentId: null });
    const make = (subproject_id: string) =>
      ask(
        space("/api/project/tokens"),
        sending("POST", root, { name: "CI", permissions: ["fax"], subproject_id }),
      );
    const { token } = await json<ApiToken>(make(subproject.id));
    const headers = basic(subproject.id, token);
    expect((await ask(space("/api/fax/logs"), { headers })).status).toBe(200);
    for (const id of [stranger.id, "00000000-0000-4000-8000-000000000000"]) {
      const refused = await make(id);
      expect(refused.status).toBe(422);
      expect(await refused.json()).toMatchObject({ errors: [{ attribute: "subproject_id" }] });
    }
  });

  test("of another tree cannot be told from none", async () => {
    const { ask, root, platform, space } = setScene();
    const stranger = platform.addProject({ parentId: null });
    const { id } = platform.addToken({ projectId: stranger.id, scopes: ["fax"] });
    for (const tokenId of [id, "00000000-0000-4000-8000-000000000000"]) {
      const url = space(`/api/project/tokens/${tokenId}`);
      expect((await ask(url, sending("PATCH", root, { name: "Mine" }))).status).toBe(404);
      expect((await ask(url, { method: "DELETE", headers: root })).status).toBe(404);
    }
  });

  test.each([
    ["no name", { permissions: ["fax"] }],
    ["an empty name", { name: "", permissions: ["fax"] }],
    ["no permissions", { name: "CI" }],
    ["none of the permissions", { name: "CI", permissions: [] }],
    ["an unknown permission", { name: "CI", permissions: ["fax", "everything"] }],
    ["permissions that are no list", { name: "CI", permissions: "fax" }],
    ["an unknown field", { name: "CI", permissions: ["fax"], scope: "fax" }],
  ])("with %s is refused", async (_, body) => {
    const { ask, root, space } = setScene();
    const response = await ask(space("/api/project/tokens"), sending("POST", root, body));
    expect(response.status).toBe(422);
  });
});

describe("a scope", () => {
  const { platform, projectId, ask, space, account } = setScene();
  const recording = platform.addRecording().recording.id;
  const { message, media } = platform.addMessageMedia();
  const fax = platform.addFaxMedia();

  const endpoints: readonly (readonly [TokenScope, string])[] = [
    ["management", space("/api/projects")],
    ["management", space(`/api/projects/${projectId}`)],
    ["calling", space("/api/relay/rest/recordings")],
    ["calling", space(`/api/relay/rest/recordings/${recording}`)],
    ["calling", account("/Recordings")],
    ["calling", account("/Recordings.json")],
    ["calling", account(`/Recordings/${recording}.json`)],
    ["messaging", account("/Messages")],
    ["messaging", account("/Messages.json")],
    ["messaging", account(`/Messages/${message.id}`)],
    ["messaging", account(`/Messages/${message.id}.json`)],
    ["messaging", account(`/Messages/${message.id}/Media`)],
    ["messaging", account(`/Messages/${message.id}/Media.json`)],
    ["messaging", account(`/Messages/${message.id}/Media/${media.id}.json`)],
    ["fax", space("/api/fax/logs")],
    ["fax", space(`/api/fax/logs/${fax.fax.id}`)],
    ["fax", account("/Faxes")],
    ["fax", account("/Faxes.json")],
    ["fax", account(`/Faxes/${fax.fax.id}`)],
    ["fax", account(`/Faxes/${fax.fax.id}.json`)],
    ["fax", account(`/Faxes/${fax.fax.id}/Media`)],
    ["fax", account(`/Faxes/${fax.fax.id}/Media.json`)],
    ["fax", account(`/Faxes/${fax.fax.id}/Media/${fax.media.id}.json`)],
  ];

  test.each(endpoints)("%s opens %s, and no other scope does", async (scope, url) => {
    for (const held of allScopes) {
      const { token } = platform.addToken({ scopes: [held] });
      const { status } = await ask(url, { headers: basic(projectId, token) });
      expect(status, held).toBe(held === scope ? 200 : 401);
    }
  });
});
