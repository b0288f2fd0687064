import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  deleteExported,
  exportMedia,
  folderTarget,
  planDeletion,
  repairExport,
  verifyExport,
  writeDeletionPlan,
} from "@media-protection/export";
import { bucketTarget } from "@media-protection/export/bucket";
import { bytesFile } from "@media-protection/mock";
import { describe, expect, onTestFinished, test } from "vitest";
import { firstDay, savedIn, startExportScene } from "../helpers/export/export-scene.js";
import { startS3Double } from "../helpers/export/s3-double.js";
import { untilKilled } from "../helpers/export/until-killed.js";
import { randomBy } from "../helpers/values/random.js";

const everything = { projects: "own", kinds: "all" } as const;
const rounds = Number(process.env["CHAOS_ROUNDS"] ?? 6);

async function planned(count: number) {
  const scene = await startExportScene();
  scene.add(count);
  const target = folderTarget(scene.folder);
  onTestFinished(() => target.close());
  await exportMedia(scene.client, { ...everything, target });
  const { projectId } = scene.platform.credentials;
  const plan = join(scene.folder, "..", `${scene.folder.split("/").at(-1)}.plan`);
  onTestFinished(async () => {
    for (const path of [plan, `${plan}.log`]) await rm(path, { force: true });
  });
  const made = await planDeletion({ target, projects: [projectId], minAge: 0 });
  await writeFile(plan, writeDeletionPlan(made));
  const lines = [...(await savedIn(target)).values()];
  const left = async () => {
    const report = await exportMedia(scene.client, { ...everything, target });
    return report.listed;
  };
  return { ...scene, target, plan, made, lines, left };
}

const deletes = { method: "DELETE" } as const;

describe("a plan", () => {
  test("holds media that are old enough, and asks the platform nothing", async () => {
    const { target, platform } = await planned(10);
    platform.journal.clear();
    const now = new Date(firstDay + 30 * 86_400_000 + 100 * 60_000);
    const minAge = 30 * 86_400_000;
    const { projectId } = platform.credentials;
    const { media, young } = await planDeletion({ target, projects: [projectId], minAge, now });
    expect(young).toBe(4);
    expect(media).toHaveLength(6); // made at 0, 20, 40, 60, 80 and 100 minutes
    expect(platform.journal.entries()).toEqual([]);
  });

  test("leaves out what has no right copy", async () => {
    const { target, folder, lines, platform } = await planned(10);
    await writeFile(join(folder, lines[0]?.key ?? ""), "something else");
    await rm(join(folder, lines[1]?.key ?? ""));
    const { projectId } = platform.credentials;
    const plan = await planDeletion({ target, projects: [projectId], minAge: 0 });
    expect(plan.media.map(({ line }) => line.id)).not.toContain(lines[0]?.id);
    expect(plan).toMatchObject({ unproven: 2, isCut: false });
    expect(plan.media).toHaveLength(8);
  });

  test.each([[[]], [undefined], [[""]]])("for the projects %j is an error", async (projects) => {
    const { target } = await planned(1);
    // As from JavaScript.
    const options = { target, projects: projects as string[], minAge: 0 };
    await expect(planDeletion(options)).rejects.toThrow('Option "projects"');
  });
});

