import type { Schemas } from "@media-protection/contract";
import { describe, expect, test } from "vitest";
import { basic, json, sending, setScene } from "../scene.js";

type Project = Schemas["Project"];
type ProjectWithSigningKey = Schemas["ProjectWithSigningKey"];
type Errors = Schemas["RestErrors"];

/** Two trees: ours with two subprojects, and a stranger's with one. */
function twoTrees() {
  const scene = setScene();
  const { platform, space } = scene;
  const first = platform.addProject({ name: "First" });
  const second = platform.addProject({ name: "Second" });
  const stranger = platform.addProject({ parentId: null, name: "Stranger" });
  const theirs = platform.addProject({ parentId: stranger.id, name: "Theirs" });
  const credentialsOf = (projectId: string) => {
    const { token } = platform.addToken({ projectId, scopes: ["management"] });
    return basic(projectId, token);
  };
  const url = (id: string) => space(`/api/projects/${id}`);
  return { ...scene, first, second, stranger, theirs, credentialsOf, url };
}

describe("a project", () => {
  test("shows its three switches, off at first, and no signing key", async () => {
    const { ask, root, projectId, space } = setScene();
    expect(await json(ask(space(`/api/projects/${projectId}`), { headers: root }))).toEqual({
      id: projectId,
      name: "Example project",
      parent_project_id: null,
      subproject: false,
      region_preference: "us",
      protect_recordings: false,
      protect_message_media: false,
      protect_fax_media: false,
      force_https_requests: false,
      created_at: "2026-01-15T09:00:00Z",
      updated_at: "2026-01-15T09:00:00Z",
    });
  });

  test("is seen by its own tree only", async () => {
    const { ask, root, credentialsOf, url, projectId, first, second, stranger, theirs } =
      twoTrees();
    const ofFirst = credentialsOf(first.id);
    const ofStranger = credentialsOf(stranger.id);
    const sees = async (headers: Readonly<Record<string, string>>, id: string) =>
      (await ask(url(id), { headers })).status === 200;
    const ids = [projectId, first.id, second.id, stranger.id, theirs.id];
    const seenBy = async (headers: Readonly<Record<string, string>>) => {
      const seen = await Promise.all(ids.map((id) => sees(headers, id)));
      return ids.filter((_, index) => seen[index]);
    };
    expect(await seenBy(root)).toEqual([projectId, first.id, second.id]);
    expect(await seenBy(ofFirst)).toEqual([first.id]);
    expect(await seenBy(ofStranger)).toEqual([stranger.id, theirs.id]);
  });

  test("outside the tree cannot be told from none, in any operation", async () => {
    const { ask, root, url, theirs } = twoTrees();
    for (const id of [theirs.id, "00000000-0000-4000-8000-000000000000", "no-uuid"]) {
      for (const init of [
        { headers: root },
        sending("PATCH", root, { name: "Mine" }),
        { method: "DELETE", headers: root },
      ]) {
        const response = await ask(url(id), init);
        expect(response.status).toBe(404);
        expect(await response.json()).toEqual({ error: "Not Found" });
      }
      const rotate = await ask(`${url(id)}/signing-key/rotate`, { method: "POST", headers: root });
      expect(rotate.status).toBe(404);
    }
    expect(theirs.name).toBe("Theirs");
  });
});

describe("changing a project", () => {
  test("changes what is named and nothing else, and answers the whole", async () => {
    let now = Date.UTC(2026, 5, 1);
    const { ask, root, projectId, space } = setScene({ now: () => now });
    now += 1000;
    const url = space(`/api/projects/${projectId}`);
    const before = await json<Project>(ask(url, { headers: root }));
    const change = { name: "Renamed", protect_fax_media: true, force_https_requests: true };
    const answered = await json(ask(url, sending("PATCH", root, change)));
    expect(answered).toEqual({ ...before, ...change, updated_at: "2026-06-01T00:00:01Z" });
    expect(await json(ask(url, { headers: root }))).toEqual(answered);
  });

  test("with nothing changes nothing", async () => {
    const { ask, root, projectId, space } = setScene();
    const url = space(`/api/projects/${projectId}`);
    const before = await json(ask(url, { headers: root }));
    expect(await json(ask(url, sending("PATCH", root, {})))).toEqual(before);
  });

  test.each([
    ["a name of 250 characters", { name: "é".repeat(250) }, 200],
    ["a name of 251", { name: "é".repeat(251) }, 422],
    ["an empty name", { name: "" }, 422],
    ["a name that is no text", { name: 1 }, 422],
    ["null for a name", { name: null }, 422],
    ["a switch that is no boolean", { protect_recordings: "true" }, 422],
    ["null for a switch", { protect_fax_media: null }, 422],
    ["a field that is none", { protect_recording: true }, 422],
    ["a field that cannot be set", { id: "x" }, 422],
    ["a prototype", JSON.parse('{"__proto__":{"name":"x"}}'), 422],
    ["a list", [], 422],
    ["null", null, 422],
  ])("to %s: %s", async (_, body, status) => {
    const { ask, root, projectId, space } = setScene();
    const url = space(`/api/projects/${projectId}`);
    const before = await json(ask(url, { headers: root }));
    const response = await ask(url, sending("PATCH", root, body));
    expect(response.status).toBe(status);
    if (status === 200) return;
    expect(await json(ask(url, { headers: root }))).toEqual(before);
  });

  test("names every field that is wrong", async () => {
    const { ask, root, projectId, space } = setScene();
    const wrong = { name: "", protect_recordings: 1, unknown: true };
    const init = sending("PATCH", root, wrong);
    const { errors } = await json<Errors>(ask(space(`/api/projects/${projectId}`), init));
    expect(errors.map(({ attribute }) => attribute).sort()).toEqual(Object.keys(wrong).sort());
  });

  test.each([
    ["not JSON", "{"],
    ["empty", ""],
    ["not UTF-8", new Uint8Array([0x22, 0xff, 0x22])],
    ["larger than a body may be", `{"name":"${"x".repeat(2 ** 20)}"}`],
  ])("with a body that is %s: 400", async (_, body) => {
    const { ask, root, projectId, space } = setScene();
    const init = { method: "PATCH", headers: root, body };
    const response = await ask(space(`/api/projects/${projectId}`), init);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: "Bad Request" });
  });
});

