import { createHash } from "node:crypto";
import { OptionError } from "@media-protection/sdk";
import { Redis } from "ioredis";
import { QueueError } from "../errors.js";
import type { Target } from "../targets/target.js";

/** Where the queue is, and whose it is. */
export interface QueuePlace {
  /** `redis://host:6379` or `rediss://…`, with credentials where it wants them. */
  readonly redis: string;
  /** The target, which names the queue: all who share it share the queue. */
  readonly target: Pick<Target, "name">;
  /** Another name for the queue, where machines call the target differently. @default of the target */
  readonly name?: string | undefined;
  /** Called each time that Redis cannot be reached, or refuses; it is tried again. */
  readonly onUnreachable?: ((error: QueueError) => void) | undefined;
}

/** How a connection is kept. */
export interface ConnectOptions extends Pick<QueuePlace, "redis" | "onUnreachable"> {
  /** Once it is aborted, Redis is not waited for any more: what waits for an answer fails. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Between two tries ioredis's own `disconnect` takes the next try away, and whatever waits for an answer
 * or for the end, BullMQ's worker too, waits for ever. So it tries once more, and hangs up. BullMQ's worker
 * waits for jobs over a duplicate.
 */
function mendDisconnect(redis: Pick<Redis, "status" | "connect" | "disconnect" | "duplicate">) {
  const disconnect = redis.disconnect.bind(redis);
  redis.disconnect = (reconnect = false) => {
    if (!reconnect && redis.status === "reconnecting") redis.connect().catch(() => {});
    disconnect(reconnect);
  };
  const duplicate = redis.duplicate.bind(redis);
  redis.duplicate = (override) => {
    const other = duplicate(override);
    mendDisconnect(other);
    return other;
  };
}

/**
 * A connection that waits for Redis to come back, however long, unless its signal ends it.
 *
 * @throws OptionError for what is no Redis URL
 */
export function connect({ redis, signal, onUnreachable }: ConnectOptions): Redis {
  if (typeof redis !== "string" || !/^rediss?:\/\//.test(redis) || !URL.canParse(redis)) {
    throw new OptionError("redis", "such as redis://127.0.0.1:6379");
  }
  const connection = new Redis(redis, {
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (signal?.aborted ? null : Math.min(100 * times, 2000)),
  });
  mendDisconnect(connection);
  let wasReached = false;
  connection.once("ready", () => {
    wasReached = true;
  });
  // It tries again by itself; without a listener the process would end.
  connection.on("error", (error) => {
    // What is refused at the start is the answer of whoever asked.
    if (signal?.aborted || (isRefusal(error) && !wasReached)) return;
    onUnreachable?.(queueError(connection, error));
  });
  const end = () => {
    if (connection.status !== "ready") connection.disconnect();
  };
  if (signal?.aborted) end();
  signal?.addEventListener("abort", end, { once: true });
  connection.once("end", () => signal?.removeEventListener("abort", end));
  return connection;
}

/**
 * Waits until Redis answers.
 *
 * @param patience milliseconds to wait where it cannot be reached; `Infinity` for as long as it takes
 * @throws QueueError where it refuses, such as a wrong password, or is not there in time; the connection
 * has ended then
 */
export async function reach(connection: Redis, patience = Infinity): Promise<void> {
  let last: unknown;
  const note = (error: unknown) => {
    last = error;
  };
  connection.on("error", note);
  const late = Number.isFinite(patience) && setTimeout(() => connection.disconnect(), patience);
  try {
    await connection.ping();
    // Of a database that is not there it says so, and goes on with another one.
    if (isRefusal(last)) throw last;
  } catch (error) {
    connection.disconnect();
    throw queueError(connection, isRefusal(error) ? error : (last ?? error));
  } finally {
    if (late !== false) clearTimeout(late);
    connection.off("error", note);
  }
}

/** What Redis refuses while it is used, such as to take more than its memory; `undefined` of other errors. */
export function refusalOf(connection: Redis, error: unknown): QueueError | undefined {
  return isRefusal(error) ? queueError(connection, error) : undefined;
}

function isRefusal(error: unknown): error is Error {
  return error instanceof Error && error.name === "ReplyError";
}

/** What went wrong with a connection, in words that name its host alone. */
function queueError({ options: { host, port } }: Redis, cause: unknown): QueueError {
  const place = `Redis at ${host}:${port}`;
  if (!isRefusal(cause)) {
    // Safe: an error of a socket or of ioredis; what it lacks is `undefined`.
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = message === "Connection is closed." ? "no answer" : (code ?? message);
    return new QueueError(`${place} cannot be reached (${why}).`, { cause });
  }
  // Without which line of which script of the queue's engine.
  const said = cause.message.replace(/\.?( script: .*)?$/, "");
  const [word = ""] = said.split(" ");
  return new QueueError(
    ["NOAUTH", "WRONGPASS"].includes(word)
      ? `${place} refuses the user and the password of its URL, or wants them (${word}).`
      : `${place} refuses: ${said}.`,
    // Without ioredis's own, which holds the command that was refused, with the password.
    { cause: new Error(cause.message) },
  );
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
    lastProducer: `${queue}:last-producer`,
    cancelled: `${queue}:cancelled`,
  };
}
