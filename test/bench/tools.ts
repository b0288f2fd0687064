import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { messageOf } from "../helpers/processes/processes.js";
import type { Origin } from "./origins.js";

const run = promisify(execFile);

/** What a tool is told to save, 16 at a time. */
export interface Batch {
  readonly urls: readonly string[];
  /** An existing folder. */
  readonly folder: string;
}

/** What that took. */
export interface Saved {
  readonly milliseconds: number;
  /** CPU time of all its processes and threads, in milliseconds. */
  readonly cpu: number;
  /** The peak of its process's resident memory so far, in bytes; 0 where that is not known. */
  readonly peakMemory: number;
  /** The 99th percentile of the event loop's delay, in milliseconds; 0 where there is none. */
  readonly loopDelay: number;
}

/** A program that saves media. */
export interface Tool {
  readonly name: string;
  save(batch: Batch): Promise<Saved>;
  stop(): Promise<void>;
}

/** The SDK with its default options. */
export const ours = "saveMedia, saveAll";
/** The least that does the same work, to compare machines and days by. */
export const bare = "bare program";
/** What is written for others to use. */
export const peers = ["fetch", "got", "axios", "ky", "undici", "node-downloader-helper"] as const;
/** What a shell has. */
export const shell = { alone: "curl", whole: "curl && sha256sum && sync" } as const;

/** A tool of `tool-process.ts` in a process of its own, with the origin's credentials. */
export function startTool(name: string, origin: Origin): Tool {
  const child = fork(resolve(import.meta.dirname, "tool-process.js"), [name], {
    env: {
      ...process.env,
      SIGNALWIRE_SPACE: origin.space,
      SIGNALWIRE_PROJECT_ID: origin.projectId,
      SIGNALWIRE_API_TOKEN: origin.apiToken,
    },
  });
  return {
    name,
    async save(batch) {
      child.send(batch);
      return messageOf<Saved>(child);
    },
    async stop() {
      child.disconnect();
      await once(child, "exit");
    },
  };
}

/** curl: alone, which only writes; and with what makes sure of what was written. None without it. */
export async function shellTools({ projectId, apiToken }: Origin): Promise<Tool[]> {
  const found = await run("curl", ["--version"]).catch(() => undefined);
  if (!found) return [];
  const tool = (name: string, after: string): Tool => ({
    name,
    async save({ urls, folder }) {
      const config = join(folder, "curl.txt");
      // Not on the command line, which everybody on the machine can read.
      const lines = urls.map((url, index) => `url = "${url}"\noutput = "${folder}/${index}.wav"\n`);
      const login = `user = "${projectId}:${apiToken}"\n`;
      await writeFile(config, login + lines.join(""), { mode: 0o600 });
      const parallel = urls.length > 1 ? "--parallel --parallel-max 16" : "";
      const command = `curl -sf --no-progress-meter ${parallel} -K "$0/curl.txt" ${after} && times`;
      const start = performance.now();
      const { stdout } = await run("bash", ["-c", command, folder]);
      const milliseconds = performance.now() - start;
      return { milliseconds, cpu: childrensTime(stdout), peakMemory: 0, loopDelay: 0 };
    },
    async stop() {},
  });
  const hash =
    '&& (cd "$0" && printf "%s\\0" *.wav | xargs -0 sha256sum > sums.txt) && sync -f "$0"';
  return [tool(shell.alone, ""), tool(shell.whole, hash)];
}

/** Of what bash's `times` prints, that of the programs it ran: user and system, in milliseconds. */
function childrensTime(printed: string): number {
  const [, line = ""] = printed.trim().split("\n").slice(-2);
  const spent = [...line.matchAll(/(\d+)m([\d.]+)s/g)];
  return spent.reduce(
    (sum, [, minutes, rest]) => sum + Number(minutes) * 60_000 + Number(rest) * 1000,
    0,
  );
}

/** Lets each tool save the same media in turn, so many times, each time into a folder of its own. */
export async function inTurn(
  tools: readonly Tool[],
  urls: readonly string[],
  rounds: number,
  folder: string,
): Promise<ReadonlyMap<string, readonly Saved[]>> {
  const results = new Map<string, Saved[]>(tools.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const { name, save } of tools) {
      const own = join(folder, String(round));
      await mkdir(own);
      // So that none pays for what the one before it left to the kernel to write.
      await run("sync").catch(() => {});
      results.get(name)?.push(await save({ urls, folder: own }));
      await rm(own, { recursive: true });
    }
  }
  return results;
}
