import type { Command } from "commander";
import { withOutput } from "../account/account-options.js";
import { exitCodes } from "../terminal/exit-codes.js";
import type { OutputSettings } from "../terminal/output.js";
import { runCommand } from "../terminal/run.js";
import { plural } from "../words/sizes.js";

/** `verify DIR`: the files of a manifest against it, without a network. */
export function addVerify(program: Command): void {
  withOutput(program.command("verify <folder>"))
    .description("read every file of a folder's manifest, and compare sizes and SHA-256; offline")
    .option("--manifest <file>", "the manifest; else manifest.jsonl in the folder")
    .addHelpText("after", "\nExample:\n  media-protection verify media")
    .action((folder: string, chosen: OutputSettings & { readonly manifest?: string }) =>
      runCommand(chosen, async ({ output, signal }) => {
        const { verifyFolder } = await import("../media/verify-folder.js");
        let wrong = 0;
        let count = 0;
        for await (const { path, problem } of verifyFolder(folder, chosen.manifest, signal)) {
          count++;
          output.tell({ path, ok: problem === undefined, ...(problem && { problem }) });
          if (problem === undefined) continue;
          wrong++;
          output.warn(`${path}: ${problem}`);
        }
        const right = `${plural(count - wrong, "file")} as the manifest says`;
        output.say(wrong === 0 ? `${right}.` : `${right}, ${wrong} not.`);
        return wrong === 0 ? exitCodes.fine : exitCodes.findings;
      }),
    );
}
