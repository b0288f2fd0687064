import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { type MockProcess, messageOf } from "../helpers/processes/processes.js";

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
  /** The peak of its process's resident memory so far, in bytes; 0 where that is not known. */
  readonly peakMemory: number;
}

/** A program that saves media. */
export interface Tool {
  readonly name: string;
  save(batch: Batch): Promise<Saved>;
  stop(): Promise<void>;
}

/** The names of the tools that `tool-process.ts` has, the SDK's first. */
export const toolNames = [
  "saveMedia, saveAll",
  "saveMedia, saveAll, nodeFetch",
  "fetch",
  "got",
  "axios",
  "ky",
  "node-downloader-helper",
] as const;

/** A tool in a process of its own, with the mock's credentials. */
export function startTool(name: (typeof toolNames)[number], mock: MockProcess): Tool {
  const child = fork(resolve(import.meta.dirname, "tool-process.js"), [name], {
    env: {
      ...process.env,
      SIGNALWIRE_SPACE: mock.origins.space,
      SIGNALWIRE_PROJECT_ID: mock.projectId,
      SIGNALWIRE_API_TOKEN: mock.apiToken,
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

/** curl, which only writes: no hash, no flush, no rename. `undefined` where it is not installed. */
export async function startCurl({ projectId, apiToken }: MockProcess): Promise<Tool | undefined> {
  const found = await run("curl", ["--version"]).catch(() => undefined);
  if (!found) return undefined;
  return {
    name: "curl",
    async save({ urls, folder }) {
      const config = join(folder, "curl.txt");
      // Not on the command line, which everybody on the machine can read.
      const lines = urls.map((url, index) => `url = "${url}"\noutput = "${folder}/${index}.wav"\n`);
      const login = `user = "${projectId}:${apiToken}"\n`;
      await writeFile(config, login + lines.join(""), { mode: 0o600 });
      const parallel = urls.length > 1 ? ["--parallel", "--parallel-max", "16"] : [];
      const start = performance.now();
      await run("curl", ["-sf", "--no-progress-meter", ...parallel, "-K", config]);
      return { milliseconds: performance.now() - start, peakMemory: 0 };
    },
    async stop() {},
  };
}

/** Lets each tool save the same media in turn, so many times, each time into a folder of its own. */
export async function inTurn(
  tools: readonly Tool[],
  urls: readonly string[],
  rounds: number,
  folder: string,
  after: (folder: string) => Promise<unknown> = async () => {},
): Promise<ReadonlyMap<string, readonly Saved[]>> {
  const results = new Map<string, Saved[]>(tools.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const { name, save } of tools) {
      const own = join(folder, `${name}-${round}`);
      await mkdir(own);
      // So that none pays for what the one before it left to the kernel to write.
      await run("sync").catch(() => {});
      results.get(name)?.push(await save({ urls, folder: own }));
      await after(own);
    }
  }
  return results;
}
