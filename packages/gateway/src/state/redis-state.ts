import type { Redis } from "ioredis";
import { type GatewayState, revocationName, revocationNames } from "./gateway-state.js";

/** Longer than any link lives, so that what was taken back stays so; seconds. */
const keep = 400 * 24 * 60 * 60;
const prefix = "media-gateway:";

/** The state of all replicas. */
export interface RedisState extends GatewayState, AsyncDisposable {
  /** Ends the connection. */
  close(): Promise<void>;
}

/**
 * Keeps what replicas have to agree on in Redis. It is asked for each request, so what is taken back is
 * refused at once on all replicas. While it cannot be reached each question fails within `timeout`;
 * it is reached again by itself.
 *
 * @param url `redis://…` or `rediss://…`
 * @param timeout for one question, in milliseconds
 * @throws an error of the module system where `ioredis` is not installed
 */
export async function redisState(url: string, timeout = 500): Promise<RedisState> {
  const { Redis: Connection } = await import("ioredis");
  const redis: Redis = new Connection(url, {
    enableOfflineQueue: false,
    commandTimeout: timeout,
    connectTimeout: timeout,
    maxRetriesPerRequest: 0,
    retryStrategy: (tries) => Math.min(tries * 100, 1000),
  });
  // Each question says itself that it failed.
  redis.on("error", () => undefined);
  // A start without Redis is not refused: revocable links are, until it is there.
  await new Promise<void>((resolve) => {
    redis.once("ready", resolve);
    redis.once("close", resolve);
  });
  const close = async () => redis.disconnect();
  return {
    async isRevoked(link) {
      const names = revocationNames(link).map((name) => `${prefix}${name}`);
      const [before, ...found] = await redis.mget(`${prefix}sealed-before`, ...names);
      return link.issuedAt * 1000 < Number(before ?? 0) || found.some((one) => one !== null);
    },
    async revoke(what) {
      const name = revocationName(what);
      if (name !== undefined) await redis.set(`${prefix}${name}`, "1", "EX", keep);
      else if ("sealedBefore" in what) {
        const moment = `${what.sealedBefore.getTime()}`;
        // Never earlier than before, whichever of two replicas is first.
        const later =
          "local b=tonumber(redis.call('get',KEYS[1]) or '0') if tonumber(ARGV[1])>b then redis.call('set',KEYS[1],ARGV[1]) end";
        await redis.eval(later, 1, `${prefix}sealed-before`, moment);
      }
    },
    async takeOnce(name, seconds) {
      return (await redis.set(`${prefix}once:${name}`, "1", "EX", seconds, "NX")) === "OK";
    },
    async count(name, seconds) {
      // As one, and on every version: EXPIRE … NX is of Redis 7, and before it nothing would ever end.
      const one =
        "local c=redis.call('incr',KEYS[1]) if c==1 then redis.call('expire',KEYS[1],ARGV[1]) end return c";
      return Number(await redis.eval(one, 1, `${prefix}count:${name}`, seconds));
    },
    isReady: async () => {
      try {
        return (await redis.ping()) === "PONG";
      } catch {
        return false;
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
