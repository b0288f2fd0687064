import { createHash } from "node:crypto";
import { readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createGate, exportMedia, folderTarget, gatedFetch } from "@media-protection/export";
import { createClient } from "@media-protection/sdk";
import { describe, expect, test } from "vitest";
import { hashesIn, savedIn, startExportScene } from "../helpers/export/export-scene.js";

const everything = { projects: "own", kinds: "all" } as const;

test("what the platform lists is in the folder, byte for byte, each medium in one manifest", async () => {
  const { client, folder, add } = await startExportScene();
  const media = add(60);
  const target = folderTarget(folder);
  const report = await exportMedia(client, { ...everything, target, shardSize: 20 });
  expect(report).toMatchObject({ saved: 60, failed: 0, gone: 0, isComplete: true, isListed: true });
  const [saved, hashes] = [await savedIn(target), await hashesIn(target)];
  expect(new Map([...saved].map(([id, { sha256 }]) => [id, sha256]))).toEqual(media);
  expect(new Map([...saved].map(([, { key, sha256 }]) => [key, sha256]))).toEqual(hashes);
  await target.close();
});

test("run again, nothing is asked for but the listing; what came meanwhile comes along", async () => {
  const { client, platform, folder, add } = await startExportScene();
  add(30);
  const target = folderTarget(folder);
  await exportMedia(client, { ...everything, target });
  add(10, 30);
  platform.journal.clear();
  const report = await exportMedia(client, { ...everything, target });
  // Recordings are in two lists, and counted once.
  expect(report).toMatchObject({ listed: 40, known: 30, saved: 10, kept: 0 });
  expect((await savedIn(target)).size).toBe(40);
  await target.close();
});

test("bytes move while the listing is still read", async () => {
  const { client, folder, add } = await startExportScene();
  add(60);
  const target = folderTarget(folder);
  let isEarly = false;
  const onProgress = (now: { saved: number; isListed: boolean }) => {
    isEarly ||= now.saved > 0 && !now.isListed;
  };
  await exportMedia(client, { ...everything, target, concurrency: 1, onProgress });
  expect(isEarly).toBe(true);
  await target.close();
});

test("a medium that cannot be got is named with its reason, stops nothing, and is tried again", async () => {
  const { client, platform, folder, add } = await startExportScene();
  const [bad = ""] = add(20).keys();
  platform.faults.add({ kind: "status", status: 403, media: bad });
  const target = folderTarget(folder);
  const first = await exportMedia(client, { ...everything, target });
  expect(first).toMatchObject({
    saved: 19,
    failed: 1,
    reasons: { forbidden: 1 },
    isComplete: false,
  });
  platform.faults.clear();
  const second = await exportMedia(client, { ...everything, target });
  expect(second).toMatchObject({ saved: 1, failed: 0, isComplete: true });
  expect((await savedIn(target)).size).toBe(20);
  await target.close();
});

test("a medium that vanishes after it was listed is gone, and no failure", async () => {
  const { client, platform, folder, add } = await startExportScene();
  const [first = ""] = add(4).keys();
  const target = folderTarget(folder);
  let isListed = false;
  // Its bytes are asked for, and it is deleted in that moment.
  const vanishing = createClient({
    space: platform.origins.space,
    mediaOrigins: [platform.origins.files],
    ...platform.credentials,
    onRequest: async ({ url }) => {
      if (!url.includes(`Recordings/${first}`) || isListed) return;
      isListed = true;
      await client.recordings.delete(first);
    },
  });
  const report = await exportMedia(vanishing, { ...everything, target });
  expect(report).toMatchObject({ saved: 3, gone: 1, failed: 0, isComplete: true });
  await target.close();
});

