import type { ProgressStream } from "../view/show-progress.js";
import { clipped } from "../view/words.js";
import { onInterrupt } from "./interrupted.js";
import { say } from "./say.js";

/** A command that goes through copies or media: how far it is, in one line, and its end by Ctrl-C. */
export interface Ticker {
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Shows how far it is: over the last word on a terminal, now and then elsewhere. */
  tick(text: string): void;
  /** A result, on the standard output, in place of the last word. */
  say(text: string): void;
  /** Takes the last word away. */
  end(): void;
}

/**
 * Begins to show how far a command is.
 *
 * @param now milliseconds of any clock; for tests
 */
export function startTicker(
  stream: ProgressStream = process.stderr,
  now: () => number = () => performance.now(),
): Ticker {
  const { signal, off } = onInterrupt();
  const interval = stream.isTTY ? 200 : 10_000;
  // Nothing for what is done before anybody waits.
  let shownAt = now();
  let isShown = false;
  const clear = () => {
    if (isShown) stream.write("\r\u001b[K");
    isShown = false;
  };
  return {
    signal,
    tick(text) {
      if (now() - shownAt < interval) return;
      shownAt = now();
      isShown = stream.isTTY === true;
      stream.write(
        isShown ? `\r${clipped(text, (stream.columns ?? 80) - 1)}\u001b[K` : `${text}\n`,
      );
    },
    say(text) {
      clear();
      say(text);
    },
    end() {
      clear();
      off();
    },
  };
}
