import type { ExportMedium } from "../plan/export-medium.js";
import { type Documents, listings } from "./documents.js";
import type { ManifestLine, ShardPlan } from "./lines.js";
import { dayOf, endings, parseManifest, readDocumentName, readPlan, shardOf } from "./shard.js";

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
  private readonly days = new Map<string, Day>();
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
    const known = this.days.get(day) ?? (await this.load(day));
    // The day that was asked for last stands last.
    this.days.delete(day);
    this.days.set(day, known);
    const { ids } = known;
    const id = medium.id.toLowerCase();
    if (ids.has(id) || known.others.has(id)) return false;
    ids.add(id);
    this.total++;
    return true;
  }

  /**
   * What is left of a shard that is about to be written, without what another run, at the same time, has
   * planned since the day was looked at; `undefined` if that is all of it.
   */
  async left(plan: ShardPlan): Promise<ShardPlan | undefined> {
    const day = plan.name.slice(0, plan.name.lastIndexOf("/"));
    const { shards, others } = this.days.get(day) ?? (await this.load(day));
    const fresh = new Set<string>();
    for await (const name of this.documents.list(`${day}/`)) {
      if (!shards.has(readDocumentName(name)?.shard ?? "")) fresh.add(name);
    }
    await this.addShards(shards, others, fresh);
    this.written.add(day);
    const media = plan.media.filter(({ id }) => !others.has(id.toLowerCase()));
    if (media.length === 0) return undefined;
    const left = media.length === plan.media.length ? plan : shardOf(media);
    shards.add(left.name);
    return left;
  }

  /** Forgets days that are not at hand; only when every medium that was added is in a written plan. */
  trim(keep: { has(day: string): boolean }): void {
    if (this.total <= mostIds) return;
    for (const [day, { ids }] of this.days) {
      if (this.total <= mostIds) return;
      if (keep.has(day)) continue;
      this.total -= ids.size;
      this.days.delete(day);
    }
  }

  private async load(day: string): Promise<Day> {
    const known: Day = { ids: new Set(), shards: new Set(), others: new Set() };
    if (!this.written.has(day)) return known;
    const names = new Set<string>();
    for (let pass = 0; pass < listings; pass++) {
      for await (const name of this.documents.list(`${day}/`)) names.add(name);
    }
    await this.addShards(known.shards, known.ids, names);
    this.total += known.ids.size;
    return known;
  }

  private async addShards(
    shards: Set<string>,
    ids: Set<string>,
    names: Iterable<string>,
  ): Promise<void> {
    for (const name of names) {
      const { shard, what } = readDocumentName(name) ?? {};
      if (shard === undefined || what === "part" || what === "deleted") continue;
      shards.add(shard);
      // A worker may have closed the shard meanwhile, and removed its plan.
      const documents = [name, shard + endings.done, shard + endings.incomplete];
      for (const document of documents) {
        const text = await this.documents.read(document);
        if (text === undefined) continue;
        const isPlan = document.endsWith(endings.plan);
        const media = isPlan ? readPlan(document, text).media : parseManifest(document, text).lines;
        note(ids, media, document.endsWith(endings.incomplete));
        break;
      }
    }
  }
}

/** What is known of a day. */
interface Day {
  /** Of media, in lower case. */
  readonly ids: Set<string>;
  /** Names of the shards that they are of, as far as they are written. */
  readonly shards: Set<string>;
  /** Of media that another run has planned meanwhile. */
  readonly others: Set<string>;
}

/**
 * What the platform did not have, and lists again, is new: it was away for a moment.
 *
 * @param isRedone whether the shard is done again anyway, and with it what was gone
 */
function note(
  ids: Set<string>,
  media: readonly (ExportMedium | ManifestLine)[],
  isRedone: boolean,
): void {
  for (const one of media) {
    if (!isRedone && "type" in one && one.type === "gone") continue;
    ids.add(one.id.toLowerCase());
  }
}
