import { exportMedia, folderTarget, reconcile, verifyExport } from "@media-protection/export";
import { expect, test } from "vitest";
import { hashesIn, savedIn, startExportScene } from "../helpers/export/export-scene.js";
import { untilKilled } from "../helpers/export/until-killed.js";
import { randomBy } from "../helpers/values/random.js";

// CHAOS_ROUNDS=100 runs as many; a few are enough to see that nothing has broken.
const rounds = Number(process.env["CHAOS_ROUNDS"] ?? 8);
const everything = { projects: "own", kinds: "all" } as const;

test(`killed ${rounds} times at random, with a platform that fails and changes: the target is what is listed`, async () => {
  const seed = Number(process.env["CHAOS_SEED"] ?? 15);
  const draw = randomBy(seed);
  const upTo = (most: number) => Math.floor(draw() * most);
  const { client, platform, server, folder, add } = await startExportScene();
  const { projectId, apiToken } = platform.credentials;
  const known = add(150);
  const args = [server.origins.space, server.origins.files, projectId, apiToken, folder];
  for (let round = 0; round < rounds; round++) {
    platform.faults.clear();
    const chance = { probability: 0.05, seed: seed * 1000 + round };
    platform.faults.add({ kind: "status", status: 429, retryAfter: 0, ...chance });
    platform.faults.add({ kind: "status", status: 500, ...chance });
    platform.faults.add({ kind: "cut", after: 100, ...chance });
    for (const [id, sha256] of add(5, 150 + round * 5)) known.set(id, sha256);
    const recordings = await client.recordings
      .list()
      .toArray({ limit: 200 })
      .catch(() => []);
    const victim = recordings[upTo(recordings.length)];
    if (victim) await client.recordings.delete(victim.id).catch(() => {});
    await untilKilled("export-process", args, 1 + upTo(40));
  }
  platform.faults.clear();
  const target = folderTarget(folder);
  const report = await exportMedia(client, { ...everything, target });
  expect(report).toMatchObject({ failed: 0, isComplete: true });
  const [saved, hashes] = [await savedIn(target), await hashesIn(target)];
  // None wrong, none twice, none that no manifest names.
  for (const [id, { sha256 }] of saved) expect(sha256).toBe(known.get(id));
  expect(new Map([...saved].map(([, { key, sha256 }]) => [key, sha256]))).toEqual(hashes);
  // None lost.
  const compared = await reconcile(client, { ...everything, target });
  expect(compared).toMatchObject({ lacking: 0, size: 0, stray: 0, isComplete: true });
  expect(await verifyExport(target)).toMatchObject({ faults: 0, failed: 0, isComplete: true });
  await target.close();
}, 600_000);
