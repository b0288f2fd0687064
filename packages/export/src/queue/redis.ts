import { createHash } from "node:crypto";
import { OptionError } from "@media-protection/sdk";
import { Redis } from "ioredis";
import type { Target } from "../targets/target.js";

/** Where the queue is, and whose it is. */
export interface QueuePlace {
  /** `redis://host:6379` or `rediss://…`, with credentials where it wants them. */
  readonly redis: string;
  /** The target, which names the queue: all who share it share the queue. */
  readonly target: Pick<Target, "name">;
  /** Another name for the queue, where machines call the target differently. @default of the target */
  readonly name?: string | undefined;
}

/** A connection that waits for Redis to come back, however long. */
export function connect({ redis }: Pick<QueuePlace, "redis">): Redis {
  if (typeof redis !== "string" || !/^rediss?:\/\//.test(redis) || !URL.canParse(redis)) {
    throw new OptionError("redis", "such as redis://127.0.0.1:6379");
  }
  const connection = new Redis(redis, {
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(100 * times, 2000),
  });
  // It tries again by itself; without a listener the process would end.
  connection.on("error", () => {});
  return connection;
}

/** The queue's name: letters and digits, whatever the target's is. */
export function queueName({ target, name }: Omit<QueuePlace, "redis">): string {
  const of = createHash("sha256").update(name ?? target.name);
  return `media-export-${of.digest("hex").slice(0, 16)}`;
}

/** Keys of ours beside those of the queue engine, which go with it if Redis is emptied. */
export function keysOf(queue: string) {
  return {
    progress: `${queue}:progress`,
    producer: `${queue}:producer`,
    cancelled: `${queue}:cancelled`,
  };
}
