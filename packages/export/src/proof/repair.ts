import { type Client, OptionError } from "@media-protection/sdk";
import { KeyTakenError } from "../errors.js";
import { createGate, type RequestGate } from "../gate/request-gate.js";
import type { LostReason, Manifest, SavedLine } from "../manifest/lines.js";
import { mediumOf } from "../manifest/medium-of.js";
import { readManifest } from "../manifest/read-manifest.js";
import { endings, parseManifest, writeManifest } from "../manifest/shard.js";
import { defaultTemplate, type KeyOf, keyTemplate } from "../plan/key-template.js";
import { isStillListed } from "../run/is-listed.js";
import { type Completion, completionOf, readJob } from "../run/job.js";
import { lostReason } from "../run/lost.js";
import { receiveMedium } from "../run/receive-medium.js";
import { removeSummary, restoreSummary } from "../run/summary.js";
import { boundTo, type Target } from "../targets/target.js";
import { type CopyFault, checkCopies, faultOf } from "./verify.js";

/** Options of {@link repairExport}. */
export interface RepairOptions {
  /** Where the copies are. */
  readonly target: Target;
  /** How many copies are read, and then got, at a time. @default 8 */
  readonly concurrency?: number | undefined;
  /** Only shards whose name begins so, such as `recording/`. @default all */
  readonly prefix?: string | undefined;
  /** The gate of the client's `gatedFetch`, so that a pause holds for all. @default one of its own */
  readonly gate?: RequestGate | undefined;
  /** The longest pause, in milliseconds, that the platform may ask for. @default 300000 */
  readonly maxPause?: number | undefined;
  /** Ends it; what was repaired stays so. */
  readonly signal?: AbortSignal | undefined;
  /** Called for each copy that was not what its manifest says. */
  readonly onRepair?: ((repair: CopyRepair) => void) | undefined;
  /** Called after each shard. */
  readonly onProgress?: ((report: RepairReport) => void) | undefined;
}

/** What became of a copy that was not what its manifest says. */
export interface CopyRepair extends CopyFault {
  /**
   * `restored`: it is again what its manifest says; `renewed`: the platform's bytes are others by now, and
   * so are the copy's and its line; `gone`: the platform does not have the medium any more; `failed`: it
   * could not be got. What lies there is left as it is by the last two.
   */
  readonly result: "restored" | "renewed" | "gone" | "failed";
  /** Why it could not be got. */
  readonly reason?: LostReason;
  /** The error in words. */
  readonly message?: string;
}

/** What a repair did. */
export interface RepairReport extends Completion {
  /** Shards read. */
  readonly shards: number;
  /** Copies that were right. */
  readonly verified: number;
  /** Copies that are again what their manifest says. */
  readonly restored: number;
  /** Copies of what the platform has by now, with new lines. */
  readonly renewed: number;
  /** Copies that are not right, and that the platform does not have any more. */
  readonly gone: number;
  /** Copies that are not right, and could not be got. */
  readonly failed: number;
  /** Media that no export could get, by the manifests: the next `exportMedia` tries them again. */
  readonly lacking: number;
  /** Whether every copy is right now, none is lacking, every shard is done, and the listing was read. */
  readonly isComplete: boolean;
}

/**
 * Re-reads every copy that the manifests name, as `verifyExport` does, and gets anew from the platform what
 * is absent or damaged. What is right is not asked for. After `kill -9` at any moment, run again, it does the
 * rest: a copy is replaced in one step, when the last byte of the new one has come.
 *
 * @throws OptionError for a client or a target that is none
 * @throws ManifestError for a manifest that is not whole
 * @throws AuthenticationError | TargetError | DiskError and what else concerns every copy
 */
