import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { nginxAuthorization, nginxConfig } from "@media-protection/gateway/node";
import { freePort, statusOf } from "./peers.js";

/** A server that is measured: where it is asked, and the processes whose work that is. */
export interface Measured {
  readonly url: string;
  readonly processes: readonly ChildProcess[];
}

/** All servers of the gateway's bench, before one and the same origin. */
export interface GatewayServers extends AsyncDisposable {
  /** Serves files, and is nobody's work. */
  readonly origin: string;
  /** nginx with `proxy_pass`, the credentials and connections that are kept. */
  readonly nginx: Measured;
  /** The printed nginx, and the Node that decides. */
  readonly accel: Measured;
  /** The gateway in Node alone. */
  readonly node: Measured;
  /** What one writes first: a Hono route that returns `fetch()`, with the credentials. */
  readonly hono: Measured;
}

const projectId = "11111111-2222-4333-8444-555555555555";
const apiToken = "PT-bench";
/** The folder of an account's recordings. */
export const recordings = `/api/laml/2010-04-01/Accounts/${projectId}/Recordings`;

/** Starts them over recordings with these names and sizes; each nginx is one process. */
export async function startGatewayServers(
  files: Readonly<Record<string, number>>,
  keys: string,
): Promise<GatewayServers> {
  const folder = await mkdtemp(join(tmpdir(), "bench-gateway-"));
  await mkdir(join(folder, recordings), { recursive: true });
  for (const [name, size] of Object.entries(files)) {
    await writeFile(join(folder, recordings, name), Buffer.alloc(size, "RIFF media "));
  }
  const authorization = join(folder, "authorization.conf");
  await writeFile(authorization, nginxAuthorization(projectId, apiToken));
  const origin = await startNginx(folder, "origin", (port) => [
    "types { audio/wav wav; } sendfile on;",
    `server { listen 127.0.0.1:${port}; root ${folder}; }`,
  ]);
  const upstream = new URL(origin.url).host;
  const nginx = await startNginx(folder, "plain", (port) => [
    `upstream origin { server ${upstream}; keepalive 32; }`,
    `server { listen 127.0.0.1:${port}; location / { proxy_pass http://origin; proxy_http_version 1.1;`,
    `proxy_set_header Connection ""; include ${authorization}; proxy_max_temp_file_size 0; } }`,
  ]);
  const serve = (more: string) => `
    import { startGateway } from "@media-protection/gateway/node";
    import { createClient } from "@media-protection/sdk";
    const client = createClient({ space: "${origin.url}", projectId: "${projectId}", apiToken: "${apiToken}" });
    const logger = { info() {}, warn() {}, error() {} };
    const limits = { link: 9999, address: 9999, all: 9999 };
    const { url } = await startGateway({ client, keys: "${keys}", port: 0, logger, limits, ${more} });
    console.log(url);`;
  const [node, deciding, hono] = await Promise.all([
    startNode(serve("")),
    startNode(serve(`accel: { origins: ["${origin.url}"] }`)),
    startNode(`
    import { serve } from "@hono/node-server";
    import { Hono } from "hono";
    const authorization = "Basic " + btoa("${projectId}:${apiToken}");
    const app = new Hono().get("*", ({ req }) => fetch("${origin.url}" + req.path, { headers: { authorization } }));
    serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => console.log("http://127.0.0.1:" + port));`),
  ]);
  const front = await startNginx(folder, "accel", (port) => [
    nginxConfig({
      gateway: new URL(deciding.url).host,
      origins: [origin.url],
      authorizationFile: authorization,
      listen: `127.0.0.1:${port}`,
      accessLog: join(folder, "access.log"),
    }),
  ]);
  const accel = { url: front.url, processes: [...front.processes, ...deciding.processes] };
  const all = [origin, nginx, node, hono, accel].flatMap(({ processes }) => processes);
  return {
    origin: origin.url,
    nginx,
    accel,
    node,
    hono,
    async [Symbol.asyncDispose]() {
      for (const child of all) {
        child.kill("SIGKILL");
        if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      }
      await rm(folder, { recursive: true });
    },
  };
}

/** Seconds of processor time that a server has used: its own, and what the system did for it. */
export async function processorTime({ processes }: Measured): Promise<number> {
  let ticks = 0;
  for (const { pid } of processes) {
    const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).replace(/^.*\) /s, "").split(" ");
    ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks / 100;
}

async function startNginx(
  folder: string,
  name: string,
  http: (port: number) => readonly string[],
): Promise<Measured> {
  const port = await freePort();
  const at = join(folder, name);
  await mkdir(at);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  await writeFile(
    join(at, "nginx.conf"),
    `daemon off; master_process off; pid ${at}/pid; error_log ${at}/error.log crit;
    events { worker_connections 4096; }
    http { access_log off; keepalive_requests 1000000;
    ${temporary.map((one) => `${one}_temp_path ${at}/${one};`).join(" ")}
    ${http(port).join("\n")} }`,
  );
  const child = spawn("nginx", ["-p", at, "-c", join(at, "nginx.conf")], { stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; (await statusOf(url)) === undefined; tries++) {
    if (tries > 500 || child.exitCode !== null) throw new Error(`nginx (${name}) did not start`);
    await new Promise((done) => setTimeout(done, 10));
  }
  return { url, processes: [child] };
}

async function startNode(script: string): Promise<Measured> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    cwd: import.meta.dirname,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [url = ""]: string[] = await once(createInterface({ input: child.stdout }), "line");
  return { url, processes: [child] };
}
