import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { get, type IncomingMessage } from "node:http";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { seededCredentials } from "@media-protection/mock";
import autocannon from "autocannon";
import {
  type MockProcess,
  residentMemory,
  startMockProcess,
} from "../helpers/processes/processes.js";
import { startBareHono, startBareOrigin, startPrism, statusOf } from "./peers.js";
import { median, mib, milliseconds, perSecond, type Row } from "./report.js";

// The lines of the mock, each beside its peer's, measured in the same run.

const bin = resolve(import.meta.dirname, "../../../mock/dist/bin.js");
const mebibyte = 2 ** 20;
const connections = 16;

function basic({ projectId, apiToken }: { projectId: string; apiToken: string }) {
  const authorization = `Basic ${Buffer.from(`${projectId}:${apiToken}`).toString("base64")}`;
  return { authorization, accept: "application/json" };
}

/** Reads one project again and again; requests per second. Throws unless every answer was a 200. */
async function readProjects(
  mock: MockProcess,
  origin: string,
  limit: { duration: number } | { amount: number },
): Promise<number> {
  const url = `${origin}/api/projects/${mock.projectId}`;
  const result = await autocannon({ url, headers: basic(mock), connections, ...limit });
  if (result.non2xx > 0 || result.errors > 0 || result["2xx"] === 0) {
    throw new Error(`${origin}: ${result.non2xx} answers were no 2xx, ${result.errors} errors`);
  }
  return result.requests.total / ((result.finish.getTime() - result.start.getTime()) / 1000);
}

/**
 * Reading a project: the mock, which checks credentials and writes its journal, beside Prism and
 * beside a Hono server that does neither.
 */
export async function reads(row: Row): Promise<void> {
  const mock = await startMockProcess();
  const { space } = mock.origins;
  const answer = await fetch(`${space}/api/projects/${mock.projectId}`, { headers: basic(mock) });
  const bare = await startBareHono(await answer.text());
  const prism = await startPrism();
  try {
    const origins = { prism: prism.origin, bare: bare.origin, mock: space };
    for (const origin of Object.values(origins)) await readProjects(mock, origin, { duration: 2 });
    // In turn, since the machine's pace changes within a run.
    const rates: Record<keyof typeof origins, number[]> = { prism: [], bare: [], mock: [] };
    for (let round = 0; round < 5; round++) {
      rates.prism.push(await readProjects(mock, prism.origin, { duration: 1 }));
      rates.bare.push(await readProjects(mock, bare.origin, { duration: 2 }));
      rates.mock.push(await readProjects(mock, space, { duration: 2 }));
    }
    const ours = median(rates.mock);
    const ratio = (peer: number) => `${(ours / peer).toFixed(2)} x`;
    row("reading a project: prism mock -v silent", perSecond(median(rates.prism), "req"));
    row("reading a project: bare Hono, a constant", perSecond(median(rates.bare), "req"));
    row("reading a project: this mock", perSecond(ours, "req"));
    row("ratio to prism", ratio(median(rates.prism)), "goal: 8 x or more");
    row("ratio to bare Hono", ratio(median(rates.bare)), "goal: 0.5 x or more");
  } finally {
    await Promise.all([prism.stop(), bare.stop(), mock.stop()]);
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Starts the mock's command, and ends it; the time from its start to its first answer, in ms. */
async function startCommand(): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, [bin, "--port", "0", "--json", "--quiet"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  try {
    const lines = createInterface({ input: child.stdout });
    const [line] = await Promise.race([once(lines, "line"), ended.then(() => [""])]);
    const space = /"space":"(http:[^"]+)"/.exec(String(line))?.[1];
    const status = await statusOf(`${space}/api/projects`, basic(seededCredentials));
    const time = performance.now() - start;
    if (status !== 200) throw new Error(`The mock's first answer was ${status}.`);
    return time;
  } finally {
    child.kill();
    await ended;
  }
}

