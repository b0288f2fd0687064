import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { saveInProcess, startMockProcess } from "../helpers/processes/processes.js";

const gibibyte = 2 ** 30;
const mebibyte = 2 ** 20;

test("a recording of 1 GiB is saved with less than 150 MiB of memory", async () => {
  const mock = await startMockProcess(gibibyte);
  const folder = await mkdtemp(join(tmpdir(), "large-recording-"));
  try {
    const saved = await saveInProcess(mock, folder);
    const name = new URL(mock.recordingUrls[0] ?? "").pathname.split("/").at(-1);
    expect(saved.size).toBe(gibibyte);
    expect((await stat(join(folder, `${name}.wav`))).size).toBe(gibibyte);
    expect(saved.peakMemory).toBeLessThan(150 * mebibyte);
  } finally {
    await rm(folder, { recursive: true });
    await mock.stop();
  }
}, 120_000);
