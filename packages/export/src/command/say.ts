/** 0: all is as it should be; 2: it ended, and something is missing or wrong; 1 is for errors. */
export type ExitCode = 0 | 2;

/** A result, on the standard output. */
export const say = (text: string) => void process.stdout.write(`${text}\n`);

/** What commands say of a target whose listing was cut short. */
export const unreadText =
  "A listing into it did not end: there may be more media. Run the same export again.";

/** How many of a kind a person is shown. */
const mostShown = 20;

/** The first of each kind, and how many more there are: who wants them all takes `--json`. */
export function shortened(write: (text: string) => void) {
  const counts = new Map<string, number>();
  return {
    /** Says what is with something. */
    say(kind: string, name: string): void {
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      if (count <= mostShown) write(`${kind}: ${name}`);
    },
    /** Says what was left out. */
    end(): void {
      for (const [kind, count] of counts) {
        const more = count - mostShown;
        if (more > 0) write(`${kind}: and ${more.toLocaleString("en-US")} more; --json names all`);
      }
    },
  };
}
