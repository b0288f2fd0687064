import { reconcile } from "../proof/reconcile.js";
import { repairExport } from "../proof/repair.js";
import { verifyExport } from "../proof/verify.js";
import { bytesText, countOf, countText, plain } from "../view/words.js";
import { type ExportSwitches, selectionOf } from "./actions.js";
import { openBegun, openClient } from "./place.js";
import { type ExitCode, shortened, unreadText } from "./say.js";
import type { ClientSwitches, PlaceSwitches } from "./switches.js";
import { startTicker } from "./ticker.js";

/** `export verify`: offline, and against the listing with `--listing`. */
export async function runVerify(
  switches: ExportSwitches & { readonly listing?: true },
): Promise<ExitCode> {
  const { concurrency, json, listing } = switches;
  const { since, until, kinds, projects, project, all } = switches;
  const isNarrow = since ?? until ?? projects ?? project ?? all ?? (kinds !== "all" || undefined);
  if (!listing && isNarrow !== undefined) {
    throw new Error(
      "--since, --until, --kinds, --projects and --all are for --listing: every copy is re-read.",
    );
  }
  const target = await openBegun(switches);
  const ticker = startTicker();
  const shown = shortened((text) => ticker.say(text));
  try {
    const { signal, say } = ticker;
    const copies = await verifyExport(target, {
      ...{ concurrency, signal },
      onFault: ({ line, fault }) =>
        json ? say(JSON.stringify({ fault, ...line })) : shown.say(fault, plain(line.key)),
      onProgress: ({ verified, bytes, faults }) =>
        ticker.tick(
          `Re-read: ${countText(verified)} copies right (${bytesText(bytes)}), ${countText(faults)} not`,
        ),
    });
    const compared = listing
      ? await reconcile((await openClient(switches)).client, {
          ...{ ...selectionOf(switches), target, signal },
          onDifference: (one) =>
            json
              ? say(JSON.stringify(one))
              : shown.say(one.what, plain(one.key ?? `${one.kind} ${one.id}`)),
        })
      : undefined;
    if (json) say(JSON.stringify({ copies, ...(compared && { listing: compared }) }));
    else {
      shown.end();
      say(
        `${countOf(copies.verified, "copy is", "copies are")} right (${bytesText(copies.bytes)}), ${countText(copies.faults)} not; ${countText(copies.failed)} media could not be got, ${countText(copies.gone)} were gone.`,
      );
      if (copies.open > 0) {
        say(
          `${countOf(copies.open, "shard is", "shards are")} not done: run the same export again.`,
        );
      }
      if (!copies.isListed) say(unreadText);
      if (copies.faults > 0) {
        say("`export repair` with the same --to gets those anew from the platform.");
      }
      if (compared) {
        const { listed, lacking, size, unlisted, stray } = compared;
        say(
          `${countText(listed)} are listed: ${countText(lacking)} lacking, ${countText(size)} of another size.\nNot listed any more: ${countOf(unlisted, "copy", "copies")}. In no manifest: ${countOf(stray, "file")}.`,
        );
      }
    }
    return copies.isComplete && compared?.isComplete !== false ? 0 : 2;
  } finally {
    ticker.end();
    await target.close();
  }
}

/** `export repair`: what `verify` finds, got anew. */
export async function runRepair(
  switches: PlaceSwitches & ClientSwitches & { readonly concurrency: number; readonly json?: true },
): Promise<ExitCode> {
  const target = await openBegun(switches);
  const ticker = startTicker();
  try {
    const { signal, say } = ticker;
    const { concurrency, json } = switches;
    const { client, gate } = await openClient(switches);
    const report = await repairExport(client, {
      ...{ target, concurrency, gate, signal },
      onRepair({ line, result, message = "" }) {
        if (json) say(JSON.stringify({ result, message, ...line }));
        else say(plain(`${result}: ${line.key}${message === "" ? "" : ` (${message})`}`));
      },
      onProgress: ({ verified, restored, renewed }) =>
        ticker.tick(
          `Re-read: ${countText(verified)} copies right, ${countText(restored + renewed)} got anew`,
        ),
    });
    const { verified, restored, renewed, gone, failed, lacking, open, isListed } = report;
    if (json) say(JSON.stringify(report));
    else {
      say(
        `Right: ${countOf(verified, "copy", "copies")}. Got anew: ${countText(restored + renewed)}${renewed > 0 ? `, ${countText(renewed)} of them with other bytes than before` : ""}.`,
      );
      if (gone > 0) say(`Lost, since the platform has them no more: ${countText(gone)}.`);
      if (failed > 0) say(`Not got: ${countText(failed)}. Run the same command again.`);
      if (lacking > 0) {
        say(`Never got: ${countText(lacking)}, by the manifests. \`export\` tries those again.`);
      }
      if (open > 0) {
        say(`${countOf(open, "shard is", "shards are")} not done: run the same export again.`);
      }
      if (!isListed) say(unreadText);
    }
    return report.isComplete ? 0 : 2;
  } finally {
    ticker.end();
    await target.close();
  }
}
