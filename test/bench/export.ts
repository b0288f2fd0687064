/**
 * `npm run bench:export -- [media] [ways]`: everything the mock has, by `saveAll`, to a folder, and to the S3
 * double, each in a process of its own, with the heap that the command gives itself; ends with 1 where memory, first byte or throughput are not what
 * they have to be. 10,000 media unless told.
 */
import { type ChildProcess, fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { startS3Double } from "../helpers/export/s3-double.js";
import { messageOf } from "../helpers/processes/processes.js";

interface Measured {
  readonly way: string;
  readonly count: number;
  readonly milliseconds: number;
  readonly firstByte?: number;
  readonly peakMemory: number;
}

const count = Number(process.argv[2] ?? 10_000);
const at = (name: string) => join(import.meta.dirname, `${name}.js`);
const mock: ChildProcess = fork(at("export-mock"), [String(count)]);
const { space, files, projectId, apiToken } =
  await messageOf<{
    readonly [Name in "space" | "files" | "projectId" | "apiToken"]: string;
  }>(mock);
const double = await startS3Double({ ifNoneMatch: true, checksums: "verify" });
const folder = await mkdtemp(join(tmpdir(), "bench-export-"));
const env = { ...process.env, AWS_ACCESS_KEY_ID: "S3RVER", AWS_SECRET_ACCESS_KEY: "S3RVER" };
/** The flag that the command sets for itself (see `watch.ts` of the export); a library has its process's. */
const asTheCommand = ["--heap-growing-percent=60"];
const faults: string[] = [];
let base = 0;
const ways = process.argv[3]?.split(",") ?? ["saveAll", "folder", "bucket"];
for (const way of ways) {
  const args = [way, space, files, projectId, apiToken, join(folder, way), double.origin];
  const measured = await messageOf<Measured>(
    fork(at("export-process"), args, { env, execArgv: way === "saveAll" ? [] : asTheCommand }),
  );
  const rate = measured.count / (measured.milliseconds / 1000);
  const memory = measured.peakMemory / 2 ** 20;
  if (way === "saveAll") base = rate;
  process.stdout.write(
    `${way.padEnd(8)} ${measured.count} media, ${rate.toFixed(0)}/s (${(rate / base).toFixed(2)} of saveAll), ` +
      `${memory.toFixed(0)} MiB at most, first medium after ${measured.firstByte?.toFixed(0) ?? "?"} ms\n`,
  );
  if (measured.count !== count) faults.push(`${way} moved ${measured.count}`);
  if (way === "saveAll") continue;
  if (memory > 250) faults.push(`${way} took ${memory.toFixed(0)} MiB`);
  // A machine that others use, too, says little of speed.
  if (process.env["CI"]) continue;
  if ((measured.firstByte ?? Infinity) > 3000) faults.push(`${way} began after 3 s`);
  if (way === "folder" && rate / base < 0.8) faults.push("folder has less than 0.8 of saveAll");
}
mock.disconnect();
await double.close();
await rm(folder, { recursive: true, force: true });
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
