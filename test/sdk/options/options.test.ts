import { createClient } from "@media-protection/sdk";
import { clientFromEnv } from "@media-protection/sdk/node";
import { describe, expect, test } from "vitest";
import { resolveOptions } from "../../../packages/sdk/dist/options/client-options.js";

const valid = {
  space: "example",
  projectId: "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a",
  apiToken: "PT-synthetic",
};

describe("space", () => {
  test.each([
    ["a name", "example", "https://example.signalwire.com"],
    ["a name in upper case", "Example", "https://example.signalwire.com"],
    ["a host", "example.signalwire.com", "https://example.signalwire.com"],
    ["a host of one's own", "voice.example.org", "https://voice.example.org"],
    ["an origin", "https://example.signalwire.com", "https://example.signalwire.com"],
    ["an origin with a slash", "https://example.signalwire.com/", "https://example.signalwire.com"],
    ["http on loopback", "http://127.0.0.1:4010", "http://127.0.0.1:4010"],
    ["http on localhost", "http://localhost:4010", "http://localhost:4010"],
    ["http on IPv6's loopback", "http://[::1]:4010", "http://[::1]:4010"],
    ["a name of one letter", "x", "https://x.signalwire.com"],
    [
      "a name as long as a label may be",
      "a".repeat(63),
      `https://${"a".repeat(63)}.signalwire.com`,
    ],
    ["a host in another script", "https://例え.jp", "https://xn--r8jz45g.jp"],
  ])("may be %s", (_, space, origin) => {
    expect(resolveOptions({ ...valid, space }).spaceOrigin).toBe(origin);
  });
});

describe("an OptionError names the option, before any request", () => {
  test.each<[string, string, object]>([
    ["space", "missing", { space: undefined }],
    ["space", "empty", { space: "" }],
    ["space", "plain http", { space: "http://example.signalwire.com" }],
    ["space", "an origin with a path", { space: "https://example.signalwire.com/api" }],
    ["space", "with userinfo", { space: "https://user:secret@example.signalwire.com" }],
    ["space", "loopback without its scheme", { space: "localhost:4010" }],
    ["space", "with a line break", { space: "example\n" }],
    ["space", "a name longer than a label may be", { space: "a".repeat(64) }],
    ["space", "a host with an empty label", { space: "exa..mple.com" }],
    ["space", "a host of an empty label and a suffix", { space: ".example.com" }],
    ["space", "a host with a label of a hyphen", { space: "-.com" }],
    ["space", "a host with a label that ends in a hyphen", { space: "example-.com" }],
    ["space", "a host with a label that is too long", { space: `${"a".repeat(64)}.com` }],
    ["space", "an origin with a wildcard", { space: "https://*.example.com" }],
    ["space", "an origin with an encoded wildcard", { space: "https://%2a.example.com" }],
    ["space", "an origin that ends in a dot", { space: "https://example.com." }],
    ["mediaOrigins", "with an empty label", { mediaOrigins: ["https://files..example.com"] }],
    ["mediaOrigins", "with a wildcard behind https", { mediaOrigins: ["https://*.example.com"] }],
    ["mediaOrigins", "with a label of a hyphen", { mediaOrigins: ["https://-.com"] }],
    ["redirectOrigins", "with a wildcard", { redirectOrigins: ["https://*.example.com"] }],
    ["projectId", "missing", { projectId: undefined }],
    ["projectId", "not a UUID", { projectId: "my-project" }],
    ["projectId", "a UUID with something behind it", { projectId: `${valid.projectId}/..` }],
    ["apiToken", "missing", { apiToken: undefined }],
    ["apiToken", "empty", { apiToken: "" }],
    ["apiToken", "with a line break", { apiToken: "PT\r\nX-Evil: 1" }],
    ["mediaOrigins", "not a list", { mediaOrigins: "https://files.signalwire.com" }],
    ["mediaOrigins", "with a URL", { mediaOrigins: ["https://files.signalwire.com/x"] }],
    ["mediaOrigins", "with a wildcard", { mediaOrigins: ["*.signalwire.com"] }],
    ["mediaOrigins", "with plain http", { mediaOrigins: ["http://files.signalwire.com"] }],
    ["redirectOrigins", "with plain http", { redirectOrigins: ["http://cdn.example"] }],
    ["mediaAuth", "unknown", { mediaAuth: "digest" }],
    ["maxRedirects", "negative", { maxRedirects: -1 }],
    ["timeout", "zero", { timeout: 0 }],
    ["timeout", "not a number", { timeout: "30" }],
    ["fetch", "not a function", { fetch: "fetch" }],
    ["mediaOrigin", "unknown, being misspelt", { mediaOrigin: [] }],
  ])("%s: %s", (option, _, change) => {
    // The cast is the test: what untyped code would pass.
    expect(() => createClient({ ...valid, ...change } as never)).toThrowError(
      expect.objectContaining({ name: "OptionError", option }),
    );
  });

  test("an API token given by a function is checked when it is resolved, before the request", async () => {
    const fetch = () => Promise.reject(new Error("no request may be sent"));
    const client = createClient({ ...valid, apiToken: () => "", fetch });
    await expect(client.projects.get()).rejects.toMatchObject({ option: "apiToken" });
  });

  test("the projectId of a call", async () => {
    const client = createClient(valid);
    const projectId = "../tokens";
    await expect(client.projects.get(projectId)).rejects.toMatchObject({ option: "projectId" });
    await expect(client.protection.get({ projectId })).rejects.toMatchObject({
      option: "projectId",
    });
  });

  test.each<[string, unknown, string]>([
    ["nothing", {}, "settings"],
    ["an unknown switch", { recording: true }, "recording"],
    ["a value that is no boolean", { recordings: "yes" }, "recordings"],
  ])("protection.set with %s", async (_, settings, option) => {
    await expect(createClient(valid).protection.set(settings as never)).rejects.toMatchObject({
      name: "OptionError",
      option,
    });
  });

  test("protection.enable with an unknown switch", async () => {
    await expect(
      createClient(valid).protection.enable(["voicemail"] as never),
    ).rejects.toMatchObject({
      option: "voicemail",
    });
  });
});

