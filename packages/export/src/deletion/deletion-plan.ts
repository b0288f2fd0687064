import { OptionError } from "@media-protection/sdk";
import { DeletionError } from "../errors.js";
import { checkSaved } from "../manifest/check-line.js";
import type { SavedLine } from "../manifest/lines.js";
import { readManifest } from "../manifest/read-manifest.js";
import { dayOf, endings, readDocumentName, sealed, unsealed } from "../manifest/shard.js";
import { idInKey } from "../plan/key-template.js";
import { checkCopies } from "../proof/verify.js";
import { boundTo, type Target } from "../targets/target.js";
import { readDeleted } from "./deleted-media.js";

/** Options of {@link planDeletion}. */
export interface PlanDeletionOptions {
  /** Where the copies are. */
  readonly target: Target;
  /** Whose media: ids of projects. Nothing of any other is planned. */
  readonly projects: readonly string[];
  /** How old a medium must be, in milliseconds since the platform created it; 0 or more. */
  readonly minAge: number;
  /** How many media at most; the plan says whether there are more. @default 100000 */
  readonly limit?: number | undefined;
  /** How many copies are read at a time. @default 8 */
  readonly concurrency?: number | undefined;
  /** The clock; for tests. @default now */
  readonly now?: Date | undefined;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each shard, and wherever the limit is met. */
  readonly onProgress?: ((plan: DeletionPlan) => void) | undefined;
}

/** A medium that is to be deleted. */
export interface PlannedDeletion {
  /** Its line in the manifest: what it is, and its copy. */
  readonly line: SavedLine;
  /** The shard whose manifest has that line. */
  readonly shard: string;
  /** When its copy was re-read and was right, ISO 8601. */
  readonly verifiedAt: string;
}

/** What is to be deleted, and why it may be. */
export interface DeletionPlan {
  /** The target of the copies. */
  readonly target: string;
  /** When it was made, ISO 8601. */
  readonly madeAt: string;
  /** The media. */
  readonly media: readonly PlannedDeletion[];
  /** How many were left out, since their copy is not what the manifest says. */
  readonly unproven: number;
  /** How many were left out, since they are younger than `minAge`. */
  readonly young: number;
  /** How many were left out, since an earlier plan found them gone, or deleted them. */
  readonly deletedBefore: number;
  /** Whether there are more than its limit: carry it out, and plan again. */
  readonly isCut: boolean;
}

const version = 2;
const day = 86_400_000;

/**
 * Looks for media that may be deleted: old enough, of the projects named, and with a copy that is re-read
 * now and right. Asks the platform nothing and deletes nothing.
 *
 * @throws OptionError for a project or an age that is left open
 */
export async function planDeletion(options: PlanDeletionOptions): Promise<DeletionPlan> {
  const { projects, minAge, limit = 100_000, now = new Date() } = options;
  const { concurrency = 8, signal, onProgress } = options;
  const target = boundTo(options.target, signal);
  if (
    !Array.isArray(projects) ||
    projects.length === 0 ||
    projects.some((id) => typeof id !== "string" || id === "")
  ) {
    throw new OptionError("projects", "a list of project ids");
  }
  if (typeof minAge !== "number" || !(minAge >= 0 && minAge < Infinity)) {
    throw new OptionError("minAge", "milliseconds, 0 or more");
  }
  for (const [name, count] of Object.entries({ limit, concurrency })) {
    if (!Number.isSafeInteger(count) || count < 1) {
      throw new OptionError(name, "a whole number, 1 or more");
    }
  }
  const wanted = new Set(projects.map((id) => id.toLowerCase()));
  /** Whose copy a file is. */
  const taken = new Map<string, string>();
  const media: PlannedDeletion[] = [];
  const plan = (isCut: boolean): DeletionPlan => ({
    ...{ target: target.name, madeAt: now.toISOString(), media },
    ...{ unproven, young, deletedBefore, isCut },
  });
  let [unproven, young, deletedBefore] = [0, 0, 0];
  for await (const { name, projectId, lines } of readManifest(target.documents)) {
    if (!wanted.has(projectId.toLowerCase())) continue;
    const deleted = await readDeleted(target.documents, name);
    const candidates: SavedLine[] = [];
    for (const line of lines) {
      if (line.type !== "saved") continue;
      if (deleted.has(line.id.toLowerCase())) {
        deletedBefore++;
        continue;
      }
      if (now.getTime() - Date.parse(line.createdAt) < minAge) {
        young++;
        continue;
      }
      // One file is the copy of one medium, however many lines name it.
      const isOwn = isNamedFor(line) && (taken.get(copyName(line)) ?? line.id) === line.id;
      if (!isOwn) unproven++;
      // Two runs at once may have noted it twice.
      else if (!taken.has(copyName(line))) candidates.push(line);
      taken.set(copyName(line), line.id);
    }
    while (candidates.length > 0) {
      signal?.throwIfAborted();
      if (media.length >= limit) return plan(true);
      const some = candidates.splice(0, limit - media.length);
      const verified = new Map<SavedLine, string>();
      await checkCopies(target, some, { concurrency, signal }, (line, fault) => {
        if (fault) unproven++;
        else verified.set(line, new Date().toISOString());
      });
      for (const line of some) {
        const verifiedAt = verified.get(line);
        if (verifiedAt !== undefined) media.push({ line, shard: name, verifiedAt });
      }
      onProgress?.(plan(false));
    }
  }
  return plan(false);
}

