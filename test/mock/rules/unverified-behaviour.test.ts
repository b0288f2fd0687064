import { describe, expect, test } from "vitest";
import { basic, bearer, type Scene, setScene } from "../scene.js";

// Every switch, in every position, as a client of the platform sees it.

const wrong = basic("5eed0000-0000-4000-8000-000000000001", "PT-wrong");

function protectedRecording(scene: Scene) {
  const { recording, urls } = scene.platform.addRecording();
  scene.platform.setProtection(scene.projectId, { recordings: true });
  return { recording, urls };
}

describe("deniedStatus", () => {
  test.each([401, 403, 404] as const)("%s", async (deniedStatus) => {
    const scene = setScene({ switches: { deniedStatus } });
    const { urls } = protectedRecording(scene);
    for (const url of [urls.space, urls.spaceMp3, urls.files]) {
      for (const headers of [{}, wrong]) {
        const response = await scene.ask(url, { headers });
        expect(response.status).toBe(deniedStatus);
        expect(response.headers.has("www-authenticate")).toBe(deniedStatus === 401);
      }
      expect((await scene.ask(url, { headers: scene.root })).status).toBe(200);
    }
  });

  test("says nothing about metadata, which is 401 without credentials", async () => {
    const scene = setScene({ switches: { deniedStatus: 404 } });
    const { urls } = protectedRecording(scene);
    expect((await scene.ask(urls.metadata)).status).toBe(401);
  });
});

describe("missingScopeStatus", () => {
  test.each([401, 403] as const)("%s", async (missingScopeStatus) => {
    const scene = setScene({ switches: { missingScopeStatus, deniedStatus: 404 } });
    const { urls } = protectedRecording(scene);
    const { token } = scene.platform.addToken({ scopes: ["messaging"] });
    const headers = basic(scene.projectId, token);
    for (const url of [urls.space, urls.files, urls.metadata, scene.space("/api/projects")]) {
      expect((await scene.ask(url, { headers })).status, url).toBe(missingScopeStatus);
    }
  });
});

describe("filesHostAuth", () => {
  test.each([
    { filesHostAuth: "basic", opens: ["basic"], challenge: /^Basic [^,]+, charset="UTF-8"$/ },
    { filesHostAuth: "bearer", opens: ["bearer"], challenge: /^Bearer [^,]+$/ },
    { filesHostAuth: "either", opens: ["basic", "bearer"], challenge: /^Basic .+, Bearer .+$/ },
  ] as const)("$filesHostAuth", async ({ filesHostAuth, opens, challenge }) => {
    const scene = setScene({ switches: { filesHostAuth } });
    const { urls } = protectedRecording(scene);
    const { apiToken } = scene.platform.credentials;
    const presented = { basic: scene.root, bearer: bearer(apiToken) };
    for (const scheme of ["basic", "bearer"] as const) {
      const onFiles = await scene.ask(urls.files, { headers: presented[scheme] });
      expect(onFiles.status).toBe(opens.some((open) => open === scheme) ? 200 : 401);
      // The space knows Basic alone.
      const onSpace = await scene.ask(urls.space, { headers: presented[scheme] });
      expect(onSpace.status).toBe(scheme === "basic" ? 200 : 401);
    }
    const denied = await scene.ask(urls.files);
    expect(denied.headers.get("www-authenticate")).toMatch(challenge);
    expect((await scene.ask(urls.files, { headers: bearer("PT-wrong") })).status).toBe(401);
  });
});

describe("redirectToStorage", () => {
  const manual = { redirect: "manual" } as const;

  test("off: bytes at once", async () => {
    const { platform, ask } = setScene();
    expect((await ask(platform.addRecording().urls.files, manual)).status).toBe(200);
  });

  test("on: 302 to the storage host, where the same bytes are", async () => {
    const { platform, ask, askAnything } = setScene();
    for (const { urls } of [
      platform.addRecording(),
      platform.addMessageMedia({ contentType: "image/png" }),
      platform.addFaxMedia(),
    ]) {
      for (const url of [urls.space, urls.files]) {
        platform.setSwitches({ redirectToStorage: false });
        const direct = await (await ask(url)).arrayBuffer();
        platform.setSwitches({ redirectToStorage: true });
        const redirected = await ask(url, manual);
        expect(redirected.status).toBe(302);
        const location = new URL(redirected.headers.get("location") ?? "");
        expect(location.origin).toBe(platform.origins.storage);
        const stored = await (await askAnything(location)).arrayBuffer();
        expect(stored.byteLength).toBeGreaterThan(0);
        expect(stored).toEqual(direct);
      }
    }
  });

  test("on: only to who may have the bytes", async () => {
    const scene = setScene({ switches: { redirectToStorage: true } });
    const { urls } = protectedRecording(scene);
    expect((await scene.ask(urls.space, manual)).status).toBe(401);
    expect((await scene.ask(urls.space, { ...manual, headers: scene.root })).status).toBe(302);
  });
});

