import type { ExportMedium } from "../plan/export-medium.js";
import { type Documents, listings } from "./documents.js";
import type { ManifestLine } from "./lines.js";
import { dayOf, endings, parseManifest, readDocumentName, readPlan } from "./shard.js";

/** How many ids are kept in memory, of the days that were asked for last; a day is kept whole. */
const mostIds = 100_000;

/**
 * Which media are in a plan or a manifest already, whenever that was: read from the documents a day at a
 * time, so that memory holds the days at hand and no more.
 */
export class PlannedIndex {
  private readonly documents: Documents;
  /** Days of which there are documents; others need not be looked for. */
  private readonly written: Set<string>;
  private readonly days = new Map<string, Set<string>>();
  /** Ids of all days in memory. */
  private total = 0;

  /** @param written `KIND/PROJECT/DAY` of what the target has documents of; added to here */
  constructor(documents: Documents, written: Set<string>) {
    this.documents = documents;
    this.written = written;
  }

  /** Notes a medium, and answers whether it was new. */
  async add(medium: ExportMedium): Promise<boolean> {
    const day = `${medium.kind}/${medium.projectId}/${dayOf(medium)}`;
    const ids = this.days.get(day) ?? (await this.load(day));
    // The day that was asked for last stands last.
    this.days.delete(day);
    this.days.set(day, ids);
    const id = medium.id.toLowerCase();
    if (ids.has(id)) return false;
    ids.add(id);
    this.total++;
    return true;
  }

  /** Says that a shard of the day is written, or is about to be. */
  wrote(shard: string): void {
    this.written.add(shard.slice(0, shard.lastIndexOf("/")));
  }

  /** Forgets days that are not at hand; only when every medium that was added is in a written plan. */
  trim(keep: { has(day: string): boolean }): void {
    if (this.total <= mostIds) return;
    for (const [day, ids] of this.days) {
      if (this.total <= mostIds) return;
      if (keep.has(day)) continue;
      this.total -= ids.size;
      this.days.delete(day);
    }
  }

  private async load(day: string): Promise<Set<string>> {
    const ids = new Set<string>();
    if (!this.written.has(day)) return ids;
    const names = new Set<string>();
    for (let pass = 0; pass < listings; pass++) {
      for await (const name of this.documents.list(`${day}/`)) names.add(name);
    }
    for (const name of names) {
      const what = readDocumentName(name)?.what;
      if (what === undefined || what === "part" || what === "deleted") continue;
      const text = await this.documents.read(name);
      // A worker may have closed the shard meanwhile, and removed its plan.
      if (text === undefined) {
        await this.addClosed(ids, name);
        continue;
      }
      const { media } =
        what === "plan" ? readPlan(name, text) : { media: parseManifest(name, text).lines };
      note(ids, media);
    }
    this.total += ids.size;
    return ids;
  }

  private async addClosed(ids: Set<string>, name: string): Promise<void> {
    const shard = readDocumentName(name)?.shard ?? name;
    for (const ending of [endings.done, endings.incomplete]) {
      const text = await this.documents.read(shard + ending);
      if (text === undefined) continue;
      note(ids, parseManifest(shard + ending, text).lines);
    }
  }
}

/** What the platform did not have, and lists again, is new: it was away for a moment. */
function note(ids: Set<string>, media: readonly (ExportMedium | ManifestLine)[]): void {
  for (const one of media) {
    if ("type" in one && one.type === "gone") continue;
    ids.add(one.id.toLowerCase());
  }
}
