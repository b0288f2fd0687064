import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  controlExport,
  type ExportOptions,
  type ExportProgress,
  exportMedia,
  folderTarget,
  readControl,
  readSummary,
  writeSummary,
} from "@media-protection/export";
import { createClient } from "@media-protection/sdk";
import { expect, onTestFinished, test } from "vitest";
import { savedIn, startExportScene } from "../helpers/export/export-scene.js";

const everything = { projects: "own", kinds: "all" } as const;

async function startRun(count: number) {
  const scene = await startExportScene();
  scene.add(count);
  const target = folderTarget(scene.folder);
  onTestFinished(() => target.close());
  const run = () => exportMedia(scene.client, { ...everything, target, shardSize: 5 });
  /** A run to which somebody elsewhere says something while its first medium comes. */
  const runTold = (
    what: "pause" | "cancel",
    options: Partial<Pick<ExportOptions, "onProgress" | "signal">> = {},
  ) => {
    const elsewhere = folderTarget(scene.folder);
    let said: Promise<void> | undefined;
    const client = createClient({
      ...{ space: scene.server.origins.space, mediaOrigins: [scene.server.origins.files] },
      ...scene.platform.credentials,
      onRequest: async ({ url }) => {
        if (/\/(?:Recordings|Media)\/[0-9a-f-]{36}/.test(url)) {
          said ??= controlExport(elsewhere, what);
          await said;
        }
      },
    });
    return exportMedia(client, { ...everything, target, shardSize: 5, ...options });
  };
  return { ...scene, target, run, runTold };
}

test("paused from elsewhere, no shard is begun until resumed, by this run or another", async () => {
  const { target, client, runTold } = await startRun(40);
  let last: ExportProgress | undefined;
  let running: Promise<unknown> = Promise.resolve();
  await new Promise<void>((paused, failed) => {
    const onProgress = (now: ExportProgress) => {
      last = now;
      if (now.isPaused && now.running.length === 0) paused();
    };
    running = runTold("pause", { onProgress });
    running.catch(failed);
  });
  expect(await readControl(target)).toBe("paused");
  expect(last?.saved).toBeLessThan(40);
  const stop = new AbortController();
  const onProgress = (now: ExportProgress) => now.isPaused && stop.abort(new Error("enough"));
  const another = exportMedia(client, { ...everything, target, signal: stop.signal, onProgress });
  await expect(another).rejects.toThrow("enough");
  expect((await savedIn(target)).size).toBeLessThan(40);
  await controlExport(target, "resume");
  await running;
  expect(last?.isPaused).toBe(false);
  expect((await savedIn(target)).size).toBe(40);
});

test("cancelled from elsewhere, it ends whole shards, and the same again goes on", async () => {
  const { target, run, runTold } = await startRun(40);
  await expect(runTold("cancel")).rejects.toMatchObject({ name: "ExportCancelledError" });
  expect(await readControl(target)).toBe("cancelled");
  const before = (await savedIn(target)).size;
  expect(before % 5).toBe(0);
  expect(before).toBeLessThan(40);
  const report = await run();
  expect(report).toMatchObject({ saved: 40 - before, kept: 0, isComplete: true });
  // Each of the forty is counted once, whoever had planned it.
  expect(report.saved + report.known).toBe(40);
  expect((await savedIn(target)).size).toBe(40);
  expect(await readControl(target)).toBe(undefined);
});

test("a note that is neither is an error: nobody knows what was meant", async () => {
  const { folder, run } = await startRun(1);
  await run();
  await writeFile(join(folder, "_export", "control.json"), '{"state":"pasued"}');
  await expect(run()).rejects.toMatchObject({ name: "ManifestError", document: "control.json" });
});

test("a summary is written at the end, and made anew of the manifests", async () => {
  const { target, folder, platform, client, add, run } = await startRun(20);
  const [recording] = platform.recordings.of(platform.credentials.projectId);
  platform.faults.add({ kind: "status", status: 403, media: recording?.entity.id ?? "" });
  await run();
  const { projectId } = platform.credentials;
  const { documents } = target;
  expect(await readSummary(documents)).toMatchObject({
    ...{ target: folder, saved: 19, gone: 0, failed: 1, reasons: { forbidden: 1 } },
    ...{ shards: { incomplete: 1, open: 0 }, isComplete: false },
  });
  platform.faults.clear();
  await run();
  const summary = await readSummary(documents);
  expect(summary).toMatchObject({ saved: 20, failed: 0, reasons: {}, isComplete: true });
  const lines = [...(await savedIn(target)).values()].filter(({ kind }) => kind === "recording");
  const dates = lines.map(({ createdAt }) => createdAt).sort();
  expect(summary?.lists.find(({ kind }) => kind === "recording")).toEqual({
    ...{ kind: "recording", projectId, saved: 12, gone: 0, failed: 0 },
    ...{ bytes: lines.reduce((sum, { size }) => sum + size, 0) },
    ...{ oldest: dates.at(0), newest: dates.at(-1) },
  });
  // Nothing new: the one that is there stays as it is.
  await run();
  expect(await readSummary(documents)).toEqual(summary);
  // Lost, torn, or of a run that was killed before its end: made anew.
  for (const text of [undefined, '{"type":', JSON.stringify({ ...summary, shards: {} })]) {
    const path = join(folder, "_export", "summary.json");
    await (text === undefined ? rm(path) : writeFile(path, text));
    await run();
    expect(await readSummary(documents)).toMatchObject({ saved: 20, isComplete: true });
  }
  add(1, 50);
  expect(await writeSummary(target)).toMatchObject({ saved: 20, shards: summary?.shards });
  expect(await client.recordings.list().toArray({ limit: 99 })).toHaveLength(13);
});
