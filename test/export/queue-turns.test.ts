import { folderTarget, readManifest } from "@media-protection/export";
import { produceShards, ShardQueue, workShards } from "@media-protection/export/queue";
import { bytesFile } from "@media-protection/mock";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { firstDay, savedIn, startExportScene } from "../helpers/export/export-scene.js";
import { noRedis, startRedis } from "../helpers/export/redis-server.js";

const everything = { projects: "own", kinds: "all" } as const;
const hour = 3_600_000;

describe.skipIf(noRedis !== undefined)(
  `whose turn it is, over Redis${noRedis ? `: skipped, ${noRedis}` : ""}`,
  () => {
    async function startScene(count: number) {
      const scene = await startExportScene();
      scene.add(count);
      const redis = await startRedis();
      const target = folderTarget(scene.folder);
      const stop = new AbortController();
      const queue = new ShardQueue({ redis: redis.url, target });
      const working: Promise<void>[] = [];
      onTestFinished(async () => {
        stop.abort();
        await Promise.all(working);
        await queue.close();
        await target.close();
        await redis.close();
      });
      const { client } = scene;
      const shared = { target, redis: redis.url };
      const work = (options: Partial<Parameters<typeof workShards>[1]> = {}) =>
        void working.push(workShards(client, { ...shared, signal: stop.signal, ...options }));
      const produce = (options: Partial<Parameters<typeof produceShards>[1]> = {}) =>
        produceShards(client, { ...everything, ...shared, shardSize: 5, interval: 20, ...options });
      return { ...scene, target, queue, work, produce };
    }

    test("what a producer puts in while somebody cancels is taken out again", async () => {
      const { queue, produce, target } = await startScene(60);
      for (let puts = 1; puts < 4; puts++) {
        // In the midst of it: after so many plans, and in the look that finds the queue empty.
        let plans = 0;
        const write = target.documents.write.bind(target.documents);
        const documents = {
          ...target.documents,
          async write(name: string, text: string) {
            await write(name, text);
            if (name.endsWith(".plan.jsonl") && ++plans === puts) await queue.cancel();
          },
        };
        const run = produce({ target: { ...target, documents } });
        await expect(run).rejects.toMatchObject({ name: "ExportCancelledError" });
        expect(await queue.count()).toBe(0);
      }
      const seen = new Promise<void>((resolve) => {
        const run = produce({ onProgress: ({ listed }) => listed === 60 && resolve() });
        void expect(run).rejects.toMatchObject({ name: "ExportCancelledError" });
      });
      await seen;
      await queue.cancel();
      expect(await queue.count()).toBe(0);
    });

    test("also what it puts in just after it has looked", async () => {
      const { queue, produce } = await startScene(10);
      const { add } = ShardQueue.prototype;
      const spy = vi.spyOn(ShardQueue.prototype, "add");
      onTestFinished(() => spy.mockRestore());
      spy.mockImplementationOnce(async function (this: ShardQueue, shards) {
        await queue.cancel();
        await add.call(this, shards);
      });
      await expect(produce()).rejects.toMatchObject({ name: "ExportCancelledError" });
      expect(await queue.count()).toBe(0);
    });

    test("a producer that was held up while another did all goes on with nothing", async () => {
      const { queue, produce, work, target } = await startScene(60);
      let goOn = () => {};
      const held = new Promise<void>((resolve) => {
        goOn = resolve;
      });
      let plans = 0;
      const write = target.documents.write.bind(target.documents);
      const isHeld = new Promise<void>((resolve) => {
        const documents = {
          ...target.documents,
          async write(name: string, text: string) {
            await write(name, text);
            if (name.endsWith(".plan.jsonl") && ++plans === 3) {
              resolve();
              await held;
            }
          },
        };
        // It says for so long nothing that it does not notice by itself.
        const first = produce({
          target: { ...target, documents },
          lockDuration: hour,
          shardSize: 7,
        });
        void expect(first).rejects.toMatchObject({
          ...{ name: "ExportCancelledError", message: expect.stringContaining("Another producer") },
        });
      });
      await isHeld;
      // Its lock ends, as it does when a process stands still.
      await queue.redis.del(`${queue.name}:producer`);
      work();
      expect(await produce({ lockDuration: 1000 })).toMatchObject({ isComplete: true });
      goOn();
      expect((await savedIn(target)).size).toBe(60); // throws for one that is there twice
    });

    test("a worker whose folder is another's says so, and swallows no shard", async () => {
      const { produce, work, folder } = await startScene(20);
      const name = "the same queue";
      const elsewhere = folderTarget(`${folder}/elsewhere`);
      onTestFinished(() => elsewhere.close());
      await new Promise<void>((resolve) => {
        const produced = produce({ name });
        work({
          name,
          target: elsewhere,
          onError: ({ message }) => {
            expect(message).toContain("the shard's plan is not there");
            // With one that has the right one beside it, all is done.
            work({ name });
            void produced.then((report) => {
              expect(report).toMatchObject({ isComplete: true });
              resolve();
            });
          },
        });
      });
    });

    test("what a worker tells only grows, over all of its shards", async () => {
      const { produce, work } = await startScene(60);
      const told: { saved: number; shardsDone: number; shardsPlanned: number }[] = [];
      work({ shardsAtOnce: 3, onProgress: (progress) => void told.push(progress) });
      await produce();
      for (const name of ["saved", "shardsDone"] as const) {
        const counts = told.map((one) => one[name]);
        expect(counts).toEqual([...counts].sort((one, other) => one - other));
      }
      expect(told.at(-1)).toMatchObject({ saved: 60, isListed: true });
      expect(told.every((one) => one.shardsPlanned >= one.shardsDone)).toBe(true);
    });

    test("a shard of which ten in a row are refused is closed in the end, with their names", async () => {
      const { platform, produce, work, target } = await startScene(0);
      for (let index = 0; index < 10; index++) {
        const createdAt = firstDay + index;
        const bytes = Buffer.from(`${index}`);
        const lastModified = new Date(createdAt);
        const wav = bytesFile({ bytes, contentType: "audio/wav", extension: "wav", lastModified });
        const { recording } = platform.addRecording({ createdAt, wav });
        platform.faults.add({ kind: "status", status: 403, media: recording.id });
      }
      let errors = 0;
      work({ maxFailures: 3, attempts: 2, onError: () => void errors++ });
      const report = await produce({ shardSize: 20 });
      expect(report).toMatchObject({ incomplete: 1, isComplete: false });
      expect(errors).toBe(2);
      const lines: unknown[] = [];
      for await (const one of readManifest(target.documents)) lines.push(...one.lines);
      expect(lines).toHaveLength(10);
    });
  },
);
