/**
 * What happens in the mock, as it happens: one connection for the whole page, however many parts of it
 * look on, since browsers open no more than six to one origin.
 */

import type { JournalEntryJson, JournalEvent } from "@media-protection/mock";

/** The most entries that the page holds; the mock's journal holds more. */
const mostShown = 500;

/** How long until a connection is tried again that the browser has given up, in ms. */
const pause = 1000;

/** An entry of the journal, with a number that stays its own while it is shown. */
export interface NumberedEntry extends JournalEntryJson {
  readonly number: number;
}

/** What is known of the mock now. */
export interface LiveView {
  /** Newest first, at most 500. */
  readonly entries: readonly NumberedEntry[];
  /** How often what the platform holds has changed; `undefined` until that is known. */
  readonly changes: number | undefined;
  readonly connection: "connecting" | "live" | "lost";
}

/** Watches a mock while anybody looks on. */
export class Live {
  #view: LiveView = { entries: [], changes: undefined, connection: "connecting" };
  readonly #listeners = new Set<() => void>();
  #source: EventSource | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #numbered = 0;
  #withDashboard = false;

  get view(): LiveView {
    return this.#view;
  }

  /**
   * Calls a function when the view has changed.
   *
   * @returns what ends it.
   */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#open();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#close();
    };
  }

  /** Whether the page's own requests are among the entries. */
  set withDashboard(wanted: boolean) {
    if (wanted === this.#withDashboard) return;
    this.#withDashboard = wanted;
    if (this.#source === undefined) return;
    this.#close();
    this.#open();
  }

  #open(): void {
    const query = this.#withDashboard ? "" : "?dashboard=false";
    const source = new EventSource(`/__mock/journal/events${query}`);
    this.#source = source;
    source.onmessage = ({ data }: MessageEvent<string>) => {
      // The mock's own endpoint, from the same build as this page.
      this.#apply(JSON.parse(data) as JournalEvent);
    };
    source.onerror = () => {
      this.#show({ ...this.#view, connection: "lost" });
      // Browsers try again by themselves unless what came was no event stream, as from a proxy whose
      // server is gone.
      if (source.readyState === EventSource.CLOSED) {
        this.#timer = setTimeout(() => this.#open(), pause);
      }
    };
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = undefined;
  }

  #apply({ change, entries, changes }: JournalEvent): void {
    const added = entries.map((entry) => ({ ...entry, number: ++this.#numbered })).reverse();
    const kept = change === "add" ? this.#view.entries : [];
    const shown = [...added, ...kept].slice(0, mostShown);
    this.#show({ entries: shown, changes, connection: "live" });
  }

  #show(view: LiveView): void {
    this.#view = view;
    for (const listener of this.#listeners) listener();
  }
}

/** The mock that this page came from. */
export const live = new Live();
