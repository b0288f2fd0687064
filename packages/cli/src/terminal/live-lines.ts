/**
 * What goes on, for people who wait: some lines of a terminal that are written anew, and elsewhere, such
 * as in the log of a job, one line now and then.
 */

/** What shows how far something is. */
export interface Progress {
  /** Shows these in place of the last ones, unless those came just now. */
  show(lines: readonly string[], now: number): void;
  /** Takes away what can be taken away; nothing is shown after that. */
  clear(): void;
}

/** What is written to. */
export interface ProgressStream {
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** At most so often a terminal is drawn anew, in ms: more is not seen. */
const frame = 100;
/** So often a line is written where nothing can be taken back, in ms. */
const interval = 10_000;

/** Lines of a terminal that are replaced one by one, in one write: nothing flickers. */
export class LiveLines implements Progress {
  readonly #stream: ProgressStream;
  #shown: readonly string[] = [];
  #drawn = Number.NEGATIVE_INFINITY;
  #isOver = false;

  constructor(stream: ProgressStream) {
    this.#stream = stream;
  }

  show(lines: readonly string[], now: number): void {
    if (this.#isOver || now - this.#drawn < frame) return;
    this.#drawn = now;
    const width = (this.#stream.columns ?? 80) - 1;
    const cut = lines.map((line) => (line.length > width ? `${line.slice(0, width - 1)}…` : line));
    if (cut.join("\n") === this.#shown.join("\n")) return;
    // ECMA-48: up to the first line, each line and what is left of it erased, what is below erased.
    const up = this.#up();
    this.#stream.write(`${up}${cut.map((line) => `${line}\x1b[K\n`).join("")}\x1b[J`);
    this.#shown = cut;
  }

  clear(): void {
    this.#isOver = true;
    if (this.#shown.length === 0) return;
    this.#stream.write(`${this.#up()}\x1b[J`);
    this.#shown = [];
  }

  #up(): string {
    return this.#shown.length === 0 ? "" : `\x1b[${this.#shown.length}A\r`;
  }
}

/** The first line, now and then: for logs. */
export class PlainLines implements Progress {
  readonly #stream: ProgressStream;
  #written: number | undefined;

  constructor(stream: ProgressStream) {
    this.#stream = stream;
  }

  show([line]: readonly string[], now: number): void {
    // Nothing for what is done before anybody waits.
    this.#written ??= now;
    if (line === undefined || now - this.#written < interval) return;
    this.#written = now;
    this.#stream.write(`${line}\n`);
  }

  clear(): void {}
}
