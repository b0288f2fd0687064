/**
 * Some lines of a terminal that are written anew: what goes on, for people who wait.
 */

import { clearScreenDown, cursorTo, moveCursor } from "node:readline";

/** At most so often, in ms: more is not seen, and flickers. */
const pause = 100;

/** Lines that are replaced as a whole. */
export class LiveLines {
  readonly #stream: NodeJS.WriteStream;
  #shown: readonly string[] = [];
  #drawn = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** Shows these in place of the last; unless those came just now, and these are not the last. */
  show(lines: readonly string[], now: number, isLast = false): void {
    if (!isLast && now - this.#drawn < pause) return;
    this.#drawn = now;
    const width = (this.#stream.columns ?? 80) - 1;
    const cut = lines.map((line) => (line.length > width ? `${line.slice(0, width - 1)}…` : line));
    if (cut.join("\n") === this.#shown.join("\n")) return;
    this.clear();
    this.#stream.write(cut.map((line) => `${line}\n`).join(""));
    this.#shown = cut;
  }

  /** Takes the lines away. */
  clear(): void {
    if (this.#shown.length === 0) return;
    moveCursor(this.#stream, 0, -this.#shown.length);
    cursorTo(this.#stream, 0);
    clearScreenDown(this.#stream);
    this.#shown = [];
  }
}