/** From the start of the mock's process to its first answer, beside Node alone and beside Prism. */
export async function firstAnswer(row: Row): Promise<void> {
  const times: Record<"node" | "prism" | "mock", number[]> = { node: [], prism: [], mock: [] };
  for (let round = 0; round < 7; round++) {
    times.node.push(await timed(() => once(spawn(process.execPath, ["-e", "0"]), "exit")));
    times.mock.push(await startCommand());
    const start = performance.now();
    const prism = await startPrism();
    times.prism.push(performance.now() - start);
    await prism.stop();
  }
  row("node -e 0, from start to end", milliseconds(median(times.node)));
  row("first answer: prism mock -v silent", milliseconds(median(times.prism)));
  row("first answer: this mock", milliseconds(median(times.mock)), "goal: 400 ms");
}

/** Resident memory when the mock is warm, and many requests later: its journal is bounded. */
export async function manyRequests(row: Row): Promise<void> {
  const mock = await startMockProcess();
  try {
    await readProjects(mock, mock.origins.space, { amount: 100_000 });
    const warm = await residentMemory(mock.process.pid);
    await readProjects(mock, mock.origins.space, { amount: 900_000 });
    const after = await residentMemory(mock.process.pid);
    row("memory of the mock after 100,000 requests", mib(warm));
    row("memory of the mock after 1,000,000 requests", mib(after), "goal: flat");
  } finally {
    await mock.stop();
  }
}

/** The most resident memory that a process had so far, in bytes; `undefined` where nothing tells. */
async function peakMemory(pid: number | undefined): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}

/** Reads a medium and throws it away; how many bytes there were. */
async function drain(url: string): Promise<number> {
  const response = await new Promise<IncomingMessage>((done, fail) => {
    get(url, done).on("error", fail);
  });
  if (response.statusCode !== 200) throw new Error(`${url} was answered ${response.statusCode}`);
  let size = 0;
  response.on("data", (chunk: Buffer) => {
    size += chunk.length;
  });
  await once(response, "end");
  return size;
}

/** How fast a medium of so many bytes is read, in MiB a second. Throws unless all of them come. */
async function rateOf(url: string, size: number): Promise<number> {
  let received = 0;
  const time = await timed(async () => {
    received = await drain(url);
  });
  if (received !== size) throw new Error(`${received} of ${size} bytes came`);
  return size / mebibyte / (time / 1000);
}

/** A recording larger than memory should be, generated as it streams; beside a bare server of the same. */
export async function largeMedium(row: Row): Promise<void> {
  const size = 4 * 2 ** 30;
  const mock = await startMockProcess(size);
  const bare = await startBareOrigin(size);
  const rates: Record<"mock" | "bare", number[]> = { mock: [], bare: [] };
  try {
    const { pid } = mock.process;
    let seen = 0;
    const look = async () => {
      seen = Math.max(seen, await residentMemory(pid));
    };
    // Where the system keeps no peak, looking often finds one that is nearly as high.
    const timer = (await peakMemory(pid)) === undefined ? setInterval(look, 100) : undefined;
    for (let round = 0; round < 3; round++) {
      rates.mock.push(await rateOf(mock.recordingUrls[0] ?? "", size));
      rates.bare.push(await rateOf(bare.origin, size));
    }
    clearInterval(timer);
    const peak = (await peakMemory(pid)) ?? seen;
    row(
      "4 GiB recording from bare node:http, same generator",
      perSecond(median(rates.bare), "MiB"),
    );
    row("4 GiB recording from the mock, thrown away", perSecond(median(rates.mock), "MiB"));
    row(
      "ratio to bare node:http",
      `${(median(rates.mock) / median(rates.bare)).toFixed(2)} x`,
      "goal: 0.5 x or more",
    );
    row("peak resident memory of the mock", mib(peak), "goal: below 150 MiB");
  } finally {
    await Promise.all([mock.stop(), bare.stop()]);
  }
}
