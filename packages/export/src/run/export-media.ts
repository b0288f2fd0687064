import { type Client, isMediaProtectionError } from "@media-protection/sdk";
import { ExportCancelledError } from "../errors.js";
import { createGate } from "../gate/request-gate.js";
import type { ShardPlan } from "../manifest/lines.js";
import { PlannedIndex } from "../manifest/planned-index.js";
import { endings, writePlan } from "../manifest/shard.js";
import { keyTemplate } from "../plan/key-template.js";
import {
  listMedia,
  listsOf,
  type MediaList,
  ownProject,
  type Selection,
  shardsIn,
} from "../plan/list-media.js";
import { boundTo, type Target } from "../targets/target.js";
import { beginRun, mayBegin } from "./control.js";
import {
  type CheckedExport,
  checkExport,
  type ExportOptions,
  type ExportReport,
} from "./export-options.js";
import { openJob, takeInventory, templateFor } from "./job.js";
import { type Listing, noteRead, noteReading } from "./listing-state.js";
import { planShards } from "./plan-shards.js";
import { Room } from "./pool.js";
import { Tally } from "./progress.js";
import { readShard } from "./read-shard.js";
import { runShard } from "./run-shard.js";
import type { ShardRun, ShardTurn } from "./shard-run.js";
import { renewSummary } from "./summary.js";

/** How many shards are under way at a time: while one waits for its last media, the next begins. */
const shardsAtOnce = 3;
/** How many media may have come and wait for the target. */
const mostLandings = 32;

/**
 * Exports media to a target, and notes each in a manifest. The listing is read while media are moved, and
 * memory does not grow with it. Run again, after `kill -9` at any moment too, it goes on: what a manifest
 * has is not asked for again, what could not be got is tried again, what is new comes along.
 *
 * A medium that cannot be got does not stop the others: `report.failed` counts them, their manifests name
 * them. What concerns all ends the run: a full disk, refused credentials, a listing that fails.
 *
 * @param client made by `createClient`, with `fetch: gatedFetch(gate, …)` where requests are to be limited
 * @throws OptionError before anything is asked for
 * @throws ExportStoppedError where the platform does not serve this run any more
 * @throws ExportCancelledError by `controlExport`
 * @throws TargetError | DiskError | AuthenticationError and whatever a listing throws
 * @example
 * const report = await exportMedia(client, { target: folderTarget("archive"), projects: "own", kinds: "all" });
 */
