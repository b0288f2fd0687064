import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type Client, isMediaProtectionError } from "@media-protection/sdk";
import { mediaUrl } from "@media-protection/sdk/media-url";
import { DeletionError } from "../errors.js";
import type { SavedLine, ShardName } from "../manifest/lines.js";
import { dayOf } from "../manifest/shard.js";
import { isHosted } from "../plan/references.js";
import { faultOf } from "../proof/verify.js";
import { isListed } from "../run/is-listed.js";
import { onDisk } from "../targets/on-disk.js";
import { reRead } from "../targets/re-read.js";
import { boundTo, type Stored, type Target } from "../targets/target.js";
import { DeletedNotes } from "./deleted-media.js";
import { DeletionLog, type DeletionResult } from "./deletion-log.js";
import { checkFresh, readDeletionPlan } from "./deletion-plan.js";

/** Options of {@link deleteExported}. */
export interface DeleteOptions {
  /** Where the copies are: the target that the plan was made for. */
  readonly target: Target;
  /** The plan's file, as `writeDeletionPlan` wrote it; the log is kept beside it, `PLAN.log`. */
  readonly plan: string;
  /** Has to be true: media that are deleted do not come back. */
  readonly yes: boolean;
  /** The clock; for tests. @default now */
  readonly now?: Date | undefined;
  /** Ends it between two media. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each medium. */
  readonly onProgress?: ((report: DeleteReport) => void) | undefined;
}

/** What became of a plan. */
export interface DeleteReport {
  /** Media of the plan. */
  readonly planned: number;
  /** Deleted, those of earlier runs of the same plan included. */
  readonly deleted: number;
  /** Not there any more when their turn came. */
  readonly alreadyGone: number;
  /** Left, since the platform has other bytes now. */
  readonly changed: number;
  /** Left, since the copy is not right any more. */
  readonly copyWrong: number;
}

const counters = {
  deleted: "deleted",
  "already-gone": "alreadyGone",
  changed: "changed",
  "copy-wrong": "copyWrong",
} as const;

/**
 * Carries a plan out, one medium after the other. For each: the copy is read once more, every byte; the
 * platform's bytes are read and compared with it; a tombstone is on disk; then it is deleted; then the
 * result is on disk. Killed at any moment and run again, it goes on. What is not in the plan is not touched.
 * What is gone is noted in the target, beside its shard's manifest, so that it is not planned again.
 *
 * The first answer that is not expected ends it: nothing is deleted after that.
 *
 * @throws DeletionError without `yes`, for a plan of another day or target, at an unexpected answer
 * @throws ManifestError for a plan that is not whole
 */
export async function deleteExported(
  client: Client,
  options: DeleteOptions,
): Promise<DeleteReport> {
  const { target, plan: path, yes, now = new Date(), signal, onProgress } = options;
  if (yes !== true) {
    throw new DeletionError("unconfirmed", "Nothing is deleted without yes: read the plan first.");
  }
  // What is deleted is noted even then.
  const bound = boundTo(target, signal);
  const text = await onDisk(path, () => readFile(path, "utf8"));
  const plan = readDeletionPlan(path, text);
  checkFresh(plan, target, now);
  const count = { deleted: 0, alreadyGone: 0, changed: 0, copyWrong: 0 };
  const report = (): DeleteReport => ({ planned: plan.media.length, ...count });
  const log = await DeletionLog.open(
    `${path}.log`,
    createHash("sha256").update(text).digest("hex"),
  );
  const gone = new DeletedNotes(target.documents);
  try {
    for (const { line, shard } of plan.media) {
      signal?.throwIfAborted();
      const { kind, id } = line;
      const known = log.last(line);
      let [result, at] = [known?.result, known?.at ?? ""];
      if (result === undefined) {
        const entomb = () => log.add({ type: "tombstone", kind, id, at: new Date().toISOString() });
        result = await step(client, bound, line, known !== undefined, entomb, signal);
        at = new Date().toISOString();
        await log.add({ type: "result", kind, id, at, result });
      }
      if (result === "deleted" || result === "already-gone") {
        await gone.add(shardName(shard, line), { id, result, at });
      }
      count[counters[result]]++;
      onProgress?.(report());
    }
    // Where an error ends it, the log has them for the next run.
    await gone.write();
  } finally {
    await log.close();
  }
  return report();
}

function shardName(name: string, line: SavedLine): ShardName {
  return { name, kind: line.kind, projectId: line.projectId, day: dayOf(line) };
}

/** @param wasEntombed whether an earlier run was about to delete it, and nobody knows whether it did */
async function step(
  client: Client,
  target: Target,
  line: SavedLine,
  wasEntombed: boolean,
  entomb: () => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<DeletionResult> {
  if (wasEntombed && !(await expecting(line, signal, () => isListed(client, line, signal))))
    return "deleted";
  const there = await expecting(line, signal, () => bytesOf(client, line, signal));
  if (!there) {
    // Listed, but without bytes: nobody knows what that means, so it is not for us to delete.
    if (await expecting(line, signal, () => isListed(client, line, signal))) {
      throw unexpected(line, "the platform lists it, but has no bytes of it.");
    }
    if (wasEntombed) return "deleted";
    // The only one there is, so it is said.
    return faultOf(line, await reRead(target, line.key, signal)) ? "copy-wrong" : "already-gone";
  }
  // Last, so that little time is between the look at the copy and the deletion.
  if (faultOf(line, await reRead(target, line.key, signal))) return "copy-wrong";
  if (there === "elsewhere" || faultOf(line, there)) return "changed";
  await entomb();
  await expecting(line, signal, () => remove(client, line, signal));
  return "deleted";
}

/** Size and SHA-256 of what the platform has; `undefined` if it has nothing. */
async function bytesOf(
  client: Client,
  { ref, contentType, projectId, id }: SavedLine,
  signal: AbortSignal | undefined,
): Promise<Stored | "elsewhere" | undefined> {
  try {
    // A file of the files host bears no id: whose it is, the platform says, and not the manifest.
    if (isHosted(ref)) {
      const now = await client.recordings.get(id, { signal, projectId });
      if (!isHosted(now.ref) || mediaUrl(now.ref) !== mediaUrl(ref)) return "elsewhere";
    }
    const media = await client.media.download({ ref, contentType }, { signal, projectId });
    const hash = createHash("sha256");
    let size = 0;
    for await (const chunk of media.body) {
      hash.update(chunk);
      size += chunk.length;
    }
    return { size, sha256: hash.digest("hex") };
  } catch (error) {
    if (isMediaProtectionError(error) && error.name === "NotFoundError") return undefined;
    throw error;
  }
}

/** The only place of this package that deletes. */
async function remove(
  client: Client,
  { kind, id, projectId, messageId = "", faxId = "" }: SavedLine,
  signal: AbortSignal | undefined,
): Promise<void> {
  const call = { projectId, signal };
  if (kind === "recording") await client.recordings.delete(id, call);
  else if (kind === "messageMedia") await client.messageMedia.delete(messageId, id, call);
  else await client.faxMedia.delete(faxId, id, call);
}

/** @throws DeletionError for whatever the platform answers instead */
async function expecting<Result>(
  line: SavedLine,
  signal: AbortSignal | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    signal?.throwIfAborted();
    throw unexpected(line, error instanceof Error ? error.message : String(error), error);
  }
}

function unexpected({ kind, id }: SavedLine, said: string, cause?: unknown): DeletionError {
  return new DeletionError(
    "unexpected-answer",
    `${kind} ${id}: ${said} Nothing was deleted after it. Run the same plan again when that is settled.`,
    { cause },
  );
}
