import type { Command } from "commander";
import { type AccountSettings, openClient, withAccount } from "../account/account-options.js";
import { afterOf, beforeOf } from "../estate/plan.js";
import {
  changesOf,
  isSetting,
  type SwitchChange,
  settings,
  switchesInWords,
} from "../estate/switches.js";
import { confirm } from "../terminal/confirm.js";
import { exitCodes } from "../terminal/exit-codes.js";
import { CommandError } from "../terminal/failure.js";
import { runCommand } from "../terminal/run.js";
import { plural } from "../words/sizes.js";
import { switchLine } from "./switch-line.js";

interface SetSettings extends AccountSettings {
  readonly project?: readonly string[];
  readonly all?: boolean;
  readonly yes?: boolean;
  readonly journal?: string;
}

/** `set recordings=on faxMedia=off`: turns switches at once. */
export function addSet(program: Command): void {
  withAccount(program.command("set <switch...>"))
    .description(`turn switches: ${settings.join(", ")}, each =on or =off`)
    .option("--project <id...>", "these projects; else the credentials' own")
    .option("--all", "every project of the tree")
    .option("--journal <file>", "where the old values are written first; added to if it is there")
    .option("--yes", "do not ask, where more than one project would change")
    .addHelpText("after", "\nExample:\n  media-protection set recordings=on faxMedia=off")
    .action((words: readonly string[], chosen: SetSettings) =>
      runCommand(
        chosen,
        async ({ output, signal }) => {
          const wanted = readSwitches(words);
          const client = await openClient(chosen);
          const { readProjects } = await import("../estate/read-estate.js");
          const projects = await readProjects(client, chosen, signal);
          const todo = projects.flatMap((project) => {
            const changes = changesOf(project.switches, wanted);
            return changes.length === 0 ? [] : [{ ...project, changes }];
          });
          if (todo.length > 1) {
            for (const { name, changes } of todo) {
              const [was, will] = [beforeOf(changes), afterOf(changes)].map(switchesInWords);
              output.note(`  ${name}: ${was} → ${will}`);
            }
            const question = `Turn switches of ${plural(todo.length, "project")}?`;
            await confirm(output, question, chosen.yes === true);
          }
          const same = projects.length - todo.length;
          if (same > 0) output.note(`${plural(same, "project")} as wanted already.`);
          if (todo.length === 0) return exitCodes.fine;
          const { journalName, ProtectionJournal } = await import(
            "../estate/protection-journal.js"
          );
          const { turn } = await import("../estate/turn.js");
          const file = chosen.journal ?? journalName(new Date());
          await using journal = await ProtectionJournal.open(file);
          let drifted = 0;
          for (const { id, name, changes } of todo) {
            signal.throwIfAborted();
            const change = { before: beforeOf(changes), after: afterOf(changes) };
            const named = { projectId: id, name };
            const outcome = await turn(client, { ...named, ...change }, journal, { signal });
            if (outcome === "drifted") {
              drifted++;
              output.warn(`${name} was changed by somebody else in between: left. Try again.`);
              continue;
            }
            output.say(output.paint("bold", name));
            for (const { setting, before, after } of changes) {
              output.say(switchLine(output, setting, before, after));
              output.tell({ ...named, setting, before, after });
            }
          }
          output.note(`To go back: media-protection rollback ${file}`);
          return drifted > 0 ? exitCodes.error : exitCodes.fine;
        },
        "The projects named above are changed, the others are not.",
      ),
    );
}

/** @throws CommandError for what is no switch */
function readSwitches(words: readonly string[]): SwitchChange {
  const said = words.map((word) => {
    const [name = "", value = ""] = word.split("=");
    if (!isSetting(name) || (value !== "on" && value !== "off")) {
      const known = settings.map((one) => `${one}=on`).join(", ");
      throw new CommandError(`"${word}" turns no switch; write ${known}, or =off.`);
    }
    return [name, value === "on"] as const;
  });
  const twice = said.find(([name], index) => said.findIndex(([one]) => one === name) !== index);
  if (twice !== undefined) throw new CommandError(`${twice[0]} is said twice.`);
  return Object.fromEntries(said);
}
