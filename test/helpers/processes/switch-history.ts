/**
 * A time in which a switch may have been on, or off: from when the flip to it was sent, until the next
 * flip was answered. Periods overlap, since only the platform knows when in between a flip counts.
 */
interface Period {
  readonly on: boolean;
  readonly from: number;
  readonly until: number;
}

/** What a protection switch may have been at any time, as far as the one who flips it can know. */
export class SwitchHistory {
  #old: Period[] = [];
  #last: Period = { on: false, from: 0, until: Infinity };

  /** What it was last set to. */
  get on(): boolean {
    return this.#last.on;
  }

  /** Notes that a flip is sent. The one before must have been answered. */
  flipSent(on: boolean, now: number): void {
    this.#old.push(this.#last);
    this.#last = { on, from: now, until: Infinity };
  }

  /** Notes that the flip was answered. */
  flipAnswered(now: number): void {
    const before = this.#old.pop();
    if (before !== undefined) this.#old.push({ ...before, until: now });
  }

  /**
   * The one status that a request without credentials can be answered; `undefined` where it met a flip,
   * so that either can be.
   *
   * @param start when it began, at the latest
   * @param head when the head of its answer came: it was decided before
   */
  statusOf(start: number, head: number): 200 | 401 | undefined {
    const met = [...this.#old, this.#last].filter(
      ({ from, until }) => from < head && start < until,
    );
    const [first] = met;
    if (first === undefined || met.some(({ on }) => on !== first.on)) return undefined;
    return first.on ? 401 : 200;
  }
}
