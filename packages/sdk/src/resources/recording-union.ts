import type { Schemas } from "@media-protection/contract";
import { idKey } from "../trust/same-id.js";
import { firstOf, type Listing } from "./pagination.js";
import type { CompatibilityRecording, Recording, RelayRecording } from "./recording.js";

/** How many recordings each source listed; one that both listed counts in all three. */
export interface RecordingCounts {
  /** Those of the compatibility API. */
  readonly compatibility: number;
  /** Those of the Relay REST API. */
  readonly relay: number;
  /** Those of both, which come once. */
  readonly both: number;
}

/** A page of either list of recordings, as the platform sends it. */
export type RecordingPage = Schemas["RecordingList"] | Schemas["RelayRecordingList"];

/** The recordings of one or two sources, each once. */
export interface RecordingListing extends Listing<Recording, RecordingPage> {
  /**
   * What the sources have listed so far in the iteration over recordings that began last, filters
   * applied: final when it has ended.
   */
  readonly counts: RecordingCounts;
}

/** The sources of a union; one that is not wanted is left out. */
export interface RecordingSources {
  readonly compatibility?: Listing<CompatibilityRecording, Schemas["RecordingList"]>;
  readonly relay?: Listing<RelayRecording, Schemas["RelayRecordingList"]>;
}

/**
 * Lists the first source, then what only the second has.
 *
 * @param prepare checks the options and says which sources to read; called when an iteration begins
 */
export function unite(prepare: () => RecordingSources): RecordingListing {
  let latest: RecordingCounts = { compatibility: 0, relay: 0, both: 0 };
  return {
    get counts() {
      return { ...latest };
    },
    async *pages() {
      const { compatibility, relay } = prepare();
      if (compatibility) yield* compatibility.pages();
      if (relay) yield* relay.pages();
    },
    toArray(options) {
      return firstOf(this, options);
    },
    async *[Symbol.asyncIterator]() {
      const counts = { compatibility: 0, relay: 0, both: 0 };
      latest = counts;
      const { compatibility, relay } = prepare();
      // An export of hours should not learn at its end that it may not read the second source.
      if (compatibility && relay) for await (const _ of relay.pages()) break;
      // Each id is in one of the two at most, so that memory holds each once.
      const unmatched = new Set<string>();
      const inRelay = new Set<string>();
      for await (const recording of compatibility ?? []) {
        const id = idKey(recording.id);
        // An item may turn up again when others come or go while pages are read.
        if (unmatched.has(id)) continue;
        unmatched.add(id);
        counts.compatibility++;
        yield recording;
      }
      for await (const recording of relay ?? []) {
        const id = idKey(recording.id);
        if (inRelay.has(id)) continue;
        inRelay.add(id);
        counts.relay++;
        if (unmatched.delete(id)) counts.both++;
        else yield recording;
      }
    },
  };
}