test("a recording that only the Relay API lists, and whose file is 404, comes by its other URL", async () => {
  const { server, platform, folder, add } = await startExportScene();
  const [[id = "", sha256 = ""] = []] = add(1);
  platform.faults.add({ kind: "status", status: 404, media: id, origin: "files" });
  const client = createClient({
    space: server.origins.space,
    mediaOrigins: [server.origins.files],
    ...platform.credentials,
    fetch: async (url, init) => {
      const isList = /\/Accounts\/[^/]+\/Recordings\?/.test(String(url));
      return isList ? Response.json({ recordings: [] }) : fetch(url, init);
    },
  });
  const target = folderTarget(folder);
  const report = await exportMedia(client, { ...everything, target });
  expect(report).toMatchObject({ saved: 1, failed: 0, isComplete: true });
  // The line has the URL that it came by, which a deletion compares it with.
  const ref = { kind: "recording", recordingId: id };
  expect((await savedIn(target)).get(id)).toMatchObject({ sha256, ref });
  await target.close();
});

test("notes that a crash cut in the middle are passed over, and their media noted anew", async () => {
  const { client, folder, add } = await startExportScene();
  const media = add(10);
  const target = folderTarget(folder);
  const stop = new AbortController();
  const onProgress = (now: { saved: number }) => {
    if (now.saved >= 3) stop.abort(new Error("cut"));
  };
  const run = exportMedia(client, { ...everything, target, signal: stop.signal, onProgress });
  await expect(run).rejects.toThrow("cut");
  const names = await readdir(join(folder, "_export"), { recursive: true });
  const part = join(folder, "_export", names.find((name) => name.endsWith(".part.jsonl")) ?? "");
  const text = await readFile(part, "utf8");
  // What was added behind a line that was cut stands in one line with it.
  await writeFile(part, `${text.slice(0, 20)}${text}{"type":"saved"}\n{"ty`);
  expect(await exportMedia(client, { ...everything, target })).toMatchObject({ isComplete: true });
  expect([...(await savedIn(target)).keys()].sort()).toEqual([...media.keys()].sort());
  await target.close();
});

test("a copy whose note a crash took, of a medium that is deleted since, stays and is noted", async () => {
  const { client, folder, add } = await startExportScene();
  const [first = ""] = add(4).keys();
  const target = folderTarget(folder);
  await exportMedia(client, { ...everything, target });
  const before = (await savedIn(target)).get(first);
  // As killed between the two: the plan is there, the manifest is not.
  const plan = join(folder, "_export", await closedShard(folder));
  const lines = (await readFile(plan, "utf8")).trim().split("\n").slice(1, -1);
  const media = lines
    .map((line) => JSON.parse(line))
    .map(({ type: _, key: __, size: ___, ...one }) => one);
  await writeFile(plan.replace(/\.jsonl$/, ".plan.jsonl"), planOf(plan, media));
  await rm(plan);
  await client.recordings.delete(first);
  await exportMedia(client, { ...everything, target });
  const { savedAt: _, ...same } = before ?? { savedAt: "" };
  expect((await savedIn(target)).get(first)).toMatchObject({ ...same, recovered: true });
  await target.close();
});

/** The manifest of the recordings' only shard. */
async function closedShard(folder: string): Promise<string> {
  const names = await readdir(join(folder, "_export"), { recursive: true });
  return names.find((name) => /^recording.*[0-9a-f]\.jsonl$/.test(name)) ?? "";
}

/** A plan as the format is documented: a head, lines, a closing line with count and hash. */
function planOf(path: string, media: readonly object[]): string {
  const name = /_export\/(.*)\.jsonl$/.exec(path)?.[1] ?? "";
  const [kind, projectId, day] = name.split("/");
  const head = { type: "plan", version: 1, name, kind, projectId, day };
  const lines = [head, ...media.map((one) => ({ ...one, type: "planned" }))];
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  const sha256 = createHash("sha256").update(text).digest("hex");
  return `${text}${JSON.stringify({ type: "end", lines: lines.length, sha256 })}\n`;
}

test("a file of somebody else's that has a medium's name is left as it is", async () => {
  const { client, folder, add } = await startExportScene();
  add(1);
  const target = folderTarget(folder);
  await exportMedia(client, { ...everything, target });
  const [line] = (await savedIn(target)).values();
  const path = join(folder, line?.key ?? "");
  await rm(join(folder, "_export"), { recursive: true });
  await writeFile(path, "a file of mine");
  const report = await exportMedia(client, { ...everything, target });
  expect(report.reasons).toEqual({ "name-taken": 1 });
  expect(await readFile(path, "utf8")).toBe("a file of mine");
  await target.close();
});

