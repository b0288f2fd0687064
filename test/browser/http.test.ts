import { createClient } from "@media-protection/sdk";
import { beforeEach, describe, expect, inject, test } from "vitest";
import { createContractCheck } from "../helpers/contract/contract-check.js";

// The SDK in real Chromium, over real HTTP, against the mock server of start-mock-server.ts. Every
// answer but those of the control endpoints is held against openapi.yaml.

const { origins, projectId, apiToken, recordingUrl } = inject("mock");
const fetch = createContractCheck(inject("contract")).validatingFetch();
const client = createClient({
  space: origins.space,
  mediaOrigins: [origins.files],
  projectId,
  apiToken,
  fetch,
});

async function control(method: string, path: string, body?: object): Promise<unknown> {
  const init = body && {
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  };
  const response = await globalThis.fetch(`${origins.space}/__mock${path}`, { method, ...init });
  expect(response.ok).toBe(true);
  return response.status === 204 ? undefined : await response.json();
}

beforeEach(async () => {
  await control("PATCH", "/switches", { redirectToStorage: false });
  await client.protection.disable("all");
});

describe("in Chromium", () => {
  test("the switches are read and set", async () => {
    expect(await client.protection.set({ faxMedia: true })).toEqual({
      recordings: false,
      messageMedia: false,
      faxMedia: true,
    });
  });

  test("a protected recording is denied to a player and given to the SDK, whole and playable", async () => {
    await client.protection.enable(["recordings"]);
    expect((await fetch(recordingUrl)).status).toBe(401);
    const media = await client.media.download(recordingUrl);
    const bytes = await media.bytes();
    expect(bytes.length).toBe(media.contentLength);
    const audio = await new OfflineAudioContext(1, 8000, 8000).decodeAudioData(bytes.buffer);
    expect(audio.duration).toBeCloseTo(1, 1);
  });

  test("a player that had the public recording is denied at once, whatever the browser cached", async () => {
    expect((await fetch(recordingUrl)).status).toBe(200);
    await client.protection.enable(["recordings"]);
    expect((await fetch(recordingUrl)).status).toBe(401);
  });

  test("a redirect to storage is followed, and the browser leaves the credentials behind", async () => {
    await control("PATCH", "/switches", { redirectToStorage: true });
    await client.protection.enable(["recordings"]);
    const media = await client.media.download(recordingUrl);
    expect((await media.bytes()).length).toBe(media.contentLength);
    const journal = await control("GET", "/journal");
    expect(journal).toEqual(
      expect.objectContaining({
        entries: expect.arrayContaining([
          expect.objectContaining({ origin: "storage", method: "GET", authorization: false }),
        ]),
      }),
    );
  });

  test("a redirect to an origin outside redirectOrigins is refused", async () => {
    await control("PATCH", "/switches", { redirectToStorage: true });
    const strict = createClient({
      space: origins.space,
      projectId,
      apiToken,
      fetch,
      redirectOrigins: [],
    });
    await expect(strict.media.download(recordingUrl)).rejects.toMatchObject({
      name: "RedirectError",
      reason: "origin",
      host: new URL(origins.storage).host,
    });
  });

  test("an untrusted URL is refused before any request", async () => {
    await expect(client.media.download("https://evil.example/x.wav")).rejects.toMatchObject({
      name: "UntrustedUrlError",
    });
  });
});
