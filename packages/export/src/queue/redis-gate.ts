import type { Redis } from "ioredis";
import { checkRate, type RequestGate } from "../gate/request-gate.js";
import { unlessAborted, waitFor } from "../gate/wait-for.js";

/** Options of {@link createRedisGate}. */
export interface RedisGateOptions {
  /** Requests a second for each project, over all processes; `Infinity` for no limit. @default Infinity */
  readonly requestsPerSecond?: number | undefined;
  /** What its keys begin with; all who are to share it give the same. @default "media-export-gate" */
  readonly prefix?: string | undefined;
}

/**
 * Takes the next place in a project's line, by Redis's own clock, so that clocks of machines do not
 * matter. Requests are spaced evenly: generic cell rate algorithm without a burst.
 */
const takeTurn = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local space = tonumber(ARGV[1])
local paused = tonumber(redis.call('GET', KEYS[2]) or '0')
if space == 0 then return string.format('%.3f', math.max(0, paused - now)) end
local turn = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'), paused)
redis.call('SET', KEYS[1], string.format('%.3f', turn + space), 'PX', math.ceil(turn + space - now) + 1000)
return string.format('%.3f', turn - now)
`;

const hold = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local till = now + tonumber(ARGV[1])
if till > tonumber(redis.call('GET', KEYS[1]) or '0') then
  redis.call('SET', KEYS[1], string.format('%.3f', till), 'PX', math.ceil(tonumber(ARGV[1])) + 1000)
end
`;

/** A gate that any number of processes share: one rate and one pause for each project, over all of them. */
export function createRedisGate(redis: Redis, options: RedisGateOptions = {}): RequestGate {
  const { requestsPerSecond = Infinity, prefix = "media-export-gate" } = options;
  const space = checkRate(requestsPerSecond);
  const keys = (projectId: string) => {
    const of = `${prefix}:${projectId.toLowerCase()}`;
    return { turn: `${of}:turn`, paused: `${of}:paused` };
  };
  const turn = async (projectId: string, every: number, signal?: AbortSignal): Promise<number> => {
    const { turn: key, paused } = keys(projectId);
    return Number(await unlessAborted(signal, redis.eval(takeTurn, 2, key, paused, String(every))));
  };
  return {
    async pass(projectId, signal) {
      for (let paused = Infinity; paused > 0; ) {
        signal?.throwIfAborted();
        const wait = await turn(projectId, space, signal);
        if (wait <= 0) return;
        await waitFor(wait, signal);
        // A pause began meanwhile: a new place in the line, or all who waited would leave at once behind it.
        paused = await turn(projectId, 0, signal);
      }
    },
    async pause(projectId, milliseconds) {
      await redis.eval(hold, 1, keys(projectId).paused, String(milliseconds));
    },
  };
}
