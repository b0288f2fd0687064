import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createClient } from "@media-protection/sdk";
import { nodeFetch, saveMedia } from "@media-protection/sdk/node";
import { messageOf } from "../helpers/processes/processes.js";
import { type Row, seconds, times } from "./report.js";

const mebibyte = 2 ** 20;

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
