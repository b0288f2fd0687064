import { exportMedia, folderTarget } from "@media-protection/export";
import { bucketTarget } from "@media-protection/export/bucket";
import { createClient } from "@media-protection/sdk";
import { describe, expect, onTestFinished, test } from "vitest";
import { reRead } from "../../packages/export/dist/targets/re-read.js";
import { hashesIn, savedIn, startExportScene } from "../helpers/export/export-scene.js";
import { type S3Manners, startS3Double } from "../helpers/export/s3-double.js";

const everything = { projects: "own", kinds: "all" } as const;

const stores: readonly S3Manners[] = [
  { ifNoneMatch: true, checksums: "verify", pageSize: 3 },
  { ifNoneMatch: false, checksums: "verify" },
  { ifNoneMatch: true, checksums: "refuse" },
  { ifNoneMatch: false, checksums: "refuse" },
];

async function startBucket(manners: S3Manners) {
  const scene = await startExportScene();
  const double = await startS3Double(manners);
  onTestFinished(() => double.close());
  const open = (options = {}) =>
    bucketTarget("s3://archive/seven/years", { client: double.client, ...options });
  return { ...scene, double, open };
}

describe.each(stores)(
  "a store with $ifNoneMatch for If-None-Match that can $checksums checksums",
  (manners) => {
    test("has what the platform lists, byte for byte, and again without a byte", async () => {
      const { client, platform, double, open, add } = await startBucket(manners);
      const media = add(25);
      const target = open();
      expect(await exportMedia(client, { ...everything, target })).toMatchObject({ saved: 25 });
      const [saved, hashes] = [await savedIn(target), await hashesIn(target)];
      expect(new Map([...saved].map(([id, { sha256 }]) => [id, sha256]))).toEqual(media);
      expect(new Map([...saved].map(([, { key, sha256 }]) => [key, sha256]))).toEqual(hashes);
      const sums = double.requests.filter(({ headers }) => "x-amz-checksum-sha256" in headers);
      if (manners.checksums === "refuse") expect(sums).toHaveLength(1);
      else expect(sums.length).toBeGreaterThan(25);
      // However many pages its listing has.
      const listed: string[] = [];
      for await (const { key } of target.list()) listed.push(key);
      expect(listed.sort()).toEqual([...saved.values()].map(({ key }) => key).sort());
      // Where a PUT replaces nothing by itself, no medium is looked for before it.
      const looks = double.requests.filter(({ method }) => method === "HEAD");
      expect(looks).toHaveLength(manners.ifNoneMatch ? 0 : 25);
      platform.journal.clear();
      expect(await exportMedia(client, { ...everything, target: open() })).toMatchObject({
        saved: 0,
      });
    });

    test("keeps what is there under a medium's key and is none of its copies", async () => {
      const { client, double, open, add, folder } = await startBucket(manners);
      add(1);
      const beside = folderTarget(folder);
      await exportMedia(client, { ...everything, target: beside });
      const [line] = (await savedIn(beside)).values();
      await beside.close();
      const { PutObjectCommand } = await import("@aws-sdk/client-s3");
      const Key = `seven/years/${line?.key}`;
      await double.client.send(new PutObjectCommand({ Bucket: "archive", Key, Body: "mine" }));
      const target = open();
      const report = await exportMedia(client, { ...everything, target });
      expect(report.reasons).toEqual({ "name-taken": 1 });
      const bytes: Buffer[] = [];
      for await (const chunk of (await target.read(line?.key ?? "")) ?? [])
        bytes.push(Buffer.from(chunk));
      expect(Buffer.concat(bytes).toString()).toBe("mine");
    });
  },
);

const amazon: S3Manners = { ifNoneMatch: true, checksums: "verify" };

test.each(stores.filter(({ ifNoneMatch }) => ifNoneMatch))(
  "a large medium goes in parts, each verified, to a store of %j",
  async (manners) => {
    const { client, platform, double, open } = await startBucket(manners);
    platform.addRecording({ size: 12 * 2 ** 20 });
    const target = open();
    expect(await exportMedia(client, { ...everything, target })).toMatchObject({ saved: 1 });
    const parts = double.requests.filter(({ path }) => path.includes("partNumber="));
    expect(parts).toHaveLength(3);
    const isVerified = parts.every(({ headers }) => "x-amz-checksum-sha256" in headers);
    const reads = double.requests.filter((one) => one.method === "GET" && /\.wav/.test(one.path));
    // By the store, part by part; or by a look at what lies there.
    expect([isVerified, reads.length]).toEqual(
      manners.checksums === "verify" ? [true, 0] : [false, 1],
    );
    const [line] = (await savedIn(target)).values();
    expect([...(await hashesIn(target)).values()]).toEqual([line?.sha256]);
  },
);

