import type { Documents } from "./documents.js";
import type { Manifest } from "./lines.js";
import { endings, parseManifest, readDocumentName } from "./shard.js";

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
  for await (const name of documents.list(prefix)) {
    const read = readDocumentName(name);
    if (read?.what !== "done" && read?.what !== "incomplete") continue;
    const whole = `${read.shard}${endings.done}`;
    // Where a crash left both, the complete one is the later.
    const isOld = read.what === "incomplete" && (await documents.read(whole)) !== undefined;
    if (isOld) continue;
    const text = await documents.read(name);
    if (text !== undefined) yield parseManifest(name, text);
  }
}
