import { exportCommand } from "@media-protection/export/command";
import type { Command } from "commander";
import { openClient, withCredentials } from "../account/account-options.js";

/** `export`, with `worker`, `status`, `pause`, `resume`, `cancel`, `verify` and `delete` below it. */
export function addExport(program: Command): void {
  const command = exportCommand({
    addOptions: withCredentials,
    open: (settings, options) => openClient(settings, options),
  });
  for (const one of command.commands) one.exitOverride().showSuggestionAfterError();
  program.addCommand(command);
}
