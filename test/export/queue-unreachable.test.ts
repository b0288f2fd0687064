import { rm } from "node:fs/promises";
import { folderTarget } from "@media-protection/export";
import {
  connectRedis,
  createRedisGate,
  type QueueError,
  reachRedis,
  ShardQueue,
  workShards,
} from "@media-protection/export/queue";
import { describe, expect, onTestFinished, test } from "vitest";
import { startCommandScene } from "../helpers/export/command-scene.js";
import { savedIn } from "../helpers/export/export-scene.js";
import { freePort, noRedis, startRedis } from "../helpers/export/redis-server.js";

const cannot = "cannot be reached (ECONNREFUSED).";
const asks = ["status", "pause", "resume", "cancel"];

test("what asks a queue one thing does not wait for a Redis that is not there: it says where", async () => {
  const { to, run } = await startCommandScene(0);
  const host = `127.0.0.1:${await freePort()}`;
  const queue = ["--to", to, "--queue", `redis://user:geheim@${host}`];
  const ended = await Promise.all(asks.map((name) => run([name, ...queue])));
  for (const one of ended) {
    const err = `media-protection: Redis at ${host} ${cannot}\n`;
    expect(one).toEqual({ status: 1, out: "", err });
  }
});

test("Ctrl-C ends a worker and a producer that wait for Redis", async () => {
  const { to, start } = await startCommandScene(0);
  const queue = ["--to", to, "--queue", `redis://127.0.0.1:${await freePort()}`];
  const [worker, producer] = [start(["worker", ...queue]), start(queue)];
  await Promise.all([worker, producer].map((one) => one.said(`${cannot} It is tried again.`)));
  worker.interrupt();
  producer.interrupt();
  expect((await worker.ended).status).toBe(0); // told to end, as ever
  expect(await producer.ended).toMatchObject({ status: 130 });
});

test("a library's worker, gate and handle end by their signal while Redis is away", async () => {
  const { client, folder } = await startCommandScene(0);
  const target = folderTarget(folder);
  const redis = `redis://127.0.0.1:${await freePort()}`;
  const stop = new AbortController();
  const { signal } = stop;
  const told: QueueError[] = [];
  const connection = connectRedis({ redis });
  const handle = new ShardQueue({ redis, target, signal });
  const waiting = [
    workShards(client, {
      ...{ target, redis, signal },
      onUnreachable: (error) => {
        told.push(error);
        stop.abort(new Error("enough"));
      },
    }),
    createRedisGate(connection).pass("a project", signal),
    handle.status(),
  ];
  const ended = await Promise.allSettled(waiting);
  expect(ended.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected"]);
  expect(ended[1]).toMatchObject({ reason: new Error("enough") });
  expect(told).toHaveLength(1);
  await expect(reachRedis(connection, 1)).rejects.toMatchObject({ name: "QueueError" });
  await handle.close();
  await target.close();
});

describe.skipIf(noRedis !== undefined)(
  `with a Redis${noRedis ? `: skipped, ${noRedis}` : ""}`,
  () => {
    test("what Redis refuses is an error at once, and no password is in it", async () => {
      const redis = await startRedis({ password: "geheim" });
      onTestFinished(() => redis.close());
      const { to, run } = await startCommandScene(0);
      const { host } = new URL(redis.url);
      const login = `Redis at ${host} refuses the user and the password of its URL, or wants them`;
      for (const [url, said] of [
        [redis.url, `${login} (NOAUTH).`],
        [`redis://:falsch@${host}`, `${login} (WRONGPASS).`],
        [`redis://:geheim@${host}/999`, `Redis at ${host} refuses: ERR DB index is out of range.`],
      ]) {
        const queue = ["--to", to, "--queue", url ?? ""];
        const commands = [[], ["worker"], ...asks.map((name) => [name])];
        const ended = await Promise.all(commands.map((args) => run([...args, ...queue])));
        for (const one of ended) {
          expect(one).toEqual({ status: 1, out: "", err: `media-protection: ${said}\n` });
        }
      }
    });

    test("a worker and a producer wait for a Redis that comes later, and do their work", async () => {
      const { to, start, run } = await startCommandScene(20);
      const port = await freePort();
      const queue = ["--to", to, "--queue", `redis://127.0.0.1:${port}`];
      const [worker, producer] = [start(["worker", ...queue]), start(queue)];
      await Promise.all([worker, producer].map((one) => one.said(cannot)));
      const redis = await startRedis({ port });
      onTestFinished(() => redis.close());
      expect(await producer.ended).toMatchObject({ status: 0 });
      worker.interrupt();
      expect((await worker.ended).status).toBe(0);
      expect((await savedIn(folderTarget(to))).size).toBe(20);
      expect((await run(["status", ...queue])).status).toBe(0);
      await rm(to, { recursive: true });
    });

    test("what Redis refuses later is said as well, and the work goes on when it does not any more", async () => {
      const { to, start } = await startCommandScene(20);
      const redis = await startRedis();
      const connection = connectRedis({ redis: redis.url });
      onTestFinished(async () => {
        connection.disconnect();
        await redis.close();
      });
      const queue = ["--to", to, "--queue", redis.url];
      await connection.config("SET", "maxmemory", "1");
      const worker = start(["worker", ...queue]);
      const oom = "OOM command not allowed when used memory > 'maxmemory'";
      await worker.said(
        `Redis at ${new URL(redis.url).host} refuses: ${oom}. It is tried again.\n`,
      );
      await connection.config("SET", "maxmemory", "0");
      expect(await start(queue).ended).toMatchObject({ status: 0 });
      worker.interrupt();
      expect((await worker.ended).status).toBe(0);
    });

    test("Ctrl-C ends a worker and a producer whose Redis has gone meanwhile; later they go on", async () => {
      const { to, start, run, platform } = await startCommandScene(20);
      const redis = await startRedis();
      const [first] = platform.recordings.of(platform.credentials.projectId);
      platform.faults.add({ kind: "stall", media: first?.entity.id ?? "" });
      const queue = ["--to", to, "--queue", redis.url];
      const [worker, producer] = [start(["worker", ...queue]), start(queue)];
      await producer.said("1 active");
      await redis.close();
      await Promise.all([worker, producer].map((one) => one.said(cannot)));
      worker.interrupt();
      producer.interrupt();
      expect((await worker.ended).status).toBe(0);
      expect((await producer.ended).status).toBe(130);
      platform.faults.clear();
      expect((await run(["--to", to])).status).toBe(0);
      expect((await savedIn(folderTarget(to))).size).toBe(20);
    });
  },
);