describe("retroactive", () => {
  test.each([
    [true, 401],
    [false, 200],
  ])("%s: media older than protection answers %s", async (retroactive, status) => {
    let now = 1_000_000;
    const { platform, projectId, ask } = setScene({ now: () => now, switches: { retroactive } });
    const before = platform.addFaxMedia().urls;
    now += 1000;
    platform.setProtection(projectId, { faxMedia: true });
    const after = platform.addFaxMedia().urls;
    expect((await ask(before.space)).status).toBe(status);
    expect((await ask(before.files)).status).toBe(status);
    expect((await ask(after.space)).status).toBe(401);
  });

  test("false: switching on again begins anew, switching on twice does not", async () => {
    let now = 1_000_000;
    const { platform, projectId, ask } = setScene({
      now: () => now,
      switches: { retroactive: false },
    });
    const protect = (recordings: boolean) => platform.setProtection(projectId, { recordings });
    protect(true);
    now += 1000;
    const { urls } = platform.addRecording();
    now += 1000;
    protect(true);
    expect((await ask(urls.space)).status).toBe(401);
    protect(false);
    protect(true);
    expect((await ask(urls.space)).status).toBe(200);
  });
});

describe("rootOpensSubprojects", () => {
  test.each([true, false])("%s", async (rootOpensSubprojects) => {
    const { platform, ask, root, space } = setScene({ switches: { rootOpensSubprojects } });
    const { id: projectId } = platform.addProject();
    platform.setProtection(projectId, { messageMedia: true });
    const { urls } = platform.addMessageMedia({ projectId });
    const list = space(`/api/laml/2010-04-01/Accounts/${projectId}/Messages`);
    const [bytes, metadata, listed] = rootOpensSubprojects ? [200, 200, 200] : [401, 404, 404];
    expect((await ask(urls.space, { headers: root })).status).toBe(bytes);
    expect((await ask(urls.files, { headers: root })).status).toBe(bytes);
    expect((await ask(urls.metadata, { headers: root })).status).toBe(metadata);
    expect((await ask(list, { headers: root })).status).toBe(listed);
  });
});

describe("checkCredentialsOnPublicMedia", () => {
  test.each([
    [false, 200],
    [true, 401],
  ])("%s: wrong credentials on public media answer %s", async (check, status) => {
    const { platform, ask, root } = setScene({
      switches: { checkCredentialsOnPublicMedia: check },
    });
    const { urls } = platform.addRecording();
    for (const url of [urls.space, urls.files]) {
      expect((await ask(url, { headers: wrong })).status).toBe(status);
      expect((await ask(url)).status).toBe(200);
      expect((await ask(url, { headers: root })).status).toBe(200);
    }
  });
});

describe("supportsRange", () => {
  const headers = { range: "bytes=0-3" };

  test("on: the part that was asked for", async () => {
    const { platform, ask } = setScene();
    const response = await ask(platform.addRecording().urls.space, { headers });
    expect(response.status).toBe(206);
    expect(response.headers.get("accept-ranges")).toBe("bytes");
    expect(await response.text()).toBe("RIFF");
  });

  test("off: the whole", async () => {
    const { platform, ask } = setScene({ switches: { supportsRange: false } });
    const { recording, urls } = platform.addRecording();
    const response = await ask(urls.space, { headers });
    expect(response.status).toBe(200);
    expect(response.headers.get("accept-ranges")).toBe("none");
    expect((await response.arrayBuffer()).byteLength).toBe(recording.files.wav.size);
  });
});

describe("cors", () => {
  test.each([true, false])("%s", async (cors) => {
    const { platform, ask, askAnything, root, space, projectId } = setScene({ switches: { cors } });
    const { urls } = platform.addRecording();
    const origin = { origin: "https://app.example" };
    const allowed = cors ? "*" : null;
    for (const url of [
      urls.space,
      urls.files,
      urls.metadata,
      space(`/api/projects/${projectId}`),
    ]) {
      for (const headers of [origin, { ...origin, ...root }]) {
        const response = await ask(url, { headers });
        expect(response.headers.get("access-control-allow-origin")).toBe(allowed);
        expect(response.headers.has("access-control-expose-headers")).toBe(cors);
      }
    }
    const preflight = await askAnything(urls.files, {
      method: "OPTIONS",
      headers: { ...origin, "access-control-request-method": "GET" },
    });
    expect(preflight.status).toBe(cors ? 204 : 404);
  });
});
