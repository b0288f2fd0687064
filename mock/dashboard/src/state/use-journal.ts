import type { JournalEntryJson, JournalEvent } from "@media-protection/mock";
import { useLayoutEffect, useState } from "preact/hooks";

/** The most entries that the page holds; the mock's journal holds more. */
const mostShown = 500;

/** The journal as the page shows it. */
export interface JournalView {
  /** Newest first, at most 500. Each with a number that stays its own. */
  readonly entries: readonly NumberedEntry[];
  /** How many requests the mock has seen since its journal was last cleared. */
  readonly recorded: number;
  readonly connection: "connecting" | "live" | "lost";
}

/** An entry, and which one it is in the journal. */
export interface NumberedEntry extends JournalEntryJson {
  readonly number: number;
}

const empty: JournalView = { entries: [], recorded: 0, connection: "connecting" };

/** How long until a connection is tried again that the browser has given up, in ms. */
const pause = 1000;

/**
 * Watches the mock's journal while `watching`; otherwise shows what was there. One connection, which
 * is opened again when it is lost.
 */
export function useJournal(watching: boolean): JournalView {
  const [view, setView] = useState(empty);
  // Not useEffect, which would close the connection only after the page was painted as paused.
  useLayoutEffect(() => {
    if (!watching) return;
    let source: EventSource;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const open = () => {
      source = new EventSource("/__mock/journal/events");
      source.onmessage = ({ data }: MessageEvent<string>) => {
        // The mock's own endpoint, from the same build as this page.
        const event = JSON.parse(data) as JournalEvent;
        setView((before) => apply(before, event));
      };
      source.onerror = () => {
        setView((before) => ({ ...before, connection: "lost" }));
        // Browsers try again by themselves unless what came was no event stream, as from a proxy whose
        // server is gone.
        if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, pause);
      };
    };
    open();
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [watching]);
  return view;
}

function apply(before: JournalView, { change, recorded, entries }: JournalEvent): JournalView {
  const first = recorded - entries.length + 1;
  const added = entries.map((entry, index) => ({ ...entry, number: first + index })).reverse();
  const kept = change === "add" ? before.entries : [];
  return { recorded, entries: [...added, ...kept].slice(0, mostShown), connection: "live" };
}
