import type { MediaRef } from "@media-protection/sdk";
import { ExportStoppedError } from "../errors.js";
import { waitFor } from "../gate/wait-for.js";
import type { ExportMedium } from "../plan/export-medium.js";
import { otherReference } from "../plan/references.js";
import type { ReceiveOptions, Stored } from "../targets/target.js";
import { askedToWait, lostReason } from "./lost.js";
import type { ShardRun } from "./shard-run.js";

/** How often a medium is asked for again after pauses, before it counts as failed. */
const mostPauses = 5;

/** A medium whose last byte has come. */
export interface Received {
  /** What it was downloaded by. */
  readonly ref: MediaRef;
  /** Puts it in place. */
  readonly finish: () => Promise<Stored>;
}

type Receiving = Pick<ShardRun, "target" | "client" | "gate" | "maxPause">;

/**
 * Gets a medium: again, where the platform asked for a pause; by its other reference, where the first one is
 * missing.
 *
 * @throws whatever the target's `receive` throws of the first reference; ExportStoppedError
 */
export async function receiveMedium(
  medium: ExportMedium,
  key: string,
  options: ReceiveOptions,
  run: Receiving,
): Promise<Received> {
  const by = async (ref: MediaRef): Promise<Received> => ({
    ref,
    finish: await receive({ ...medium, ref }, key, options, run),
  });
  try {
    return await by(medium.ref);
  } catch (error) {
    const other = otherReference(medium);
    if (options.signal?.aborted || !other || lostReason(error) !== "missing") throw error;
    return await by(other).catch((second: unknown) => {
      throw lostReason(second) === "missing" ? error : second;
    });
  }
}

async function receive(
  medium: ExportMedium,
  key: string,
  options: ReceiveOptions,
  { target, client, gate, maxPause }: Receiving,
) {
  const { signal } = options;
  for (let pauses = 0; ; pauses++) {
    try {
      return await target.receive(client, medium, key, options);
    } catch (error) {
      const asked = askedToWait(error);
      if (signal?.aborted || asked === undefined || pauses >= mostPauses) throw error;
      if (asked > maxPause) throw new ExportStoppedError("asked-to-wait", { cause: error });
      await gate.pause(medium.projectId, asked);
      await waitFor(asked, signal);
    }
  }
}
