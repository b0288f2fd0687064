import { randomUUID } from "node:crypto";
import type { Client } from "@media-protection/sdk";
import { ExportCancelledError } from "../errors.js";
import { waitFor } from "../gate/wait-for.js";
import { listsOf, shardsIn } from "../plan/list-media.js";
import { shardsOf } from "../run/export-media.js";
import { checkExport, type ExportOptions } from "../run/export-options.js";
import { takeInventory, templateFor } from "../run/job.js";
import { Tally } from "../run/progress.js";
import { writeSummary } from "../run/summary.js";
import { boundTo } from "../targets/target.js";
import { keysOf, type QueuePlace } from "./redis.js";
import { type QueueStatus, ShardQueue } from "./shard-queue.js";

/** Options of {@link produceShards}. */
export type ProduceOptions = Omit<ExportOptions, "onProgress" | "concurrency" | "gate"> &
  Pick<QueuePlace, "redis" | "name" | "onUnreachable"> & {
    /** How many shards wait in the queue at most: the listing waits for the workers. @default 500 */
    readonly maxWaiting?: number | undefined;
    /** How often, in milliseconds, the queue is looked at. @default 1000 */
    readonly interval?: number | undefined;
    /** Milliseconds after which a producer that says nothing counts as dead. @default 10000 */
    readonly lockDuration?: number | undefined;
    /** Called once where another producer is at work, or was a moment ago: this one waits. */
    readonly onWaiting?: (() => void) | undefined;
    /** Called at each look. */
    readonly onProgress?: ((status: QueueStatus & { readonly listed: number }) => void) | undefined;
  };

/** What an export over a queue did: counted from the target when all was done. */
export interface ProduceReport {
  /** Media that the platform listed. */
  readonly listed: number;
  /** Shards that are closed and complete. */
  readonly complete: number;
  /** Shards of which some media could not be got; their manifests name them. */
  readonly incomplete: number;
  /** Whether everything that the platform listed, and still has, is in the target. */
  readonly isComplete: boolean;
}

/**
 * Lists, plans, and gives shards to whoever works; returns when every shard is closed. One producer at a
 * time: another waits until the first has ended, or has been dead for `lockDuration`. Where Redis was emptied,
 * the shards that are not closed are put in again: their plans are in the target.
 *
 * @throws ExportCancelledError
 * @throws QueueError where Redis refuses; where it cannot be reached, it is waited for
 * @throws whatever a listing or the target throws
 */
export async function produceShards(
  client: Client,
  options: ProduceOptions,
): Promise<ProduceReport> {
  const { redis, name, onUnreachable, maxWaiting = 500, interval = 1000, ...rest } = options;
  const { lockDuration = 10_000, onProgress, onWaiting, ...others } = rest;
  const checked = checkExport(client, others);
  const tally = new Tally();
  const life = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, life.signal]) : life.signal;
  const target = boundTo(checked.target, signal);
  const queue = new ShardQueue({ redis, name, target, signal, onUnreachable });
  const look = async () => {
    signal.throwIfAborted();
    onProgress?.({ ...(await queue.status()), listed: tally.listed });
  };
  const lock = new ProducerLock(queue, lockDuration);
  /** What a cancellation has not seen is taken out again. */
  const put = async (shards: readonly string[]) => {
    // Whoever was held up for long may not go on by a listing that another has read meanwhile.
    await lock.check();
    await queue.add(shards);
    if (!(await queue.isCancelled())) return;
    await queue.cancel();
    throw new ExportCancelledError("The export was cancelled.");
  };
  try {
    await queue.reach();
    await lock.take(signal, onWaiting);
    lock.keep((error) => life.abort(error));
    const lists = await listsOf(client, checked, signal);
    const isOwn = shardsIn(lists);
    const template = await templateFor(target.documents, checked.template);
    for await (const plan of shardsOf(client, lists, target, checked, tally, template, signal)) {
      await put([plan.name]);
      while ((await queue.count()) >= maxWaiting) {
        await look();
        await waitFor(interval, signal);
      }
    }
    for (;;) {
      await look();
      if ((await queue.count()) === 0) {
        const inventory = await takeInventory(target.documents);
        const [open, incomplete] = [
          inventory.open.filter(isOwn),
          inventory.incomplete.filter(isOwn),
        ];
        if (open.length === 0) {
          await writeSummary(target);
          return {
            ...{ listed: tally.listed, complete: inventory.done, incomplete: incomplete.length },
            isComplete: incomplete.length === 0,
          };
        }
        // Nobody has them: Redis was emptied.
        await put(open);
      }
      await waitFor(interval, signal);
    }
  } catch (error) {
    // What waited for Redis fails by the signal, in other words than its reason.
    signal.throwIfAborted();
    throw error;
  } finally {
    await lock.release();
    await queue.close();
  }
}

/** Says that a producer is alive. */
class ProducerLock {
  private readonly queue: ShardQueue;
  private readonly own = randomUUID();
  /** Milliseconds for which it counts as alive once it has said so. */
  private readonly life: number;
  private timer: NodeJS.Timeout | undefined;
  /** The last renewal, which may still be under way. */
  private renewing: Promise<void> = Promise.resolve();

  constructor(queue: ShardQueue, life: number) {
    [this.queue, this.life] = [queue, life];
  }

  async take(signal: AbortSignal, onWaiting?: (() => void) | undefined): Promise<void> {
    const { producer, cancelled, lastProducer } = keysOf(this.queue.name);
    const { redis } = this.queue;
    for (let isContended = false; ; isContended = true) {
      while ((await redis.set(producer, this.own, "PX", this.life, "NX")) === null) {
        if (!isContended) onWaiting?.();
        isContended = true;
        await waitFor(this.life / 20, signal);
      }
      if (!isContended) break;
      // Where Redis forgot it, the one before may still be listing: it is given the time to notice.
      await waitFor(this.life / 4, signal);
      if ((await redis.get(producer)) === this.own) break;
    }
    // Outlives the lock: so the one before knows that there was another, who may have ended meanwhile.
    await redis.set(lastProducer, this.own);
    await redis.del(cancelled);
  }

  /** @throws ExportCancelledError where it must not go on */
  async check(): Promise<void> {
    const why = await this.renew();
    if (why !== undefined) throw new ExportCancelledError(why);
  }

  /** Tells again and again that it lives; calls back when it must not go on. */
  keep(end: (error: unknown) => void): void {
    this.timer = setInterval(() => {
      this.renewing = this.renew().then(
        (why) => void (why !== undefined && end(new ExportCancelledError(why))),
        () => {},
      );
    }, this.life / 10);
  }

  async release(): Promise<void> {
    clearInterval(this.timer);
    const { redis, name } = this.queue;
    const { producer } = keysOf(name);
    // While Redis is away there is nobody to tell, and it forgets by itself.
    if (redis.status !== "ready") return;
    // One that came after would take it again, for nobody.
    await this.renewing;
    if ((await redis.get(producer)) === this.own) await redis.del(producer);
  }

  private async renew(): Promise<string | undefined> {
    const { redis, name } = this.queue;
    const { producer, lastProducer } = keysOf(name);
    if (await this.queue.isCancelled()) return "The export was cancelled.";
    const [holder, last] = await redis.mget(producer, lastProducer);
    // `null`: Redis was emptied.
    if (last !== null && last !== this.own) return "Another producer has taken the export over.";
    if (holder === null) await redis.set(producer, this.own, "PX", this.life, "NX");
    else if (holder !== this.own) return "Another producer has taken the export over.";
    else await redis.pexpire(producer, this.life);
    return undefined;
  }
}
