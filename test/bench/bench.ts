import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import autocannon from "autocannon";
import {
  type MockProcess,
  residentMemory,
  saveInProcess,
  startMockProcess,
} from "../helpers/processes.js";
import { manySmall, segments } from "./downloads.js";

// `npm run bench`: speed and memory, each figure beside its peer's, measured in the same run.

const run = promisify(execFile);
const root = resolve(import.meta.dirname, "../../..");
const mebibyte = 2 ** 20;
const connections = 16;

const mib = (bytes: number) => `${(bytes / mebibyte).toFixed(0)} MiB`;
const perSecond = (rate: number) => `${Math.round(rate).toLocaleString("en")} req/s`;

function row(what: string, figure: string, goal = ""): void {
  console.log(`${what.padEnd(52)} ${figure.padStart(16)}  ${goal}`);
}

/** Reads one project again and again; requests per second. Throws unless every answer was a 200. */
async function readProjects(
  mock: MockProcess,
  origin: string,
  limit: { duration: number } | { amount: number },
) {
  const basic = Buffer.from(`${mock.projectId}:${mock.apiToken}`).toString("base64");
  const result = await autocannon({
    url: `${origin}/api/projects/${mock.projectId}`,
    headers: { authorization: `Basic ${basic}`, accept: "application/json" },
    connections,
    ...limit,
  });
  if (result.non2xx > 0 || result.errors > 0 || result["2xx"] === 0) {
    throw new Error(`${origin}: ${result.non2xx} answers were no 2xx, ${result.errors} errors`);
  }
  return result.requests.total / ((result.finish.getTime() - result.start.getTime()) / 1000);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  // The server listens on TCP, so its address is not a pipe's name.
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function startPrism() {
  const port = await freePort();
  const cli = createRequire(import.meta.url).resolve("@stoplight/prism-cli/package.json");
  const contract = join(root, "openapi.yaml");
  const child = spawn(
    process.execPath,
    [join(dirname(cli), "dist/index.js"), "mock", "-v", "silent", "-p", String(port), contract],
    { stdio: "ignore" },
  );
  const origin = `http://127.0.0.1:${port}`;
  const answers = () =>
    fetch(origin).then(
      () => true,
      () => false,
    );
  for (let tries = 0; !(await answers()); tries++) {
    if (tries > 300 || child.exitCode !== null) throw new Error("prism mock did not start");
    await new Promise((done) => setTimeout(done, 100));
  }
  return { origin, child };
}

async function reads(): Promise<void> {
  const mock = await startMockProcess();
  const prism = await startPrism();
  try {
    await readProjects(mock, mock.origins.space, { duration: 2 });
    await readProjects(mock, prism.origin, { duration: 2 });
    const ours = await readProjects(mock, mock.origins.space, { duration: 5 });
    const theirs = await readProjects(mock, prism.origin, { duration: 5 });
    row("reading a project: prism mock -v silent", perSecond(theirs));
    row("reading a project: this mock", perSecond(ours));
    row("ratio", `${(ours / theirs).toFixed(1)} x`, "goal: 8 x or more");
    const before = await residentMemory(mock.process.pid);
    await readProjects(mock, mock.origins.space, { amount: 200_000 });
    const after = await residentMemory(mock.process.pid);
    row(
      "memory of the mock, before and after 200,000 reads",
      `${mib(before)}, ${mib(after)}`,
      "goal: flat",
    );
  } finally {
    prism.child.kill();
    await mock.stop();
  }
}

async function largeRecording(): Promise<void> {
  const mock = await startMockProcess(2 ** 30);
  const folder = await mkdtemp(join(tmpdir(), "media-protection-bench-"));
  try {
    const start = performance.now();
    const curl = await run("curl", [
      "-sSf",
      "-o",
      join(folder, "curl.wav"),
      mock.recordingUrls[0] ?? "",
    ]).then(
      () => performance.now() - start,
      () => undefined,
    );
    if (curl === undefined) row("1 GiB recording to disk: curl", "not installed");
    else row("1 GiB recording to disk: curl", `${(curl / 1000).toFixed(2)} s`);
    const saved = await saveInProcess(mock, folder);
    row(
      "1 GiB recording to disk: saveMedia, with SHA-256",
      `${(saved.milliseconds / 1000).toFixed(2)} s`,
      curl === undefined ? "" : `${(saved.milliseconds / curl).toFixed(2)} x curl, goal: 1.35`,
    );
    row("peak resident memory of saveMedia", mib(saved.peakMemory), "goal: below 150 MiB");
  } finally {
    await rm(folder, { recursive: true });
    await mock.stop();
  }
}

await reads();
await largeRecording();
await manySmall(row);
await segments(row);
