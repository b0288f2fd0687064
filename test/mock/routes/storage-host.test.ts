import { describe, expect, test } from "vitest";
import { setScene } from "../scene.js";

let now = Date.UTC(2026, 5, 1);

/** A signed URL, as a redirect gives it. */
async function signedUrl() {
  const scene = setScene({ now: () => now, switches: { redirectToStorage: true } });
  const { urls, recording } = scene.platform.addRecording();
  const redirect = await scene.ask(urls.files, { redirect: "manual" });
  const location = redirect.headers.get("location") ?? "";
  return { ...scene, urls, recording, location };
}

async function errorOf(response: Response) {
  expect(response.headers.get("content-type")).toBe("application/xml");
  const [, code] = /<Code>(\w+)<\/Code>/.exec(await response.text()) ?? [];
  return [response.status, code];
}

describe("a signed URL of the storage host", () => {
  test("opens the bytes, whole and in parts", async () => {
    const { askAnything, location, recording } = await signedUrl();
    const { searchParams, pathname } = new URL(location);
    expect(pathname).toMatch(/\/recordings\/[0-9a-f-]+\.wav$/);
    expect([...searchParams.keys()]).toContain("X-Amz-Signature");
    const whole = await askAnything(location);
    expect(whole.status).toBe(200);
    expect((await whole.arrayBuffer()).byteLength).toBe(recording.files.wav.size);
    const part = await askAnything(location, { headers: { range: "bytes=0-3" } });
    expect(part.status).toBe(206);
    expect(await part.text()).toBe("RIFF");
    expect((await askAnything(location, { method: "HEAD" })).status).toBe(200);
  });

  test("with an Authorization header beside it is refused, as by S3", async () => {
    const { askAnything, location, root, platform } = await signedUrl();
    for (const authorization of [root.authorization, "Bearer x", ""]) {
      const response = await askAnything(location, { headers: { authorization } });
      expect(await errorOf(response)).toEqual([400, "InvalidArgument"]);
    }
    const seen = platform.journal.entries().filter(({ origin }) => origin === "storage");
    expect(seen.map(({ authorization }) => authorization)).toEqual([true, true, true]);
  });

  test("works for a quarter of an hour", async () => {
    const { askAnything, location } = await signedUrl();
    now += 900_000;
    expect((await askAnything(location)).status).toBe(200);
    now += 1000;
    expect(await errorOf(await askAnything(location))).toEqual([403, "AccessDenied"]);
  });

  test.each([
    ["no signature", (url: URL) => url.searchParams.delete("X-Amz-Signature"), "AccessDenied"],
    ["no query", (url: URL) => (url.search = ""), "AccessDenied"],
    [
      "another signature",
      (url: URL) => url.searchParams.set("X-Amz-Signature", "0".repeat(64)),
      "SignatureDoesNotMatch",
    ],
    [
      "more time",
      (url: URL) => url.searchParams.set("X-Amz-Expires", "999999"),
      "SignatureDoesNotMatch",
    ],
    [
      "a later date",
      (url: URL) => url.searchParams.set("X-Amz-Date", "20990101T000000Z"),
      "SignatureDoesNotMatch",
    ],
    [
      "another path",
      (url: URL) => (url.pathname = url.pathname.replace(".wav", ".mp3")),
      "SignatureDoesNotMatch",
    ],
  ])("with %s is refused", async (_, change, code) => {
    const { askAnything, location } = await signedUrl();
    const url = new URL(location);
    change(url);
    expect(await errorOf(await askAnything(url))).toEqual([403, code]);
  });

  test("whose object is gone is 404", async () => {
    const { askAnything, location, platform, recording } = await signedUrl();
    platform.recordings.delete(recording.id);
    expect(await errorOf(await askAnything(location))).toEqual([404, "NoSuchKey"]);
  });

  test("takes nothing but GET and HEAD", async () => {
    const { askAnything, location } = await signedUrl();
    const response = await askAnything(location, { method: "DELETE" });
    expect(await errorOf(response)).toEqual([405, "MethodNotAllowed"]);
  });
});

describe("a fetch that follows redirects by itself", () => {
  test("arrives at storage without Authorization, and with the Range it asked for", async () => {
    const { askAnything, urls, root, platform } = await signedUrl();
    const headers = { ...root, range: "bytes=0-3" };
    const response = await askAnything(urls.files, { headers });
    expect(response.status).toBe(206);
    expect(response.redirected).toBe(true);
    expect(new URL(response.url).origin).toBe(platform.origins.storage);
    expect(await response.text()).toBe("RIFF");
  });
});
