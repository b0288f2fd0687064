import type { Command } from "commander";
import { type AccountSettings, openClient, withAccount } from "../account/account-options.js";
import { confirm } from "../terminal/confirm.js";
import { exitCodes } from "../terminal/exit-codes.js";
import { runCommand } from "../terminal/run.js";
import { plural } from "../words/sizes.js";
import { desiredHelp } from "./plan.js";

interface ApplySettings extends AccountSettings {
  readonly journal?: string;
  readonly yes?: boolean;
}

/** `apply [FILE]`: makes the estate as desired, or a plan so. */
export function addApply(program: Command): void {
  withAccount(program.command("apply [file]"))
    .description("turn what protection.yaml, or a plan of plan --out, says")
    .option("--journal <file>", "where the old values are written first; added to if it is there")
    .option("--yes", "do not ask")
    .addHelpText("after", `${desiredHelp}\n\nExample:\n  media-protection apply plan.json`)
    .action((file: string | undefined, chosen: ApplySettings) =>
      runCommand(
        chosen,
        async ({ output, signal }) => {
          const { planNow, readWanted, showPlan, stillToDo } = await import(
            "../estate/plan-run.js"
          );
          const client = await openClient(chosen);
          const wanted = await readWanted(file);
          const plan =
            "plan" in wanted
              ? await stillToDo(client, wanted.plan, signal)
              : await planNow(client, wanted.desired, output, signal);
          if (!output.json) showPlan(output, plan);
          if (plan.projects.length === 0) return exitCodes.fine;
          const question = `Turn the switches of ${plural(plan.projects.length, "project")}?`;
          await confirm(output, question, chosen.yes === true);
          const { applyPlan } = await import("../estate/apply-run.js");
          const drifted = await applyPlan(client, plan, chosen.journal, output, signal);
          if ("desired" in wanted) {
            const left = await planNow(client, wanted.desired, output, signal);
            if (left.projects.length > 0) {
              output.warn(
                `${plural(left.projects.length, "project")} not as desired: run apply again.`,
              );
              return exitCodes.error;
            }
          }
          if (drifted > 0) {
            output.warn(
              `${plural(drifted, "project")} changed by somebody else since the plan: left as found. Make a new plan.`,
            );
            return exitCodes.error;
          }
          output.say("Nothing left to do.");
          return exitCodes.fine;
        },
        "What was turned is in the journal; run apply again to go on, or rollback to go back.",
      ),
    );
}
