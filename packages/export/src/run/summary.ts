import { ManifestError } from "../errors.js";
import type { Documents } from "../manifest/documents.js";
import type { LostReason } from "../manifest/lines.js";
import { readManifest } from "../manifest/read-manifest.js";
import { endings, readDocumentName } from "../manifest/shard.js";
import type { Target } from "../targets/target.js";
import { readUnread } from "./listing-state.js";

/** What became of the media of one kind of one project. */
export interface SummaryList {
  /** The kind. */
  readonly kind: string;
  /** The project. */
  readonly projectId: string;
  /** Media that are in the target. */
  readonly saved: number;
  /** Their bytes. */
  readonly bytes: number;
  /** Media that the platform had no longer. */
  readonly gone: number;
  /** Media that could not be got. */
  readonly failed: number;
  /** When the oldest of those in the target was created, ISO 8601; absent where there is none. */
  readonly oldest?: string;
  /** When the newest was. */
  readonly newest?: string;
}

/** What all manifests of a target say together. */
export interface ExportSummary {
  /** The target, as it was called where this was written. */
  readonly target: string;
  /** When this was written, ISO 8601. */
  readonly madeAt: string;
  /** Shards by their state: `open` ones are planned, and not done. */
  readonly shards: {
    /** All of their media are in the target, or gone from the platform. */
    readonly complete: number;
    /** Done, and some of their media could not be got. */
    readonly incomplete: number;
    /** Planned, and not done. */
    readonly open: number;
  };
  /** Media in the target. */
  readonly saved: number;
  /** Their bytes. */
  readonly bytes: number;
  /** Media that the platform had no longer. */
  readonly gone: number;
  /** Media that could not be got. */
  readonly failed: number;
  /** How many are not in the target, by reason. */
  readonly reasons: Readonly<Partial<Record<LostReason, number>>>;
  /** Whether every shard is done, nothing failed, and the listing was read to its end. */
  readonly isComplete: boolean;
  /** The same by kind and project. */
  readonly lists: readonly SummaryList[];
}

const document = "summary.json";
const version = 1;

/**
 * Reads all manifests, and writes down what they say together: `_export/summary.json`. A run does it at its
 * end; it can be made anew at any time.
 *
 * @throws ManifestError for a manifest that is not whole
 */
export async function writeSummary({
  name,
  documents,
}: Pick<Target, "name" | "documents">): Promise<ExportSummary> {
  type List = { -readonly [Field in keyof SummaryList]: SummaryList[Field] };
  const unread = await readUnread(documents);
  const lists = new Map<string, List>();
  const reasons = new Map<LostReason, number>();
  const shards = { complete: 0, incomplete: 0, open: 0 };
  for await (const { kind, projectId, lines } of readManifest(documents)) {
    const none: List = { kind, projectId, saved: 0, bytes: 0, gone: 0, failed: 0 };
    const list = lists.get(`${kind}/${projectId}`) ?? none;
    lists.set(`${kind}/${projectId}`, list);
    for (const line of lines) {
      list[line.type]++;
      if (line.type !== "saved") reasons.set(line.reason, (reasons.get(line.reason) ?? 0) + 1);
      else {
        list.bytes += line.size;
        const { createdAt } = line;
        if (list.oldest === undefined || createdAt < list.oldest) list.oldest = createdAt;
        if (list.newest === undefined || createdAt > list.newest) list.newest = createdAt;
      }
    }
    shards[lines.some(({ type }) => type === "failed") ? "incomplete" : "complete"]++;
  }
  for await (const one of documents.list("")) {
    const read = readDocumentName(one);
    if (read?.what === "plan" && (await documents.read(read.shard + endings.plan))) shards.open++;
  }
  const all = [...lists.values()];
  const sum = (of: (list: List) => number) => all.reduce((total, list) => total + of(list), 0);
  const failed = sum((list) => list.failed);
  const summary: ExportSummary = {
    ...{ target: name, madeAt: new Date().toISOString(), shards },
    ...{ saved: sum((list) => list.saved), bytes: sum((list) => list.bytes) },
    ...{ gone: sum((list) => list.gone), failed, reasons: Object.fromEntries(reasons) },
    isComplete: failed + shards.open + unread.length === 0,
    lists: all,
  };
  const text = JSON.stringify({ type: "summary", version, ...summary }, undefined, 2);
  await documents.write(document, `${text}\n`);
  return summary;
}

/**
 * The summary as it was written last; `undefined` where none was. It is for people and dashboards: the
 * manifests are the truth, and `writeSummary` makes it of them anew.
 *
 * @throws ManifestError for what is none of this version
 */
export async function readSummary(documents: Documents): Promise<ExportSummary | undefined> {
  const text = await documents.read(document);
  if (text === undefined) return undefined;
  try {
    // Safe: compared below as far as it is relied on.
    const { type, ...read } = JSON.parse(text) as ExportSummary &
      Record<"type" | "version", unknown>;
    const { version: found, ...summary } = read;
    if (type === "summary" && found === version && typeof summary.shards?.open === "number") {
      return summary;
    }
  } catch {
    // Said below.
  }
  throw new ManifestError(document, "format", `it is no summary of version ${version}`);
}

/**
 * Writes it unless the one that is there is of the same shards, and nothing was closed since it was made.
 *
 * @param closed shards that this run has closed
 * @param before the shards that were there when it began
 */
export async function renewSummary(
  target: Pick<Target, "name" | "documents">,
  closed: number,
  before: { readonly complete: number; readonly incomplete: number },
): Promise<void> {
  const last = closed > 0 ? undefined : await lastOf(target.documents);
  const shards = last?.shards;
  const unread = (await readUnread(target.documents)).length;
  const isComplete = last && last.failed + last.shards.open + unread === 0;
  const isSame = shards?.complete === before.complete && shards.incomplete === before.incomplete;
  if (isSame && last?.isComplete === isComplete) return;
  await writeSummary(target);
}

/** Takes it away, before what it says is no longer true. */
export async function removeSummary(documents: Documents): Promise<void> {
  await documents.remove(document);
}

/** Writes it where there is none. */
export async function restoreSummary(target: Pick<Target, "name" | "documents">): Promise<void> {
  if ((await lastOf(target.documents)) === undefined) await writeSummary(target);
}

/** One that cannot be read is made anew. */
async function lastOf(documents: Documents): Promise<ExportSummary | undefined> {
  try {
    return await readSummary(documents);
  } catch (error) {
    if (error instanceof ManifestError) return undefined;
    throw error;
  }
}
