import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { startMediaOrigin } from "../../helpers/origins/media-origin.js";
import { noise } from "../../helpers/values/noise.js";

// Saves of one medium by several processes at once: each ends well, and nothing is left beside it.

const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
const recordingId = "0b7e0c1a-93a4-4a54-8a6e-6a1f3c2d4e5f";
const helper = resolve(import.meta.dirname, "../../dist/helpers/saving/save-rounds.js");

test.each(["saveMedia", "many"])("three processes that %s one medium", async (how) => {
  const bytes = noise(600_000, 3);
  await using origin = await startMediaOrigin(bytes);
  const folder = await mkdtemp(join(tmpdir(), "save-at-once-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const args = [helper, origin.origin, projectId, recordingId, folder, "15", how];
  const runs = await Promise.all([1, 2, 3].map(() => promisify(execFile)(process.execPath, args)));
  for (const { stdout } of runs) expect(JSON.parse(stdout)).toEqual([]);
  const name = how === "many" ? `${recordingId}.wav` : "call.wav";
  expect(Buffer.compare(await readFile(join(folder, name)), bytes)).toBe(0);
  const left = (await readdir(folder)).filter((one) => one.startsWith("."));
  expect(left).toEqual([]);
});
