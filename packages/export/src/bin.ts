/**
 * The command line, where no other program has the command `export`.
 */
import { createRequire } from "node:module";
import { exportCommand } from "./command/export-command.js";

const { version } = createRequire(import.meta.url)("../package.json");
await exportCommand().name("media-protection-export").version(String(version)).parseAsync();
