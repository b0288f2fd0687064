/**
 * The journal as it grows, as an event stream (HTML standard, "Server-sent events"): what the
 * dashboard watches. However fast requests come and however slowly it is read, it holds nothing but
 * the journal itself does, and says at most ten times a second what is new.
 */

import type { Journal } from "./journal.js";
import type { JournalEntry } from "./journal-entry.js";

/** The most entries that one event carries. */
export const mostEntries = 200;
/** ms between two events. */
const pause = 100;

/** An entry as it is written in JSON. */
export interface JournalEntryJson extends Omit<JournalEntry, "time"> {
  /** When the request was answered, in ISO 8601. */
  readonly time: string;
}

/**
 * What an event says. `replace`: the newest entries, to show in place of those before, since the
 * reader is new or slow or the journal was cleared; `add`: those that came since.
 */
export interface JournalEvent {
  readonly change: "replace" | "add";
  /** How many requests the journal has seen since it was last cleared. */
  readonly recorded: number;
  /** Oldest first; at most 200; none where nothing but the platform has changed. */
  readonly entries: readonly JournalEntryJson[];
  /** How often what the platform holds has changed since it was made: media, projects, switches, faults. */
  readonly changes: number;
}

/** An entry as JSON has it. */
export function entryJson(entry: JournalEntry): JournalEntryJson {
  return { ...entry, time: new Date(entry.time).toISOString() };
}

/** What tells of changes of a platform. */
export interface WatchedChanges {
  readonly count: number;
  subscribe(listener: () => void): () => void;
}

/**
 * The journal's newest entries, and from then on each that comes, and each change of the platform.
 *
 * @param wanted which entries are told. Default: all.
 */
export function streamJournal(
  journal: Journal,
  changes: WatchedChanges,
  wanted: (entry: JournalEntry) => boolean = () => true,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  /** The newest entry that was told; `null` while none was, `undefined` where there was none to tell. */
  let told: JournalEntry | undefined | null = null;
  let toldChanges = -1;
  let stopWaiting = () => {};
  let cancelled = false;

  const change = () =>
    new Promise<void>((resolve) => {
      const stops = [journal.subscribe(stopped), changes.subscribe(stopped)];
      function stopped() {
        for (const stop of stops) stop();
        resolve();
      }
      stopWaiting = stopped;
    });
  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pause);
      stopWaiting = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        if (told !== null) await rest();
        let entries = journal.entries().filter(wanted);
        while (!cancelled && entries.at(-1) === told && changes.count === toldChanges) {
          await change();
          entries = journal.entries().filter(wanted);
        }
        if (cancelled) return;
        const event = { ...eventOf(journal.recorded, entries, told), changes: changes.count };
        told = entries.at(-1);
        toldChanges = changes.count;
        controller.enqueue(encoder.encode(`data: ${JSON.stringify(event)}\n\n`));
      },
      cancel() {
        cancelled = true;
        stopWaiting();
      },
    },
    // Nothing is read ahead: what nobody takes is never made.
    { highWaterMark: 0 },
  );
}

function eventOf(
  recorded: number,
  entries: readonly JournalEntry[],
  told: JournalEntry | undefined | null,
): Omit<JournalEvent, "changes"> {
  const at = told ? entries.lastIndexOf(told) : -1;
  const isKnown = at >= 0 && entries.length - at - 1 <= mostEntries;
  const shown = isKnown ? entries.slice(at + 1) : entries.slice(-mostEntries);
  return { change: isKnown ? "add" : "replace", recorded, entries: shown.map(entryJson) };
}
