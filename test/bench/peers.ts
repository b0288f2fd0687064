import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { get } from "node:http";
import { createRequire } from "node:module";
import { type AddressInfo, createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { messageOf } from "../helpers/processes/processes.js";

const root = resolve(import.meta.dirname, "../../..");

/** A server in a process of its own that the mock is measured beside. */
export interface Peer {
  readonly origin: string;
  stop(): Promise<void>;
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  // The server listens on TCP, so its address is not a pipe's name.
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** The status of one answer; `undefined` where nobody listens. On a connection of its own. */
export function statusOf(
  url: string,
  headers: Record<string, string> = {},
): Promise<number | undefined> {
  return new Promise((done) => {
    const request = get(url, { headers, agent: false }, (response) => {
      response.resume().on("end", () => done(response.statusCode));
    });
    request.on("error", () => done(undefined));
  });
}

/** Prism's mock of the contract, once it answers. */
export async function startPrism(): Promise<Peer> {
  const port = await freePort();
  const cli = createRequire(import.meta.url).resolve("@stoplight/prism-cli/package.json");
  const command = join(dirname(cli), "dist/index.js");
  const contract = join(root, "openapi.yaml");
  const args = [command, "mock", "-v", "silent", "-p", String(port), contract];
  const child = spawn(process.execPath, args, { stdio: "ignore" });
  const ended = once(child, "exit");
  const origin = `http://127.0.0.1:${port}`;
  for (let tries = 0; (await statusOf(origin)) === undefined; tries++) {
    if (tries > 3000 || child.exitCode !== null) throw new Error("prism mock did not start");
    await new Promise((done) => setTimeout(done, 10));
  }
  return {
    origin,
    async stop() {
      child.kill();
      await ended;
    },
  };
}

/** A Hono server that answers a project's path with a constant. */
export function startBareHono(json: string): Promise<Peer> {
  return startBare("bare-hono.js", json);
}

/** A server of Node's own that sends a recording of so many bytes, made as the mock makes it. */
export function startBareOrigin(size: number): Promise<Peer> {
  return startBare("bare-origin.js", String(size));
}

async function startBare(script: string, argument: string): Promise<Peer> {
  const child: ChildProcess = fork(resolve(import.meta.dirname, script), [argument]);
  const origin = await messageOf<string>(child);
  return {
    origin,
    async stop() {
      child.disconnect();
      await once(child, "exit");
    },
  };
}
