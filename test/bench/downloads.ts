import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createClient } from "@media-protection/sdk";
import { nodeFetch, saveMedia } from "@media-protection/sdk/node";
import { type MockProcess, messageOf, startMockProcess } from "../helpers/processes/processes.js";
import { median, mib, perSecond, type Row, seconds, times } from "./report.js";
import { inTurn, startCurl, startTool, type Tool, toolNames } from "./tools.js";

// The lines of the SDK. curl's figure is that of writing alone; the other peers do the same work.

const mebibyte = 2 ** 20;

/** Gives the work a mock, a folder that is removed, and every tool, each in a process of its own. */
async function withTools(
  media: { readonly size: number; readonly count: number },
  work: (mock: MockProcess, tools: readonly Tool[], folder: string) => Promise<void>,
): Promise<void> {
  const mock = await startMockProcess(media.size, media.count);
  const folder = await mkdtemp(join(tmpdir(), "media-protection-bench-"));
  const curl = await startCurl(mock);
  const tools = [...(curl ? [curl] : []), ...toolNames.map((name) => startTool(name, mock))];
  try {
    await work(mock, tools, folder);
  } finally {
    for (const tool of tools) await tool.stop();
    await rm(folder, { recursive: true });
    await mock.stop();
  }
}

/** One large recording to disk. */
export async function largeRecording(row: Row): Promise<void> {
  await withTools({ size: 1024 * mebibyte, count: 1 }, async (mock, tools, folder) => {
    const remove = (own: string) => rm(own, { recursive: true });
    const results = await inTurn(tools, mock.recordingUrls, 4, folder, remove);
    // The first round finds everything cold, the mock too.
    const time = (name: string) =>
      median((results.get(name) ?? []).slice(1).map(({ milliseconds }) => milliseconds));
    for (const { name } of tools) {
      const peak = Math.max(...(results.get(name) ?? []).map(({ peakMemory }) => peakMemory));
      const ratio = name === "curl" ? "" : `${times(time(name) / time("curl"))} curl`;
      const ours = name.startsWith("save") ? ", goals: 1.35 x, below 150 MiB" : "";
      const beside = name === "curl" ? "which only writes" : `${ratio}, ${mib(peak)}${ours}`;
      row(`1 GiB to disk: ${name}`, seconds(time(name)), beside);
    }
  });
}

/** Many small media, 16 at a time. */
export async function manySmall(row: Row): Promise<void> {
  const count = 2000;
  await withTools({ size: 100 * 1024, count }, async (mock, tools, folder) => {
    const results = await inTurn(tools, mock.recordingUrls, 4, folder);
    const rate = (name: string) =>
      (count * 1000) /
      median((results.get(name) ?? []).slice(1).map(({ milliseconds }) => milliseconds));
    for (const { name } of tools) {
      const ours = name.startsWith("save") ? ", goal: 0.75" : "";
      const share = `${(rate(name) / rate("curl")).toFixed(2)} of curl${ours}`;
      const beside = name === "curl" ? "which only writes" : share;
      row(`${count} x 100 KiB to disk: ${name}`, perSecond(rate(name), "files"), beside);
    }
  });
}

/** One large medium from an origin that throttles each connection to 20 MiB/s. */
export async function segments(row: Row): Promise<void> {
  const helper = resolve(import.meta.dirname, "throttled-origin.js");
  const child = fork(helper, [String(160 * mebibyte), String(20 * mebibyte)]);
  const folder = await mkdtemp(join(tmpdir(), "media-protection-bench-"));
  try {
    const space = await messageOf<string>(child);
    const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
    const client = createClient({ space, projectId, apiToken: "PT-synthetic", fetch: nodeFetch });
    const recording = { kind: "recording", recordingId: projectId } as const;
    const save = async (count: number) => {
      const start = performance.now();
      await saveMedia(client, recording, join(folder, `${count}.wav`), { segments: count });
      return performance.now() - start;
    };
    const single = await save(1);
    const eight = await save(8);
    row("160 MiB at 20 MiB/s a connection: one", seconds(single));
    row("160 MiB at 20 MiB/s a connection: segments: 8", seconds(eight));
    row("ratio", times(single / eight), "goal: 6 x or more");
  } finally {
    await rm(folder, { recursive: true });
    child.disconnect();
    await once(child, "exit");
  }
}
