import type { Command } from "commander";
import { type AccountSettings, openClient, withAccount } from "../account/account-options.js";
import { type ProjectState, settings } from "../estate/switches.js";
import { exitCodes } from "../terminal/exit-codes.js";
import type { Output } from "../terminal/output.js";
import { runCommand } from "../terminal/run.js";
import { plural } from "../words/sizes.js";

interface StatusSettings extends AccountSettings {
  readonly project?: readonly string[];
  readonly all?: boolean;
}

/** `status`: the three switches of a project, or of every one in the tree. */
export function addStatus(program: Command): void {
  withAccount(program.command("status"))
    .description("show which media are protected")
    .option("--project <id...>", "these projects; else the credentials' own")
    .option("--all", "every project of the tree")
    .addHelpText("after", "\nExample:\n  media-protection status --all")
    .action((chosen: StatusSettings) =>
      runCommand(chosen, async ({ output, signal }) => {
        const client = await openClient(chosen);
        const { readProjects } = await import("../estate/read-estate.js");
        const projects = await readProjects(client, chosen, signal);
        for (const { id, name, switches } of projects) {
          output.tell({ projectId: id, name, ...switches });
        }
        const isOwnAlone = chosen.all !== true && chosen.project === undefined;
        if (!output.json) await show(output, projects, isOwnAlone);
        return exitCodes.fine;
      }),
    );
}

async function show(
  output: Output,
  projects: readonly ProjectState[],
  isOwnAlone: boolean,
): Promise<void> {
  const { columns } = await import("../terminal/table.js");
  const cell = (on: boolean) => output.paint(on ? "green" : "yellow", on ? "protected" : "public");
  const rows = projects.map(({ id, name, switches }) => [
    name,
    id,
    ...settings.map((setting) => cell(switches[setting])),
  ]);
  const head = ["PROJECT", "ID", "RECORD.", "MESSAGES", "FAXES"];
  output.say(columns(head, rows, output.width));
  const whole = projects.filter(({ switches }) => settings.every((one) => switches[one]));
  output.say(`\n${whole.length} of ${plural(projects.length, "project")} protected as a whole.`);
  if (isOwnAlone) output.note("The whole tree: status --all.");
}