describe("carried out", () => {
  test("it deletes what is in it and nothing else, each with a tombstone before and a result after", async () => {
    const { client, target, plan, platform, add } = await planned(10);
    add(3, 100);
    const report = await deleteExported(client, { target, plan, yes: true });
    expect(report).toEqual({ planned: 10, deleted: 10, alreadyGone: 0, changed: 0, copyWrong: 0 });
    const log = (await readFile(`${plan}.log`, "utf8")).trim().split("\n");
    const types = log.map((line) => JSON.parse(line).type);
    const steps = Array.from({ length: 20 }, (_, i) => (i % 2 ? "result" : "tombstone"));
    expect(types).toEqual(["plan", ...steps]);
    expect(platform.journal.find(deletes)).toHaveLength(10);
    expect(await client.recordings.list().toArray({ limit: 99 })).toHaveLength(3);
  });

  test("nothing is deleted without yes, of a plan of yesterday, or of one for another target", async () => {
    const { client, target, plan, platform, folder } = await planned(5);
    const tomorrow = new Date(Date.now() + 86_400_000);
    const other = folderTarget(join(folder, "other"));
    for (const [options, reason] of [
      [{ target, plan, yes: false }, "unconfirmed"],
      [{ target, plan, yes: true, now: tomorrow }, "stale"],
      [{ target: other, plan, yes: true }, "plan"],
    ] as const) {
      await expect(deleteExported(client, options)).rejects.toMatchObject({ reason });
    }
    expect(platform.journal.find(deletes)).toEqual([]);
  });

  test("a plan that was changed by hand deletes nothing", async () => {
    const { client, target, plan, platform } = await planned(5);
    const text = await readFile(plan, "utf8");
    await writeFile(plan, text.replace(/"size":\d+/, '"size":1'));
    const run = deleteExported(client, { target, plan, yes: true });
    await expect(run).rejects.toMatchObject({ name: "ManifestError", reason: "hash" });
    expect(platform.journal.find(deletes)).toEqual([]);
  });

  test("a medium whose copy went bad since, or whose bytes changed, is left and said", async () => {
    const { client, target, plan, lines, folder, platform } = await planned(5);
    await writeFile(join(folder, lines[0]?.key ?? ""), "gone bad");
    const changed = lines.find(({ kind }, index) => kind === "recording" && index > 0);
    await client.recordings.delete(changed?.id ?? "");
    const bytes = Buffer.from("another version");
    const wav = bytesFile({
      bytes,
      contentType: "audio/wav",
      extension: "wav",
      lastModified: new Date(),
    });
    platform.addRecording({ id: changed?.id ?? "", createdAt: firstDay, wav });
    platform.journal.clear();
    const report = await deleteExported(client, { target, plan, yes: true });
    expect(report).toMatchObject({ deleted: 3, changed: 1, copyWrong: 1 });
    const asked = platform.journal.find(deletes).map(({ path }) => path);
    expect(asked.some((path) => path.includes(changed?.id ?? "?"))).toBe(false);
    expect(asked.some((path) => path.includes(lines[0]?.id ?? "?"))).toBe(false);
  });

  test("it stops at the first unexpected answer; later, it goes on", async () => {
    const { client, target, plan, platform } = await planned(10);
    platform.faults.add({ kind: "status", status: 503, route: deleteRoute, times: 1 });
    platform.journal.clear();
    const run = deleteExported(client, { target, plan, yes: true });
    await expect(run).rejects.toMatchObject({ name: "DeletionError", reason: "unexpected-answer" });
    const refused = platform.journal.find(deletes).findIndex(({ status }) => status === 503);
    expect(refused).toBe(platform.journal.find(deletes).length - 1);
    expect(await deleteExported(client, { target, plan, yes: true })).toMatchObject({
      deleted: 10,
    });
  });
});

describe("planned anew", () => {
  /** Plans under the same name again, as after the plan before was carried out and removed. */
  async function again(scene: Awaited<ReturnType<typeof planned>>, limit?: number) {
    const { target, platform, plan } = scene;
    const projects = [platform.credentials.projectId];
    const made = await planDeletion({ target, projects, minAge: 0, limit });
    await rm(plan);
    await writeFile(plan, writeDeletionPlan(made));
    return made;
  }

  test("after a wrong copy was repaired, it goes by the new plan and not by the old one's log", async () => {
    const scene = await planned(5);
    const { client, target, plan, folder, lines } = scene;
    await writeFile(join(folder, lines[0]?.key ?? ""), "gone bad");
    const first = await deleteExported(client, { target, plan, yes: true });
    expect(first).toMatchObject({ deleted: 4, copyWrong: 1 });
    await repairExport(client, { target });
    const made = await again(scene);
    expect(made.media.map(({ line }) => line.id)).toEqual([lines[0]?.id]);
    expect(made).toMatchObject({ deletedBefore: 4, unproven: 0 });
    const report = await deleteExported(client, { target, plan, yes: true });
    expect(report).toMatchObject({ planned: 1, deleted: 1, copyWrong: 0 });
    expect(await scene.left()).toBe(0);
  });

  test("a tombstone of the old plan still says that a deletion may have been done", async () => {
    const scene = await planned(3);
    const { client, target, plan, lines, platform } = scene;
    const stop = new AbortController();
    // Deleted, and killed before the answer was noted.
    platform.journal.subscribe(({ method }) => method === "DELETE" && stop.abort());
    const { signal } = stop;
    await expect(deleteExported(client, { target, plan, yes: true, signal })).rejects.toThrow();
    const [gone] = lines;
    await again(scene);
    const report = await deleteExported(client, { target, plan, yes: true });
    expect(report).toEqual({ planned: 3, deleted: 3, alreadyGone: 0, changed: 0, copyWrong: 0 });
    expect(
      platform.journal.find(deletes).filter(({ path }) => path.includes(gone?.id ?? "?")),
    ).toHaveLength(1);
  });

  test("by a limit, each plan has the next media, until there are none", async () => {
    const scene = await planned(10);
    const { client, target, plan } = scene;
    const counts: [number, boolean][] = [];
    for (let round = 0; round < 4; round++) {
      const { media, isCut } = await again(scene, 4);
      counts.push([media.length, isCut]);
      await deleteExported(client, { target, plan, yes: true });
    }
    expect(counts).toEqual([
      [4, true],
      [4, true],
      [2, false],
      [0, false],
    ]);
    expect(await scene.left()).toBe(0);
    // The copies, and what is said of them, are as they were.
    expect(await verifyExport(target)).toMatchObject({ verified: 10, isComplete: true });
  });

  test("what was gone before its turn came is not planned again, either", async () => {
    const scene = await planned(3);
    const { client, target, plan, lines } = scene;
    const recording = lines.find(({ kind }) => kind === "recording");
    await client.recordings.delete(recording?.id ?? "");
    const report = await deleteExported(client, { target, plan, yes: true });
    expect(report).toMatchObject({ deleted: 2, alreadyGone: 1 });
    expect(await again(scene)).toMatchObject({ media: [], deletedBefore: 3 });
  });
});

