import { createHash } from "node:crypto";
import type { Client } from "@media-protection/sdk";
import type { SavedLine } from "../manifest/lines.js";
import { readManifest } from "../manifest/read-manifest.js";
import { listMedia, listsOf, type Selection } from "../plan/list-media.js";
import { boundTo, type Target } from "../targets/target.js";
import { Spill } from "./spill.js";

/** Options of {@link reconcile}: the selection that was exported, and what is told. */
export interface ReconcileOptions extends Selection {
  /** Where it was exported to. */
  readonly target: Target;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
  /** Called for each difference. */
  readonly onDifference?: ((difference: Difference) => void) | undefined;
}

/** Something that one has and the other lacks. */
export interface Difference {
  /**
   * `lacking`: the platform lists it, the target has no copy; `size`: it has another size than the platform
   * states; `unlisted`: there is a copy of what the platform does not list (any more); `stray`: a file that no
   * manifest names.
   */
  readonly what: "lacking" | "size" | "unlisted" | "stray";
  /** The medium's kind; not of a stray. */
  readonly kind?: string;
  /** The medium's id; not of a stray. */
  readonly id?: string;
  /** The key in the target, where there is one. */
  readonly key?: string;
}

/** The listing against the target. */
export interface ReconcileReport {
  /** Media that the platform lists. */
  readonly listed: number;
  /** Copies that the manifests name, of the lists that were compared. */
  readonly saved: number;
  /** Listed, and no copy. */
  readonly lacking: number;
  /** Copies of another size than the platform states; it states that of some recordings only. */
  readonly size: number;
  /** Copies of what is not listed. */
  readonly unlisted: number;
  /** Files that no manifest names. */
  readonly stray: number;
  /** Whether the target has all that the platform lists. */
  readonly isComplete: boolean;
}

/**
 * Compares the target with a fresh listing, both ways. Both are put aside on disk and compared piece by
 * piece, so that memory does not grow with them.
 *
 * With `since` or `until`, copies of other times count as unlisted no more than those of other projects: an
 * attachment's time is its message's.
 *
 * @throws whatever a listing throws; ManifestError
 */
export async function reconcile(
  client: Client,
  options: ReconcileOptions,
): Promise<ReconcileReport> {
  const { signal, since, until, onDifference } = options;
  const target = boundTo(options.target, signal);
  const count = { listed: 0, saved: 0, lacking: 0, size: 0, unlisted: 0, stray: 0 };
  const tell = (difference: Difference) => {
    count[difference.what]++;
    onDifference?.(difference);
  };
  const [media, keys] = await Promise.all([Spill.open(), Spill.open()]);
  try {
    const lists = await listsOf(client, options, signal);
    const prefixes = lists.map(({ kind, projectId }) => `${kind}/${projectId}/`);
    const isWithin = ({ kind, createdAt, sentAt }: SavedLine) => {
      if (!since && !until) return true;
      // An attachment's window is that of its message; one that was never sent is in none.
      const at = kind === "messageMedia" ? sentAt : createdAt;
      if (at === undefined) return false;
      const time = Math.floor(Date.parse(at) / 1000);
      const second = (date: Date | undefined, none: number) =>
        date ? Math.floor(date.getTime() / 1000) : none;
      return time >= second(since, -Infinity) && time < second(until, Infinity);
    };
    for await (const manifest of readManifest(target.documents)) {
      const isCompared = prefixes.some((prefix) => manifest.name.startsWith(prefix));
      for (const line of manifest.lines) {
        if (line.type !== "saved") continue;
        await keys.add(bucketOf(line.key), JSON.stringify(["named", line.key]));
        if (!isCompared) continue;
        const { kind, id, key, size } = line;
        const isAsked = isWithin(line);
        await media.add(bucketOf(id), JSON.stringify({ saved: isAsked, kind, id, key, size }));
      }
    }
    for (const list of lists) {
      for await (const { medium } of listMedia(client, list, options, signal)) {
        const { kind, id, byteSize } = medium;
        await media.add(bucketOf(id), JSON.stringify({ listed: true, kind, id, byteSize }));
      }
    }
    for await (const { key } of target.list())
      await keys.add(bucketOf(key), JSON.stringify(["there", key]));
    for (const bucket of await media.buckets())
      compareMedia(await media.lines(bucket), count, tell);
    for (const bucket of await keys.buckets()) {
      const named = new Set<string>();
      const there = new Set<string>();
      for (const line of await keys.lines(bucket)) {
        const [what, key]: [string, string] = JSON.parse(line);
        (what === "named" ? named : there).add(key);
      }
      for (const key of there) if (!named.has(key)) tell({ what: "stray", key });
    }
  } finally {
    await Promise.all([media.close(), keys.close()]);
  }
  return { ...count, isComplete: count.lacking === 0 && count.size === 0 };
}

interface Seen {
  readonly listed?: boolean;
  /** Whether the window that is compared would list it. */
  readonly saved?: boolean;
  readonly kind: string;
  readonly id: string;
  readonly key?: string;
  readonly size?: number;
  readonly byteSize?: number;
}

function compareMedia(
  lines: readonly string[],
  count: { listed: number; saved: number },
  tell: (difference: Difference) => void,
): void {
  const [listed, saved] = [new Map<string, Seen>(), new Map<string, Seen>()];
  for (const line of lines) {
    const seen: Seen = JSON.parse(line);
    const id = `${seen.kind} ${seen.id.toLowerCase()}`;
    // Listed by both lists of recordings, only one of which states sizes.
    if (seen.listed) listed.set(id, { ...listed.get(id), ...seen });
    else saved.set(id, seen);
  }
  count.listed += listed.size;
  count.saved += saved.size;
  for (const [name, { kind, id, byteSize }] of listed) {
    const copy = saved.get(name);
    if (!copy) tell({ what: "lacking", kind, id });
    else if (byteSize !== undefined && copy.size !== byteSize) {
      tell({ what: "size", kind, id, ...(copy.key !== undefined && { key: copy.key }) });
    }
  }
  for (const [name, { kind, id, key, saved: isAsked }] of saved) {
    if (isAsked === false || listed.has(name)) continue;
    tell({ what: "unlisted", kind, id, ...(key !== undefined && { key }) });
  }
}

/** One of 256, the same for the same text. */
function bucketOf(text: string): string {
  return createHash("sha256").update(text.toLowerCase()).digest("hex").slice(0, 2);
}
