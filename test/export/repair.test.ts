import { createHash } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type CopyRepair,
  exportMedia,
  folderTarget,
  readSummary,
  repairExport,
  type Target,
  verifyExport,
} from "@media-protection/export";
import { bucketTarget } from "@media-protection/export/bucket";
import { bytesFile } from "@media-protection/mock";
import { describe, expect, onTestFinished, test } from "vitest";
import { firstDay, hashesIn, savedIn, startExportScene } from "../helpers/export/export-scene.js";
import { startS3Double } from "../helpers/export/s3-double.js";
import { untilKilled } from "../helpers/export/until-killed.js";
import { randomBy } from "../helpers/values/random.js";

const rounds = Number(process.env["CHAOS_ROUNDS"] ?? 6);
const everything = { projects: "own", kinds: "all" } as const;

/** How a copy is damaged from outside, whatever the target. */
interface Place {
  readonly target: Target;
  readonly put: (key: string, bytes: Buffer) => Promise<unknown>;
  readonly remove: (key: string) => Promise<unknown>;
}

async function openFolder(folder: string): Promise<Place> {
  const at = (key: string) => join(folder, key);
  return {
    target: folderTarget(folder),
    put: (key, bytes) => writeFile(at(key), bytes),
    remove: (key) => rm(at(key)),
  };
}

async function openBucket(): Promise<Place> {
  const double = await startS3Double({ ifNoneMatch: true, checksums: "verify" });
  onTestFinished(() => double.close());
  const s3 = await import("@aws-sdk/client-s3");
  const { DeleteObjectCommand, HeadObjectCommand, PutObjectCommand } = s3;
  const at = (key: string) => ({ Bucket: "archive", Key: `calls/${key}` });
  return {
    target: bucketTarget("s3://archive/calls", { client: double.client }),
    // As a disk would: what the object says of itself stays.
    put: async (key, Body) => {
      const { Metadata } = await double.client.send(new HeadObjectCommand(at(key)));
      await double.client.send(new PutObjectCommand({ ...at(key), Body, Metadata }));
    },
    remove: (key) => double.client.send(new DeleteObjectCommand(at(key))),
  };
}

