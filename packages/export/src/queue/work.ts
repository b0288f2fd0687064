import type { Client } from "@media-protection/sdk";
import { OptionError } from "@media-protection/sdk";
import { Worker } from "bullmq";
import { TargetError } from "../errors.js";
import { endings } from "../manifest/shard.js";
import { openRun } from "../run/export-media.js";
import { type CheckedExport, checkExport, type ExportOptions } from "../run/export-options.js";
import { readJob } from "../run/job.js";
import { type ExportProgress, Tally } from "../run/progress.js";
import { readShard } from "../run/read-shard.js";
import { runShard } from "../run/run-shard.js";
import type { ShardRun } from "../run/shard-run.js";
import { boundTo } from "../targets/target.js";
import { connect, keysOf, type QueuePlace, queueName, reach, refusalOf } from "./redis.js";
import { backoff, type ShardJob } from "./shard-queue.js";

/** Options of {@link workShards}. */
export type WorkOptions = Pick<
  ExportOptions,
  "target" | "concurrency" | "gate" | "maxPause" | "maxFailures" | "signal" | "onProgress"
> &
  Pick<QueuePlace, "redis" | "name" | "onUnreachable"> & {
    /** How many shards it has at a time. @default 2 */
    readonly shardsAtOnce?: number | undefined;
    /**
     * Milliseconds after which a shard of a worker that died is another's.
     * @default 30000
     */
    readonly lockDuration?: number | undefined;
    /**
     * How often a shard is begun anew because `maxFailures` of its media in a row failed, some minutes in
     * all; then it is closed with what can be got, and its manifest names the others.
     * @default 10
     */
    readonly attempts?: number | undefined;
    /** Called when a shard failed as a whole, and waits to be tried again. */
    readonly onError?: ((error: Error, shard: string | undefined) => void) | undefined;
  };

/**
 * Works for a queue until the signal ends it: takes shards, moves their media, closes their manifests. Any
 * number may, on any machines that reach Redis and the target. A worker that is killed loses nothing:
 * another takes its shards over.
 *
 * @throws OptionError for an option that cannot be
 * @throws QueueError where Redis refuses at the start; where it cannot be reached, it is waited for
 */
export async function workShards(client: Client, options: WorkOptions): Promise<void> {
  const { redis, name, onUnreachable, onError, shardsAtOnce = 2, ...rest } = options;
  const { lockDuration = 30_000, attempts = 10, ...others } = rest;
  if (!Number.isSafeInteger(shardsAtOnce) || shardsAtOnce < 1) {
    throw new OptionError("shardsAtOnce", "a whole number, 1 or more");
  }
  if (!Number.isSafeInteger(attempts) || attempts < 1) {
    throw new OptionError("attempts", "a whole number, 1 or more");
  }
  const checked: CheckedExport = checkExport(client, { ...others, projects: "own", kinds: "all" });
  const { signal, onProgress } = checked;
  const target = boundTo(checked.target, signal);
  const queue = queueName({ target, name });
  const tally = new Tally();
  const { progress } = keysOf(queue);
  const connection = connect({ redis, signal, onUnreachable });
  const underWay = new Set<Tally>();
  let base: ShardRun | undefined;
  const openBase = async () => {
    const job = await readJob(target.documents);
    return (
      job &&
      openRun(client, { ...checked, target, template: job.template, signal }, tally, () => {})
    );
  };
  const worker = new Worker<ShardJob>(
    queue,
    async ({ data: { shard }, attemptsStarted }) => {
      const plan = await readShard(target.documents, shard);
      // One for all its shards: they share connections.
      base ??= await openBase();
      if (!plan || !base) {
        // Closed already, by a worker whose word did not reach Redis.
        if ((await target.documents.read(shard + endings.done)) !== undefined) return;
        throw new TargetError(target.name, "the shard's plan is not there: is it the producer's?");
      }
      const own = new Tally();
      const maxFailures = attemptsStarted > attempts ? Infinity : base.maxFailures;
      const changed = () => onProgress?.(sum(tally, underWay));
      const shared = { ...base, maxFailures, tally: own, changed };
      underWay.add(own);
      await runShard({ ...plan, isLeft: attemptsStarted > 1 }, shared).finally(() => {
        underWay.delete(own);
        // The next try begins to count anew.
        shared.streak.count = 0;
      });
      add(tally, own);
      tally.shardsDone++;
      const counts = { shards: 1, ...countsOf(own) };
      // Not awaited: while Redis is away, the manifest is what counts.
      for (const [field, by] of Object.entries(counts)) {
        void connection.hincrby(progress, field, by).catch(() => {});
      }
    },
    {
      connection,
      concurrency: shardsAtOnce,
      lockDuration,
      stalledInterval: Math.ceil(lockDuration / 2),
      maxStalledCount: 1_000_000,
      settings: { backoffStrategy: backoff },
    },
  );
  worker.on("failed", (job, error) => onError?.(error, job?.data.shard));
  worker.on("error", (error) => {
    // It connects again by itself, and the connection says so.
    const refusal = refusalOf(connection, error);
    if (refusal) onUnreachable?.(refusal);
  });
  try {
    await reach(connection);
    await new Promise<void>((resolve) => {
      if (signal?.aborted) resolve();
      signal?.addEventListener("abort", () => resolve(), { once: true });
    });
  } catch (error) {
    if (!signal?.aborted) throw error;
  } finally {
    await worker.close();
    connection.disconnect();
  }
}

function countsOf({ saved, kept, gone, failed, bytes }: Tally) {
  return { saved, kept, gone, failed, bytes };
}

/** Adds what a shard did to what the worker did. */
function add(tally: Tally, own: Tally): void {
  for (const name of ["saved", "kept", "gone", "failed", "bytes"] as const)
    tally[name] += own[name];
  for (const [reason, count] of own.reasons) {
    tally.reasons.set(reason, (tally.reasons.get(reason) ?? 0) + count);
  }
}

/** What the worker did, with the shards that are under way. It does not know what others have to do. */
function sum(tally: Tally, underWay: ReadonlySet<Tally>): ExportProgress {
  const all = new Tally(tally.began);
  for (const one of [tally, ...underWay]) {
    add(all, one);
    for (const medium of one.running) all.running.add(medium);
  }
  all.shardsDone = tally.shardsDone;
  all.shardsPlanned = tally.shardsDone + underWay.size;
  all.isListed = true;
  return all.progress();
}
