import { mediaKinds, type Schemas, type TokenScope } from "@media-protection/contract";
import { allScopes } from "@media-protection/mock";
import { describe, expect, test } from "vitest";
import { answersBytes, operations, scopeOf } from "../../helpers/contract/contract-operations.js";
import { basic, bearer, json } from "../scene.js";
import { everything } from "./cause-kinds.js";
import { listCases, setStage } from "./list-cases.js";
import { reader } from "./list-walk.js";
import { bodyOf, credentialsOf, keysOf, operationOf, type Surface, setSurface } from "./surface.js";

// What is created, changed or revoked counts at the very next request, in every operation of the
// contract that it has to do with.

const reads = operations.filter(({ method }) => method === "get" || method === "head");

/** A surface whose media is protected, and a token that is made by the API. */
async function withToken(permissions: readonly TokenScope[] = allScopes) {
  const surface = setSurface();
  const { platform, projectId, request } = surface;
  platform.setProtection(projectId, everything);
  const body = { name: "CI", permissions };
  const created = await json<Schemas["ApiToken"]>(request(operationOf("createToken"), { body }));
  const params = { TokenId: created.id };
  const as = basic(projectId, created.token);
  return { ...surface, params, as, token: created.token };
}

type Credentials = { readonly as: Readonly<Record<string, string>> };

/** What everything that can be read answers to a token, which opens what needs these scopes only. */
async function expectOpen(surface: Surface & Credentials, scopes: readonly string[]) {
  for (const operation of reads) {
    const { status } = await surface.request(operation, { as: surface.as });
    expect(status, operation.name).toBe(scopes.includes(scopeOf(operation)) ? 200 : 401);
  }
}

/** Nothing at all is answered but 401, and nothing happens. */
async function expectClosed(surface: Surface & Credentials) {
  for (const operation of operations) {
    const { status } = await surface.request(operation, {
      as: surface.as,
      body: bodyOf(operation),
    });
    expect(status, operation.name).toBe(401);
  }
  await expectOpen({ ...surface, as: surface.root }, allScopes);
}

describe("an API token", () => {
  test.each(allScopes)(
    "of the scope %s opens every operation that needs it, and no other",
    async (scope) => {
      await expectOpen(await withToken([scope]), [scope]);
    },
  );

  test("of every scope opens all there is", async () => {
    await expectOpen(await withToken(), allScopes);
  });

  test("whose scopes are replaced opens what the new ones say, again and again", async () => {
    const surface = await withToken();
    for (const scope of ["fax", "calling", "messaging", "management"] as const) {
      const body = { permissions: [scope] };
      const changed = await surface.request(operationOf("updateToken"), {
        params: surface.params,
        body,
      });
      expect(await json(changed)).toMatchObject({ permissions: [scope], token: surface.token });
      await expectOpen(surface, [scope]);
    }
    const body = { permissions: [] };
    await surface.request(operationOf("updateToken"), { params: surface.params, body });
    await expectClosed(surface);
  });

  test("that is revoked is refused by the API and at media of both hosts", async () => {
    const surface = await withToken();
    await expectOpen(surface, allScopes);
    const revoked = await surface.request(operationOf("deleteToken"), { params: surface.params });
    expect(revoked.status).toBe(204);
    await expectClosed(surface);
  });

  test("that revokes itself was used for the last time", async () => {
    const surface = await withToken();
    const { params, as } = surface;
    expect((await surface.request(operationOf("deleteToken"), { params, as })).status).toBe(204);
    await expectClosed(surface);
  });

  test("that is revoked is refused as Bearer, too", async () => {
    const { platform, request, params, token } = await withToken();
    platform.setSwitches({ filesHostAuth: "either" });
    const onFiles = reads.filter(({ path }) => !path.startsWith("/api/"));
    const expectAll = async (expected: number) => {
      for (const operation of onFiles) {
        expect((await request(operation, { as: bearer(token) })).status).toBe(expected);
      }
    };
    await expectAll(200);
    await request(operationOf("deleteToken"), { params });
    await expectAll(401);
  });

  test("of a subproject opens nothing of its parent or its siblings", async () => {
    const surface = await withToken();
    const { known, request, platform } = surface;
    const as = credentialsOf(surface, known["ProjectId"] ?? "");
    platform.addProject();
    for (const operation of operations) {
      if (keysOf(operation).length === 0) continue;
      const own = keysOf(operation).includes("ProjectId");
      const { status } = await request(operation, {
        as,
        body: bodyOf(operation),
        ...(own && { params: { ProjectId: surface.projectId } }),
      });
      expect(status, operation.name).toBe(answersBytes(operation) ? 401 : 404);
    }
  });
});

