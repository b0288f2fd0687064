import { PutObjectCommand } from "@aws-sdk/client-s3";
import {
  exportMedia,
  folderTarget,
  planDeletion,
  reconcile,
  repairExport,
  type Target,
  verifyExport,
} from "@media-protection/export";
import { bucketTarget } from "@media-protection/export/bucket";
import { bytesFile } from "@media-protection/mock";
import type { Client } from "@media-protection/sdk";
import { expect, onTestFinished, test, vi } from "vitest";
import { firstDay, hashesIn, savedIn, startExportScene } from "../helpers/export/export-scene.js";
import { startS3Double } from "../helpers/export/s3-double.js";

const everything = { projects: "own", kinds: "all" } as const;

async function startBucket(count: number) {
  const scene = await startExportScene();
  scene.add(count);
  const double = await startS3Double({ ifNoneMatch: true, checksums: "verify" });
  onTestFinished(() => double.close());
  // The target's own client of the AWS SDK, as the command has it.
  vi.stubEnv("AWS_ACCESS_KEY_ID", "S3RVER");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "S3RVER");
  onTestFinished(() => void vi.unstubAllEnvs());
  const target = bucketTarget("s3://archive/years", { endpoint: double.origin });
  onTestFinished(() => target.close());
  return { ...scene, double, target };
}

test("a store that says SlowDown for a while is waited for", async () => {
  const { client, double, target } = await startBucket(10);
  let asked = 0;
  double.before(({ method }) => (method === "PUT" && ++asked <= 3 ? 503 : undefined));
  expect(await exportMedia(client, { ...everything, target })).toMatchObject({ saved: 10 });
  expect(asked).toBeGreaterThan(13);
});

const jobs: readonly [string, (client: Client, target: Target, signal: AbortSignal) => unknown][] =
  [
    [
      "an export",
      (client, target, signal) => exportMedia(client, { ...everything, target, signal }),
    ],
    ["verify", (_, target, signal) => verifyExport(target, { signal })],
    [
      "a reconciliation",
      (client, target, signal) => reconcile(client, { ...everything, target, signal }),
    ],
    ["a repair", (client, target, signal) => repairExport(client, { target, signal })],
    [
      "a plan of a deletion",
      (_, target, signal) => planDeletion({ target, projects: ["any"], minAge: 0, signal }),
    ],
  ];

test.each(jobs)("a store that falls silent holds nobody who ends %s", async (_, job) => {
  const { client, double, target, add } = await startBucket(5);
  await exportMedia(client, { ...everything, target });
  add(5, 200);
  // At each request in turn: the first, the second, and so on until it gets through.
  for (let nth = 1; ; nth++) {
    const stop = new AbortController();
    const reason = new Error("enough");
    let asked = 0;
    double.before(() => {
      if (++asked < nth) return undefined;
      stop.abort(reason);
      return new Promise(() => {});
    });
    const ended = await Promise.resolve(job(client, target, stop.signal)).catch((error) => error);
    double.before(() => undefined);
    if (asked < nth) break;
    expect(ended).toBe(reason);
    // Every one of the first dozen, then now and then.
    if (nth > 12) nth += 10;
  }
  expect(await exportMedia(client, { ...everything, target })).toMatchObject({ isComplete: true });
  expect(await verifyExport(target)).toMatchObject({ verified: 10, isComplete: true });
});

test("somebody else's object that appears while a large medium is uploaded is left as it is", async () => {
  const { client, platform, double, target, folder } = await startBucket(0);
  const bytes = Buffer.alloc(12_000_000, "large ");
  const lastModified = new Date(firstDay);
  const wav = bytesFile({ bytes, contentType: "audio/wav", extension: "wav", lastModified });
  platform.addRecording({ createdAt: firstDay, wav });
  const beside = folderTarget(folder);
  onTestFinished(() => beside.close());
  await exportMedia(client, { ...everything, target: beside });
  const [line] = (await savedIn(beside)).values();
  const Key = `years/${line?.key}`;
  let isPut = false;
  double.before(async ({ path }) => {
    if (isPut || !path.includes("partNumber=2")) return;
    isPut = true;
    await double.client.send(new PutObjectCommand({ Bucket: "archive", Key, Body: "mine" }));
  });
  const report = await exportMedia(client, { ...everything, target });
  expect(report).toMatchObject({ saved: 0, failed: 1, reasons: { "name-taken": 1 } });
  expect(isPut).toBe(true);
  let size: number | undefined;
  for await (const one of target.list()) size = one.size;
  expect(size).toBe(4);
});

test("two who upload the same large medium at once both end with it", async () => {
  const { client, platform, double, target } = await startBucket(0);
  const bytes = Buffer.alloc(12_000_000, "large ");
  const lastModified = new Date(firstDay);
  const wav = bytesFile({ bytes, contentType: "audio/wav", extension: "wav", lastModified });
  platform.addRecording({ createdAt: firstDay, wav });
  let other: Promise<unknown> | undefined;
  double.before(({ path }) => {
    if (!path.includes("partNumber=2") || other !== undefined) return undefined;
    const second = bucketTarget("s3://archive/years", { endpoint: double.origin });
    other = exportMedia(client, { ...everything, target: second }).finally(() => second.close());
    return other;
  });
  expect(await exportMedia(client, { ...everything, target })).toMatchObject({ failed: 0 });
  expect(await other).toMatchObject({ failed: 0 });
  const [saved, hashes] = [await savedIn(target), await hashesIn(target)];
  expect([...saved.values()].map(({ sha256 }) => sha256)).toEqual([...hashes.values()]);
});

test.each([
  ["a conflict once", 409, 1],
  ["a condition that it does not know there", 501, Infinity],
])(
  "a store that answers the end of an upload in parts by %s has the medium in the end",
  async (_, status, times) => {
    const { client, platform, double, target } = await startBucket(0);
    const bytes = Buffer.alloc(6_000_000, "large ");
    const lastModified = new Date(firstDay);
    const wav = bytesFile({ bytes, contentType: "audio/wav", extension: "wav", lastModified });
    platform.addRecording({ createdAt: firstDay, wav });
    let refused = 0;
    double.before(({ method, path, headers }) => {
      const isEnd = method === "POST" && path.includes("uploadId=");
      if (!isEnd || headers["if-none-match"] === undefined || refused >= times) return undefined;
      refused++;
      return status;
    });
    expect(await exportMedia(client, { ...everything, target })).toMatchObject({ saved: 1 });
    expect(refused).toBeGreaterThan(0);
    expect(await verifyExport(target)).toMatchObject({ verified: 1, isComplete: true });
  },
);

test("who ends one run while the store is tried out ends no other that shares the target", async () => {
  const { client, double, target } = await startBucket(3);
  const stop = new AbortController();
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let isAsked = () => {};
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve;
  });
  double.before(async ({ path }) => {
    if (!path.includes("/_export/probe")) return;
    isAsked();
    await held;
  });
  const one = exportMedia(client, { ...everything, target, signal: stop.signal });
  await asked;
  const other = exportMedia(client, { ...everything, target });
  stop.abort(new Error("ended"));
  await expect(one).rejects.toThrow("ended");
  goOn();
  expect(await other).toMatchObject({ isComplete: true });
});
