import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { folderTarget, readManifest, reconcile, verifyExport } from "@media-protection/export";
import { connectRedis } from "@media-protection/export/queue";
import { expect, onTestFinished, test } from "vitest";
import { hashesIn, savedIn, startExportScene } from "../helpers/export/export-scene.js";
import { noRedis, startRedis } from "../helpers/export/redis-server.js";
import { built } from "../helpers/processes/processes.js";
import { pick, randomBy } from "../helpers/values/random.js";

// CHAOS_ROUNDS=100 runs as many; a few are enough to see that nothing has broken.
const rounds = Number(process.env["CHAOS_ROUNDS"] ?? 5);

test.skipIf(noRedis !== undefined)(
  `${rounds} rounds of workers, producer and Redis killed, Redis emptied, a platform that fails and changes${noRedis ? `: skipped, ${noRedis}` : ""}`,
  async () => {
    const draw = randomBy(Number(process.env["CHAOS_SEED"] ?? 15));
    const upTo = (most: number) => Math.floor(draw() * most);
    const { client, platform, server, folder, add } = await startExportScene();
    const known = add(100);
    const redis = await startRedis();
    const connection = connectRedis({ redis: redis.url });
    const { projectId, apiToken } = platform.credentials;
    const { space, files } = server.origins;
    const args = [space, files, projectId, apiToken, folder, redis.url];
    const start = (helper: string) => fork(resolve(built, `export/${helper}.js`), args);
    const isAlive = (one: ChildProcess) => one.exitCode === null && one.signalCode === null;
    const kill = async (one: ChildProcess) => {
      if (!isAlive(one)) return;
      const exit = once(one, "exit");
      one.kill("SIGKILL");
      await exit;
    };
    const workers = [start("worker-process"), start("worker-process")];
    let producer = start("produce-process");
    onTestFinished(async () => {
      for (const one of [...workers, producer]) await kill(one);
      connection.disconnect();
      await redis.close();
    });
    /** So many media moved by anybody; or the producer's end, when there are no more. */
    const someMoved = async (count: number) => {
      let left = count;
      const over = new Promise<void>((done) => {
        const heard = () => --left <= 0 && done();
        for (const one of workers) one.on("message", heard);
        if (isAlive(producer)) producer.once("exit", () => done());
        else done();
      });
      await over;
      for (const one of workers) one.removeAllListeners("message");
    };

    for (let round = 0; round < rounds; round++) {
      platform.faults.clear();
      const chance = { probability: 0.04, seed: round };
      platform.faults.add({ kind: "status", status: 429, retryAfter: 0, ...chance });
      platform.faults.add({ kind: "status", status: 500, ...chance });
      platform.faults.add({ kind: "cut", after: 100, ...chance });
      for (const [id, sha256] of add(12, 100 + round * 12)) known.set(id, sha256);
      const victims = await client.recordings
        .list()
        .toArray({ limit: 300 })
        .catch(() => []);
      if (victims.length > 0)
        await client.recordings.delete(pick(victims, draw).id).catch(() => {});
      if (!isAlive(producer)) producer = start("produce-process");
      await someMoved(1 + upTo(12));
      const what = pick(["worker", "worker", "producer", "restart", "empty"] as const, draw);
      if (what === "worker") {
        const which = upTo(2);
        await kill(workers[which] ?? producer);
        workers[which] = start("worker-process");
      } else if (what === "producer") await kill(producer);
      else if (what === "restart") await redis.restart();
      else await connection.flushall();
    }

    platform.faults.clear();
    let report: { readonly isComplete?: boolean } | undefined;
    // The one that runs may have listed before the last media came; another lists anew.
    for (let last = 0; last < 2; last++) {
      if (!isAlive(producer) || last > 0) producer = start("produce-process");
      producer.on("message", (message: { report?: typeof report }) => {
        report = message.report ?? report;
      });
      if (isAlive(producer)) await once(producer, "exit");
    }
    const target = folderTarget(folder);
    const lost: string[] = [];
    for await (const { lines, name } of readManifest(target.documents)) {
      for (const line of lines) {
        if (line.type === "failed") lost.push(`${name} ${line.id} ${line.reason}: ${line.message}`);
      }
    }
    expect(lost).toEqual([]);
    expect(report).toMatchObject({ isComplete: true });
    const [saved, hashes] = [await savedIn(target), await hashesIn(target)];
    for (const [id, { sha256 }] of saved) expect(sha256).toBe(known.get(id));
    expect(new Map([...saved].map(([, { key, sha256 }]) => [key, sha256]))).toEqual(hashes);
    const compared = await reconcile(client, { target, projects: "own", kinds: "all" });
    expect(compared).toMatchObject({ lacking: 0, size: 0, stray: 0, isComplete: true });
    expect(await verifyExport(target)).toMatchObject({ faults: 0, isComplete: true });
  },
  900_000,
);
