/** How much goes on at once. */
export interface LimitOptions {
  /** Answers under way for one link. @default 16 */
  readonly link?: number | undefined;
  /** Answers under way for one address. @default 64 */
  readonly address?: number | undefined;
  /** Answers under way altogether. @default 2048 */
  readonly all?: number | undefined;
}

/** Counts what is under way. Past a limit nobody waits. */
export class Limits {
  readonly #most: Required<{ [Name in keyof LimitOptions]: number }>;
  readonly #counts = new Map<string, number>();
  #all = 0;

  constructor({ link = 16, address = 64, all = 2048 }: LimitOptions = {}) {
    this.#most = { link, address, all };
  }

  /** How many answers are under way. */
  get underWay(): number {
    return this.#all;
  }

  /** Begins one. @returns what ends it, or `undefined` past a limit */
  enter(link: string, address: string | undefined): (() => void) | undefined {
    const names = [`l${link}`, ...(address === undefined ? [] : [`a${address}`])];
    const isFull = names.some((name) => {
      const most = name.startsWith("l") ? this.#most.link : this.#most.address;
      return (this.#counts.get(name) ?? 0) >= most;
    });
    if (isFull || this.#all >= this.#most.all) return undefined;
    for (const name of names) this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    this.#all++;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#all--;
      for (const name of names) {
        const left = (this.#counts.get(name) ?? 1) - 1;
        if (left > 0) this.#counts.set(name, left);
        else this.#counts.delete(name);
      }
    };
  }
}