describe("a subproject", () => {
  test("is created with its switches, and shows its signing key once", async () => {
    const { ask, root, projectId, space } = setScene();
    const init = sending("POST", root, { name: "Clinic", protect_recordings: true });
    const response = await ask(space("/api/projects"), init);
    expect(response.status).toBe(201);
    const { signing_key, ...created } = await json<ProjectWithSigningKey>(response);
    expect(signing_key).toMatch(/^PSKmock[0-9a-f]{40}$/);
    expect(created).toMatchObject({
      name: "Clinic",
      subproject: true,
      parent_project_id: projectId,
      protect_recordings: true,
      protect_message_media: false,
    });
    const url = space(`/api/projects/${created.id}`);
    expect(await json(ask(url, { headers: root }))).toEqual(created);
  });

  test("needs a name", async () => {
    const { ask, root, space } = setScene();
    const response = await ask(space("/api/projects"), sending("POST", root, {}));
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      errors: [{ code: "missing", attribute: "name" }],
    });
  });

  test("cannot have subprojects", async () => {
    const { ask, credentialsOf, first, space } = twoTrees();
    const init = sending("POST", credentialsOf(first.id), { name: "Nested" });
    const response = await ask(space("/api/projects"), init);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      errors: [{ code: "nested_subprojects_not_allowed" }],
    });
  });

  test("is deleted with its tokens and media", async () => {
    const { ask, root, platform, credentialsOf, first, url } = twoTrees();
    const own = credentialsOf(first.id);
    const urls = [
      platform.addRecording({ projectId: first.id }).urls,
      platform.addMessageMedia({ projectId: first.id }).urls,
      platform.addFaxMedia({ projectId: first.id }).urls,
    ];
    const deleted = await ask(url(first.id), { method: "DELETE", headers: root });
    expect(deleted.status).toBe(204);
    expect(await deleted.text()).toBe("");
    expect((await ask(url(first.id), { headers: root })).status).toBe(404);
    expect((await ask(url(first.id), { headers: own })).status).toBe(401);
    for (const { space, files } of urls) {
      expect((await ask(space)).status).toBe(404);
      expect((await ask(files)).status).toBe(404);
    }
  });

  test("with phone numbers cannot be deleted", async () => {
    const { ask, root, platform, url } = twoTrees();
    const { id } = platform.addProject({ hasPhoneNumbers: true });
    const response = await ask(url(id), { method: "DELETE", headers: root });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      errors: [{ code: "phone_numbers_must_be_removed" }],
    });
  });
});

describe("the root project", () => {
  test("cannot be deleted", async () => {
    const { ask, root, projectId, url } = twoTrees();
    const response = await ask(url(projectId), { method: "DELETE", headers: root });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      errors: [{ code: "only_subprojects_can_be_deleted" }],
    });
  });

  test("keeps the old signing key valid for a while after a rotation", async () => {
    for (const [signingKeyOverlap, usual] of [
      [undefined, 120_000],
      [5000, 5000],
      [0, 0],
    ] as const) {
      let now = 1_000_000;
      const { platform, projectId, ask, root, space } = setScene({
        now: () => now,
        ...(signingKeyOverlap !== undefined && { signingKeyOverlap }),
      });
      const rotate = async () => {
        const path = `/api/projects/${projectId}/signing-key/rotate`;
        const response = ask(space(path), { method: "POST", headers: root });
        return (await json<ProjectWithSigningKey>(response)).signing_key;
      };
      const [first] = platform.signingKeys(projectId);
      const second = await rotate();
      expect(platform.signingKeys(projectId)).toEqual(usual > 0 ? [second, first] : [second]);
      now += usual / 2;
      const third = await rotate();
      expect(platform.signingKeys(projectId)[0]).toBe(third);
      now += usual / 2;
      expect(platform.signingKeys(projectId)).toEqual(usual > 0 ? [third, second] : [third]);
      now += usual;
      expect(platform.signingKeys(projectId)).toEqual([third]);
    }
  });

  test("gets a new signing key each time it is rotated", async () => {
    const { ask, root, projectId, url, platform } = twoTrees();
    const rotate = () =>
      ask(`${url(projectId)}/signing-key/rotate`, { method: "POST", headers: root });
    const [first, second] = [
      await json<ProjectWithSigningKey>(rotate()),
      await json<ProjectWithSigningKey>(rotate()),
    ];
    expect(first.signing_key).not.toBe(second.signing_key);
    expect(platform.project(projectId).signingKey).toBe(second.signing_key);
  });
});
