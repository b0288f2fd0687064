/**
 * What happened: one entry for every request, the newest of them, never a secret.
 */

import type { JournalEntry } from "./journal-entry.js";
import { type JournalFilter, matcherOf } from "./journal-filter.js";

const maxPathLength = 512;

/** What the journal keeps of a path. */
export function keptPath(path: string): string {
  // Joining copies: a slice would keep the whole long text alive in the engine.
  return path.length > maxPathLength ? Array.from(path.slice(0, maxPathLength)).join("") : path;
}

/** A bounded list of requests: when it is full, each new entry drops the oldest. */
export class Journal implements Iterable<JournalEntry> {
  /** How many entries it keeps. */
  readonly capacity: number;
  readonly #ring: JournalEntry[] = [];
  readonly #listeners = new Set<(entry: JournalEntry) => void>();
  #oldest = 0;
  #recorded = 0;

  /** @param capacity how many entries to keep; 0 keeps none. */
  constructor(capacity: number) {
    this.capacity = capacity;
  }

  /** How many entries it holds now. */
  get size(): number {
    return this.#ring.length;
  }

  /** How many requests it has seen since it was last cleared, the dropped ones included. */
  get recorded(): number {
    return this.#recorded;
  }

  /** Adds an entry. */
  record(entry: JournalEntry): void {
    this.#recorded++;
    const longest = Math.max(entry.path.length, entry.askedPath?.length ?? 0);
    const kept = longest > maxPathLength ? cut(entry) : entry;
    if (this.#ring.length < this.capacity) {
      this.#ring.push(kept);
    } else if (this.capacity > 0) {
      this.#ring[this.#oldest] = kept;
      this.#oldest = (this.#oldest + 1) % this.capacity;
    }
    for (const listener of this.#listeners) tell(listener, kept);
  }

  /**
   * Calls a function with each entry from now on.
   *
   * @returns what ends it.
   */
  subscribe(listener: (entry: JournalEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** All entries, oldest first. */
  entries(): JournalEntry[] {
    return [...this.#ring.slice(this.#oldest), ...this.#ring.slice(0, this.#oldest)];
  }

  /** The entries that are like this, oldest first. */
  find(filter: JournalFilter): JournalEntry[] {
    return this.entries().filter(matcherOf(filter));
  }

  [Symbol.iterator](): Iterator<JournalEntry> {
    return this.entries()[Symbol.iterator]();
  }

  /** Forgets everything. */
  clear(): void {
    this.#ring.length = 0;
    this.#oldest = 0;
    this.#recorded = 0;
  }
}

function cut(entry: JournalEntry): JournalEntry {
  const { askedPath } = entry;
  const path = keptPath(entry.path);
  return askedPath === undefined
    ? { ...entry, path }
    : { ...entry, path, askedPath: keptPath(askedPath) };
}

/** A listener's failure is its own: it must not fail the request, nor keep others from hearing of it. */
function tell(listener: (entry: JournalEntry) => void, entry: JournalEntry): void {
  try {
    listener(entry);
  } catch (error) {
    // biome-ignore lint/suspicious/noConsole: there is nobody else to tell
    console.error(error);
  }
}
