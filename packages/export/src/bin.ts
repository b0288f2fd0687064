/**
 * The command line, where no other program has the command `export`.
 */
import { exportCommand } from "./command/export-command.js";

await exportCommand().name("media-protection-export").parseAsync();