describe.each([
  ["a folder", openFolder],
  ["a bucket", openBucket],
] as const)("in %s", (_, open) => {
  async function exported(count = 10) {
    const scene = await startExportScene();
    const media = scene.add(count);
    const place = await open(scene.folder);
    const { target } = place;
    onTestFinished(() => target.close());
    await exportMedia(scene.client, { ...everything, target });
    const lines = [...(await savedIn(target)).values()];
    /** The nth line of a recording. */
    const recording = (nth: number) => {
      const found = lines.filter(({ kind }) => kind === "recording")[nth];
      if (!found) throw new Error("There are not so many recordings.");
      return found;
    };
    const repaired: CopyRepair[] = [];
    const onRepair = (one: CopyRepair) => void repaired.push(one);
    const repair = (to = target) => repairExport(scene.client, { target: to, onRepair });
    return { ...scene, ...place, media, lines, recording, repaired, repair };
  }

  test("what is absent, cut short, or of other bytes is got anew; what is right is not asked for", async () => {
    const { platform, target, lines, put, remove, repair, repaired, media } = await exported();
    const [absent, short, other] = lines;
    await remove(absent?.key ?? "");
    await put(short?.key ?? "", Buffer.from("RIF"));
    await put(other?.key ?? "", Buffer.alloc(other?.size ?? 0, "x"));
    platform.journal.clear();
    expect(await repair()).toEqual({
      ...{
        verified: 7,
        restored: 3,
        renewed: 0,
        gone: 0,
        failed: 0,
        open: 0,
        isListed: true,
        lacking: 0,
        isComplete: true,
      },
      shards: expect.any(Number),
    });
    const damaged = new Map([
      [absent?.id, "absent"],
      [short?.id, "size"],
      [other?.id, "bytes"],
    ]);
    expect(new Map(repaired.map(({ line, fault }) => [line.id, fault]))).toEqual(damaged);
    // Of the platform only those three were asked for.
    const asked = platform.journal.entries().map(({ path }) => path);
    for (const { id } of lines) {
      expect(asked.some((path) => path.includes(id))).toBe(damaged.has(id));
    }
    expect(await verifyExport(target)).toMatchObject({ verified: 10, isComplete: true });
    expect(new Set((await hashesIn(target)).values())).toEqual(new Set(media.values()));
    // Done again there is nothing to do, and nothing is asked for.
    platform.journal.clear();
    expect(await repair()).toMatchObject({ verified: 10, restored: 0, isComplete: true });
    expect(platform.journal.entries()).toEqual([]);
  });

  test("what the platform has no more is said, and what lies there is left as it is", async () => {
    const { client, recording, put, repair, repaired, target } = await exported();
    const lost = recording(0);
    await put(lost.key, Buffer.from("damaged"));
    await client.recordings.delete(lost.id);
    expect(await repair()).toMatchObject({ verified: 9, gone: 1, isComplete: false });
    expect(repaired).toEqual([
      expect.objectContaining({ line: lost, fault: "size", result: "gone", reason: "gone" }),
    ]);
    const left: Buffer[] = [];
    for await (const chunk of (await target.read(lost.key)) ?? []) left.push(Buffer.from(chunk));
    expect(Buffer.concat(left).toString()).toBe("damaged");
    expect((await savedIn(target)).get(lost.id)).toEqual(lost);
  });

  test("what the platform has with other bytes by now is got with a new line, also after a crash before it", async () => {
    const { client, platform, recording, remove, repair, repaired, target } = await exported();
    const old = recording(1);
    await remove(old.key);
    await client.recordings.delete(old.id);
    const bytes = Buffer.from("RIFF other bytes of the same recording");
    const lastModified = new Date(firstDay);
    const wav = bytesFile({ bytes, contentType: "audio/wav", extension: "wav", lastModified });
    platform.addRecording({ id: old.id, createdAt: Date.parse(old.createdAt), wav });
    const write = async () => {
      throw new Error("killed");
    };
    const killed = { ...target, documents: { ...target.documents, write } };
    await expect(repair(killed)).rejects.toThrow("killed");
    // The copy is there, and its line is the old one: the next repair sees that.
    expect(await repair()).toMatchObject({ verified: 9, renewed: 1, isComplete: true });
    expect(repaired.map(({ fault, result }) => [fault, result])).toEqual([
      ["absent", "renewed"],
      ["size", "renewed"],
    ]);
    const line = (await savedIn(target)).get(old.id);
    expect(line).toMatchObject({ key: old.key, size: bytes.length });
    expect(line?.sha256).not.toBe(old.sha256);
    expect(await verifyExport(target)).toMatchObject({ verified: 10, isComplete: true });
  });

  test("a doubt whether the platform has it is a failure of that copy, and of no other", async () => {
    const { platform, recording, remove, repair, repaired } = await exported();
    const [doubted, other] = [recording(0), recording(1)];
    await remove(doubted.key);
    await remove(other.key);
    const route = "GET /api/laml/2010-04-01/Accounts/{AccountSid}/Recordings/{Sid}.json";
    platform.faults.add({ kind: "status", status: 404, media: doubted.id });
    platform.faults.add({ kind: "status", status: 403, route });
    expect(await repair()).toMatchObject({ restored: 1, failed: 1, gone: 0, isComplete: false });
    const results = new Map(repaired.map(({ line, result }) => [line.id, result]));
    expect(results.get(doubted.id)).toBe("failed");
    platform.faults.clear();
    expect(await repair()).toMatchObject({ restored: 1, isComplete: true });
  });

  test("the summary is of what is there afterwards, and never of what was there before", async () => {
    const { client, platform, recording, remove, repair, target } = await exported();
    const old = recording(1);
    await remove(old.key);
    await client.recordings.delete(old.id);
    const bytes = Buffer.alloc(5000, "longer than before");
    const lastModified = new Date(firstDay);
    const wav = bytesFile({ bytes, contentType: "audio/wav", extension: "wav", lastModified });
    platform.addRecording({ id: old.id, createdAt: Date.parse(old.createdAt), wav });
    const before = await readSummary(target.documents);
    const { documents } = target;
    const write = async (name: string, text: string) => {
      if (name === "summary.json") throw new Error("killed");
      await documents.write(name, text);
    };
    const killed = { ...target, documents: { ...documents, write } };
    await expect(repair(killed)).rejects.toThrow("killed");
    expect(await readSummary(documents)).toBeUndefined();
    await repair();
    const bytesNow = (before?.bytes ?? 0) - old.size + bytes.length;
    expect(await readSummary(documents)).toMatchObject({ saved: 10, bytes: bytesNow });
  });

  test("media that were never got are lacking, which is not complete", async () => {
    const { platform, client, target, repair, add } = await exported();
    const [id = ""] = add(1, 50).keys();
    platform.faults.add({ kind: "status", status: 403, media: id });
    await exportMedia(client, { ...everything, target });
    expect(await repair()).toMatchObject({ verified: 10, lacking: 1, isComplete: false });
    platform.faults.clear();
    await exportMedia(client, { ...everything, target });
    expect(await repair()).toMatchObject({ verified: 11, lacking: 0, isComplete: true });
  });

  test("a platform that fails leaves the copy for the next time, and refused credentials end it", async () => {
    const { platform, recording, remove, repair } = await exported();
    const { id, key } = recording(0);
    await remove(key);
    platform.faults.add({ kind: "status", status: 403, media: id });
    expect(await repair()).toMatchObject({ verified: 9, failed: 1, isComplete: false });
    platform.faults.clear();
    platform.faults.add({ kind: "status", status: 401, media: id });
    await expect(repair()).rejects.toMatchObject({ name: "AuthenticationError" });
    platform.faults.clear();
    expect(await repair()).toMatchObject({ restored: 1, isComplete: true });
  });
});

