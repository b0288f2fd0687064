import { describe, expect, test } from "vitest";
import { json, setScene } from "../scene.js";

// The switches that say what a path answers, in every position, as a client of the platform sees it.

describe("jsonByAccept", () => {
  const accept = { accept: "application/json" };

  test("off: bytes, whatever Accept says", async () => {
    const scene = setScene();
    const { urls } = scene.platform.addRecording();
    const response = await scene.ask(urls.space, { headers: accept });
    expect(response.headers.get("content-type")).toBe("audio/wav");
  });

  test("on: metadata to who asks for JSON, with credentials", async () => {
    const scene = setScene({ switches: { jsonByAccept: true } });
    const { platform, ask, root } = scene;
    for (const { urls } of [
      platform.addRecording(),
      platform.addMessageMedia(),
      platform.addFaxMedia(),
    ]) {
      const headers = { ...root, ...accept };
      const response = await ask(urls.space, { headers });
      expect(response.headers.get("content-type")).toMatch(/^application\/json/);
      expect(await response.json()).toEqual(await json(ask(urls.metadata, { headers: root })));
      expect((await ask(urls.space, { headers: accept })).status).toBe(401);
      // Whoever asks for anything, or for audio, gets bytes.
      const bytes = await ask(urls.space, { headers: { accept: "*/*" } });
      expect(bytes.headers.get("content-type")).not.toMatch(/json/);
    }
  });

  test("on: an extension still says what is wanted", async () => {
    const { platform, ask } = setScene({ switches: { jsonByAccept: true } });
    const { urls } = platform.addRecording();
    const response = await ask(urls.spaceMp3, { headers: accept });
    expect(response.headers.get("content-type")).toBe("audio/mpeg");
  });
});

describe("jsonByCredentials", () => {
  test("on: a bare recording answers metadata to credentials, bytes to nobody's and by extension", async () => {
    const { platform, ask, root } = setScene({ switches: { jsonByCredentials: true } });
    const { urls } = platform.addRecording();
    const typeOf = async (url: string, headers: Record<string, string> = {}) =>
      (await ask(url, { headers })).headers.get("content-type");
    expect(await typeOf(urls.space, root)).toMatch(/^application\/json/);
    expect(await typeOf(urls.space)).toBe("audio/wav");
    expect(await typeOf(urls.spaceWav, root)).toBe("audio/wav");
    expect(await typeOf(platform.addMessageMedia().urls.space, root)).toBe("image/jpeg");
  });
});

describe("compatAtRoot", () => {
  /** A URL of the compatibility API without the `/api/laml` that the contract has. */
  const atRoot = (url: string) => url.replace("/api/laml", "");

  test("on: the compatibility API is at the root, too, and links lead to the documented paths", async () => {
    const { platform, ask, askAnything, account, root, projectId } = setScene();
    const media = [platform.addRecording(), platform.addMessageMedia(), platform.addFaxMedia()];
    for (const { urls } of media) {
      const metadata = await json(askAnything(atRoot(urls.metadata), { headers: root }));
      expect(metadata).toEqual(await json(ask(urls.metadata, { headers: root })));
      expect((await askAnything(atRoot(urls.space))).status).toBe(200);
    }
    platform.setProtection(projectId, { recordings: true, messageMedia: true, faxMedia: true });
    for (const { urls } of media) {
      expect((await askAnything(atRoot(urls.space))).status).toBe(401);
      expect((await askAnything(atRoot(urls.metadata))).status).toBe(401);
    }
    const list = account("/Recordings?PageSize=1");
    const page = await json(askAnything(atRoot(list), { headers: root }));
    expect(page).toEqual(await json(ask(list, { headers: root })));
  });

  test("on: what is not there is an error of the compatibility API, and no other host has it", async () => {
    const { platform, askAnything, space, root } = setScene();
    const { urls } = platform.addRecording();
    const missing = await askAnything(space("/2010-04-01/nothing"), { headers: root });
    expect(await json(missing)).toMatchObject({ status: 404, code: 20404 });
    const path = atRoot(new URL(urls.space).pathname);
    expect((await askAnything(platform.origins.files + path)).status).toBe(404);
  });

  test("off: nothing is there", async () => {
    const { platform, askAnything, root } = setScene({ switches: { compatAtRoot: false } });
    const { urls } = platform.addRecording();
    for (const url of [urls.space, urls.metadata]) {
      const response = await askAnything(atRoot(url), { headers: root });
      expect(response.status).toBe(404);
      expect(await json(response)).toEqual({ error: "Not Found" });
      expect((await askAnything(url, { headers: root })).status).toBe(200);
    }
  });
});
