import type { SavedLine } from "../manifest/lines.js";
import { readManifest } from "../manifest/read-manifest.js";
import { type Completion, completionOf } from "../run/job.js";
import { reRead } from "../targets/re-read.js";
import { boundTo, type Target } from "../targets/target.js";

/** Options of {@link verifyExport}. */
export interface VerifyOptions {
  /** How many copies are read at a time. @default 8 */
  readonly concurrency?: number | undefined;
  /** Only shards whose name begins so, such as `recording/`. @default all */
  readonly prefix?: string | undefined;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
  /** Called for each copy that is not what its manifest says. */
  readonly onFault?: ((fault: CopyFault) => void) | undefined;
  /** Called after each shard. */
  readonly onProgress?: ((report: VerifyReport) => void) | undefined;
}

/** A copy that is not what its manifest says. */
export interface CopyFault {
  /** Its line in the manifest. */
  readonly line: SavedLine;
  /** `absent`: nothing has its key; `size` or `bytes`: what lies there is something else. */
  readonly fault: "absent" | "size" | "bytes";
}

/** What lies in the target, against the manifests. */
export interface VerifyReport extends Completion {
  /** Shards read. */
  readonly shards: number;
  /** Copies whose every byte is what arrived. */
  readonly verified: number;
  /** Bytes of those. */
  readonly bytes: number;
  /** Copies that are not. */
  readonly faults: number;
  /** Media that could not be got, by the manifests. */
  readonly failed: number;
  /** Media that the platform had no longer, by the manifests. */
  readonly gone: number;
  /** Whether every copy is right, none is missing, every shard is done, and the listing was read to its end. */
  readonly isComplete: boolean;
}

/**
 * Re-reads every copy that the manifests name, from the target alone: the platform is not asked, a folder
 * or bucket and its manifests are enough.
 *
 * @throws ManifestError for a manifest that is not whole
 */
export async function verifyExport(to: Target, options: VerifyOptions = {}): Promise<VerifyReport> {
  const { concurrency = 8, prefix, signal, onFault, onProgress } = options;
  const target = boundTo(to, signal);
  let [shards, verified, bytes, faults, failed, gone] = [0, 0, 0, 0, 0, 0];
  const completion = await completionOf(target.documents, prefix);
  const report = (): VerifyReport => ({
    ...{ shards, verified, bytes, faults, failed, gone, ...completion },
    isComplete: faults + failed + completion.open === 0 && completion.isListed,
  });
  for await (const { lines } of readManifest(target.documents, { prefix })) {
    const saved = lines.filter((line) => line.type === "saved");
    failed += lines.filter(({ type }) => type === "failed").length;
    gone += lines.filter(({ type }) => type === "gone").length;
    await checkCopies(target, saved, { concurrency, signal }, (line, fault) => {
      if (fault) {
        faults++;
        onFault?.({ line, fault });
      } else {
        verified++;
        bytes += line.size;
      }
    });
    shards++;
    onProgress?.(report());
  }
  return report();
}

/** Re-reads copies, so many at a time, and tells of each what is wrong with it, if anything is. */
export async function checkCopies(
  target: Pick<Target, "read">,
  lines: readonly SavedLine[],
  {
    concurrency,
    signal,
  }: { readonly concurrency: number; readonly signal: AbortSignal | undefined },
  tell: (line: SavedLine, fault: CopyFault["fault"] | undefined) => void,
): Promise<void> {
  const queue = lines.values();
  const work = async () => {
    for (const line of queue) {
      signal?.throwIfAborted();
      tell(line, faultOf(line, await reRead(target, line.key, signal)));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}

/** What is wrong with a copy; `undefined` if nothing is. Pure. */
export function faultOf(
  line: SavedLine,
  found: { readonly size: number; readonly sha256: string } | undefined,
): CopyFault["fault"] | undefined {
  if (!found) return "absent";
  if (found.size !== line.size) return "size";
  return found.sha256 === line.sha256 ? undefined : "bytes";
}
