/**
 * `npm run bench:workers`: one worker against two on a platform that throttles each connection, and what
 * two workers ask for in a second against the limit that they share. Needs redis-server.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { folderTarget } from "@media-protection/export";
import { produceShards } from "@media-protection/export/queue";
import { startMockServer } from "@media-protection/mock/server";
import { createClient } from "@media-protection/sdk";
import { startRedis } from "../helpers/export/redis-server.js";
import { built } from "../helpers/processes/processes.js";

const server = await startMockServer({ port: 0, platform: { seed: "empty" } });
const { platform, origins } = server;
const { projectId, apiToken } = platform.credentials;
const client = createClient({
  space: origins.space,
  mediaOrigins: [origins.files],
  projectId,
  apiToken,
});

/** Exports everything with so many workers; what it took in seconds, and when media were asked for. */
async function measure(
  workers: number,
  rate: number,
): Promise<{ seconds: number; times: number[] }> {
  const redis = await startRedis();
  const folder = await mkdtemp(join(tmpdir(), "bench-workers-"));
  platform.journal.clear();
  const times: number[] = [];
  const stop = platform.journal.subscribe(({ path }) => {
    if (/\/Recordings\/[0-9a-f-]{36}/.test(path)) times.push(performance.now());
  });
  const args = [origins.space, origins.files, projectId, apiToken, folder, redis.url, String(rate)];
  const children = Array.from({ length: workers }, () =>
    fork(join(built, "export/worker-process.js"), args),
  );
  for (const child of children) await once(child, "message");
  const began = performance.now();
  const target = folderTarget(folder);
  const options = { target, redis: redis.url, projects: "own", kinds: ["recording"] } as const;
  await produceShards(client, { ...options, shardSize: 8, interval: 50 });
  const seconds = (performance.now() - began) / 1000;
  stop();
  for (const child of children) child.kill("SIGKILL");
  await redis.close();
  await rm(folder, { recursive: true, force: true });
  return { seconds, times };
}

for (let index = 0; index < 240; index++) {
  platform.addRecording({ createdAt: Date.UTC(2026, 0, 1) + index * 60_000, size: 65_536 });
}
platform.faults.add({ kind: "throttle", bytesPerSecond: 131_072 });
const [one, two] = [await measure(1, Infinity), await measure(2, Infinity)];
process.stdout.write(
  `one worker ${one.seconds.toFixed(1)} s, two ${two.seconds.toFixed(1)} s: ${(one.seconds / two.seconds).toFixed(2)} times the work\n`,
);
platform.faults.clear();
const limit = 40;
const { times } = await measure(2, limit);
const [first = 0, last = 0] = [times.at(0), times.at(-1)];
const rate = (times.length - 1) / ((last - first) / 1000);
let most = 0;
for (const [index, time] of times.entries()) {
  most = Math.max(
    most,
    times.slice(index).findIndex((other) => other >= time + 1000),
  );
}
process.stdout.write(
  `limit ${limit}/s over two workers: ${rate.toFixed(2)}/s on average, ${most} in the fullest second\n`,
);
await server.close();
process.exitCode = one.seconds / two.seconds >= 1.8 && rate <= limit * 1.05 ? 0 : 1;