test.each([
  ["another medium's copy", { "medium-id": "another" }],
  ["no copy at all", {}],
])("an object in the place of a copy that is %s is not replaced", async (_, Metadata) => {
  const { client, add } = await startExportScene();
  add(1);
  const double = await startS3Double({ ifNoneMatch: true, checksums: "verify" });
  onTestFinished(() => double.close());
  const target = bucketTarget("s3://archive/calls", { client: double.client });
  await exportMedia(client, { ...everything, target });
  const [line] = (await savedIn(target)).values();
  const { PutObjectCommand } = await import("@aws-sdk/client-s3");
  const place = { Bucket: "archive", Key: `calls/${line?.key}` };
  await double.client.send(new PutObjectCommand({ ...place, Body: "theirs", Metadata }));
  const results: unknown[] = [];
  const onRepair = ({ result, reason }: CopyRepair) => void results.push([result, reason]);
  expect(await repairExport(client, { target, onRepair })).toMatchObject({ failed: 1 });
  expect(results).toEqual([["failed", "name-taken"]]);
  expect((await target.look(line?.key ?? ""))?.size).toBe("theirs".length);
});

test("a line that names another key than its medium's has nothing put there", async () => {
  const { client, add, folder } = await startExportScene();
  add(1);
  const target = folderTarget(folder);
  onTestFinished(() => target.close());
  await exportMedia(client, { ...everything, target, template: "{id}.{ext}" });
  const [one] = (await savedIn(target)).values();
  // Of another template the job does not know: as a manifest that somebody wrote.
  await mkdir(join(folder, "_export"), { recursive: true });
  await writeFile(join(folder, "_export/job.json"), '{"version":1,"template":"x/{id}.{ext}"}\n');
  await rm(join(folder, one?.key ?? ""));
  const before = await hashesIn(target);
  expect(await repairExport(client, { target })).toMatchObject({ failed: 1 });
  expect(await hashesIn(target)).toEqual(before);
});

test(`killed ${rounds} times with -9, the next repair does the rest, and never harms a right copy`, async () => {
  const draw = randomBy(15);
  const { client, platform, server, folder, add } = await startExportScene();
  add(60);
  const target = folderTarget(folder);
  onTestFinished(() => target.close());
  await exportMedia(client, { ...everything, target, shardSize: 25 });
  const { projectId, apiToken } = platform.credentials;
  const args = [server.origins.space, server.origins.files, projectId, apiToken, folder];
  const isDamaged = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    platform.faults.clear();
    platform.faults.add({ kind: "cut", after: 50, probability: 0.1, seed: 100 + round });
    for (const line of (await savedIn(target)).values()) {
      if (draw() > 0.15) continue;
      isDamaged.add(line.id);
      await writeFile(join(folder, line.key), "damaged");
      if (line.kind !== "recording" || draw() > 0.3) continue;
      // And the platform has other bytes of it by now.
      await client.recordings.delete(line.id);
      const bytes = Buffer.from(`RIFF of round ${round}, ${line.id}`);
      const lastModified = new Date(firstDay);
      const wav = bytesFile({ bytes, contentType: "audio/wav", extension: "wav", lastModified });
      platform.addRecording({ id: line.id, createdAt: Date.parse(line.createdAt), wav });
    }
    platform.journal.clear();
    await untilKilled("repair-process", args, 1 + Math.floor(draw() * 6));
    const asked = platform.journal.entries().map(({ path }) => path);
    for (const { id } of (await savedIn(target)).values()) {
      if (asked.some((path) => path.includes(id))) expect(isDamaged).toContain(id);
    }
  }
  platform.faults.clear();
  expect(await repairExport(client, { target })).toMatchObject({ failed: 0, isComplete: true });
  expect(await verifyExport(target)).toMatchObject({ verified: 60, isComplete: true });
  const saved = [...(await savedIn(target)).values()];
  // Byte for byte what the platform has, and a summary that is true.
  for (const { ref, sha256 } of saved) {
    const bytes = await (await client.media.download({ ref })).bytes();
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
  }
  const bytes = saved.reduce((sum, { size }) => sum + size, 0);
  expect(await readSummary(target.documents)).toMatchObject({ saved: 60, bytes });
}, 600_000);
