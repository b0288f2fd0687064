import type { Documents } from "../manifest/documents.js";
import type { ShardPlan } from "../manifest/lines.js";
import { mediumOf } from "../manifest/medium-of.js";
import { endings, parseManifest, readPlan } from "../manifest/shard.js";

/**
 * What is to be done of a shard, by its name: from its plan, or, where that was closed with media
 * missing, from its manifest. `undefined` where it is closed and complete.
 */
export async function readShard(
  documents: Documents,
  name: string,
): Promise<ShardPlan | undefined> {
  const plan = await documents.read(name + endings.plan);
  if (plan !== undefined) return readPlan(name + endings.plan, plan);
  const text = await documents.read(name + endings.incomplete);
  if (text === undefined) return undefined;
  const { lines, ...shard } = parseManifest(name + endings.incomplete, text);
  // What was noted of a copy is made anew.
  return { ...shard, media: lines.map(mediumOf) };
}
