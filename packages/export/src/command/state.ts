import { controlExport, readControl } from "../run/control.js";
import { takeInventory } from "../run/job.js";
import { readUnread } from "../run/listing-state.js";
import { type ExportSummary, readSummary, writeSummary } from "../run/summary.js";
import { reasonsText } from "../view/progress-text.js";
import { bytesText, countOf, countText } from "../view/words.js";
import { openBegun, openPlace } from "./place.js";
import { onQueue, statusText } from "./queue-parts.js";
import { type ExitCode, say, unreadText } from "./say.js";
import type { PlaceSwitches } from "./switches.js";

/** `export status`: from the target, and from the queue where there is one. */
export async function runStatus(
  switches: PlaceSwitches & {
    readonly queue?: string;
    readonly rebuild?: true;
    readonly json?: true;
  },
): Promise<ExitCode> {
  // Over a queue it is begun by somebody else, perhaps later.
  const open = switches.queue === undefined ? openBegun : openPlace;
  const target = await open(switches);
  try {
    const { documents } = target;
    const { open: left, incomplete, done } = await takeInventory(documents);
    const isListed = (await readUnread(documents)).length === 0;
    const state = await readControl(target);
    const summary = switches.rebuild ? await writeSummary(target) : await readSummary(documents);
    const shards = { complete: done, incomplete: incomplete.length, open: left.length, isListed };
    const { queue: redis } = switches;
    const status =
      redis === undefined ? undefined : await onQueue(switches, redis, (one) => one.status());
    if (switches.json)
      say(
        JSON.stringify({
          ...{ target: target.name, ...shards, ...(state && { state }) },
          ...{ ...(summary && { summary }), ...(status && { queue: status }) },
        }),
      );
    else {
      say(
        `${target.name}:\n${countOf(done, "shard")} complete, ${countText(incomplete.length)} lack media, ${countText(left.length)} open.`,
      );
      if (!isListed) say(unreadText);
      if (state) say(stateTexts[state]);
      if (summary) say(summaryText(summary));
      if (status) say(statusText(status));
    }
    return left.length + incomplete.length === 0 && isListed ? 0 : 2;
  } finally {
    await target.close();
  }
}

/** `export pause`, `resume` and `cancel`: of a queue, or of what runs without one into the target. */
export async function runControl(
  what: "pause" | "resume" | "cancel",
  switches: PlaceSwitches & { readonly queue?: string },
): Promise<ExitCode> {
  const { queue: redis } = switches;
  if (redis !== undefined) await onQueue(switches, redis, (queue) => queue[what]());
  else {
    const target = await openBegun(switches);
    await controlExport(target, what).finally(() => target.close());
  }
  say(
    {
      pause: "Paused: shards that are under way end, and none is begun.",
      resume: "Resumed.",
      cancel: "Cancelled after the shards that are under way; what is in the target stays.",
    }[what],
  );
  return 0;
}

const stateTexts = {
  paused: "Paused: no shard is begun until export resume.",
  cancelled: "Cancelled: run the same export again to go on.",
};

function summaryText({ madeAt, saved, bytes, gone, failed, reasons }: ExportSummary): string {
  const lost = gone + failed > 0 ? `; not got: ${reasonsText({ reasons })}` : "";
  return `On ${madeAt}: ${countText(saved)} media saved (${bytesText(bytes)})${lost.replace("; ", ";\n")}.`;
}
