import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { createClient } from "@media-protection/sdk";
import { nodeFetch, saveAll, saveMedia } from "@media-protection/sdk/node";
import { messageOf, startMockProcess } from "../helpers/processes.js";

/** Prints one figure. */
export type Row = (what: string, figure: string, goal?: string) => void;

const run = promisify(execFile);
const files = 2000;
const fileSize = 100 * 1024;
const concurrency = 16;

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** Many small media: `curl --parallel`, which writes only, beside saveAll, which also hashes, flushes and notes. */
export async function manySmall(row: Row): Promise<void> {
  // In a process of its own, as it is for curl.
  const mock = await startMockProcess(fileSize, files);
  const folder = await mkdtemp(join(tmpdir(), "media-protection-bench-"));
  try {
    const urls = mock.recordingUrls;
    const config = join(folder, "curl.txt");
    await mkdir(join(folder, "curl"));
    const lines = urls.map((url, index) => `url = "${url}"\noutput = "${folder}/curl/${index}"`);
    await writeFile(config, lines.join("\n"));
    const flags = ["-sf", "--no-progress-meter", "--parallel", "--parallel-max", `${concurrency}`];
    const curl = await seconds(() => run("curl", [...flags, "-K", config])).catch(() => undefined);
    const what = `${files.toLocaleString("en")} x 100 KiB, ${concurrency} at once`;
    const rate = (time: number) => `${Math.round(files / time).toLocaleString("en")} files/s`;
    row(`${what}: curl`, curl === undefined ? "not installed" : rate(curl));
    for (const [name, fetch] of [
      ["global fetch", undefined],
      ["nodeFetch", nodeFetch],
    ] as const) {
      const client = createClient({
        space: mock.origins.space,
        projectId: mock.projectId,
        apiToken: mock.apiToken,
        ...(fetch && { fetch }),
      });
      const time = await seconds(() => saveAll(client, urls, join(folder, name), { concurrency }));
      const beside = curl === undefined ? "" : `${(curl / time).toFixed(2)} of curl, goal: 0.75`;
      row(`${what}: saveAll, ${name}`, rate(time), beside);
    }
  } finally {
    await rm(folder, { recursive: true });
    await mock.stop();
  }
}

/** One large medium from an origin that throttles each connection to 20 MiB/s. */
export async function segments(row: Row): Promise<void> {
  const size = 160 * 2 ** 20;
  const helper = resolve(import.meta.dirname, "throttled-origin.js");
  const child = fork(helper, [String(size), String(20 * 2 ** 20)]);
  const folder = await mkdtemp(join(tmpdir(), "media-protection-bench-"));
  try {
    const space = await messageOf<string>(child);
    const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
    const client = createClient({ space, projectId, apiToken: "PT-synthetic", fetch: nodeFetch });
    const recording = { kind: "recording", recordingId: projectId } as const;
    const save = (count: number) =>
      saveMedia(client, recording, join(folder, `${count}.wav`), { segments: count });
    const single = await seconds(() => save(1));
    const eight = await seconds(() => save(8));
    row("160 MiB at 20 MiB/s a connection: one", `${single.toFixed(2)} s`);
    row("160 MiB at 20 MiB/s a connection: segments: 8", `${eight.toFixed(2)} s`);
    row("ratio", `${(single / eight).toFixed(1)} x`, "goal: 6 x or more");
  } finally {
    await rm(folder, { recursive: true });
    child.disconnect();
    await once(child, "exit");
  }
}
