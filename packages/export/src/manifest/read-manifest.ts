import { ahead } from "../plan/ahead.js";
import type { Documents } from "./documents.js";
import type { Manifest } from "./lines.js";
import { endings, parseManifest, readDocumentName } from "./shard.js";

/** How many are read at a time: those of a bucket take a round trip each. */
const readAtOnce = 4;

/** Which manifests are read. */
export interface ReadManifestOptions {
  /** Only those whose name begins so: `recording/`, `recording/PROJECT/2026-01-05/`. @default all */
  readonly prefix?: string | undefined;
}

/**
 * The manifests of a target, one shard at a time: beside it only the names of those before are kept in
 * memory. A shard that was closed twice comes once, as it was closed last.
 *
 * @param documents `target.documents`
 * @throws ManifestError for one that is not whole
 */
export async function* readManifest(
  documents: Documents,
  { prefix = "" }: ReadManifestOptions = {},
): AsyncGenerator<Manifest> {
  const read = new Set<string>();
  const one = async (name: string): Promise<Manifest | undefined> => {
    const { shard = "", what } = readDocumentName(name) ?? {};
    if (what !== "done" && what !== "incomplete") return undefined;
    const whole = shard + endings.done;
    // The complete one is the later, where a crash left both; where a run has closed the shard since the
    // names were listed, it is in no list.
    for (const document of what === "done" ? [whole] : [whole, name, whole]) {
      const text = await documents.read(document);
      if (text === undefined) continue;
      if (read.has(shard)) return undefined;
      read.add(shard);
      return parseManifest(document, text);
    }
    return undefined;
  };
  for await (const manifest of ahead(documents.list(prefix), readAtOnce, one)) {
    if (manifest) yield manifest;
  }
}
