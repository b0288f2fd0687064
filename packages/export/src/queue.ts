/**
 * The same export over Redis: one producer and any number of workers. Install `bullmq` and `ioredis`
 * beside this package.
 *
 * @packageDocumentation
 */
export { ExportCancelledError, QueueError } from "./errors.js";
export {
  type ProduceOptions,
  type ProduceReport,
  produceShards,
} from "./queue/produce.js";
export {
  type ConnectOptions,
  connect as connectRedis,
  type QueuePlace,
  reach as reachRedis,
} from "./queue/redis.js";
export { createRedisGate, type RedisGateOptions } from "./queue/redis-gate.js";
export { type QueueStatus, type ShardJob, ShardQueue } from "./queue/shard-queue.js";
export { type WorkOptions, workShards } from "./queue/work.js";
