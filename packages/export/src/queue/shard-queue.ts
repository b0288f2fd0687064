import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { connect, keysOf, type QueuePlace, queueName, reach } from "./redis.js";

/** What an export over a queue is at, from anywhere. */
export interface QueueStatus {
  /** Shards that wait. */
  readonly waiting: number;
  /** Shards that workers have. */
  readonly active: number;
  /** Shards that wait to be tried again. */
  readonly delayed: number;
  /** Whether it is paused. */
  readonly isPaused: boolean;
  /** Whether a producer is at work. */
  readonly isProducing: boolean;
  /** Workers that are connected. */
  readonly workers: number;
  /** What the workers have counted: media and bytes, since the queue was begun or emptied. */
  readonly shards: number;
  /** Media moved. */
  readonly saved: number;
  /** Media that were there. */
  readonly kept: number;
  /** Media that the platform had no longer. */
  readonly gone: number;
  /** Media that could not be got. */
  readonly failed: number;
  /** Bytes moved. */
  readonly bytes: number;
}

/** The only data of a job: the shard's plan is in the target, so Redis holds names. */
export interface ShardJob {
  /** The shard's name. */
  readonly shard: string;
}

/** How long a shard that failed as a whole waits, in milliseconds, before another try. */
export function backoff(attempts: number): number {
  return Math.min(500 * 2 ** Math.min(attempts - 1, 10), 30_000);
}

/** A handle of the queue: what an operator does with it. */
export class ShardQueue {
  /** The queue's name in Redis. */
  readonly name: string;
  /** Its connection. */
  readonly redis: Redis;
  /** BullMQ's own queue, for its dashboards. */
  readonly queue: Queue<ShardJob>;

  /**
   * @param place where it is; its `signal` ends waiting for Redis, and with it the handle
   * @throws OptionError for what is no Redis URL
   */
  constructor(place: QueuePlace & { readonly signal?: AbortSignal | undefined }) {
    this.name = queueName(place);
    this.redis = connect(place);
    this.queue = new Queue<ShardJob>(this.name, { connection: this.redis });
    this.queue.on("error", () => {});
  }

  /**
   * Waits until Redis answers; whatever else is asked meanwhile waits as well.
   *
   * @param patience milliseconds to wait where it cannot be reached; `Infinity` for as long as it takes
   * @throws QueueError where it refuses, or is not there in time; close the handle then
   */
  async reach(patience = Infinity): Promise<void> {
    await reach(this.redis, patience);
  }

  /** Puts shards in, by name; one that is in already is not put in twice. */
  async add(shards: readonly string[]): Promise<void> {
    await this.queue.addBulk(
      shards.map((shard) => ({
        name: "shard",
        data: { shard },
        opts: {
          jobId: shard,
          attempts: 1_000_000,
          backoff: { type: "custom" },
          removeOnComplete: true,
          // There may be many attempts, and each keeps one.
          stackTraceLimit: 1,
        },
      })),
    );
  }

  /** Shards that are in it, in whatever state. */
  async count(): Promise<number> {
    const {
      waiting = 0,
      active = 0,
      delayed = 0,
      prioritized = 0,
    } = await this.queue.getJobCounts("waiting", "active", "delayed", "prioritized");
    return waiting + active + delayed + prioritized;
  }

  /** What it is at. */
  async status(): Promise<QueueStatus> {
    const { progress, producer } = keysOf(this.name);
    const {
      waiting = 0,
      active = 0,
      delayed = 0,
    } = await this.queue.getJobCounts("waiting", "active", "delayed");
    const counts = await this.redis.hgetall(progress);
    const of = (name: string) => Number(counts[name] ?? 0);
    return {
      ...{ waiting, active, delayed },
      isPaused: await this.queue.isPaused(),
      isProducing: (await this.redis.exists(producer)) === 1,
      workers: (await this.queue.getWorkers()).length,
      ...{ shards: of("shards"), saved: of("saved"), kept: of("kept") },
      ...{ gone: of("gone"), failed: of("failed"), bytes: of("bytes") },
    };
  }

  /** No worker takes another shard; those that are under way end. */
  async pause(): Promise<void> {
    await this.queue.pause();
  }

  /** Ends a pause. */
  async resume(): Promise<void> {
    await this.queue.resume();
  }

  /** Takes all shards out, and ends the producer; what is in the target stays, and another export goes on. */
  async cancel(): Promise<void> {
    // First, so that a producer sees it behind what it has put in after the rest was taken out.
    await this.redis.set(keysOf(this.name).cancelled, "1");
    await this.queue.obliterate({ force: true });
  }

  /** Whether it was cancelled, and no producer has begun since. */
  async isCancelled(): Promise<boolean> {
    return (await this.redis.exists(keysOf(this.name).cancelled)) === 1;
  }

  /** Lets go of Redis. */
  async close(): Promise<void> {
    await this.queue.close();
    this.redis.disconnect();
  }
}