describe("clientFromEnv", () => {
  const env = {
    SIGNALWIRE_SPACE: "example.signalwire.com",
    SIGNALWIRE_PROJECT_ID: valid.projectId,
    SIGNALWIRE_API_TOKEN: "PT-from-env",
  };

  test("reads the names that the platform's tools use", async () => {
    const seen: string[] = [];
    const fetch = (url: string, init: RequestInit) => {
      seen.push(url, new Headers(init.headers).get("authorization") ?? "");
      return Promise.resolve(Response.json({ error: "Not Found" }, { status: 404 }));
    };
    await expect(clientFromEnv({ fetch }, env).projects.get()).rejects.toThrow();
    expect(seen).toEqual([
      `https://example.signalwire.com/api/projects/${valid.projectId}`,
      `Basic ${btoa(`${valid.projectId}:PT-from-env`)}`,
    ]);
  });

  test("accepts SIGNALWIRE_TOKEN where SIGNALWIRE_API_TOKEN is unset", () => {
    const { SIGNALWIRE_API_TOKEN, ...rest } = env;
    expect(clientFromEnv({}, { ...rest, SIGNALWIRE_TOKEN: SIGNALWIRE_API_TOKEN })).toBeDefined();
  });

  test("takes the files hosts that the environment names, with commas between", async () => {
    const asked = async (origins: string | undefined, url: string, options = {}) => {
      const seen: string[] = [];
      const fetch = (to: string) => {
        seen.push(new URL(to).origin);
        return Promise.resolve(new Response("RIFF", { headers: { "content-type": "audio/wav" } }));
      };
      const given = { ...env, SIGNALWIRE_MEDIA_ORIGINS: origins };
      await clientFromEnv({ fetch, ...options }, given)
        .media.download(url)
        .catch(() => {});
      return seen[0];
    };
    const path = `/${valid.projectId}/${valid.projectId}/recordings/${valid.projectId}.wav`;
    const origins = "http://127.0.0.1:4011, https://media.example";
    for (const origin of origins.split(", ")) {
      expect(await asked(origins, origin + path)).toBe(origin);
      expect(await asked(undefined, origin + path)).toBeUndefined();
      expect(await asked("", origin + path)).toBeUndefined();
      const mediaOrigins = ["https://other.example"];
      expect(await asked(origins, origin + path, { mediaOrigins })).toBeUndefined();
    }
    const wrong = { ...env, SIGNALWIRE_MEDIA_ORIGINS: "http://media.example" };
    expect(() => clientFromEnv({}, wrong)).toThrowError(/mediaOrigins/);
  });

  test("accepts SIGNALWIRE_SPACE_URL where SIGNALWIRE_SPACE is unset", async () => {
    const { SIGNALWIRE_SPACE, ...rest } = env;
    const fetch = (url: string) => Promise.reject(new TypeError(url));
    const client = clientFromEnv(
      { fetch, retry: { retries: 0 } },
      {
        ...rest,
        SIGNALWIRE_SPACE_URL: SIGNALWIRE_SPACE,
      },
    );
    await expect(client.projects.get()).rejects.toThrow("example.signalwire.com");
  });

  test("names the variable that is unset", () => {
    expect(() => clientFromEnv({}, { ...env, SIGNALWIRE_SPACE: "" })).toThrowError(
      /"space".*SIGNALWIRE_SPACE/,
    );
  });
});