test("no ACL is ever sent; encryption and storage class are", async () => {
  const { client, double, open, add } = await startBucket(amazon);
  add(3);
  const target = open({ encryption: "AES256", storageClass: "STANDARD_IA" });
  await exportMedia(client, { ...everything, target });
  expect(double.requests.filter(({ headers }) => "x-amz-acl" in headers)).toEqual([]);
  // Manifests and the first probe, too: a bucket may refuse whatever is not encrypted.
  const written = double.requests.filter(({ method }) => method === "PUT");
  expect(written.filter(({ path }) => path.includes("_export/probe"))).toHaveLength(2);
  for (const { headers } of written) {
    expect(headers["x-amz-server-side-encryption"]).toBe("AES256");
  }
  const puts = written.filter(({ path }) => !path.includes("_export"));
  expect(puts).toHaveLength(3);
  for (const { headers } of puts) {
    expect(headers["x-amz-storage-class"]).toBe("STANDARD_IA");
  }
});

test("a bucket that refuses ends the run with an error that says so; later, it goes on", async () => {
  const { client, double, open, add } = await startBucket(amazon);
  const media = add(20);
  double.refuse(403);
  const run = exportMedia(client, { ...everything, target: open() });
  await expect(run).rejects.toMatchObject({
    name: "TargetError",
    target: "s3://archive/seven/years/",
  });
  double.refuse(0);
  const target = open();
  await exportMedia(client, { ...everything, target });
  const saved = await savedIn(target);
  expect(new Map([...saved].map(([id, { sha256 }]) => [id, sha256]))).toEqual(media);
});

test("a copy that is read goes on where the connection broke, as long as it is the same object", async () => {
  const { client, double, open, add } = await startBucket(amazon);
  add(1);
  const target = open();
  await exportMedia(client, { ...everything, target });
  const [line] = (await savedIn(target)).values();
  if (!line) throw new Error("It is there.");
  double.breakReads(2, 50);
  double.requests.length = 0;
  expect(await reRead(target, line.key)).toEqual({ size: line.size, sha256: line.sha256 });
  expect(double.requests.map(({ headers }) => headers.range)).toEqual([
    undefined,
    "bytes=50-",
    "bytes=100-",
  ]);
  // Not a byte between: at some time it is enough, and said.
  double.breakReads(9, 0);
  await expect(reRead(target, line.key)).rejects.toMatchObject({
    name: "TargetError",
    message: expect.stringContaining(`${line.key} broke off after 0 bytes`),
  });
  // Another object by now is no rest of this one.
  double.breakReads(1, 50);
  const bytes = (await target.read(line.key))?.[Symbol.asyncIterator]();
  await bytes?.next();
  const { PutObjectCommand } = await import("@aws-sdk/client-s3");
  const place = { Bucket: "archive", Key: `seven/years/${line.key}` };
  await double.client.send(new PutObjectCommand({ ...place, Body: "x".repeat(line.size) }));
  await expect(bytes?.next()).rejects.toMatchObject({ name: "TargetError" });
});

test("what landed before a kill is recognised by what its object keeps, and not sent again", async () => {
  const { client, platform, double, open, add } = await startBucket(amazon);
  add(20);
  const stop = new AbortController();
  const onProgress = ({ saved }: { saved: number }) =>
    saved >= 8 && stop.abort(new Error("killed"));
  const target = open();
  const run = exportMedia(client, {
    ...{ ...everything, kinds: ["recording"], target, concurrency: 1, shardSize: 100 },
    ...{ signal: stop.signal, onProgress },
  });
  await expect(run).rejects.toThrow("killed");
  double.requests.length = 0;
  platform.journal.clear();
  const report = await exportMedia(client, { ...everything, target: open(), kinds: ["recording"] });
  expect(report.kept).toBeGreaterThan(0);
  expect(report.kept + report.saved).toBeLessThanOrEqual(12);
});

test("what lies at the key of a medium that vanished, and names no medium, is not its copy", async () => {
  const { client, platform, double, open, add } = await startBucket(amazon);
  const [first = ""] = add(3).keys();
  const { PutObjectCommand } = await import("@aws-sdk/client-s3");
  const Key = `seven/years/${first}.wav`;
  await double.client.send(new PutObjectCommand({ Bucket: "archive", Key, Body: "theirs" }));
  let isDeleted = false;
  // Its bytes are asked for, and it is deleted in that moment.
  const vanishing = createClient({
    space: platform.origins.space,
    mediaOrigins: [platform.origins.files],
    ...platform.credentials,
    onRequest: async ({ url }) => {
      if (!url.includes(`Recordings/${first}`) || isDeleted) return;
      isDeleted = true;
      await client.recordings.delete(first);
    },
  });
  const target = open();
  const report = await exportMedia(vanishing, { ...everything, target, template: "{id}.{ext}" });
  expect(report).toMatchObject({ saved: 2, gone: 1 });
  expect((await savedIn(target)).has(first)).toBe(false);
});

test.each(["s3://", "https://bucket/x", "s3://Bucket", "s3://bucket/../x"])(
  "%s is no bucket",
  (url) => {
    expect(() => bucketTarget(url)).toThrow('Option "url"');
  },
);
