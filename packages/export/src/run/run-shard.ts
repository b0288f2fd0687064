import { setMaxListeners } from "node:events";
import { ExportStoppedError } from "../errors.js";
import type { ManifestLine, SavedLine, ShardPlan } from "../manifest/lines.js";
import { notedLines } from "../manifest/noted-lines.js";
import { endings, parseManifest, writeManifest } from "../manifest/shard.js";
import type { ExportMedium } from "../plan/export-medium.js";
import { reRead } from "../targets/re-read.js";
import { isStillListed } from "./is-listed.js";
import { isContagious, lostReason } from "./lost.js";
import { receiveMedium } from "./receive-medium.js";
import type { ShardRun, ShardTurn } from "./shard-run.js";

/** How many media of a shard are begun at a time; each waits for a connection, and then for the target. */
const mostMoves = 64;
/** Bytes up to which a medium is not worth telling of while it comes. */
const toldSize = 2 ** 20;

/**
 * Does one shard: moves what is not there, and closes its manifest. Done twice, it does the rest, or
 * nothing; done by two at once, both end with the same.
 *
 * @throws what concerns more than one medium; the shard is then not closed, and nothing is lost
 */
export async function runShard(plan: ShardTurn, run: ShardRun): Promise<void> {
  const { documents } = run.target;
  const known = await knownLines(plan, run);
  const failure = new AbortController();
  const signal = AbortSignal.any([run.signal, failure.signal]);
  // Each medium of the shard listens.
  setMaxListeners(0, signal);
  const lines: ManifestLine[] = [];
  const queue = plan.media.entries();
  const own = { ...run, signal };
  const work = async () => {
    for (const [index, medium] of queue) {
      lines[index] = await moveMedium(plan, medium, known.get(medium.id), own);
    }
  };
  const workers = Array.from({ length: Math.min(mostMoves, plan.media.length) }, () =>
    // The first to fail ends the others, which are waited for: nothing of a shard goes on behind its end.
    work().catch((error: unknown) => failure.abort(error)),
  );
  await Promise.all(workers);
  signal.throwIfAborted();
  await run.target.flush();
  await takeOver(plan, lines, run);
  const isWhole = lines.every(({ type }) => type !== "failed");
  const { media: _, isLeft: __, ...shard } = plan;
  const [ending, other] = isWhole
    ? [endings.done, endings.incomplete]
    : [endings.incomplete, endings.done];
  await documents.write(plan.name + ending, writeManifest({ ...shard, lines }));
  await documents.remove(plan.name + other);
  await documents.remove(plan.name + endings.plan);
  if (documents.append) await documents.remove(plan.name + endings.part);
  run.tally.shardsDone++;
  run.changed();
}

/**
 * Another may have done the same shard meanwhile, where this one was slow and counted as dead: what that one
 * has got is there, whatever this one could not get.
 */
async function takeOver(plan: ShardPlan, lines: ManifestLine[], run: ShardRun): Promise<void> {
  if (lines.every(({ type }) => type === "saved")) return;
  const others = await knownLines(plan, run);
  for (const [index, { type, id }] of lines.entries()) {
    const saved = others.get(id);
    if (type === "saved" || saved?.type !== "saved") continue;
    if ((await run.target.look(saved.key))?.size === saved.size) lines[index] = saved;
  }
}

/** What an earlier try has noted of the shard's media, by id: a copy, or else why there is none. */
async function knownLines(
  plan: ShardPlan,
  { target }: ShardRun,
): Promise<Map<string, ManifestLine>> {
  const known = new Map<string, ManifestLine>();
  const { documents } = target;
  const note = (line: ManifestLine) => {
    const isBetter = line.type === "saved" || (line.type === "failed" && !known.has(line.id));
    if (isBetter) known.set(line.id, line);
  };
  for (const ending of [endings.incomplete, endings.done]) {
    const text = await documents.read(plan.name + ending);
    if (text !== undefined) parseManifest(plan.name + ending, text).lines.forEach(note);
  }
  const part = documents.append && (await documents.read(plan.name + endings.part));
  if (part) notedLines(plan.name + endings.part, part).forEach(note);
  return known;
}

