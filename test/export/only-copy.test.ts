import { rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import {
  deleteExported,
  exportMedia,
  folderTarget,
  planDeletion,
  planExport,
  readManifest,
  reconcile,
  repairExport,
  verifyExport,
  writeDeletionPlan,
} from "@media-protection/export";
import { bucketTarget } from "@media-protection/export/bucket";
import { createClient } from "@media-protection/sdk";
import { describe, expect, onTestFinished, test } from "vitest";
import { firstDay, savedIn, startExportScene } from "../helpers/export/export-scene.js";
import { startS3Double } from "../helpers/export/s3-double.js";

// When a copy is the only one there is, nothing hides that it is damaged, and nothing takes it away.

const everything = { projects: "own", kinds: ["recording"] } as const;

async function startScene(count: number) {
  const scene = await startExportScene();
  scene.add(count);
  const target = folderTarget(join(scene.folder, "archive"));
  onTestFinished(() => target.close());
  const path = join(scene.folder, "plan.jsonl");
  const { projectId } = scene.platform.credentials;
  const deleteAll = async () => {
    await rm(path, { force: true });
    await rm(`${path}.log`, { force: true });
    const plan = await planDeletion({ target, projects: [projectId], minAge: 0 });
    await writeFile(path, writeDeletionPlan(plan));
    return deleteExported(scene.client, { target, plan: path, yes: true });
  };
  return { ...scene, target, deleteAll, projectId };
}

test.each([
  ["cut short", (path: string) => truncate(path, 10), "size"],
  ["absent", (path: string) => rm(path), "absent"],
] as const)(
  "a copy that is %s is said by verify, also after an export again, when the platform has it no more",
  async (_, damage, fault) => {
    const { platform, client, target, deleteAll } = await startScene(2);
    const [one] = platform.recordings.of(platform.credentials.projectId);
    platform.faults.add({ kind: "status", status: 403, media: one?.entity.id ?? "" });
    // So that its shard is done again by the next export.
    expect(await exportMedia(client, { ...everything, target })).toMatchObject({ failed: 1 });
    expect(await deleteAll()).toMatchObject({ deleted: 1 });
    const [line] = (await savedIn(target)).values();
    await damage(join(target.name, line?.key ?? ""));
    expect(await exportMedia(client, { ...everything, target })).toMatchObject({ gone: 1 });
    expect([...(await savedIn(target)).values()]).toEqual([line]);
    const faults: unknown[] = [];
    const verified = await verifyExport(target, { onFault: (found) => faults.push(found) });
    expect(verified).toMatchObject({ faults: 1, isComplete: false });
    expect(faults).toMatchObject([{ fault, line: { sha256: line?.sha256 } }]);
  },
);

test("somebody else's object in a copy's place is left by an export again", async () => {
  const { platform, client } = await startScene(2);
  const double = await startS3Double({ ifNoneMatch: true, checksums: "verify" });
  onTestFinished(() => double.close());
  const target = bucketTarget("s3://archive/years", { client: double.client });
  const [one] = platform.recordings.of(platform.credentials.projectId);
  platform.faults.add({ kind: "status", status: 403, media: one?.entity.id ?? "" });
  await exportMedia(client, { ...everything, target });
  const [line] = (await savedIn(target)).values();
  const Key = `years/${line?.key}`;
  await double.client.send(new PutObjectCommand({ Bucket: "archive", Key, Body: "mine" }));
  const report = await exportMedia(client, { ...everything, target });
  expect(report).toMatchObject({ saved: 0, reasons: { "name-taken": 1, forbidden: 1 } });
  for await (const { size } of target.list()) expect(size).toBe(4);
});

test("a copy that goes while the platform's bytes are read keeps its medium", async () => {
  const { platform, client, target, deleteAll } = await startScene(1);
  await exportMedia(client, { ...everything, target });
  const [line] = (await savedIn(target)).values();
  const unsubscribe = platform.journal.subscribe(({ method, path }) => {
    if (method === "GET" && path.includes(`/${line?.id}`)) {
      void rm(join(target.name, line?.key ?? ""), { force: true });
    }
  });
  expect(await deleteAll()).toMatchObject({ deleted: 0, copyWrong: 1 });
  unsubscribe();
  expect(platform.journal.find({ method: "DELETE" })).toEqual([]);
});

test("a copy that bears another medium's name is no proof, whatever was deleted before", async () => {
  const { platform, client, target, deleteAll, projectId } = await startScene(2);
  await exportMedia(client, { ...everything, target });
  const [one, other] = [...(await savedIn(target)).values()];
  // Of the same bytes, so that only its name says whose it is.
  for await (const manifest of readManifest(target.documents)) {
    const lines = manifest.lines.map((line) =>
      line.id === other?.id ? { ...line, key: one?.key } : line,
    );
    const { writeManifest } = await import("../../packages/export/dist/manifest/shard.js");
    // Safe: what somebody with an editor could write.
    const text = writeManifest({ ...manifest, lines: lines as typeof manifest.lines });
    await target.documents.write(`${manifest.name}.jsonl`, text);
  }
  expect(await deleteAll()).toMatchObject({ deleted: 1 });
  const plan = await planDeletion({ target, projects: [projectId], minAge: 0 });
  expect(plan).toMatchObject({ media: [], unproven: 1, deletedBefore: 1 });
  expect(platform.journal.find({ method: "DELETE" })).toHaveLength(1);
});

test("a medium that was away in a shard that is done again is in no second one", async () => {
  const { platform, client, target, server } = await startScene(3);
  const [one, other] = platform.recordings.of(platform.credentials.projectId);
  const forgetful = createClient({
    ...{ space: server.origins.space, mediaOrigins: [server.origins.files] },
    ...platform.credentials,
    fetch: async (url, init) => {
      const path = String(url);
      if (path.includes(one?.entity.id ?? "")) return new Response("{}", { status: 404 });
      if (path.includes(other?.entity.id ?? "")) return new Response("{}", { status: 403 });
      return fetch(url, init);
    },
  });
  const first = await exportMedia(forgetful, { ...everything, target });
  expect(first).toMatchObject({ saved: 1, gone: 1, failed: 1 });
  expect(await exportMedia(client, { ...everything, target })).toMatchObject({ saved: 2 });
  expect((await savedIn(target)).size).toBe(3); // throws for one that is there twice
});

test("where the platform has a medium no more, a copy that is not right is said, and not called gone", async () => {
  const { platform, client, target, projectId, folder } = await startScene(1);
  await exportMedia(client, { ...everything, target });
  const path = join(folder, "plan.jsonl");
  const plan = await planDeletion({ target, projects: [projectId], minAge: 0 });
  await writeFile(path, writeDeletionPlan(plan));
  const [line] = (await savedIn(target)).values();
  await truncate(join(target.name, line?.key ?? ""), 10);
  await client.recordings.delete(line?.id ?? "");
  platform.journal.clear();
  const report = await deleteExported(client, { target, plan: path, yes: true });
  expect(report).toMatchObject({ alreadyGone: 0, copyWrong: 1 });
});

test("a medium that the platform did not have for a moment comes with the next export", async () => {
  const { platform, client, target, server } = await startScene(2);
  const [one] = platform.recordings.of(platform.credentials.projectId);
  const forgetful = createClient({
    ...{ space: server.origins.space, mediaOrigins: [server.origins.files] },
    ...platform.credentials,
    fetch: async (url, init) =>
      String(url).includes(one?.entity.id ?? "")
        ? new Response("{}", { status: 404 })
        : fetch(url, init),
  });
  const first = await exportMedia(forgetful, { ...everything, target });
  expect(first).toMatchObject({ saved: 1, gone: 1 });
  expect(await exportMedia(client, { ...everything, target })).toMatchObject({ saved: 1 });
  expect(await reconcile(client, { ...everything, target })).toMatchObject({ isComplete: true });
});

describe("what is not done is not complete", () => {
  test("with a shard that is planned and not done", async () => {
    const { client, target } = await startScene(30);
    for await (const _ of planExport(client, { ...everything, target, shardSize: 5 })) break;
    for (const report of [await verifyExport(target), await repairExport(client, { target })]) {
      expect(report).toMatchObject({ open: 1, isComplete: false });
    }
    await exportMedia(client, { ...everything, target });
    for (const report of [await verifyExport(target), await repairExport(client, { target })]) {
      expect(report).toMatchObject({ open: 0, isListed: true, isComplete: true });
    }
  });

  test("with a listing that was not read to its end", async () => {
    const { client, target } = await startScene(30);
    const stop = new AbortController();
    const cut = exportMedia(client, {
      ...{ ...everything, target, shardSize: 5, signal: stop.signal, concurrency: 1 },
      onProgress: ({ shardsDone, isListed }) => {
        if (shardsDone > 0 && !isListed) stop.abort(new Error("killed"));
      },
    });
    await expect(cut).rejects.toThrow("killed");
    // Whatever is planned is done, and nobody says that there was more.
    for await (const _ of target.documents.list(""))
      if (/\.p(?:lan|art)\.jsonl$/.test(_)) await target.documents.remove(_);
    expect(await verifyExport(target)).toMatchObject({
      ...{ open: 0, isListed: false, isComplete: false },
    });
    expect(await exportMedia(client, { ...everything, target })).toMatchObject({ failed: 0 });
    expect(await verifyExport(target)).toMatchObject({ isListed: true, isComplete: true });
    expect(await reconcile(client, { ...everything, target })).toMatchObject({ isComplete: true });
  });

  test("a narrower run does not make it so, nor does one that is refused unmake it", async () => {
    const { client, platform, target } = await startScene(60);
    const since = new Date(firstDay + 36 * 3_600_000);
    platform.addRecording({ createdAt: since.getTime() + 1 });
    let shards = 0;
    for await (const _ of planExport(client, { ...everything, target, shardSize: 5 })) {
      if (++shards === 2) break;
    }
    await exportMedia(client, { ...everything, target, since });
    expect(await verifyExport(target)).toMatchObject({ isListed: false, isComplete: false });
    await exportMedia(client, { ...everything, target });
    expect(await verifyExport(target)).toMatchObject({ isListed: true, isComplete: true });
    const other = exportMedia(client, { ...everything, target, projects: [crypto.randomUUID()] });
    await expect(other).rejects.toMatchObject({ name: "NotFoundError" });
    expect(await verifyExport(target)).toMatchObject({ isListed: true, isComplete: true });
  });

  test("of a tree, a project that is deleted since holds up nobody", async () => {
    const { server, platform, target } = await startScene(3);
    const client = createClient({
      ...{ space: server.origins.space, mediaOrigins: [server.origins.files] },
      ...{ ...platform.credentials, projects: "tree" },
    });
    const sub = platform.addProject({ name: "Sub" });
    platform.addRecording({ createdAt: firstDay, projectId: sub.id });
    const tree = { ...everything, projects: "tree", target } as const;
    for await (const _ of planExport(client, tree)) break;
    platform.projects.delete(sub.id);
    expect(await verifyExport(target)).toMatchObject({ isListed: false });
    await exportMedia(client, tree);
    expect(await verifyExport(target)).toMatchObject({ isListed: true });
  });

  test("a shard that is closed while manifests are listed is read", async () => {
    const { platform, client, target } = await startScene(2);
    const [one] = platform.recordings.of(platform.credentials.projectId);
    platform.faults.add({ kind: "status", status: 403, media: one?.entity.id ?? "" });
    await exportMedia(client, { ...everything, target });
    platform.faults.clear();
    const { documents } = target;
    const names: string[] = [];
    for await (const name of documents.list("")) names.push(name);
    await exportMedia(client, { ...everything, target });
    const late = {
      ...documents,
      async *list() {
        yield* names;
      },
    };
    const read: number[] = [];
    for await (const { lines } of readManifest(late)) read.push(lines.length);
    expect(read).toEqual([2]);
  });
});
