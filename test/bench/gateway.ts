import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { promisify } from "node:util";
import { createLinks, generateKey } from "@media-protection/gateway/links";
import {
  type GatewayServers,
  type Measured,
  processorTime,
  recordings,
  startGatewayServers,
} from "./gateway-servers.js";
import { median, mib, milliseconds, type Row, times } from "./report.js";

const run = promisify(execFile);
const sizes = { "100 KiB": 100 * 1024, "1 MiB": 2 ** 20, "64 MiB": 2 ** 26 } as const;
const counts = { "100 KiB": 1500, "1 MiB": 300, "64 MiB": 8 } as const;
const rounds = 3;
const nameOf = (size: number) => `aaaaaaaa-bbbb-4ccc-8ddd-${`${size}`.padStart(12, "0")}.wav`;

/** The gateway: Node alone and by X-Accel-Redirect, beside nginx's proxy_pass and a Hono proxy. */
export async function gateway(row: Row): Promise<void> {
  await opening(row);
  const keys = generateKey();
  const files = Object.fromEntries(Object.values(sizes).map((size) => [nameOf(size), size]));
  await using servers = await startGatewayServers(files, keys);
  const linkTo = async (size: number) => {
    const links = createLinks({ keys, publicUrl: "http://gateway.invalid" });
    return new URL((await links.mint(`${servers.origin}${recordings}/${nameOf(size)}`)).url)
      .pathname;
  };
  row(
    "gateway: work is equal",
    "",
    "all ask one nginx, by kept connections, with Authorization; none reads a file",
  );
  // JavaScript is compiled while it runs: what is measured is what has run for a while.
  const small = sizes["100 KiB"];
  const link = await linkTo(small);
  for (const { url } of [servers.accel, servers.node]) await fetchAll(url + link, 3000);
  await fetchAll(`${servers.hono.url}${recordings}/${nameOf(small)}`, 3000);
  // The same three names as above, which the types do not keep.
  for (const name of Object.keys(sizes) as (keyof typeof sizes)[]) {
    await compare(row, servers, name, await linkTo(sizes[name]));
  }
  await stalled(row, servers.node, await linkTo(sizes["64 MiB"]));
}

/** MiB in a second, and in a second of one processor. */
interface Speed {
  readonly wall: number;
  readonly core: number;
}

async function compare(
  row: Row,
  { nginx, accel, node, hono }: GatewayServers,
  name: keyof typeof sizes,
  link: string,
): Promise<void> {
  const path = `${recordings}/${nameOf(sizes[name])}`;
  const all = {
    nginx: { server: nginx, path, speeds: [] as Speed[] },
    accel: { server: accel, path: link, speeds: [] as Speed[] },
    node: { server: node, path: link, speeds: [] as Speed[] },
    hono: { server: hono, path, speeds: [] as Speed[] },
  };
  for (const { server, path } of Object.values(all)) await fetchAll(server.url + path, 16);
  for (let round = 0; round < rounds; round++) {
    for (const { server, path, speeds } of Object.values(all)) {
      speeds.push(await speedOf(server, path, sizes[name], counts[name]));
    }
  }
  const middle = (of: keyof typeof all, what: keyof Speed) =>
    median(all[of].speeds.map((speed) => speed[what]));
  const told = (of: keyof typeof all) =>
    `${middle(of, "wall").toFixed(0)} MiB/s, ${middle(of, "core").toFixed(0)} per core`;
  const ratio = (of: keyof typeof all, to: keyof typeof all) =>
    `${times(middle(of, "wall") / middle(to, "wall"))}, per core ${times(middle(of, "core") / middle(to, "core"))}`;
  const accelGoal = name === "100 KiB" ? "0.5" : "0.95";
  row(`gateway, ${name}: nginx`, told("nginx"), `Hono ${told("hono")}`);
  row(
    `gateway, ${name}: accel`,
    told("accel"),
    `${ratio("accel", "nginx")} of nginx; goal ${accelGoal}`,
  );
  const nodeGoal = name === "100 KiB" ? "" : "; goals 0.5 per core, 1.5";
  row(
    `gateway, ${name}: Node`,
    told("node"),
    `${ratio("node", "nginx")} of nginx; ${ratio("node", "hono")} of Hono${nodeGoal}`,
  );
}

async function speedOf(
  server: Measured,
  path: string,
  size: number,
  count: number,
): Promise<Speed> {
  const [from, worked] = [performance.now(), await processorTime(server)];
  await fetchAll(server.url + path, count);
  const seconds = (performance.now() - from) / 1000;
  const all = (size * count) / 2 ** 20;
  // The system counts in hundredths.
  return {
    wall: all / seconds,
    core: all / Math.max(0.01, (await processorTime(server)) - worked),
  };
}

async function opening(row: Row): Promise<void> {
  const links = createLinks({ keys: generateKey(), publicUrl: "https://media.example.com" });
  const { url } = await links.mint(`https://example.signalwire.com${recordings}/${nameOf(1)}`);
  for (let round = 0; round < 2000; round++) await links.open(url);
  const from = performance.now();
  for (let round = 0; round < 10_000; round++) await links.open(url);
  const each = (performance.now() - from) / 10;
  row("gateway: opening a token", `${each.toFixed(0)} µs`, "goal 60 µs");
}

/** A thousand clients that ask and never read, and one that reads. */
async function stalled(row: Row, { url, processes }: Measured, path: string): Promise<void> {
  const sockets: Socket[] = [];
  for (let one = 0; one < 1000; one++) {
    const socket = connect(Number(new URL(url).port), "127.0.0.1").pause();
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
  const status = await readFile(`/proc/${processes[0]?.pid}/status`, "utf8");
  const resident = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
  row("gateway: 1,000 stalled clients, resident", mib(resident), "goal 150 MiB");
  row("gateway: the next client is served within", milliseconds(took), "goal 1,000 ms");
  for (const socket of sockets) socket.destroy();
}

/** The same again and again, 16 at once; a query changes nothing. */
function fetchAll(url: string, count: number) {
  const args = ["-sf", "--parallel", "--parallel-max", "16", "-o", "/dev/null"];
  return run("curl", [...args, `${url}?[1-${count}]`], { maxBuffer: 2 ** 26 });
}
