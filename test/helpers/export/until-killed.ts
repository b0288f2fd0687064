import { fork } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { built } from "../processes/processes.js";

/** What a process told before it ended. */
export interface Ending {
  readonly report?: { readonly [name: string]: unknown };
  readonly error?: string;
  /** How many messages came before the last. */
  readonly told: number;
}

/**
 * Runs a built helper of this folder, and kills it with -9 after so many messages.
 *
 * @param after `Infinity`: it ends by itself
 */
export async function untilKilled(
  helper: string,
  args: readonly string[],
  after: number,
): Promise<Ending> {
  const child = fork(resolve(built, `export/${helper}.js`), args);
  let told = 0;
  let ending: Omit<Ending, "told"> = {};
  child.on("message", (message: Omit<Ending, "told">) => {
    if (message.report !== undefined || message.error !== undefined) ending = message;
    else if (++told >= after) child.kill("SIGKILL");
  });
  await once(child, "exit");
  return { ...ending, told };
}
