import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateKey } from "@media-protection/gateway/links";
import { type RunningGateway, redisState, startGateway } from "@media-protection/gateway/node";
import { startMockServer } from "@media-protection/mock/server";
import { createClient } from "@media-protection/sdk";
import { describe, expect, test } from "vitest";

const isThere = spawnSync("redis-server", ["--version"]).status === 0;
if (!isThere)
  process.stderr.write("Skipped: taking back with Redis, since redis-server is not installed.\n");

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

async function startRedis(port: number, folder: string): Promise<ChildProcess> {
  const args = ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--dir", folder];
  const redis = spawn("redis-server", args, { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise<void>((resolve) => {
    redis.stdout?.on("data", (text) => {
      if (`${text}`.includes("Ready to accept")) resolve();
    });
  });
  return redis;
}

async function stop(redis: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => redis.once("exit", resolve));
  redis.kill("SIGKILL");
  await ended;
}

describe.skipIf(!isThere)("two replicas over one Redis", () => {
  test("refuse on both what was revoked on one; without Redis play links go on, revocable ones are refused, and it recovers", async () => {
    const folder = await mkdtemp(join(tmpdir(), "gateway-redis-"));
    const port = await freePort();
    let redis = await startRedis(port, folder);
    const mock = await startMockServer({ port: 0 });
    const client = createClient({ space: mock.url, ...mock.platform.credentials });
    await client.protection.enable("all");
    const keys = generateKey();
    const replicas: RunningGateway[] = [];
    const states = [];
    try {
      for (let one = 0; one < 2; one++) {
        const state = await redisState(`redis://127.0.0.1:${port}`);
        states.push(state);
        const quiet = { info: () => {}, warn: () => {}, error: () => {} };
        replicas.push(await startGateway({ client, keys, state, port: 0, logger: quiet }));
      }
      const [first, second] = replicas;
      if (!first || !second) throw new Error("Two were started.");
      const source = mock.platform.addRecording().urls.space;
      const at = (url: string, { url: base }: RunningGateway) => base + new URL(url).pathname;
      const statuses = (url: string) =>
        Promise.all(
          replicas.map(async (one) => (await fetch(at(url, one), { method: "HEAD" })).status),
        );
      const { links, state } = first.gateway;

      const taken = await links.mint(source);
      expect(await statuses(taken.url)).toEqual([200, 200]);
      await state.revoke({ link: taken.id });
      expect(await statuses(taken.url)).toEqual([410, 410]);

      const ofAudience = await links.mint(source, { audience: "agent 7" });
      await state.revoke({ audience: "agent 7" });
      expect(await statuses(ofAudience.url)).toEqual([410, 410]);

      const once = await links.mint(source, { share: true, once: true });
      const opened = await Promise.all(
        replicas.map(async (one) => (await fetch(at(once.url, one), { method: "POST" })).status),
      );
      expect(opened.sort()).toEqual([200, 410]);

      // Counted by all together, and forgotten when the window is over.
      const [one, two] = states;
      if (!one || !two) throw new Error("Two were made.");
      expect([await one.count("try", 1), await two.count("try", 1)]).toEqual([1, 2]);
      await expect.poll(() => one.count("try", 1), { interval: 1100 }).toBe(1);

      const plain = await links.mint(source);
      const revocable = await links.mint(source, { revocable: true });
      expect(await statuses(revocable.url)).toEqual([200, 200]);
      await stop(redis);
      expect(await statuses(plain.url)).toEqual([200, 200]);
      expect(await statuses(revocable.url)).toEqual([503, 503]);
      expect((await fetch(`${first.url}/readyz`)).status).toBe(503);
      redis = await startRedis(port, folder);
      await expect.poll(() => statuses(revocable.url), { timeout: 15_000 }).toEqual([200, 200]);

      await state.revoke({ sealedBefore: new Date(Date.now() + 1000) });
      expect(await statuses(plain.url)).toEqual([410, 410]);
    } finally {
      for (const one of replicas) await one.close();
      for (const one of states) await one.close();
      await mock.close();
      await stop(redis);
      await rm(folder, { recursive: true });
    }
  });
});
