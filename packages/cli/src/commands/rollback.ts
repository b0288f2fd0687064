import type { Command } from "commander";
import { type AccountSettings, openClient, withAccount } from "../account/account-options.js";
import { switchesInWords } from "../estate/switches.js";
import { confirm } from "../terminal/confirm.js";
import { exitCodes } from "../terminal/exit-codes.js";
import { runCommand } from "../terminal/run.js";
import { plural } from "../words/sizes.js";

interface RollbackSettings extends AccountSettings {
  readonly journal?: string;
  readonly force?: boolean;
  readonly yes?: boolean;
}

/** `rollback JOURNAL`: puts the old values back, the newest first. */
export function addRollback(program: Command): void {
  withAccount(program.command("rollback <journal>"))
    .description("put back what apply has turned, from its journal, the newest first")
    .option("--journal <file>", "where this is written down itself")
    .option("--force", "also where somebody else has changed the switches since")
    .option("--yes", "do not ask")
    .addHelpText("after", "\nExample:\n  media-protection rollback protection-journal-2026-….jsonl")
    .action((path: string, chosen: RollbackSettings) =>
      runCommand(
        chosen,
        async ({ output, signal }) => {
          const { journalName, ProtectionJournal, readJournal } = await import(
            "../estate/protection-journal.js"
          );
          const changes = (await readJournal(path)).reverse();
          if (changes.length === 0) {
            output.say(
              "Every change of the journal was put back already, or it has none: nothing to do.",
            );
            return exitCodes.fine;
          }
          const client = await openClient(chosen);
          for (const { name, before, after } of changes) {
            output.note(`  ${name}: ${switchesInWords(after)} → ${switchesInWords(before)}`);
          }
          const count = new Set(changes.map(({ projectId }) => projectId)).size;
          await confirm(
            output,
            `Put back the switches of ${plural(count, "project")}?`,
            chosen.yes === true,
          );
          const { report } = await import("../estate/apply-run.js");
          const { turn } = await import("../estate/turn.js");
          const file = chosen.journal ?? journalName(new Date());
          await using source = await ProtectionJournal.open(path);
          await using journal = await ProtectionJournal.open(file);
          output.note(`What this turns is in ${file}.`);
          let refused = 0;
          for (const { projectId, name, before, after, line } of changes) {
            signal.throwIfAborted();
            const back = { projectId, name, before: after, after: before };
            const outcome = await turn(client, back, journal, {
              signal,
              force: chosen.force === true,
            });
            if (outcome === "drifted") refused++;
            else await source.writeUndone(line);
            report(output, back, outcome);
          }
          if (refused === 0) return exitCodes.fine;
          output.warn(
            `${plural(refused, "change")} left: somebody else has turned switches there since. --force puts back all the same.`,
          );
          return exitCodes.error;
        },
        "Run rollback again: what is put back is left as it is.",
      ),
    );
}
