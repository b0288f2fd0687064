/**
 * One run of a command: its voice, and the signal by which Ctrl-C ends it.
 */

import { exitCodes } from "./exit-codes.js";
import { failureLine, Interrupted } from "./failure.js";
import { Output, type OutputSettings } from "./output.js";

/** What a command gets. */
export interface Run {
  readonly output: Output;
  /** Aborts at Ctrl-C. What has been begun is finished; a second Ctrl-C ends the process at once. */
  readonly signal: AbortSignal;
}

/** Whoever read what a command says has closed the pipe. */
class ReaderGone extends Error {}

/**
 * Does what a command does, and ends the process with its exit code: 1 and one line for a failure, 130
 * after Ctrl-C.
 *
 * @param act resolves to an exit code
 * @param hint what to do after Ctrl-C, of a command that can be stopped in the middle of something
 */
export async function runCommand(
  settings: OutputSettings,
  act: (run: Run) => Promise<number>,
  hint?: string,
): Promise<void> {
  const output = new Output(settings);
  const controller = new AbortController();
  const stop = () => {
    process.off("SIGINT", stop);
    controller.abort();
  };
  process.on("SIGINT", stop);
  // Whoever reads has enough (`| head`): what is only told is not gone on with.
  const leave = () => controller.abort(new ReaderGone("Nobody reads on."));
  process.stdout.on("error", leave);
  try {
    process.exitCode = await act({ output, signal: controller.signal });
  } catch (error) {
    const { aborted, reason } = controller.signal;
    if (reason instanceof ReaderGone && hint === undefined) {
      process.exitCode = exitCodes.fine;
    } else if (aborted || error instanceof Interrupted) {
      // At a question nothing was begun; elsewhere the command says how to go on.
      const what = error instanceof Interrupted ? error.message : hint;
      output.warn(`Interrupted. ${what ?? "Nothing was left half done."}`);
      process.exitCode = exitCodes.interrupted;
    } else {
      output.warn(`media-protection: ${failureLine(error)}`);
      process.exitCode = exitCodes.error;
    }
  } finally {
    process.off("SIGINT", stop);
    process.stdout.off("error", leave);
  }
}
