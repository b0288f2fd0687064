/**
 * The command `media-protection`, with every subcommand. What a subcommand needs beyond its options is
 * loaded when it runs.
 *
 * @packageDocumentation
 */

import { readFileSync } from "node:fs";
import { Command } from "commander";
import { addApply } from "./commands/apply.js";
import { addAudit } from "./commands/audit.js";
import { addCompletion } from "./commands/completion.js";
import { addDoctor } from "./commands/doctor.js";
import { addDownload } from "./commands/download.js";
import { addExport } from "./commands/export.js";
import { addGateway } from "./commands/gateway.js";
import { addLink } from "./commands/link.js";
import { addLs } from "./commands/ls.js";
import { addMock } from "./commands/mock.js";
import { addPlan } from "./commands/plan.js";
import { addRollback } from "./commands/rollback.js";
import { addSet } from "./commands/set.js";
import { addStatus } from "./commands/status.js";
import { addVerify } from "./commands/verify.js";
import { addWatch } from "./commands/watch.js";

/** Every command, in the order of the help. */
const commands = [
  ...[addStatus, addSet, addPlan, addApply, addRollback, addWatch, addAudit, addDoctor],
  ...[addLs, addDownload, addVerify, addExport, addLink, addGateway, addMock, addCompletion],
];

/** Makes the command. Errors in what was written are thrown, as commander's own. */
export function createProgram(): Command {
  const program = new Command("media-protection")
    .description("SignalWire Media URL Protection from a shell.")
    .version(version(), "--version", "the version of this command")
    .showSuggestionAfterError()
    // What stands behind a command is that command's, also where the one above has it, too.
    .enablePositionalOptions()
    .exitOverride()
    .addHelpText(
      "after",
      `
Credentials: SIGNALWIRE_SPACE, SIGNALWIRE_PROJECT_ID and SIGNALWIRE_API_TOKEN,
in the environment or in --env-file; the token also in --token-file, and never
on the command line.

Exit codes: 0 fine, 1 an error, 2 something to do or found, 3 drifted,
130 Ctrl-C.

Example:
  media-protection status --all`,
    );
  for (const add of commands) add(program);
  for (const command of program.commands) command.exitOverride().showSuggestionAfterError();
  const outputError = (text: string, write: (text: string) => void) =>
    write(text.replace(/^error: /, "media-protection: "));
  for (const command of everyCommand(program)) command.configureOutput({ outputError });
  return program;
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

function version(): string {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return String(JSON.parse(manifest).version);
}
