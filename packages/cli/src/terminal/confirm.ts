import { CommandError, Interrupted } from "./failure.js";
import type { Output } from "./output.js";

/**
 * Asks before something is done to more than one project.
 *
 * @param question ends with a question mark
 * @param yes whether it was answered beforehand (`--yes`)
 * @throws CommandError where nobody can be asked, or the answer is no
 */
export async function confirm(output: Output, question: string, yes: boolean): Promise<void> {
  if (yes) return;
  if (!output.isInteractive) {
    throw new CommandError(
      `"${question}" is asked first, and there is no terminal to ask at: give --yes to go on.`,
    );
  }
  const { confirm: ask, isCancel } = await import("@clack/prompts");
  const answer = await ask({ message: question, initialValue: false, output: process.stderr });
  if (isCancel(answer)) throw new Interrupted("Nothing was changed.");
  if (answer !== true) throw new CommandError("Nothing was changed.");
}
