import type { Client } from "@media-protection/sdk";
import type { Output } from "../terminal/output.js";
import { afterOf, beforeOf, type Plan } from "./plan.js";
import { type JournalChange, journalName, ProtectionJournal } from "./protection-journal.js";
import { switchesInWords } from "./switches.js";
import { type Outcome, turn } from "./turn.js";

/**
 * Makes what a plan says, one project after the other.
 *
 * @param path of the journal. Default: a new one in the working folder.
 * @returns in how many projects somebody else has changed something since; nothing was done there
 */
export async function applyPlan(
  client: Client,
  plan: Plan,
  path: string | undefined,
  output: Output,
  signal: AbortSignal,
): Promise<number> {
  const file = path ?? journalName(new Date());
  await using journal = await ProtectionJournal.open(file);
  output.note(`The old values are in ${file}; to go back: media-protection rollback ${file}`);
  let drifted = 0;
  for (const { projectId, name, changes } of plan.projects) {
    signal.throwIfAborted();
    const change = { projectId, name, before: beforeOf(changes), after: afterOf(changes) };
    const outcome = await turn(client, change, journal, { signal });
    if (outcome === "drifted") drifted++;
    report(output, change, outcome);
  }
  return drifted;
}

const words: Readonly<Record<Outcome, string>> = {
  changed: "turned",
  already: "already",
  drifted: "changed by somebody else: left",
};

/** Says what became of a change. */
export function report(output: Output, change: JournalChange, outcome: Outcome): void {
  const { projectId, name, before, after } = change;
  const style = outcome === "drifted" ? "red" : outcome === "already" ? "dim" : "green";
  output.say(`${output.paint(style, words[outcome])}  ${name}: ${switchesInWords(after)}`);
  output.tell({ projectId, name, outcome, before, after });
}
