import type { Command } from "commander";

/** `export …`: media out by the million, proven, and only then deleted; its own package. */
export function addExport(program: Command): void {
  program
    .command("export [words...]")
    .description("media out by the million: to a folder or a bucket, proven, then deleted")
    .allowUnknownOption()
    .helpOption(false)
    .action(async (words: readonly string[]) => {
      // Its options are its own, and so are its exit codes.
      const { exportCommand } = await import("@media-protection/export/command");
      await exportCommand()
        .name("media-protection export")
        .parseAsync([...words], { from: "user" });
    });
}