/** Whether a copy bears its medium's id, as every template has it: so none is that of two media. */
function isNamedFor({ id, key }: SavedLine): boolean {
  return key.toLowerCase().includes(idInKey(id).toLowerCase());
}

/** A copy's key as a file system may take it that makes no difference of case or of composition. */
function copyName({ key }: SavedLine): string {
  return key.normalize("NFC").toLowerCase();
}

/** A plan as the text of its file: a head, a line for each medium, and a closing line with count and hash. */
export function writeDeletionPlan({ media, ...head }: DeletionPlan): string {
  return sealed([
    { type: "deletion-plan", version, ...head },
    ...media.map((one) => ({ type: "delete", ...one })),
  ]);
}

/**
 * Reads a plan's file.
 *
 * @throws ManifestError where it is not whole
 * @throws DeletionError where it is no plan of this version
 */
export function readDeletionPlan(path: string, text: string): DeletionPlan {
  const [head, ...lines] = unsealed(path, text);
  // Safe: what is used of it is compared, here and by checkFresh.
  const {
    type,
    version: found,
    ...rest
  } = head as DeletionPlan & { type: string; version: number };
  if (type !== "deletion-plan" || found !== version) {
    throw new DeletionError("plan", `${path} is no deletion plan of version ${version}.`);
  }
  const [media, taken] = [[] as PlannedDeletion[], new Set<string>()];
  for (const one of lines as Partial<Record<string, unknown>>[]) {
    // The hash says that it is whole, not who made it: each line has to be of one medium and its copy.
    const line = checkSaved(path, one["line"]);
    const { type: what, verifiedAt, shard } = one;
    const isOwn = what === "delete" && isNamedFor(line) && !taken.has(copyName(line));
    const isDated = typeof verifiedAt === "string" && typeof shard === "string";
    if (!isOwn || !isDated || !isShardOf(shard, line)) {
      throw new DeletionError("plan", `${path}: ${line.key} is not there as a line of its own.`);
    }
    taken.add(copyName(line));
    media.push({ line, shard, verifiedAt });
  }
  return { ...rest, media };
}

/** Whether a shard may have such a line: what is noted of it is written at its name. Pure. */
function isShardOf(shard: string, { kind, projectId, ...line }: SavedLine): boolean {
  const day = `${kind}/${projectId}/${dayOf(line)}`;
  return shard.startsWith(`${day}/`) && readDocumentName(shard + endings.done)?.shard === shard;
}

/**
 * Whether a plan may still be carried out: its copies were re-read on the day (UTC) on which it is.
 *
 * @throws DeletionError with the reason `stale`, or `plan` for another target
 */
export function checkFresh(plan: DeletionPlan, target: Target, now: Date): void {
  if (plan.target !== target.name) {
    throw new DeletionError("plan", `The plan is for ${plan.target}, not for ${target.name}.`);
  }
  const isToday = Math.floor(Date.parse(plan.madeAt) / day) === Math.floor(now.getTime() / day);
  if (!isToday) {
    throw new DeletionError("stale", `The plan was made on ${plan.madeAt}: make one of today.`);
  }
}