test("with the manifests lost, what lies there is compared and kept, and they are as before", async () => {
  const { client, folder, add } = await startExportScene();
  const media = add(20);
  const target = folderTarget(folder);
  await exportMedia(client, { ...everything, target });
  await rm(join(folder, "_export"), { recursive: true });
  await exportMedia(client, { ...everything, target });
  const saved = await savedIn(target);
  expect(new Map([...saved].map(([id, { sha256 }]) => [id, sha256]))).toEqual(media);
  await target.close();
});

test("a manifest that was cut short is an error that names it", async () => {
  const { client, folder, add } = await startExportScene();
  add(5);
  const target = folderTarget(folder);
  await exportMedia(client, { ...everything, target });
  const names = await readdir(join(folder, "_export"), { recursive: true });
  const [manifest = ""] = names.filter((name) => /[0-9a-f]\.jsonl$/.test(name));
  await truncate(join(folder, "_export", manifest), 100);
  const error: unknown = await savedIn(target).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: "ManifestError", reason: "torn", document: manifest });
  await target.close();
});

test("a target keeps the template it was begun with", async () => {
  const { client, folder, add } = await startExportScene();
  add(5);
  const target = folderTarget(folder);
  const template = "{kind}/{date:yyyy}/{from}-{to}-{id}.{ext}";
  await exportMedia(client, { ...everything, target, template });
  const [key = ""] = [...(await savedIn(target)).values()].map((line) => line.key).sort();
  expect(key).toMatch(/^faxMedia\/2026\/\+1555\d+-\+1555\d+-[0-9a-f-]{36}\.pdf$/);
  // Left out, it is the target's own; another one would have media there twice.
  add(5, 100);
  expect(await exportMedia(client, { ...everything, target })).toMatchObject({ saved: 5 });
  const keys = [...(await savedIn(target)).values()].map((line) => line.key);
  expect(keys.every((one) => /^[a-zA-Z]+\/2026\/[^/]+$/.test(one))).toBe(true);
  const other = exportMedia(client, { ...everything, target, template: "{id}.{ext}" });
  await expect(other).rejects.toMatchObject({ name: "OptionError", option: "template" });
  await target.close();
});

describe("the platform refuses", () => {
  test("a 429 pauses the project for all, and nothing is lost", async () => {
    const { platform, server, folder, add } = await startExportScene();
    add(30);
    const pauses: number[] = [];
    const gate = createGate();
    const told = {
      ...gate,
      pause: async (_: string, milliseconds: number) => {
        pauses.push(milliseconds);
      },
    };
    const { projectId } = platform.credentials;
    const client = createClient({
      space: server.origins.space,
      mediaOrigins: [server.origins.files],
      ...platform.credentials,
      fetch: gatedFetch(told, { projectId }),
      retry: { minDelay: 1, maxDelay: 2 },
    });
    platform.faults.add({ kind: "status", status: 429, retryAfter: 0, probability: 0.2, seed: 7 });
    const target = folderTarget(folder);
    const report = await exportMedia(client, { ...everything, target, gate: told });
    expect(report).toMatchObject({ saved: 30, isComplete: true });
    expect(pauses.length).toBeGreaterThan(0);
    await target.close();
  });

  test("ten in a row that fail alike end the run; run again, it goes on", async () => {
    const { client, platform, folder, add } = await startExportScene();
    add(30);
    platform.faults.add({
      ...{ kind: "status", status: 403 },
      route: "GET /api/laml/2010-04-01/Accounts/{AccountSid}/Recordings/{Sid}",
    });
    const target = folderTarget(folder);
    const run = exportMedia(client, { projects: "own", kinds: ["recording"], target });
    await expect(run).rejects.toMatchObject({ name: "ExportStoppedError", reason: "failing" });
    platform.faults.clear();
    const report = await exportMedia(client, { ...everything, target });
    expect(report).toMatchObject({ saved: 30, isComplete: true });
    await target.close();
  });
});
