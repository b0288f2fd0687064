/**
 * Turning switches, one project after the other: read again, written down, changed.
 */

import type { Client } from "@media-protection/sdk";
import { holds } from "./plan.js";
import type { JournalChange, ProtectionJournal } from "./protection-journal.js";
import { stateOf } from "./read-estate.js";
import type { SwitchChange } from "./switches.js";

/** What became of a change. */
export type Outcome =
  /** It was made. */
  | "changed"
  /** It was so already. */
  | "already"
  /** Somebody has changed the project since: nothing was done. */
  | "drifted";

/**
 * Makes a change, if the project still is as was expected.
 *
 * @param journal where the old values go first
 * @param force makes it even where somebody has changed the project since
 */
export async function turn(
  client: Client,
  change: JournalChange,
  journal: ProtectionJournal,
  { signal, force = false }: { readonly signal: AbortSignal; readonly force?: boolean },
): Promise<Outcome> {
  const { projectId, name, after } = change;
  const { switches } = stateOf(await client.projects.get(projectId, { signal }));
  if (holds(switches, after)) return "already";
  if (!force && !holds(switches, change.before)) return "drifted";
  await journal.write({ projectId, name, before: pick(switches, after), after });
  // Begun is finished: a change that is on its way cannot be taken back by an interrupt.
  await client.protection.set(after, { projectId });
  return "changed";
}

/** What a project has, of the switches that a change names. */
function pick(switches: Required<SwitchChange>, change: SwitchChange): SwitchChange {
  const { recordings, messageMedia, faxMedia } = switches;
  return {
    ...(change.recordings !== undefined && { recordings }),
    ...(change.messageMedia !== undefined && { messageMedia }),
    ...(change.faxMedia !== undefined && { faxMedia }),
  };
}
