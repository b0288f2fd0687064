import type { Command } from "commander";
import { type AccountSettings, openClient, withAccount } from "../account/account-options.js";
import { exitCodes } from "../terminal/exit-codes.js";
import { runCommand } from "../terminal/run.js";

interface PlanSettings extends AccountSettings {
  readonly out?: string;
}

/** What `protection.yaml` may say, as every command that reads it shows in its help. */
export const desiredHelp = `
protection.yaml:
  default: { recordings: on, messageMedia: on }   # on, off or leave
  projects:
    - { name: "Sales *", faxMedia: on }           # by name, * for anything
    - { id: 5eed0000-…, recordings: off }         # by id; the last counts
  leave:
    - { name: "Test *" }                          # never turned`;

/** `plan [FILE]`: what would have to be turned. */
export function addPlan(program: Command): void {
  withAccount(program.command("plan [file]"))
    .description("compare the estate with protection.yaml; exit 0: nothing to do, 2: something")
    .option("--out <file>", "write the plan as JSON, for apply")
    .addHelpText("after", `${desiredHelp}\n\nExample:\n  media-protection plan --out plan.json`)
    .action((file: string | undefined, chosen: PlanSettings) =>
      runCommand(chosen, async ({ output, signal }) => {
        const { planOf, showPlan } = await import("../estate/plan-run.js");
        const client = await openClient(chosen);
        const plan = await planOf(client, file, output, signal);
        showPlan(output, plan);
        if (chosen.out !== undefined) {
          const { writeFile } = await import("node:fs/promises");
          await writeFile(chosen.out, `${JSON.stringify(plan, null, 2)}\n`);
          output.note(
            `Written to ${chosen.out}; media-protection apply ${chosen.out} makes it so.`,
          );
        }
        return plan.projects.length === 0 ? exitCodes.fine : exitCodes.findings;
      }),
    );
}
