import { request } from "node:http";
import "@media-protection/mock/vitest";
import { type MockServer, startMockServer } from "@media-protection/mock/server";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

// The dashboard looks on: what it asks is known by the fields that a browser sets and no page can.

let server: MockServer;
beforeAll(async () => {
  server = await startMockServer({ port: 0 });
});
beforeEach(() => server.platform.reset());
afterAll(() => server.close());

/** Asks with header fields that `fetch` sets itself. */
function ask(to: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(to, { headers, agent: false });
    asked.on("error", reject);
    asked.on("response", (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode));
    });
    asked.end();
  });
}

const port = () => new URL(server.url).port;
const fromPage = { "sec-fetch-site": "same-origin", "sec-fetch-dest": "empty" };

function medium() {
  const { recording, urls } = server.platform.addRecording();
  return { recording, ...urls };
}

describe("a request of the dashboard", () => {
  test.each([
    ["to the space", "space", () => fromPage],
    ["that changes something", "space", () => ({ ...fromPage, origin: server.url })],
    ["to the files host", "files", () => ({ origin: server.url, "sec-fetch-site": "same-site" })],
    ["by another name", "files", () => ({ origin: `http://localhost:${port()}` })],
    ["by another address", "files", () => ({ origin: `http://[::1]:${port()}` })],
  ] as const)(
    "%s says so in the journal, is hit by no fault and counts for no matcher",
    async (_, host, headers) => {
      const { platform } = server;
      const { [host]: url } = medium();
      platform.faults.add({ kind: "status", status: 503, times: 1 });
      expect(await ask(url, headers())).toBe(200);
      expect(platform.journal.entries().at(-1)?.dashboard).toBe(true);
      expect(platform.journal.find({ dashboard: false })).toEqual([]);
      expect(platform.journal).not.toHaveServed(url);
      expect((await fetch(url)).status).toBe(503);
      expect(platform.journal.find({ dashboard: false })).toHaveLength(1);
    },
  );
});

describe("no request of the dashboard", () => {
  test.each([
    ["a program's", "space", () => ({})],
    [
      "a URL opened in a tab",
      "space",
      () => ({ "sec-fetch-site": "same-origin", "sec-fetch-dest": "document" }),
    ],
    [
      "a URL typed into a browser",
      "space",
      () => ({ "sec-fetch-site": "none", "sec-fetch-dest": "document" }),
    ],
    [
      "one of an app on another port",
      "files",
      () => ({ origin: "http://localhost:5173", "sec-fetch-site": "same-site" }),
    ],
    ["one of the files host's own", "files", () => ({ origin: server.origins.files, ...fromPage })],
    ["one over another scheme", "files", () => ({ origin: server.url.replace("http:", "https:") })],
    [
      "one of a stranger on the same port",
      "files",
      () => ({ origin: `http://evil.example:${port()}` }),
    ],
    ["one of a page without origin", "files", () => ({ origin: "null" })],
  ] as const)("is %s", async (_, host, headers) => {
    const { [host]: url } = medium();
    await ask(url, headers());
    expect(server.platform.journal.entries().at(-1)?.dashboard).toBeUndefined();
    expect(server.platform.journal).toHaveServed(url, { times: 1 });
  });
});

describe("an address that is none", () => {
  const typed = { "sec-fetch-dest": "document" };

  test("is a page, with status 404, for whoever typed it", async () => {
    const html = (path: string, headers: Record<string, string>) =>
      new Promise<string>((resolve, reject) => {
        const asked = request(server.url + path, { headers, agent: false }, (response) => {
          resolve(`${response.statusCode} ${response.headers["content-type"]}`);
          response.resume();
        });
        asked.on("error", reject);
        asked.end();
      });
    expect(await html("/projects", typed)).toBe("404 text/html; charset=utf-8");
    // Whoever is no browser, and whoever asks the platform, gets the platform's answer.
    expect(await html("/projects", {})).toContain("404 application/json");
    expect(await html("/api/nothing", typed)).toContain("404 application/json");
    expect(await html("/__mock/nothing", typed)).toContain("404 application/json");
  });
});