describe("a subproject", () => {
  const showing = async ({ request }: Surface, ProjectId: string, name: string) => {
    const one = json<Schemas["Project"]>(
      request(operationOf("getProject"), { params: { ProjectId } }),
    );
    const list = operationOf("listProjects");
    const all = await json<Schemas["ProjectList"]>(request(list));
    const query = `name=${encodeURIComponent(name)}`;
    const found = await json<Schemas["ProjectList"]>(request(list, { query }));
    return { one: await one, all: all.data.find(({ id }) => id === ProjectId), found: found.data };
  };

  test("that is created is shown alike everywhere, empty, and may have tokens and media", async () => {
    const surface = setSurface();
    const { request, platform } = surface;
    const body = { name: "Clinic", protect_fax_media: true, force_https_requests: true };
    const created = await json<Schemas["ProjectWithSigningKey"]>(
      request(operationOf("createProject"), { body }),
    );
    const { signing_key, ...project } = created;
    expect(project).toMatchObject(body);
    const { id } = project;
    expect(await showing(surface, id, "Clinic")).toEqual({
      one: project,
      all: project,
      found: [project],
    });
    expect(platform.signingKeys(id)).toEqual([signing_key]);

    const token = { name: "CI", permissions: allScopes, subproject_id: id };
    const made = await json<Schemas["ApiToken"]>(
      request(operationOf("createToken"), { body: token }),
    );
    const as = basic(id, made.token);
    for (const { operations: ids, key, params } of listCases) {
      for (const list of ids) {
        if (params !== undefined || list === "listProjects") continue;
        const listed = await request(operationOf(list), { as, params: { AccountSid: id } });
        expect(await listed.json(), list).toMatchObject({ [key]: [] });
      }
    }
    const { urls } = platform.addFaxMedia({ projectId: id });
    expect((await surface.ask(urls.files)).status).toBe(401);
    expect((await surface.ask(urls.files, { headers: as })).status).toBe(200);
  });

  test("that is renamed is found by its new name, and no more by the old", async () => {
    const surface = setSurface();
    const { known, request } = surface;
    const { ProjectId = "" } = known;
    const names = ["First", "Second & third", "First"];
    for (const name of names) {
      const changed = await json<Schemas["Project"]>(
        request(operationOf("updateProject"), { body: { name } }),
      );
      expect(await showing(surface, ProjectId, name)).toEqual({
        one: changed,
        all: changed,
        found: [changed],
      });
      for (const other of names.filter((one) => one !== name)) {
        expect((await showing(surface, ProjectId, other)).found).toEqual([]);
      }
    }
  });

  test.each(Object.values(mediaKinds))(
    "with $flag closes these bytes to strangers, and opens them again",
    async ({ flag, scope }) => {
      const surface = setSurface();
      const { request, projectId } = surface;
      for (const on of [true, false, true]) {
        const params = { ProjectId: projectId };
        const changed = await request(operationOf("updateProject"), {
          params,
          body: { [flag]: on },
        });
        expect(await json(changed)).toMatchObject({ [flag]: on });
        expect((await showing(surface, projectId, "")).one).toMatchObject({ [flag]: on });
        for (const operation of operations.filter(answersBytes)) {
          const closed = on && scopeOf(operation) === scope;
          expect((await request(operation, { as: {} })).status, operation.name).toBe(
            closed ? 401 : 200,
          );
          expect((await request(operation)).status, operation.name).toBe(200);
        }
      }
    },
  );
});

describe("a signing key", () => {
  test.each([120_000, 60_000, 1, 0])(
    "that is replaced is valid for %s ms more, and not one longer",
    async (signingKeyOverlap) => {
      let now = Date.UTC(2026, 5, 1);
      const surface = setSurface({
        now: () => now,
        // The first is the usual one.
        ...(signingKeyOverlap !== 120_000 && { signingKeyOverlap }),
      });
      const { known, platform, projectId, request } = surface;
      for (const ProjectId of [projectId, known["ProjectId"] ?? ""]) {
        const [old = ""] = platform.signingKeys(ProjectId);
        const rotated = await json<Schemas["ProjectWithSigningKey"]>(
          request(operationOf("rotateSigningKey"), { params: { ProjectId } }),
        );
        const fresh = rotated.signing_key;
        expect(fresh).not.toBe(old);
        expect(rotated.updated_at).toBe(new Date(now).toISOString().replace(".000", ""));
        if (signingKeyOverlap > 0) {
          now += signingKeyOverlap - 1;
          expect(platform.signingKeys(ProjectId)).toEqual([fresh, old]);
          now += 1;
        }
        expect(platform.signingKeys(ProjectId)).toEqual([fresh]);
        now += 1000 - (signingKeyOverlap % 1000);
      }
    },
  );

  test("is shown by no operation but those that make it", async () => {
    const surface = setSurface();
    const keys = [...surface.platform.projects.all()].map(({ entity }) => entity.signingKey);
    for (const operation of operations) {
      if (operation.method === "delete" || answersBytes(operation)) continue;
      const body = operation.method === "patch" ? { name: "Renamed" } : undefined;
      const text = await (await surface.request(operation, { body })).text();
      expect(
        keys.filter((key) => text.includes(key)),
        operation.name,
      ).toEqual([]);
    }
  });
});

describe.each(listCases.flatMap((list) => list.operations.map((id) => ({ id, list }))))(
  "$id",
  ({ id, list }) => {
    test("shows what comes while it is read, where it belongs", async () => {
      const [template] = list.items.slice(-1);
      const surface = setSurface();
      const stage = setStage(list, surface);
      const { page } = reader(operationOf(id), list, stage);
      const { names } = await page("");
      const item = { ...template, name: "added", at: Date.UTC(2026, 5, 1) };
      const added = list.add(surface, stage.rootId, item);
      const after = await reader(operationOf(id), list, {
        ...stage,
        names: new Map([...stage.names, [added, "added"]]),
      }).page("");
      expect(after.names).toEqual(
        id === "listProjects" ? [...names, "added"] : ["added", ...names],
      );
    });
  },
);
