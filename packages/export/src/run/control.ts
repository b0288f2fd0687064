import { ExportCancelledError, ManifestError } from "../errors.js";
import { waitFor } from "../gate/wait-for.js";
import type { Documents } from "../manifest/documents.js";
import type { Target } from "../targets/target.js";

/** What an operator wants of an export, from wherever the target can be reached. */
export type ControlState = "paused" | "cancelled";

const document = "control.json";
/** How often, in milliseconds, a paused run looks whether it may go on. */
const interval = 1000;

/**
 * Tells the runs of a target without a queue what to do. `pause`: they begin no other shard until `resume`,
 * and neither does a run that is started meanwhile. `cancel`: they end after the shards that are under way,
 * and another run goes on.
 */
export async function controlExport(
  { documents }: Pick<Target, "documents">,
  what: "pause" | "resume" | "cancel",
): Promise<void> {
  if (what === "resume") return documents.remove(document);
  const state: ControlState = what === "pause" ? "paused" : "cancelled";
  const note = { version: 1, state, at: new Date().toISOString() };
  await documents.write(document, `${JSON.stringify(note)}\n`);
}

/**
 * What runs of the target are told; `undefined`: nothing, to go on.
 *
 * @throws ManifestError for a note that is none: better than to go on against somebody's will
 */
export async function readControl({
  documents,
}: Pick<Target, "documents">): Promise<ControlState | undefined> {
  const text = await documents.read(document);
  if (text === undefined) return undefined;
  try {
    const note: unknown = JSON.parse(text);
    const state = typeof note === "object" && note !== null && "state" in note ? note.state : "";
    if (state === "paused" || state === "cancelled") return state;
  } catch {
    // Said below.
  }
  throw new ManifestError(document, "format", "it is neither a pause nor a cancellation");
}

/** Forgets a cancellation, which was meant for the runs before. */
export async function beginRun(documents: Documents): Promise<void> {
  if ((await readControl({ documents })) === "cancelled") await documents.remove(document);
}

/**
 * Returns when another shard may be begun.
 *
 * @param tell called when that changes
 * @throws ExportCancelledError
 */
export async function mayBegin(
  documents: Documents,
  tell: (isPaused: boolean) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let isPaused = false; ; ) {
    const state = await readControl({ documents });
    if (state === "cancelled") {
      throw new ExportCancelledError(
        "The export was cancelled. What is in the target stays: run the same again, and it goes on.",
      );
    }
    if (isPaused !== (state === "paused")) {
      isPaused = !isPaused;
      tell(isPaused);
    }
    if (!isPaused) return;
    await waitFor(interval, signal);
  }
}
