import type { Documents } from "../manifest/documents.js";
import type { ShardPlan } from "../manifest/lines.js";
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
  const media = lines.map((line) => {
    // What is left is what the platform listed; what was noted of the copy is made anew.
    if (line.type !== "saved") {
      const { type: _, reason: __, message: ___, ...medium } = line;
      return medium;
    }
    const {
      type: _,
      key: __,
      size: ___,
      sha256: ____,
      savedAt: _____,
      recovered: ______,
      ...medium
    } = line;
    return medium;
  });
  return { ...shard, media };
}