async function moveMedium(
  plan: ShardTurn,
  medium: ExportMedium,
  before: ManifestLine | undefined,
  run: ShardRun,
): Promise<ManifestLine> {
  const known = before?.type === "saved" ? before : undefined;
  const { target, tally, connections, landings, signal } = run;
  await connections.enter();
  let isConnected = true;
  const disconnect = () => {
    if (isConnected) connections.leave();
    isConnected = false;
  };
  try {
    signal.throwIfAborted();
    const key = run.keyOf(medium);
    const there = await standing(medium, key, known, plan.isLeft, run);
    if (there) {
      tally.kept++;
      return there;
    }
    const under = { key, loaded: 0, total: undefined as number | undefined };
    tally.running.add(under);
    try {
      const onBytes = (loaded: number, total: number | undefined) => {
        Object.assign(under, { loaded, total });
        // What is small tells of itself when it is there.
        if (loaded > toldSize) run.changed();
      };
      // By an earlier template it has another name, and what has this one is somebody else's.
      const replace = known?.key === key;
      const { ref, finish } = await receiveMedium(medium, key, { replace, signal, onBytes }, run);
      await landings.enter();
      disconnect();
      const { size, sha256 } = await finish().finally(() => landings.leave());
      const line: SavedLine = {
        type: "saved",
        ...medium,
        ...{ ref, key, size, sha256, savedAt: new Date().toISOString() },
      };
      await target.documents.append?.(plan.name + endings.part, `${JSON.stringify(line)}\n`);
      tally.saved++;
      tally.bytes += size;
      run.streak.count = 0;
      return line;
    } finally {
      tally.running.delete(under);
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    return await lose(medium, error, before, run);
  } finally {
    disconnect();
    run.changed();
  }
}

/** What the target has of it already, by an earlier try's word that its size bears out. */
async function standing(
  medium: ExportMedium,
  key: string,
  known: SavedLine | undefined,
  isLeft: boolean,
  { target }: ShardRun,
): Promise<SavedLine | undefined> {
  if (known?.key === key) {
    const found = await target.look(key);
    return found?.size === known.size ? known : undefined;
  }
  // A bucket keeps with each object whose copy it is; a look costs a request, as much as to put it.
  if (target.documents.append || !isLeft) return undefined;
  const found = await target.look(key);
  if (found?.sha256 === undefined || found.mediumId !== medium.id) return undefined;
  const { size, sha256 } = found;
  return { type: "saved", ...medium, key, size, sha256, savedAt: new Date().toISOString() };
}

/** @throws what concerns more than this medium */
async function lose(
  medium: ExportMedium,
  error: unknown,
  before: ManifestLine | undefined,
  run: ShardRun,
): Promise<ManifestLine> {
  const reason = lostReason(error);
  if (reason === undefined) throw error;
  const message = error instanceof Error ? error.message : String(error);
  if (reason === "missing" && !(await isStillListed(run.client, medium, run.signal))) {
    // The copy that was noted is the only one, and not as it was: verify says so by the line, which stays.
    if (before?.type !== "saved") {
      const left = await recover(medium, run);
      if (left) return left;
    }
    run.tally.lose("gone", "gone");
    if (before?.type === "saved") return before;
    return { type: "gone", ...medium, reason: "gone", message };
  }
  // One that failed so before says nothing of others, or ten of them would be in the way of all that is new.
  const isOld = before?.type === "failed" && before.reason === reason;
  if (isContagious(reason) && !isOld) {
    const { streak } = run;
    streak.count = streak.reason === reason ? streak.count + 1 : 1;
    streak.reason = reason;
    if (streak.count >= run.maxFailures) throw new ExportStoppedError("failing", { cause: error });
  }
  run.tally.lose("failed", reason);
  return { type: "failed", ...medium, reason, message };
}

/**
 * The copy that a run put in place, whole, before it was killed and could note it: now the only one there
 * is.
 */
async function recover(medium: ExportMedium, run: ShardRun): Promise<SavedLine | undefined> {
  const { target, keyOf, signal, tally } = run;
  const key = keyOf(medium);
  const found = await target.look(key);
  if (!found || (found.mediumId ?? medium.id) !== medium.id) return undefined;
  const stored = await reRead(target, key, signal);
  if (!stored) return undefined;
  tally.kept++;
  const savedAt = new Date().toISOString();
  return { type: "saved", ...medium, key, ...stored, savedAt, recovered: true };
}