export async function repairExport(client: Client, options: RepairOptions): Promise<RepairReport> {
  const { target, concurrency = 8, prefix, signal } = options;
  if (typeof client?.media?.download !== "function") {
    throw new OptionError("client", "a client made by createClient");
  }
  if (typeof target?.receive !== "function") {
    throw new OptionError("target", "what folderTarget or bucketTarget made");
  }
  // What is in place is noted even then.
  const bound = boundTo(target, signal);
  const job = await readJob(bound.documents);
  const keyOf = keyTemplate(job?.template ?? defaultTemplate);
  const { gate = createGate(), maxPause = 300_000, onRepair, onProgress } = options;
  const counts = { restored: 0, renewed: 0, gone: 0, failed: 0 };
  const completion = await completionOf(bound.documents, prefix);
  let [shards, verified, lacking] = [0, 0, 0];
  const report = (): RepairReport => {
    const left = counts.gone + counts.failed + lacking + completion.open;
    const isComplete = left === 0 && completion.isListed;
    return { shards, verified, ...counts, lacking, ...completion, isComplete };
  };
  for await (const manifest of readManifest(bound.documents, { prefix })) {
    const faults: CopyFault[] = [];
    const saved = manifest.lines.filter((line) => line.type === "saved");
    lacking += manifest.lines.filter(({ type }) => type === "failed").length;
    await checkCopies(bound, saved, { concurrency, signal }, (line, fault) => {
      if (fault) faults.push({ line, fault });
      else verified++;
    });
    const renewed = new Map<string, SavedLine>();
    const work = async () => {
      for (let fault = faults.shift(); fault; fault = faults.shift()) {
        signal?.throwIfAborted();
        const run = { client, target: bound, gate, maxPause };
        const { line, ...outcome } = await repairCopy(fault.line, keyOf, run, signal);
        if (line) renewed.set(line.id, line);
        counts[outcome.result]++;
        onRepair?.({ ...fault, ...outcome });
      }
    };
    const ended = await Promise.allSettled(Array.from({ length: concurrency }, work));
    await target.flush();
    // Also where one ended all: what is in place is noted.
    if (renewed.size > 0) {
      // Killed here, there is none rather than one that is not true any more.
      await removeSummary(target.documents);
      await note(manifest, renewed, target);
    }
    for (const end of ended) if (end.status === "rejected") throw end.reason;
    shards++;
    onProgress?.(report());
  }
  await restoreSummary(bound);
  return report();
}

type Outcome = Pick<CopyRepair, "result" | "reason" | "message"> & { readonly line?: SavedLine };

async function repairCopy(
  line: SavedLine,
  keyOf: KeyOf,
  run: Parameters<typeof receiveMedium>[3],
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const { target, client } = run;
  const { key } = line;
  const medium = mediumOf(line);
  try {
    // Whoever may write a manifest could else have one medium put in the place of another.
    if (keyOf(medium) !== key) throw new KeyTakenError(target.name, key);
    const there = await target.look(key);
    if ((there?.mediumId ?? line.id) !== line.id) throw new KeyTakenError(target.name, key);
    const { ref, finish } = await receiveMedium(medium, key, { replace: true, signal }, run);
    const stored = await finish();
    if (!faultOf(line, stored)) return { result: "restored" };
    const savedAt = new Date().toISOString();
    return { result: "renewed", line: { type: "saved", ...medium, ref, key, ...stored, savedAt } };
  } catch (error) {
    signal?.throwIfAborted();
    const reason = lostReason(error);
    if (reason === undefined) throw error;
    const isGone = reason === "missing" && !(await isStillListed(client, medium, signal));
    const message = error instanceof Error ? error.message : String(error);
    return { result: isGone ? "gone" : "failed", reason: isGone ? "gone" : reason, message };
  }
}

/** Writes a shard's manifest anew, as it is by now: another run may have closed it meanwhile. */
async function note(
  { name }: Manifest,
  renewed: ReadonlyMap<string, SavedLine>,
  { documents }: Target,
): Promise<void> {
  for (const document of [name + endings.done, name + endings.incomplete]) {
    const text = await documents.read(document);
    if (text === undefined) continue;
    const { lines, ...shard } = parseManifest(document, text);
    const now = lines.map((line) => (line.type === "saved" && renewed.get(line.id)) || line);
    await documents.write(document, writeManifest({ ...shard, lines: now }));
    return;
  }
}
