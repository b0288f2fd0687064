import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@media-protection/sdk";
import { type MediaSources, type SaveAllProgress, saveAll } from "@media-protection/sdk/node";
import { describe, expect, onTestFinished, test } from "vitest";
import { startMediaOrigin } from "../../helpers/origins/media-origin.js";
import { projectId, recordings } from "../../helpers/saving/save-all-scene.js";
import { noise } from "../../helpers/values/noise.js";

// What a progress bar is drawn from.

const large = noise(2_000_000, 3);

/** Saves media that are each some writes long; all that was told meanwhile. */
async function watch(sources: MediaSources): Promise<SaveAllProgress[]> {
  const folder = await mkdtemp(join(tmpdir(), "save-all-progress-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await using origin = await startMediaOrigin(large);
  const client = createClient({ space: origin.origin, projectId, apiToken: "PT-synthetic" });
  const seen: SaveAllProgress[] = [];
  const onProgress = (progress: SaveAllProgress) => void seen.push(progress);
  await saveAll(client, sources, folder, { concurrency: 2, onProgress });
  return seen;
}

describe("the progress of saveAll", () => {
  test("has what is under way, and how far each has come", async () => {
    const sources = recordings(3);
    const seen = await watch(sources);
    const running = seen.flatMap((progress) => progress.running);
    expect(running.some(({ loaded }) => loaded > 0 && loaded < large.length)).toBe(true);
    for (const { ref, loaded, size } of running) {
      expect(sources).toContainEqual(
        expect.objectContaining({ recordingId: Reflect.get(ref, "recordingId") }),
      );
      expect(loaded).toBeLessThanOrEqual(large.length);
      expect([large.length, undefined]).toContain(size);
    }
    // One that is saved is in the sums, and not under way as well.
    for (const { saved, running: now } of seen) expect(saved + now.length).toBeLessThanOrEqual(3);
    expect(seen.at(-1)).toMatchObject({ saved: 3, bytes: 3 * large.length, running: [] });
  });

  async function* listed() {
    yield* recordings(1);
  }

  test.each([
    ["a list", recordings(2), 2],
    ["a set", new Set(recordings(2)), 2],
    ["a listing", listed(), undefined],
  ])("has how many there are, of %s", async (_, sources, total) => {
    const seen = await watch(sources);
    expect(new Set(seen.map((progress) => progress.total))).toEqual(new Set([total]));
  });
});
