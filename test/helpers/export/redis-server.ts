import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Why tests with Redis are skipped; `undefined` where it is there. */
export const noRedis =
  spawnSync("redis-server", ["--version"]).status === 0
    ? undefined
    : "redis-server is not installed (apt-get install redis-server)";

/** A Redis of its own on loopback, which keeps its data over a restart. */
export interface RedisServer {
  readonly url: string;
  /** Ends it with -9 and starts it again with what it had written. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts it.
 *
 * @param port where; another one that is free if it is not given
 * @param password what it wants of who connects
 */
export async function startRedis({
  port: wanted,
  password = "",
}: {
  readonly port?: number;
  readonly password?: string;
} = {}): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), "redis-"));
  const port = wanted ?? (await freePort());
  let child = await start(folder, port, password);
  return {
    url: `redis://127.0.0.1:${port}`,
    async restart() {
      await end(child, "SIGKILL");
      child = await start(folder, port, password);
    },
    async close() {
      await end(child, "SIGTERM");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function start(folder: string, port: number, password: string): Promise<ChildProcess> {
  const options = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder];
  const child = spawn(
    "redis-server",
    [...options, "--appendonly", "yes", "--save", "", "--requirepass", password],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let said = "";
  for await (const chunk of child.stdout) {
    said += String(chunk);
    if (said.includes("Ready to accept connections")) break;
  }
  // Nobody reads on, and it must not block.
  child.stdout.resume();
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exit = once(child, "exit");
  child.kill(signal);
  await exit;
}

/** A port of loopback at which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
