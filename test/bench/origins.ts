import { execFile, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { startMockProcess } from "../helpers/processes/processes.js";
import { noise } from "../helpers/values/noise.js";
import { freePort, statusOf } from "./peers.js";

/** Where the media of a bench are: so many recordings of one size. */
export interface Origin {
  /** What serves them: the mock's own cost would hide the clients'. */
  readonly server: "nginx" | "the mock";
  readonly space: string;
  readonly projectId: string;
  readonly apiToken: string;
  readonly urls: readonly string[];
  stop(): Promise<void>;
}

const mebibyte = 2 ** 20;
const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
const recordings = `api/laml/2010-04-01/Accounts/${projectId}/Recordings`;

/** An origin with so many recordings of so many bytes: nginx where it is installed, else the mock. */
export async function startOriginOf(size: number, count: number): Promise<Origin> {
  const found = await promisify(execFile)("nginx", ["-v"]).catch(() => undefined);
  if (found) return startNginx(size, count);
  const mock = await startMockProcess(size, count);
  return {
    server: "the mock",
    space: mock.origins.space,
    projectId: mock.projectId,
    apiToken: mock.apiToken,
    urls: mock.recordingUrls,
    stop: () => mock.stop(),
  };
}

async function startNginx(size: number, count: number): Promise<Origin> {
  const folder = await mkdtemp(join(tmpdir(), "media-protection-nginx-"));
  await mkdir(join(folder, "www", recordings), { recursive: true });
  const ids = Array.from({ length: count }, () => randomUUID());
  // Piece by piece: what this process holds counts as the peak of those it forks.
  const piece = noise(Math.min(size, mebibyte), 1);
  piece.set(new TextEncoder().encode("RIFF\0\0\0\0WAVE"));
  for (const id of ids) {
    const file = await open(join(folder, "www", recordings, id), "w");
    for (let left = size; left > 0; left -= piece.length) {
      await file.write(piece.subarray(0, left));
    }
    await file.close();
  }
  const port = await freePort();
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  const config = `
    ${process.getuid?.() === 0 ? "user root;" : ""}
    daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
    events { worker_connections 1024; }
    http {
      access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; types {}
      ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(" ")}
      server { listen 127.0.0.1:${port}; root ${folder}/www; default_type audio/wav; }
    }`;
  await writeFile(join(folder, "nginx.conf"), config);
  const child = spawn("nginx", ["-p", folder, "-c", join(folder, "nginx.conf")], {
    stdio: "ignore",
  });
  const ended = once(child, "exit");
  const space = `http://127.0.0.1:${port}`;
  for (let tries = 0; (await statusOf(space)) === undefined; tries++) {
    if (tries > 500 || child.exitCode !== null) throw new Error("nginx did not start");
    await new Promise((done) => setTimeout(done, 10));
  }
  return {
    server: "nginx",
    space,
    projectId,
    apiToken: "PTsynthetic0123456789",
    urls: ids.map((id) => `${space}/${recordings}/${id}`),
    async stop() {
      child.kill();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
