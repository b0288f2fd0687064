/**
 * The faults of a platform: added, counted, cleared.
 */

import { type ArmedFault, chooseFault, countsMedia, type FaultQuestion } from "./choose-fault.js";
import type { Fault } from "./fault.js";
import { readFault } from "./read-fault.js";

/** A fault as it is listed. */
export interface ListedFault {
  /** Names it for `remove`: `fault-1`. */
  readonly id: string;
  readonly fault: Fault;
  /** How many requests it hit. */
  readonly hits: number;
}

/** A fault that hits a request. */
export interface Hit {
  readonly fault: Fault;
  /** How many requests for the same medium it hit before. */
  readonly turn: number;
  /** Says that the fault could do nothing to the request, which then does not count. */
  readonly miss: () => void;
}

interface Armed extends ArmedFault {
  met: number;
  hits: number;
  readonly hitsByMedia: Map<string, number>;
}

/** What goes wrong on a platform, in order: of several faults for a request the first hits. */
export class Faults {
  readonly #now: () => number;
  readonly #changed: () => void;
  readonly #armed = new Map<string, Armed>();
  #added = 0;

  /**
   * @param now the platform's clock, in ms since the epoch.
   * @param changed is called when a fault comes, goes or hits. Default: nobody wants to hear of it.
   */
  constructor(now: () => number, changed: () => void = () => {}) {
    this.#now = now;
    this.#changed = changed;
  }

  /** How many there are, the spent ones included. */
  get size(): number {
    return this.#armed.size;
  }

  /**
   * Adds a fault behind those that are there. It counts from the next request on.
   *
   * @returns its id.
   * @throws FaultError for one that cannot be.
   */
  add(fault: Fault): string {
    const read = readFault(fault);
    const id = `fault-${++this.#added}`;
    const since = this.#now();
    this.#changed();
    this.#armed.set(id, { id, fault: read, since, met: 0, hits: 0, hitsByMedia: new Map() });
    return id;
  }

  /** Removes one; false when there was none of that id. */
  remove(id: string): boolean {
    this.#changed();
    return this.#armed.delete(id);
  }

  /** Removes all. */
  clear(): void {
    this.#changed();
    this.#armed.clear();
    this.#added = 0;
  }

  /**
   * Removes all.
   *
   * @returns what puts them back, in the place of what came since.
   */
  keep(): () => void {
    const [kept, added] = [[...this.#armed], this.#added];
    this.clear();
    return () => {
      this.clear();
      for (const [id, armed] of kept) this.#armed.set(id, armed);
      this.#added = added;
    };
  }

  /** All of them, oldest first. */
  list(): ListedFault[] {
    return Array.from(this.#armed.values(), ({ id, fault, hits }) => ({ id, fault, hits }));
  }

  /**
   * The fault that hits a request, which is counted at once, so that of requests side by side no more
   * than `times` are hit; `miss` takes it back.
   */
  next(question: Omit<FaultQuestion, "now">): Hit | undefined {
    const { hit, met } = chooseFault(this.#armed.values(), { ...question, now: this.#now() });
    for (const armed of met) armed.met++;
    if (hit === undefined) return undefined;
    this.#changed();
    const counts = question.hop === 0 ? 1 : 0;
    hit.hits += counts;
    const { media } = question;
    // Counted only where it matters, so that nothing grows with each id that somebody makes up.
    const counted = media !== null && countsMedia(hit.fault) ? media : undefined;
    const turn = counted === undefined ? 0 : count(hit.hitsByMedia, counted, 1);
    let missed = false;
    const miss = () => {
      if (missed) return;
      missed = true;
      hit.hits -= counts;
      if (counted !== undefined) count(hit.hitsByMedia, counted, -1);
    };
    return { fault: hit.fault, turn, miss };
  }
}

/** Adds to a count, which is forgotten at 0; answers what it was. */
function count(counts: Map<string, number>, key: string, by: number): number {
  const before = counts.get(key) ?? 0;
  if (before + by === 0) counts.delete(key);
  else counts.set(key, before + by);
  return before;
}
