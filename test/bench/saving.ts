import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { startOriginOf } from "./origins.js";
import { median, mib, milliseconds, type Row, seconds } from "./report.js";
import { bare, inTurn, ours, peers, type Saved, shell, shellTools, startTool } from "./tools.js";

// What saving costs, beside what a user would take instead: all do equal work, in one run, in turn.

const [kibibyte, mebibyte] = [2 ** 10, 2 ** 20];
/** The first finds everything cold, and does not count. */
const rounds = 6;
/** For all of them: peak memory in bytes, the event loop's delay in milliseconds. */
const limits = { memory: 130 * mebibyte, delay: 20 };

/** How much faster the SDK should be than another, in the medians of their times. */
interface Goals {
  readonly [shell.whole]: number;
  readonly [shell.alone]?: number;
  /** The fastest of {@link peers}. */
  readonly peer?: number;
  /** CPU time, in that of the shell's whole work. */
  readonly cpu?: number;
}

interface Work {
  readonly count: number;
  readonly size: number;
  readonly goals: Goals;
}

const works: Readonly<Record<string, Work>> = {
  "2,000 x 100 KiB": {
    count: 2000,
    size: 100 * kibibyte,
    goals: { [shell.whole]: 0.9, peer: 1.5 },
  },
  "20,000 x 4 KiB": { count: 20_000, size: 4 * kibibyte, goals: { [shell.whole]: 0.9, peer: 1.5 } },
  "200 x 5 MiB": { count: 200, size: 5 * mebibyte, goals: { [shell.whole]: 1, peer: 1.2 } },
  "1 GiB": {
    count: 1,
    size: 1024 * mebibyte,
    goals: { [shell.whole]: 1 / 0.7, [shell.alone]: 1 / 1.35, cpu: 1 },
  },
};

/** One line of the table at the end. */
interface Verdict {
  readonly work: string;
  readonly what: string;
  readonly figure: number;
  readonly goal: number;
  readonly met: boolean;
}

/**
 * Saving, all of it; or the works that are named, such as `"1 GiB"`. With `--json FILE` everything that
 * was measured is written there.
 */
export async function saving(row: Row, args: readonly string[] = []): Promise<void> {
  const at = args.indexOf("--json");
  const file = at < 0 ? undefined : args[at + 1];
  const wanted = Object.entries(works).filter(([name], _, all) =>
    args.some((arg) => all.some(([one]) => one === arg)) ? args.includes(name) : true,
  );
  const verdicts: Verdict[] = [];
  const measured: Record<string, Record<string, readonly Saved[]>> = {};
  for (const [name, work] of wanted) {
    const results = await measure(row, name, work);
    measured[name] = Object.fromEntries(results);
    verdicts.push(...judge(name, work.goals, results));
  }
  row("", "");
  for (const { work, what, figure, goal, met } of verdicts) {
    row(
      `${work}: ${what}`,
      figure.toFixed(2),
      `goal: ${goal.toFixed(2)}, ${met ? "met" : "MISSED"}`,
    );
  }
  const about = { node: process.version, cores: cpus().length, time: new Date().toISOString() };
  if (file) await writeFile(file, JSON.stringify({ about, measured, verdicts }, undefined, 2));
}

async function measure(row: Row, name: string, { count, size }: Work) {
  const origin = await startOriginOf(size, count);
  const folder = await mkdtemp(join(tmpdir(), "media-protection-bench-"));
  const names = [ours, bare, ...peers];
  const tools = [...(await shellTools(origin)), ...names.map((one) => startTool(one, origin))];
  try {
    const all = await inTurn(tools, origin.urls, rounds, folder);
    const results = new Map([...all].map(([tool, saved]) => [tool, saved.slice(1)]));
    row(`${name} from ${origin.server}`, "median", "spread, CPU, peak memory, loop delay (99 %)");
    for (const [tool, saved] of results) row(`  ${tool}`, seconds(timeOf(saved)), besides(saved));
    return results;
  } finally {
    for (const tool of tools) await tool.stop();
    await rm(folder, { recursive: true });
    await origin.stop();
  }
}

const timeOf = (saved: readonly Saved[]) => median(saved.map(({ milliseconds: time }) => time));
const cpuOf = (saved: readonly Saved[]) => median(saved.map(({ cpu }) => cpu));
const most = (saved: readonly Saved[], what: "peakMemory" | "loopDelay") =>
  Math.max(...saved.map((one) => one[what]));

function besides(saved: readonly Saved[]): string {
  const spent = saved.map(({ milliseconds: time }) => time);
  const spread = `${seconds(Math.min(...spent))} to ${seconds(Math.max(...spent))}`;
  const [memory, delay] = [most(saved, "peakMemory"), most(saved, "loopDelay")];
  return [
    spread,
    seconds(cpuOf(saved)),
    ...(memory > 0 ? [mib(memory)] : []),
    ...(delay > 0 ? [milliseconds(delay)] : []),
  ].join(", ");
}

function judge(
  work: string,
  goals: Goals,
  results: ReadonlyMap<string, readonly Saved[]>,
): Verdict[] {
  const own = results.get(ours) ?? [];
  const verdict = (what: string, figure: number, goal: number, isLeast = true): Verdict => {
    return { work, what, figure, goal, met: isLeast ? figure >= goal : figure <= goal };
  };
  const faster = (name: string) => timeOf(results.get(name) ?? []) / timeOf(own);
  const verdicts: Verdict[] = [];
  for (const name of [shell.whole, shell.alone]) {
    const goal = goals[name];
    if (goal !== undefined && results.has(name)) {
      verdicts.push(verdict(`speed, of ${name}`, faster(name), goal));
    }
  }
  if (goals.peer !== undefined) {
    const [best = ""] = [...peers].sort((one, other) => faster(one) - faster(other));
    verdicts.push(verdict(`speed, of the best peer (${best})`, faster(best), goals.peer));
  }
  const whole = results.get(shell.whole);
  if (goals.cpu !== undefined && whole) {
    const figure = cpuOf(own) / cpuOf(whole);
    verdicts.push(verdict(`CPU, of ${shell.whole}`, figure, goals.cpu, false));
  }
  return [
    ...verdicts,
    verdict(
      "peak memory in MiB",
      most(own, "peakMemory") / mebibyte,
      limits.memory / mebibyte,
      false,
    ),
    verdict("loop delay in ms", most(own, "loopDelay"), limits.delay, false),
  ];
}
