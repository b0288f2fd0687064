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
 * The manifests of a target, one shard at a time: nothing else is kept in memory. A shard that was closed
 * twice comes once, as it was closed last.
 *
 * @param documents `target.documents`
 * @throws ManifestError for one that is not whole
 */
export async function* readManifest(
  documents: Documents,
  { prefix = "" }: ReadManifestOptions = {},
): AsyncGenerator<Manifest> {
  const one = async (name: string): Promise<Manifest | undefined> => {
    const read = readDocumentName(name);
    if (read?.what !== "done" && read?.what !== "incomplete") return undefined;
    const whole = `${read.shard}${endings.done}`;
    // Where a crash left both, the complete one is the later.
    const isOld = read.what === "incomplete" && (await documents.read(whole)) !== undefined;
    if (isOld) return undefined;
    const text = await documents.read(name);
    if (text !== undefined) return parseManifest(name, text);
    if (read.what === "done") return undefined;
    // A run has closed it meanwhile: it was in no list under its new name.
    const closed = await documents.read(whole);
    return closed === undefined ? undefined : parseManifest(whole, closed);
  };
  for await (const manifest of ahead(documents.list(prefix), readAtOnce, one)) {
    if (manifest) yield manifest;
  }
}
