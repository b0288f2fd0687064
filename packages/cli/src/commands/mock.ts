import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import { CommandError } from "../terminal/failure.js";
import { runCommand } from "../terminal/run.js";

/** `mock …`: the platform on localhost, with its own options. */
export function addMock(program: Command): void {
  program
    .command("mock [options...]")
    .description("the platform on localhost, if @media-protection/mock is installed")
    .addHelpText("after", "\nExample:\n  media-protection mock --port 4010")
    .allowUnknownOption()
    .helpOption(false)
    .action((words: readonly string[]) =>
      runCommand({}, async () => {
        // It hears Ctrl-C itself.
        const child = spawn(process.execPath, [findMock(), ...words], { stdio: "inherit" });
        const [code] = await once(child, "close");
        return typeof code === "number" ? code : 1;
      }),
    );
}

/** The mock that is installed where the command runs, or beside it. */
function findMock(): string {
  for (const from of [join(process.cwd(), "package.json"), import.meta.url]) {
    try {
      const entry = createRequire(from).resolve("@media-protection/mock");
      return join(dirname(entry), "..", "bin", "media-protection-mock.js");
    } catch {
      // Not there; perhaps at the next.
    }
  }
  throw new CommandError(
    "The mock is not installed: npm install --save-dev @media-protection/mock",
  );
}
