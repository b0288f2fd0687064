/**
 * Says that what a platform holds has changed, to whoever looks on: the dashboard.
 */

/** How often something has changed, and who wants to hear of it. */
export class ChangeCount {
  readonly #listeners = new Set<() => void>();
  #count = 0;

  /** How many changes there were. */
  get count(): number {
    return this.#count;
  }

  /** Counts a change that is being made in this turn. */
  add(): void {
    this.#count++;
    for (const listener of this.#listeners) listener();
  }

  /**
   * Calls a function with each change from now on.
   *
   * @returns what ends it.
   */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
