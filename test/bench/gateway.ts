import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { createLinks, generateKey } from "@media-protection/gateway/links";
import { nginxAuthorization, nginxConfig } from "@media-protection/gateway/node";
import { mib, milliseconds, type Row, times } from "./report.js";

const run = promisify(execFile);
const projectId = "11111111-2222-4333-8444-555555555555";
const sizes = { "100 KiB": 100 * 1024, "1 MiB": 2 ** 20, "64 MiB": 2 ** 26 } as const;
const rounds = { "100 KiB": 1500, "1 MiB": 300, "64 MiB": 10 } as const;
const idOf = (index: number) => `aaaaaaaa-bbbb-4ccc-8ddd-00000000000${index}`;
const media = `/api/laml/2010-04-01/Accounts/${projectId}/Recordings`;

/** The gateway: nginx alone, by X-Accel-Redirect, by proxy_pass, Node's gateway, and a Hono proxy. */
export async function gateway(row: Row): Promise<void> {
  await opening(row);
  const folder = await mkdtemp(join(tmpdir(), "bench-gateway-"));
  const keys = generateKey();
  const [plain = 0, proxied = 0, accel = 0] = await Promise.all([port(), port(), port()]);
  const origin = `http://127.0.0.1:${plain}`;
  await mkdir(join(folder, media), { recursive: true });
  for (const [index, size] of Object.values(sizes).entries()) {
    await writeFile(join(folder, media, `${idOf(index)}.wav`), Buffer.alloc(size, "RIFF media "));
  }
  const serve = (options: string) => `import { startGateway } from "@media-protection/gateway/node";
    import { createClient } from "@media-protection/sdk";
    const client = createClient({ space: "${origin}", projectId: "${projectId}", apiToken: "PT-bench" });
    const quiet = { info() {}, warn() {}, error() {} };
    const { url } = await startGateway({ client, keys: "${keys}", port: 0, logger: quiet, limits: { link: 9999, address: 9999, all: 9999 }, ${options} });
    console.log(url);`;
  const hono = `import { Hono } from "hono"; import { serve } from "@hono/node-server";
    const app = new Hono().get("*", (c) => fetch("${origin}" + new URL(c.req.url).pathname));
    serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => console.log("http://127.0.0.1:" + port));`;
  const nodes = await Promise.all(
    [serve(""), serve(`accel: { origins: ["${origin}"] }`), hono].map(startNode),
  );
  const [own, deciding, bare] = nodes;
  if (!own || !deciding || !bare) throw new Error("Three were started.");
  await writeFile(join(folder, "auth.conf"), nginxAuthorization(projectId, "PT-bench"));
  const server = nginxConfig({
    gateway: new URL(deciding.url).host,
    origins: [origin],
    authorizationFile: join(folder, "auth.conf"),
    listen: `127.0.0.1:${accel}`,
    accessLog: join(folder, "access.log"),
  });
  await writeFile(
    join(folder, "nginx.conf"),
    `daemon off; user root; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log crit; events { worker_connections 4096; }
    http { sendfile on; access_log off; types { audio/wav wav; } client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
    server { listen 127.0.0.1:${plain}; root ${folder}; }
    server { listen 127.0.0.1:${proxied}; location / { proxy_pass ${origin}; proxy_max_temp_file_size 0; } }
    ${server} }`,
  );
  const nginx = spawn("nginx", ["-p", folder, "-c", join(folder, "nginx.conf")], {
    stdio: "ignore",
  });
  try {
    await run("curl", [
      "-s",
      "--retry",
      "20",
      "--retry-connrefused",
      "--retry-delay",
      "1",
      "-o",
      "/dev/null",
      origin,
    ]);
    const links = createLinks({ keys, publicUrl: own.url });
    for (const [index, name] of (["100 KiB", "1 MiB", "64 MiB"] as const).entries()) {
      const path = `${media}/${idOf(index)}.wav`;
      const link = new URL((await links.mint(origin + path)).url).pathname;
      const count = rounds[name];
      const time = async (url: string) => {
        const from = performance.now();
        await fetchAll(url, count);
        return performance.now() - from;
      };
      const ofNginx = await time(`${origin}${path}`);
      const ofProxy = await time(`http://127.0.0.1:${proxied}${path}`);
      const ofAccel = await time(`http://127.0.0.1:${accel}${link}`);
      const ofNode = await time(own.url + link);
      const ofHono = await time(bare.url + path);
      const speed = (ms: number) =>
        `${((sizes[name] * count) / 2 ** 20 / (ms / 1000)).toFixed(0)} MiB/s`;
      row(`gateway, ${name}: nginx alone`, speed(ofNginx), `proxy_pass ${speed(ofProxy)}`);
      row(
        `gateway, ${name}: accel`,
        speed(ofAccel),
        `${times(ofNginx / ofAccel)} of nginx, ${times(ofProxy / ofAccel)} of proxy_pass`,
      );
      row(
        `gateway, ${name}: Node`,
        speed(ofNode),
        `${times(ofProxy / ofNode)} of proxy_pass, ${times(ofHono / ofNode)} of Hono`,
      );
    }
    await stalled(
      row,
      own,
      new URL((await links.mint(`${origin}${media}/${idOf(2)}.wav`)).url).pathname,
    );
  } finally {
    for (const { child } of nodes) child.kill();
    nginx.kill();
    await once(nginx, "exit");
    await rm(folder, { recursive: true });
  }
}

async function opening(row: Row): Promise<void> {
  const links = createLinks({ keys: generateKey(), publicUrl: "https://media.example.com" });
  const { url } = await links.mint(`https://example.signalwire.com${media}/${idOf(0)}.wav`);
  for (let round = 0; round < 2000; round++) await links.open(url);
  const from = performance.now();
  for (let round = 0; round < 10_000; round++) await links.open(url);
  row(
    "gateway: opening a token",
    `${((performance.now() - from) / 10).toFixed(0)} µs`,
    "goal 60 µs",
  );
}

/** A thousand clients that ask and never read, and one that reads. */
async function stalled(row: Row, { url, child }: Node, path: string): Promise<void> {
  const { port: at } = new URL(url);
  const sockets: Socket[] = [];
  for (let one = 0; one < 1000; one++) {
    const socket = connect(Number(at), "127.0.0.1").pause();
    socket.on("error", () => undefined);
    socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`);
    sockets.push(socket);
  }
  await Promise.all(
    sockets.map((socket) => new Promise((resolve) => socket.once("readable", resolve))),
  );
  const from = performance.now();
  const answer = await fetch(url + path, { headers: { range: "bytes=0-99999" } });
  await answer.arrayBuffer();
  const took = performance.now() - from;
  const status = await readFile(`/proc/${child.pid}/status`, "utf8");
  const resident = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
  row("gateway: 1,000 stalled clients, resident", mib(resident), "goal 150 MiB");
  row("gateway: the next client is served within", milliseconds(took), "goal 1,000 ms");
  for (const socket of sockets) socket.destroy();
}

type Node = Awaited<ReturnType<typeof startNode>>;

async function startNode(script: string) {
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    cwd: import.meta.dirname,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [url]: string[] = await once(createInterface({ input: child.stdout }), "line");
  return { child, url: url ?? "" };
}

/** The same again and again, 16 at once; a query changes nothing. */
function fetchAll(url: string, count: number) {
  const args = [
    "-sf",
    "--parallel",
    "--parallel-max",
    "16",
    "-o",
    "/dev/null",
    `${url}?[1-${count}]`,
  ];
  return run("curl", args, { maxBuffer: 2 ** 26 });
}

async function port(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}
