import { readFileSync } from "node:fs";
import { createApp, createPlatform } from "@media-protection/mock";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { toPattern } from "../../../mock/dist/http/route-pattern.js";
import { setScene } from "../scene.js";

interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const source = readFileSync(new URL("../../../openapi.yaml", import.meta.url), "utf8");
// The contract's own tests hold its shape.
const contract = parse(source) as Contract;
const methods = ["get", "head", "post", "put", "patch", "delete"];
const operations = Object.entries(contract.paths).flatMap(([path, item]) =>
  methods.filter((method) => method in item).map((method) => [method, path] as const),
);

describe("the contract", () => {
  const { platform, projectId, ask, space } = setScene();
  platform.setProtection(projectId, { recordings: true, messageMedia: true, faxMedia: true });

  test("has operations", () => {
    expect(operations.length).toBeGreaterThan(50);
  });

  // Without credentials everything is 401 by now. What has no route would be 404.
  test.each(operations)("is routed: %s %s", async (method, template) => {
    const path = template
      .replace("{AccountSid}", projectId)
      .replace("{project_id}", projectId)
      .replace("{space_id}", platform.spaceId)
      .replace(/\{\w+\}/g, "00000000-0000-4000-8000-000000000000");
    const url = template.startsWith("/api/") ? space(path) : platform.origins.files + path;
    expect((await ask(url, { method: method.toUpperCase() })).status).toBe(401);
  });
});

describe("a path of the contract", () => {
  test.each([
    ["/api/projects", "/api/projects", [], "", ""],
    ["/api/projects/{id}", "/api/projects/:id", ["id"], "id", ""],
    ["/a/{id}/b", "/a/:id/b", ["id"], "", ""],
    ["/a/{A}/b.json", "/a/:A/b.json", ["A"], "", ""],
    ["/a/{A}/b/{Sid}.json", "/a/:A/b/:Sid", ["A", "Sid"], "Sid", ".json"],
  ])("%s is routed as %s", (path, hono, names, last, suffix) => {
    expect(toPattern(path)).toEqual({ hono, names, last, suffix });
  });

  test.each(["/a/{id}.json/b", "/a/x{id}", "/a/{id}x", "/a/{id}{no}"])(
    "like %s is refused, rather than never found",
    (path) => {
      expect(() => toPattern(path)).toThrow(path);
    },
  );
});

describe("the app", () => {
  test("answers over Hono's own way to ask, by the origin of the URL", async () => {
    const platform = createPlatform();
    const app = createApp(platform);
    const response = await app.request(`${platform.origins.space}/api/projects`);
    expect(response.status).toBe(401);
  });

  test("is told the origin by its server, whatever the URL says", async () => {
    const platform = createPlatform();
    const app = createApp(platform);
    const { urls } = platform.addRecording();
    const { pathname } = new URL(urls.files);
    const ask = (role: "space" | "files") =>
      app.fetch(new Request(`http://127.0.0.1:1${pathname}`), { role });
    expect((await ask("files")).status).toBe(200);
    expect((await ask("space")).status).toBe(404);
  });

  test.each([
    "/api/projects/%",
    "/api/projects/%ff",
    "/api/projects/%00",
    "/api/projects/..%2f..",
    "/api/projects//",
    "//",
    "/%E0%A4%A",
    "/api/projects?%",
    "/@space/api/projects",
    "/__mock",
    "/__mock/../api/projects",
  ])("never fails: %s", async (path) => {
    const { platform, askAnything, root } = setScene();
    for (const origin of Object.values(platform.origins)) {
      const { status } = await askAnything(origin + path, { headers: root });
      expect([200, 403, 404]).toContain(status);
    }
  });
});