test("from a bucket, by copies that are read from it; what is gone is noted in it", async () => {
  const { client, platform, add, folder } = await startExportScene();
  add(5);
  const double = await startS3Double({ ifNoneMatch: true, checksums: "verify" });
  onTestFinished(() => double.close());
  const target = bucketTarget("s3://archive/calls", { client: double.client });
  await exportMedia(client, { ...everything, target });
  const projects = [platform.credentials.projectId];
  const plan = join(folder, "plan.jsonl");
  await writeFile(plan, writeDeletionPlan(await planDeletion({ target, projects, minAge: 0 })));
  const [bad] = (await savedIn(target)).values();
  const { PutObjectCommand } = await import("@aws-sdk/client-s3");
  const place = { Bucket: "archive", Key: `calls/${bad?.key}` };
  await double.client.send(new PutObjectCommand({ ...place, Body: Buffer.alloc(bad?.size ?? 0) }));
  const report = await deleteExported(client, { target, plan, yes: true });
  expect(report).toMatchObject({ deleted: 4, copyWrong: 1 });
  expect((await client.recordings.list().toArray({ limit: 9 })).length).toBe(
    bad?.kind === "recording" ? 1 : 0,
  );
  expect(await planDeletion({ target, projects, minAge: 0 })).toMatchObject({
    ...{ media: [], unproven: 1, deletedBefore: 4 },
  });
});

const deleteRoute = "DELETE /api/laml/2010-04-01/Accounts/{AccountSid}/Recordings/{Sid}";

test(`killed ${rounds} times, with a platform that fails: at no moment is a medium gone without its copy`, async () => {
  const draw = randomBy(9);
  const count = Math.max(60, rounds * 5);
  const { client, target, plan, platform, server, folder, lines } = await planned(count);
  const { projectId, apiToken } = platform.credentials;
  const wrongs: string[] = [];
  const gone = new Set<string>();
  const damaged = new Set<string>();
  // The observer outside: in the moment in which a deletion is answered, what is its copy on the disk?
  const stop = platform.journal.subscribe(({ method, status, path }) => {
    if (method !== "DELETE" || status !== 204) return;
    const line = lines.find(({ id }) => path.includes(`/${id}`));
    gone.add(line?.id ?? path);
    const bytes = readFileSync(join(folder, line?.key ?? ""));
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    if (sha256 !== line?.sha256) wrongs.push(path);
  });
  const args = [server.origins.space, server.origins.files, projectId, apiToken, folder, plan];
  for (let round = 0; round < rounds; round++) {
    platform.faults.clear();
    const chance = { probability: 0.03, seed: 100 + round };
    platform.faults.add({ kind: "status", status: 500, ...chance });
    platform.faults.add({ kind: "cut", after: 50, ...chance });
    // Every few rounds a copy is damaged behind its back.
    if (round % 3 === 2) {
      const line = lines.find(({ id }) => !gone.has(id) && !damaged.has(id) && draw() < 0.2);
      if (line) {
        await writeFile(join(folder, line.key), "damaged");
        damaged.add(line.id);
      }
    }
    await untilKilled("delete-process", args, 1 + Math.floor(draw() * 8));
  }
  platform.faults.clear();
  const report = await deleteExported(client, { target, plan, yes: true });
  stop();
  expect(wrongs).toEqual([]);
  expect(report).toMatchObject({ deleted: count - damaged.size, copyWrong: damaged.size });
  expect(gone.size).toBe(count - damaged.size);
}, 600_000);
