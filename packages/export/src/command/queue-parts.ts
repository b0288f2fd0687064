import type { QueueError } from "../errors.js";
import type { QueueStatus, ShardQueue } from "../queue/shard-queue.js";
import { bytesText, countOf, countText } from "../view/words.js";
import { openPlace } from "./place.js";
import type { PlaceSwitches } from "./switches.js";

/** Loaded only where there is a queue: its libraries are optional. */
export async function queueParts() {
  const [redis, gate, shards, produce, work] = await Promise.all([
    import("../queue/redis.js"),
    import("../queue/redis-gate.js"),
    import("../queue/shard-queue.js"),
    import("../queue/produce.js"),
    import("../queue/work.js"),
  ]);
  return { ...redis, ...gate, ...shards, ...produce, ...work };
}

/** How long a command that asks one thing waits for Redis, in milliseconds. */
const patience = 3000;

/** How often a command that goes on says that Redis cannot be reached, in milliseconds. */
const reminder = 30_000;

/** Says that Redis cannot be reached, at once and then now and then: a command that waits has a reason. */
export function sayUnreachable(): (error: QueueError) => void {
  let saidAt = -Infinity;
  return ({ message }) => {
    if (performance.now() - saidAt < reminder) return;
    saidAt = performance.now();
    process.stderr.write(`${message} It is tried again.\n`);
  };
}

/** Does something with the queue of a target. */
export async function onQueue<Result>(
  switches: PlaceSwitches,
  redis: string,
  use: (queue: ShardQueue) => Promise<Result>,
): Promise<Result> {
  const { ShardQueue } = await queueParts();
  const target = await openPlace(switches);
  const queue = new ShardQueue({ redis, target });
  try {
    await queue.reach(patience);
    return await use(queue);
  } finally {
    await queue.close();
    await target.close();
  }
}

/** What a queue is at, in two lines. */
export function statusText(status: QueueStatus): string {
  const { waiting, active, delayed, workers, isPaused, isProducing } = status;
  const { saved, kept, bytes, failed, gone } = status;
  const who = `${countOf(workers, "worker")}${isPaused ? ", paused" : ""}${isProducing ? ", a producer" : ""}`;
  return [
    `Shards: ${countText(waiting)} waiting, ${countText(active)} active, ${countText(delayed)} to be tried again; ${who}.`,
    `Media of workers: ${countText(saved)} saved (${bytesText(bytes)}), ${countText(kept)} were there, ${countText(gone)} gone, ${countText(failed)} failed.`,
  ].join("\n");
}
