/**
 * What strict mode found: requests and answers outside the contract, the newest of them.
 */

/** One thing that is outside the contract, in the form Prism gives it. */
export interface Violation {
  /** Where it is, such as `["request", "query", "page_size"]`. */
  readonly location: readonly string[];
  readonly severity: "Error" | "Warning" | "Information" | "Hint";
  /** The rule, for programs, where there is one. */
  readonly code?: string | number;
  readonly message: string;
}

/** A request and its answer of which something is outside the contract. */
export interface ViolatedExchange {
  /** In ms since the epoch. */
  readonly time: number;
  readonly method: string;
  /** The path without its query. */
  readonly path: string;
  readonly status: number;
  readonly violations: readonly Violation[];
}

/** How many exchanges are kept; all are counted. */
const kept = 100;

/** The exchanges outside the contract, counted, and the newest hundred of them kept. */
export class ViolationLog {
  readonly #newest: ViolatedExchange[] = [];
  readonly #listeners = new Set<(exchange: ViolatedExchange) => void>();
  #count = 0;

  /** How many exchanges were held against the contract since it was last cleared. */
  checked = 0;

  /** How many of them are outside it. */
  get count(): number {
    return this.#count;
  }

  /** The newest, oldest first. */
  entries(): ViolatedExchange[] {
    return [...this.#newest];
  }

  /** Adds an exchange. */
  record(exchange: ViolatedExchange): void {
    this.#count++;
    this.#newest.push(exchange);
    if (this.#newest.length > kept) this.#newest.shift();
    for (const listener of this.#listeners) listener(exchange);
  }

  /**
   * Calls a function with each exchange from now on.
   *
   * @returns what ends it.
   */
  subscribe(listener: (exchange: ViolatedExchange) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Forgets everything. */
  clear(): void {
    this.#newest.length = 0;
    this.#count = 0;
    this.checked = 0;
  }
}
