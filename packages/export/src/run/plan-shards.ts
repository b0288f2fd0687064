import type { ShardPlan } from "../manifest/lines.js";
import type { PlannedIndex } from "../manifest/planned-index.js";
import { dayOf, shardOf } from "../manifest/shard.js";
import type { ExportMedium } from "../plan/export-medium.js";
import type { Sighting } from "../plan/list-media.js";

/** How many days may be open at a time: a listing goes back and forth between few. */
const mostOpenDays = 16;
/** The size of the first shard: small, so that bytes move while the listing is read. */
const firstShard = 10;

/** What is told while shards are cut. */
export interface PlanEvents {
  /** A medium was listed; `isNew` unless it was planned before. */
  listed(isNew: boolean): void;
}

/**
 * Cuts a stream of media into shards, each of one UTC day, none larger than `shardSize`. Memory holds the
 * open days and the index, however long the stream is. A medium that comes again is passed over.
 *
 * @param media of one list
 */
export async function* planShards(
  media: AsyncIterable<Sighting>,
  index: PlannedIndex,
  shardSize: number,
  events: PlanEvents,
): AsyncGenerator<ShardPlan> {
  const open = new Map<string, ExportMedium[]>();
  let size = Math.min(firstShard, shardSize);
  function* close(day: string): Generator<ShardPlan> {
    const some = open.get(day) ?? [];
    open.delete(day);
    if (some.length > 0) yield shardOf(some);
  }
  const keyOf = (medium: ExportMedium) => `${medium.kind}/${medium.projectId}/${dayOf(medium)}`;
  for await (const { medium, mayBeAgain } of media) {
    const isNew = await index.add(medium);
    // Its second coming is not counted.
    if (isNew || !mayBeAgain) events.listed(isNew);
    if (!isNew) continue;
    const day = keyOf(medium);
    const some = open.get(day) ?? [];
    some.push(medium);
    // The day touched last stands last.
    open.delete(day);
    open.set(day, some);
    if (some.length >= size) {
      yield* close(day);
      size = Math.min(size * 2, shardSize);
    } else if (open.size > mostOpenDays) {
      const [oldest] = open.keys();
      if (oldest !== undefined) yield* close(oldest);
    }
    index.trim(open);
  }
  for (const day of [...open.keys()]) yield* close(day);
}
