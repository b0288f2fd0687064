/**
 * What happened: one entry for every request, the newest of them, never a secret.
 */

import type { FaultKind } from "./faults/fault.js";
import { type JournalFilter, matcherOf } from "./journal-filter.js";
import type { AllowReason, DenyReason } from "./protection.js";

/** The three origins of the platform. */
export type OriginRole = "space" | "files" | "storage";

/** What the platform decided about a request: `none` where nothing had to be decided. */
export type Decision = "allow" | "deny" | "none";

/** One request, as the journal keeps it. */
export interface JournalEntry {
  /** When the request was answered, in ms since the epoch. */
  readonly time: number;
  /** The origin it came to; `null` for an origin that is none of the platform's. */
  readonly origin: OriginRole | null;
  /** The same as an origin: `https://files.signalwire.com`. */
  readonly originUrl: string;
  readonly method: string;
  /** The path without its query, which may hold a signature; cut after 512 characters. */
  readonly path: string;
  /** The medium whose bytes were asked for, by the id in the path, whether it exists or not. */
  readonly media: string | null;
  /** The project and the API token (its id, never its secret) that called, where they are known. */
  readonly caller: { readonly projectId: string; readonly tokenId: string } | null;
  /** Whether an `Authorization` header came at all. */
  readonly authorization: boolean;
  /**
   * Whether an API token came where none belongs: in the URL or any header of a request to the storage
   * host, or to an origin that is none of the platform's.
   */
  readonly tokenExposed: boolean;
  readonly decision: Decision;
  readonly reason: AllowReason | DenyReason | null;
  readonly status: number;
  /** What went wrong on command. */
  readonly fault: FaultKind["kind"] | null;
}

const maxPathLength = 512;

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
    const kept = entry.path.length > maxPathLength ? cut(entry) : entry;
    if (this.#ring.length < this.capacity) {
      this.#ring.push(kept);
    } else if (this.capacity > 0) {
      this.#ring[this.#oldest] = kept;
      this.#oldest = (this.#oldest + 1) % this.capacity;
    }
    for (const listener of this.#listeners) listener(kept);
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
  // Joining copies: a slice would keep the whole long text alive in the engine.
  const path = Array.from(entry.path.slice(0, maxPathLength)).join("");
  return { ...entry, path };
}
