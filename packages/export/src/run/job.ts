import { OptionError } from "@media-protection/sdk";
import { ManifestError } from "../errors.js";
import { type Documents, listings } from "../manifest/documents.js";
import { readDocumentName } from "../manifest/shard.js";
import { defaultTemplate } from "../plan/key-template.js";
import { readUnread } from "./listing-state.js";

/** What all exports into one target have in common. */
interface Job {
  readonly version: 1;
  readonly template: string;
}

const document = "job.json";

/**
 * Compares how the target's keys are made with how they are to be.
 *
 * @returns notes it for good, where it is not noted yet: called when there is something to be done
 * @throws OptionError for another template than the target was begun with: media would be there twice
 */
export async function openJob(
  documents: Documents,
  template: string,
): Promise<() => Promise<void>> {
  const job = await readJob(documents);
  if (job !== undefined && job.template !== template) {
    throw new OptionError("template", `${job.template}, as this target was begun with`);
  }
  let isNoted = job !== undefined;
  return async () => {
    if (isNoted) return;
    const fresh: Job = { version: 1, template };
    await documents.write(document, `${JSON.stringify(fresh)}\n`);
    isNoted = true;
  };
}

/** Whether every shard of a target is done, and every list that was begun was read to its end. */
export interface Completion {
  /** Shards that are planned and not done. */
  readonly open: number;
  /** Whether the listings into it were read to their end: else media may be in no plan. */
  readonly isListed: boolean;
}

/**
 * How far the runs into a target came.
 *
 * @param prefix only of shards whose name begins so
 */
export async function completionOf(documents: Documents, prefix = ""): Promise<Completion> {
  const { open } = await takeInventory(documents);
  const unread = await readUnread(documents);
  return {
    open: open.filter((name) => name.startsWith(prefix)).length,
    isListed: !unread.some((list) => list.startsWith(prefix) || prefix.startsWith(`${list}/`)),
  };
}

/** The template to be used: what is asked for, what the target was begun with, or the usual one. */
export async function templateFor(documents: Documents, asked: string | undefined) {
  return asked ?? (await readJob(documents))?.template ?? defaultTemplate;
}

/**
 * The template that the target was begun with; `undefined` for a target that was not begun.
 *
 * @throws ManifestError where the note is of another version, or none of ours
 */
export async function readJob(documents: Documents): Promise<Job | undefined> {
  const text = await documents.read(document);
  if (text === undefined) return undefined;
  try {
    const job: unknown = JSON.parse(text);
    if (typeof job === "object" && job !== null && "version" in job && "template" in job) {
      if (job.version !== 1) {
        throw new ManifestError(document, "version", "it is of another version than 1");
      }
      if (typeof job.template === "string") return { version: 1, template: job.template };
    }
  } catch (error) {
    if (error instanceof ManifestError) throw error;
  }
  throw new ManifestError(document, "format", "it is no job of this program");
}

/** What the target has documents of. */
export interface Inventory {
  /** `KIND/PROJECT/DAY` of every document. */
  readonly days: Set<string>;
  /** Shards that are planned and not closed. */
  readonly open: readonly string[];
  /** Shards that are closed, and of which some media could not be got. */
  readonly incomplete: readonly string[];
  /** How many shards are closed and complete. */
  readonly done: number;
}

/** Looks at the names of all documents; reads none. */
export async function takeInventory(documents: Documents): Promise<Inventory> {
  const days = new Set<string>();
  const open = new Set<string>();
  const incomplete = new Set<string>();
  let done = 0;
  for (let pass = 0; pass < listings; pass++) {
    done = 0;
    for await (const name of documents.list("")) {
      const read = readDocumentName(name);
      if (!read) continue;
      days.add(read.shard.slice(0, read.shard.lastIndexOf("/")));
      if (read.what === "plan") open.add(read.shard);
      else if (read.what === "incomplete") incomplete.add(read.shard);
      else if (read.what === "done") done++;
    }
  }
  // One that is planned anew is done anew, whatever it was before.
  for (const shard of open) incomplete.delete(shard);
  return { days, open: [...open], incomplete: [...incomplete], done };
}
