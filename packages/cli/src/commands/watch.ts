import type { Command } from "commander";
import { type AccountSettings, openClient, withAccount } from "../account/account-options.js";
import { exitCodes } from "../terminal/exit-codes.js";
import { CommandError, failureLine } from "../terminal/failure.js";
import { runCommand } from "../terminal/run.js";
import { parseLength } from "../words/when.js";
import { desiredHelp } from "./plan.js";

interface WatchSettings extends AccountSettings {
  readonly interval: string;
  readonly once?: boolean;
  readonly exec?: string;
}

/** `watch [FILE]`: says when a switch is not as desired. */
export function addWatch(program: Command): void {
  withAccount(program.command("watch [file]"))
    .description("say when a switch is not as desired")
    .option("--interval <length>", "how long between two looks: 30s, 5m, 1h", "60s")
    .option("--once", "look once, for cron: exit 3 where something has drifted")
    .option("--exec <command>", "run this for each finding, with the finding as JSON on its stdin")
    .addHelpText("after", `${desiredHelp}\n\nExample:\n  media-protection watch --interval 5m`)
    .action((file: string | undefined, chosen: WatchSettings) =>
      runCommand(
        chosen,
        async ({ output, signal }) => {
          const interval = parseLength(chosen.interval);
          if (interval === undefined || interval < 1000) {
            throw new CommandError(
              `--interval must be a length from 1s on, such as 60s, not "${chosen.interval}".`,
            );
          }
          const { planNow, readWanted } = await import("../estate/plan-run.js");
          const wanted = await readWanted(file);
          if ("plan" in wanted) throw new CommandError("watch takes what is desired, not a plan.");
          const client = await openClient(chosen);
          const { findings, hand } = await import("../estate/drift.js");
          const told = new Set<string>();
          for (;;) {
            try {
              const found = findings(await planNow(client, wanted.desired, output, signal));
              const now = new Set(found.map(({ key }) => key));
              for (const key of told) if (!now.has(key)) told.delete(key);
              for (const { key, line, finding } of found) {
                if (told.has(key)) continue;
                told.add(key);
                output.say(`${new Date().toISOString()}  ${output.paint("red", line)}`);
                output.tell(finding);
                if (chosen.exec !== undefined) await hand(chosen.exec, finding, output);
              }
              if (chosen.once === true) {
                if (found.length === 0) output.note("All is as desired.");
                return found.length === 0 ? exitCodes.fine : exitCodes.drifted;
              }
            } catch (error) {
              // One look that fails is no reason not to look again.
              if (chosen.once === true || signal.aborted) throw error;
              output.warn(`media-protection: ${failureLine(error)}`);
            }
            const { setTimeout } = await import("node:timers/promises");
            await setTimeout(interval, undefined, { signal });
          }
        },
        "Nothing was turned.",
      ),
    );
}
