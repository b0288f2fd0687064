/** What a person or a program says to end a command. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** Ends a command by Ctrl-C or a polite kill: once gently; the second time it is the process's own end. */
export function onInterrupt(): { readonly signal: AbortSignal; off(): void } {
  const stop = new AbortController();
  const end = () =>
    stop.abort(new Interrupted("Interrupted. Run the same command again, and it goes on."));
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  return {
    signal: stop.signal,
    off() {
      process.off("SIGINT", end);
      process.off("SIGTERM", end);
    },
  };
}
