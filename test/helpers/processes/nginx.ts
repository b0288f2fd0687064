import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether nginx is installed. Says so, if not: tests of it are then skipped. */
export function nginxIsThere(what: string): boolean {
  const isThere = spawnSync("nginx", ["-v"]).status === 0;
  if (!isThere) process.stderr.write(`Skipped: ${what}, since nginx is not installed.\n`);
  return isThere;
}

/** A real nginx, in a folder of its own. */
export interface Nginx extends AsyncDisposable {
  /** Its folder: logs, and what its blocks need. */
  readonly folder: string;
  /** A file of its folder, as text. */
  read(name: string): Promise<string>;
}

/** A folder that an nginx can be started in. */
export function nginxFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "gateway-nginx-"));
}

/** Starts nginx with these blocks of `http`, and waits until it listens. */
export async function startNginx(folder: string, port: number, blocks: string): Promise<Nginx> {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  await writeFile(
    join(folder, "nginx.conf"),
    `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; events {}
    http { ${temporary.map((one) => `${one}_temp_path ${folder}/${one};`).join(" ")}
    ${blocks} }`,
  );
  const nginx = spawn("nginx", ["-p", folder, "-c", join(folder, "nginx.conf")], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  nginx.stderr.on("data", (text) => {
    said += text;
  });
  const ended = once(nginx, "exit");
  while (!(await isListening(port))) {
    if (nginx.exitCode !== null) throw new Error(`nginx did not start: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    folder,
    read: (name) => readFile(join(folder, name), "utf8"),
    async [Symbol.asyncDispose]() {
      nginx.kill("SIGQUIT");
      nginx.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

/** A port of loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}