export async function exportMedia(client: Client, options: ExportOptions): Promise<ExportReport> {
  const asked = checkExport(client, options);
  const { onProgress } = asked;
  const tally = new Tally();
  const failure = new AbortController();
  const signal = asked.signal ? AbortSignal.any([asked.signal, failure.signal]) : failure.signal;
  const target = boundTo(asked.target, signal);
  const template = await templateFor(target.documents, asked.template);
  const checked = { ...asked, template, target, signal };
  const run = openRun(client, checked, tally, () => onProgress?.(tally.progress()));
  const lists = await listsOf(client, checked, signal);
  const shards = shardsOf(client, lists, target, checked, tally, template, signal);
  const paused = (isPaused: boolean) => {
    tally.isPaused = isPaused;
    run.changed();
  };
  let cancelled: unknown;
  const work = async () => {
    while (cancelled === undefined) {
      await mayBegin(target.documents, paused, signal).catch((error: unknown) => {
        if (!(error instanceof ExportCancelledError)) throw error;
        // The others end the shards that they have.
        cancelled = error;
      });
      if (cancelled !== undefined) return;
      const { value: plan, done } = await shards.next();
      if (done || signal.aborted) return;
      await runShard(plan, run);
    }
  };
  await beginRun(target.documents);
  const workers = Array.from({ length: shardsAtOnce }, () =>
    work().catch((error: unknown) => {
      // The first in time is the one that is thrown.
      failure.abort(error);
    }),
  );
  try {
    await Promise.all(workers);
    void shards.return(undefined);
    signal.throwIfAborted();
    if (cancelled !== undefined) throw cancelled;
  } finally {
    await target.flush().catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
  const { running: _, isPaused: __, ...report } = tally.progress();
  await renewSummary(target, report.shardsDone, tally.before);
  return { ...report, isComplete: report.failed === 0 };
}

/**
 * The plan of an export alone, for a look or a runner of one's own: each shard is written down in the
 * target, as `exportMedia` does, and another run does what is not closed. No medium is moved.
 *
 * @throws OptionError before anything is asked for; whatever a listing or the target throws
 */
export async function* planExport(
  client: Client,
  options: ExportOptions,
): AsyncGenerator<ShardPlan> {
  const checked = checkExport(client, options);
  const { signal = new AbortController().signal } = checked;
  const target = boundTo(checked.target, signal);
  const template = await templateFor(target.documents, checked.template);
  const lists = await listsOf(client, checked, signal);
  const shards = shardsOf(client, lists, target, checked, new Tally(), template, signal);
  for await (const { isLeft: _, ...plan } of shards) yield plan;
}

/** What moving needs to know; the listing's part is left out. */
export type RunOptions = Omit<
  CheckedExport,
  keyof Selection | "shardSize" | "onProgress" | "template"
> & { readonly template: string };

/** What the shards of a run share, from its options. */
export function openRun(
  client: Client,
  options: RunOptions,
  tally: Tally,
  changed: () => void,
): ShardRun {
  const { target, template, concurrency, maxPause, maxFailures, gate, signal } = options;
  return {
    ...{ client, target, tally, maxPause, maxFailures, changed },
    keyOf: keyTemplate(template),
    gate: gate ?? createGate(),
    connections: new Room(concurrency),
    landings: new Room(mostLandings),
    streak: { reason: "", count: 0 },
    signal: signal ?? new AbortController().signal,
  };
}

/** Whether the platform has no such list for these credentials. */
function isRefused(error: unknown): boolean {
  return isMediaProtectionError(error) && ["NotFoundError", "PermissionError"].includes(error.name);
}

/** What a plan of all shards needs to know. */
export type PlanOptions = Selection & { readonly shardSize: number };

/**
 * Every shard of some lists that is to be done: first those that an earlier run was killed in, then those
 * of the listing, each written down before it is given out, and last those of which an earlier run could
 * not get some media, so that these are in nobody's way. To be read by one at a time.
 */
export async function* shardsOf(
  client: Client,
  lists: readonly MediaList[],
  target: Target,
  options: PlanOptions,
  tally: Tally,
  template: string,
  signal: AbortSignal,
): AsyncGenerator<ShardTurn, undefined> {
  const { documents } = target;
  const begin = await openJob(documents, template);
  const { days, open, incomplete, done } = await takeInventory(documents);
  tally.before = { complete: done, incomplete: incomplete.length };
  async function* left(names: readonly string[]) {
    for (const name of names) {
      const one = await readShard(documents, name);
      if (!one) continue;
      tally.left += one.media.length;
      yield { ...one, isLeft: true };
    }
  }
  // Others' are left to a run for them: these credentials may not open them.
  const isOwn = shardsIn(lists);
  const [killed, lacking] = [open.filter(isOwn), incomplete.filter(isOwn)];
  tally.shardsPlanned += killed.length + lacking.length;
  yield* left(killed);
  const index = new PlannedIndex(documents, days);
  const listed = (isNew: boolean) => {
    tally.listed++;
    if (!isNew) tally.known++;
  };
  const { since, until, projects } = options;
  const root = projects === "tree" ? await ownProject(client) : undefined;
  const listing: Listing = { lists, since, until, root };
  let isNoted = false;
  /** A listing that gives nothing is not one that was cut short. */
  async function* noted(list: MediaList) {
    let isBegun = false;
    try {
      for await (const one of listMedia(client, list, options, signal)) {
        if (!isNoted) await noteReading(documents, listing);
        isNoted = isBegun = true;
        yield one;
      }
    } catch (error) {
      // Nor is one that is refused: nobody could ever read it to its end.
      if (!isBegun && isRefused(error)) await noteRead(documents, { lists: [list], since, until });
      throw error;
    }
  }
  for (const list of lists) {
    for await (const whole of planShards(noted(list), index, options.shardSize, { listed })) {
      signal.throwIfAborted();
      await begin();
      const plan = await index.left(whole);
      tally.known += whole.media.length - (plan?.media.length ?? 0);
      if (!plan) continue;
      await documents.write(plan.name + endings.plan, writePlan(plan));
      tally.shardsPlanned++;
      yield { ...plan, isLeft: false };
    }
  }
  await begin();
  await noteRead(documents, listing);
  tally.isListed = true;
  yield* left(lacking);
  return undefined;
}
