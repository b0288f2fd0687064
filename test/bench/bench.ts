import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { saveInProcess, startMockProcess } from "../helpers/processes.js";
import { manySmall, segments } from "./downloads.js";
import { firstAnswer, largeMedium, manyRequests, reads } from "./mock.js";

// `npm run bench`: speed and memory, each figure beside its peer's, measured in the same run.

const run = promisify(execFile);
const mebibyte = 2 ** 20;

const mib = (bytes: number) => `${(bytes / mebibyte).toFixed(0)} MiB`;

function row(what: string, figure: string, goal = ""): void {
  console.log(`${what.padEnd(52)} ${figure.padStart(16)}  ${goal}`);
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

await reads(row);
await firstAnswer(row);
await manyRequests(row);
await largeMedium(row);
await largeRecording();
await manySmall(row);
await segments(row);
