import { describe, expect, test } from "vitest";
import { setScene } from "../scene.js";

const origin = "https://app.example";
const list = (value: string | null) => (value ?? "").split(", ").map((name) => name.toLowerCase());

describe("a browser of another origin", () => {
  test("may send credentials and ranges, by any method of the contract", async () => {
    const { platform, askAnything } = setScene();
    for (const host of Object.values(platform.origins)) {
      const preflight = await askAnything(`${host}/any/path`, {
        method: "OPTIONS",
        headers: {
          origin,
          "access-control-request-method": "PATCH",
          "access-control-request-headers": "authorization,content-type",
        },
      });
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
      const methods = list(preflight.headers.get("access-control-allow-methods"));
      expect(methods).toEqual(expect.arrayContaining(["get", "head", "post", "patch", "delete"]));
      const headers = list(preflight.headers.get("access-control-allow-headers"));
      expect(headers).toEqual(
        expect.arrayContaining(["authorization", "content-type", "range", "if-range"]),
      );
    }
  });

  test("may read what a player needs, of answers of every sort", async () => {
    const { platform, projectId, ask, askAnything, space } = setScene();
    const { urls } = platform.addRecording();
    platform.setProtection(projectId, { faxMedia: true });
    const denied = platform.addFaxMedia().urls.files;
    platform.setSwitches({ redirectToStorage: false });
    const answers = [
      await ask(urls.space),
      await ask(urls.files, { headers: { range: "bytes=0-1" } }),
      await ask(denied),
      await ask(space("/api/projects")),
      await askAnything(space("/nothing")),
      await askAnything(`${platform.origins.storage}/nothing`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 206, 401, 401, 404, 403]);
    for (const { headers } of answers) {
      expect(headers.get("access-control-allow-origin")).toBe("*");
      // With credentials mode, a wildcard is refused by browsers; so nobody is told that they may.
      expect(headers.has("access-control-allow-credentials")).toBe(false);
      expect(list(headers.get("access-control-expose-headers"))).toEqual(
        expect.arrayContaining([
          "etag",
          "content-range",
          "content-length",
          "accept-ranges",
          "content-disposition",
          "last-modified",
          "www-authenticate",
          "location",
        ]),
      );
    }
  });

  test("asking OPTIONS without being a preflight gets 404", async () => {
    const { space, askAnything } = setScene();
    expect((await askAnything(space("/api/projects"), { method: "OPTIONS" })).status).toBe(404);
  });
});

describe("every answer", () => {
  test("has a request id of its own", async () => {
    const { platform, ask, askAnything, space, root } = setScene();
    const answers = [
      await ask(space("/api/projects")),
      await ask(space("/api/projects"), { headers: root }),
      await ask(platform.addRecording().urls.files),
      await askAnything(space("/nothing")),
      await askAnything(`${platform.origins.storage}/nothing`),
      await askAnything("https://elsewhere.example/"),
    ];
    const ids = answers.map(({ headers }) => headers.get("x-request-id"));
    expect(ids.every((id) => id?.match(/^[0-9a-f-]{36}$/))).toBe(true);
    expect(new Set(ids).size).toBe(answers.length);
  });
});
