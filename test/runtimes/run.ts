/**
 * `npm run test:runtimes [-- name…]`: the same suite on every runtime, against the packed SDK.
 * Prints a table; ends with status 1 unless everything passed on every runtime that was asked for.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { type Consumer, makeConsumer } from "./consumer.js";
import { startHost } from "./host.js";
import { allRuntimes, type Runtime } from "./runtimes.js";
import { table } from "./table.js";
import { installTools } from "./tools.js";
import { type CaseResult, groups } from "./world.js";

/** How one runtime did. */
interface Outcome {
  readonly runtime: Runtime;
  readonly version: string;
  readonly results: readonly CaseResult[];
  /** Why there are no results. */
  readonly problem?: string;
}

const limit = 120_000;

async function tryRuntime(runtime: Runtime, consumer: Consumer): Promise<Outcome> {
  const binary = await runtime.find();
  if (binary === undefined) {
    const problem = "there is no binary of it for this platform";
    return { runtime, version: "not available", results: [], problem };
  }
  let version = "?";
  await using host = await startHost(consumer.page);
  try {
    version = await runtime.version(binary);
    const signal = AbortSignal.timeout(limit);
    const silent = runtime.run(binary, { origin: host.origin, consumer, signal }).then(() => {
      throw new Error("it ended without a report");
    });
    const report = await Promise.race([host.report, silent]);
    if (!report.runtime.startsWith(runtime.reportsAs)) {
      throw new Error(`${report.runtime} reported in its place`);
    }
    return { runtime, version, results: report.results };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { runtime, version, results: [], problem };
  }
}

function row({ runtime, version, results, problem }: Outcome): string[] {
  const cells = groups.map((group) => {
    const ran = results.filter((result) => result.group === group);
    const passed = ran.filter(({ failure }) => failure === undefined);
    return ran.length === 0 ? "–" : `${passed.length}/${ran.length}`;
  });
  const failed = results.some(({ failure }) => failure !== undefined) || problem !== undefined;
  return [runtime.name, version, ...cells, failed ? "FAILED" : "passed"];
}

function* failures({ runtime, results, problem }: Outcome): Generator<string> {
  if (problem !== undefined) yield `${runtime.name}: ${problem}`;
  for (const { group, name, failure } of results) {
    if (failure !== undefined) yield `${runtime.name}, ${group}: ${name}\n    ${failure}`;
  }
}

async function main(wanted: readonly string[]): Promise<boolean> {
  const tools = await installTools();
  const all = allRuntimes(tools);
  const key = (name: string) => name.toLowerCase().replaceAll(" ", "");
  const unknown = wanted.find((name) => !all.some((one) => key(one.name) === key(name)));
  if (unknown !== undefined) {
    throw new Error(`${unknown} is none of ${all.map((one) => key(one.name)).join(", ")}.`);
  }
  const chosen = all.filter(
    (one) => wanted.length === 0 || wanted.some((name) => key(name) === key(one.name)),
  );
  const parent = await mkdtemp(join(tmpdir(), "runtimes-"));
  try {
    const consumer = await makeConsumer(parent);
    const outcomes: Outcome[] = [];
    for (const runtime of chosen) outcomes.push(await tryRuntime(runtime, consumer));

    const head = ["runtime", "version", ...groups, "result"];
    process.stdout.write(`\n${table([head, ...outcomes.map(row)])}\n\n`);
    const failed = outcomes.flatMap((outcome) => [...failures(outcome)]);
    for (const text of failed) process.stdout.write(`FAILED ${text}\n`);
    const passed = outcomes
      .flatMap(({ results }) => results)
      .filter(({ failure }) => failure === undefined).length;
    process.stdout.write(`${passed} passed, ${failed.length} failed\n`);
    return failed.length === 0;
  } finally {
    await rm(parent, { recursive: true });
  }
}

process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
