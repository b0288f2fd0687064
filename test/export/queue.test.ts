import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { folderTarget, reconcile, verifyExport } from "@media-protection/export";
import {
  connectRedis,
  createRedisGate,
  produceShards,
  ShardQueue,
} from "@media-protection/export/queue";
import { describe, expect, onTestFinished, test } from "vitest";
import { hashesIn, savedIn, startExportScene } from "../helpers/export/export-scene.js";
import { noRedis, startRedis } from "../helpers/export/redis-server.js";
import { built } from "../helpers/processes/processes.js";

const everything = { projects: "own", kinds: "all" } as const;

describe.skipIf(noRedis !== undefined)(
  `over Redis${noRedis ? `: skipped, ${noRedis}` : ""}`,
  () => {
    async function startQueueScene(count: number) {
      const scene = await startExportScene();
      const media = scene.add(count);
      const redis = await startRedis();
      const target = folderTarget(scene.folder);
      const children: ChildProcess[] = [];
      const { projectId, apiToken } = scene.platform.credentials;
      const { space, files } = scene.server.origins;
      onTestFinished(async () => {
        for (const child of children.filter(
          (one) => one.exitCode === null && one.signalCode === null,
        )) {
          const exit = once(child, "exit");
          child.kill("SIGKILL");
          await exit;
        }
        await target.close();
        await redis.close();
      });
      const startWorker = () => {
        const args = [space, files, projectId, apiToken, scene.folder, redis.url];
        const child = fork(resolve(built, "export/worker-process.js"), args);
        children.push(child);
        return child;
      };
      const produce = (options = {}) =>
        produceShards(scene.client, {
          ...{ ...everything, target, redis: redis.url, shardSize: 10, interval: 20, ...options },
        });
      const expectWhole = async () => {
        const [saved, hashes] = [await savedIn(target), await hashesIn(target)];
        expect(new Map([...saved].map(([id, { sha256 }]) => [id, sha256]))).toEqual(media);
        expect(new Map([...saved].map(([, { key, sha256 }]) => [key, sha256]))).toEqual(hashes);
        const compared = await reconcile(scene.client, { ...everything, target });
        expect(compared).toMatchObject({ lacking: 0, stray: 0, isComplete: true });
        expect(await verifyExport(target)).toMatchObject({ isComplete: true });
      };
      return { ...scene, redis, target, startWorker, produce, expectWhole };
    }

    /** Resolves when a worker has told so many times. */
    async function told(child: ChildProcess, times: number): Promise<void> {
      for (let count = 0; count < times; count++) await once(child, "message");
    }

    test("two workers do what a producer plans; one is killed, and its shards are the other's", async () => {
      const { startWorker, produce, expectWhole } = await startQueueScene(80);
      const first = startWorker();
      const killed = told(first, 2).then(async () => {
        // The other begins once the first has shards in hand, or it might have them all.
        const second = startWorker();
        await told(first, 3);
        first.kill("SIGKILL");
        return second;
      });
      const report = await produce();
      expect(report).toMatchObject({ incomplete: 0, isComplete: true });
      expect((await killed).exitCode).toBe(null);
      await expectWhole();
    });

    test("Redis that is emptied in the middle is filled from the plans", async () => {
      const { redis, startWorker, produce, expectWhole } = await startQueueScene(80);
      const worker = startWorker();
      const emptied = told(worker, 8).then(async () => {
        const connection = connectRedis({ redis: redis.url });
        await connection.flushall();
        connection.disconnect();
      });
      expect(await produce()).toMatchObject({ isComplete: true });
      await emptied;
      await expectWhole();
    });

    test("Redis that is killed and started again in the middle costs nothing but time", async () => {
      const { redis, startWorker, produce, expectWhole } = await startQueueScene(80);
      const worker = startWorker();
      const restarted = told(worker, 8).then(() => redis.restart());
      expect(await produce()).toMatchObject({ isComplete: true });
      await restarted;
      await expectWhole();
    });

    test("a producer that was killed is followed by another, and nothing is planned twice", async () => {
      const { startWorker, produce, expectWhole } = await startQueueScene(60);
      const stop = new AbortController();
      // Nobody works yet, so it waits with a queue that is full.
      const onProgress = () => stop.abort(new Error("killed"));
      const first = produce({ maxWaiting: 2, signal: stop.signal, onProgress });
      await expect(first).rejects.toThrow("killed");
      startWorker();
      expect(await produce()).toMatchObject({ isComplete: true });
      await expectWhole();
    });

    test("a producer that another keeps waiting says so, and goes on once that has ended", async () => {
      const { startWorker, produce, expectWhole } = await startQueueScene(40);
      const stop = new AbortController();
      const { signal } = stop;
      let first: Promise<unknown> | undefined;
      await new Promise<void>((resolve) => {
        first = produce({ signal, onProgress: () => resolve() });
      });
      let waited = 0;
      let other: ReturnType<typeof produce> | undefined;
      await new Promise<void>((resolve) => {
        other = produce({ onWaiting: () => resolve(void waited++) });
      });
      stop.abort(new Error("ended"));
      await expect(first).rejects.toThrow("ended");
      startWorker();
      expect(await other).toMatchObject({ isComplete: true });
      expect(waited).toBe(1);
      await expectWhole();
    });

    test("pause, status, resume and cancel, from anywhere", async () => {
      const { redis, target, startWorker, produce, expectWhole } = await startQueueScene(40);
      const queue = new ShardQueue({ redis: redis.url, target });
      onTestFinished(() => queue.close());
      await queue.pause();
      await told(startWorker(), 1);
      const stop = new AbortController();
      const waits = new Promise<void>((resolve) => {
        void produce({ signal: stop.signal, onProgress: () => resolve() }).catch(() => {});
      });
      await waits;
      expect(await queue.status()).toMatchObject({ isPaused: true, isProducing: true, saved: 0 });
      expect((await queue.status()).waiting).toBeGreaterThan(0);
      expect(await queue.count()).toBeGreaterThan(0);
      await queue.cancel();
      expect(await queue.count()).toBe(0);
      stop.abort(new Error("over"));
      await queue.resume();
      expect(await produce()).toMatchObject({ isComplete: true });
      await expectWhole();
    });

    test("one limit of requests over all who share it, spaced by Redis's clock", async () => {
      const redis = await startRedis();
      const connections = [0, 1, 2].map(() => connectRedis({ redis: redis.url }));
      onTestFinished(async () => {
        for (const one of connections) one.disconnect();
        await redis.close();
      });
      const [space, stop] = [10_000, new AbortController()];
      const gates = connections.map((one) =>
        createRedisGate(one, { requestsPerSecond: 1000 / space }),
      );
      const [first] = connections;
      await gates[0]?.pass("P", stop.signal);
      const next = Number(await first?.get("media-export-gate:p:turn"));
      // All at once, so that each takes the place behind the last, whoever asks.
      for (let index = 1; index < 30; index++) {
        void gates[index % 3]?.pass("P", stop.signal).catch(() => {});
      }
      for (const one of connections) await one.ping();
      const last = Number(await first?.get("media-export-gate:p:turn"));
      const [seconds = 0, microseconds = 0] = (await first?.time())?.map(Number) ?? [];
      const now = seconds * 1000 + microseconds / 1000;
      // However long that took: no two are closer, and none was farther than that from the one before.
      expect(last - next).toBeGreaterThanOrEqual(29 * space - 1);
      expect(last - now).toBeLessThanOrEqual(30 * space);
      stop.abort();
    });

    test("a pause that one is told of holds for all", async () => {
      const redis = await startRedis();
      const connections = [0, 1].map(() => connectRedis({ redis: redis.url }));
      onTestFinished(async () => {
        for (const one of connections) one.disconnect();
        await redis.close();
      });
      const [one, other] = connections.map((connection) => createRedisGate(connection));
      await one?.pause("P", 3_600_000);
      const stop = new AbortController();
      let isThrough = false;
      const pass = other?.pass("P", stop.signal).then(() => {
        isThrough = true;
      });
      // Another project's passes meanwhile.
      await other?.pass("Q");
      expect(isThrough).toBe(false);
      stop.abort(new Error("enough"));
      await expect(pass).rejects.toThrow("enough");
    });
  },
);
