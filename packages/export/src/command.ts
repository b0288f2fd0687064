/**
 * The command `export`, for a program made with commander.
 *
 * @packageDocumentation
 */
export { exportCommand } from "./command/export-command.js";
export type { CommandAccount } from "./command/switches.js";
