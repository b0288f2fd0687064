/**
 * The process of the command: reads what was written, runs it, and ends with its exit code.
 */

import { CommanderError } from "commander";
import { createProgram } from "./program.js";
import { exitCodes } from "./terminal/exit-codes.js";

// A reader that has enough, such as head, closes the pipe: no failure of this program.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") return;
  process.stderr.write(`media-protection: what it says cannot be written (${error.code}).\n`);
  process.exit(exitCodes.error);
});

try {
  await createProgram().parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Help and version were asked for and given; all else commander has said on stderr.
  process.exitCode = error.exitCode === 0 ? exitCodes.fine : exitCodes.error;
}
