import { createFetch, createPlatform } from "@media-protection/mock";
import { describe, expect, test } from "vitest";

// What the mock generates, opened by a real browser.

const platform = createPlatform({ seed: "empty" });
const mockFetch = createFetch(platform);

async function blobOf(contentType: "image/gif" | "image/jpeg" | "image/png" | "video/mp4") {
  const { urls } = platform.addMessageMedia({ contentType });
  return (await mockFetch(urls.files)).blob();
}

describe("generated media", () => {
  test.each([
    ["image/jpeg", 160, 120],
    ["image/png", 120, 120],
    ["image/gif", 60, 60],
  ] as const)("%s decodes", async (contentType, width, height) => {
    const { width: shownWidth, height: shownHeight } = await createImageBitmap(
      await blobOf(contentType),
    );
    expect([shownWidth, shownHeight]).toEqual([width, height]);
  });

  const video = document.createElement("video");
  // Some builds of Chromium come without the codec.
  const plays = video.canPlayType('video/mp4; codecs="avc1.42E01E"') !== "";

  test.runIf(plays)("video/mp4 plays to its end", async () => {
    video.muted = true;
    video.src = URL.createObjectURL(await blobOf("video/mp4"));
    const ended = new Promise((resolve, reject) => {
      video.addEventListener("ended", resolve);
      video.addEventListener("error", () => reject(video.error));
    });
    await video.play();
    await ended;
    expect([video.videoWidth, video.videoHeight]).toEqual([96, 72]);
    expect(video.duration).toBeGreaterThan(1);
  });
});
