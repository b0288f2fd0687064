import { reconcile } from "../proof/reconcile.js";
import { repairExport } from "../proof/repair.js";
import { verifyExport } from "../proof/verify.js";
import { bytesText, countText, plain } from "../view/words.js";
import { type ExportSwitches, selectionOf } from "./actions.js";
import { openClient, openPlace } from "./place.js";
import type { ExitCode } from "./say.js";
import type { ClientSwitches, PlaceSwitches } from "./switches.js";
import { startTicker } from "./ticker.js";

/** `export verify`: offline, and against the listing with `--listing`. */
export async function runVerify(
  switches: ExportSwitches & { readonly listing?: true },
): Promise<ExitCode> {
  const target = await openPlace(switches);
  const ticker = startTicker();
  try {
    const { signal, say } = ticker;
    const { concurrency, json, listing } = switches;
    const copies = await verifyExport(target, {
      ...{ concurrency, signal },
      onFault: ({ line, fault }) =>
        say(json ? JSON.stringify({ fault, ...line }) : `${fault}: ${plain(line.key)}`),
      onProgress: ({ verified, bytes, faults }) =>
        ticker.tick(
          `Re-read: ${countText(verified)} copies right (${bytesText(bytes)}), ${countText(faults)} not`,
        ),
    });
    const { verified, faults, failed, gone } = copies;
    if (verified + faults + failed + gone === 0) {
      throw new Error(`There is no manifest in ${target.name}: nothing was exported to it.`);
    }
    const compared = listing
      ? await reconcile((await openClient(switches)).client, {
          ...{ ...selectionOf(switches), target, signal },
          onDifference: (one) =>
            say(
              json
                ? JSON.stringify(one)
                : `${one.what}: ${plain(one.key ?? `${one.kind} ${one.id}`)}`,
            ),
        })
      : undefined;
    if (json) say(JSON.stringify({ copies, ...(compared && { listing: compared }) }));
    else {
      say(
        `${countText(copies.verified)} copies are right (${bytesText(copies.bytes)}), ${countText(copies.faults)} are not; ${countText(copies.failed)} media could not be got, ${countText(copies.gone)} were gone.`,
      );
      if (copies.faults > 0) {
        say("`export repair` with the same --to gets those anew from the platform.");
      }
      if (compared) {
        const { listed, lacking, size, unlisted, stray } = compared;
        say(
          `${countText(listed)} are listed: ${countText(lacking)} lacking, ${countText(size)} of another size; ${countText(unlisted)} copies are not listed any more, ${countText(stray)} files are nobody's.`,
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
  const target = await openPlace(switches);
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
    const { shards, verified, restored, renewed, gone, failed, lacking } = report;
    if (shards === 0) {
      throw new Error(`There is no manifest in ${target.name}: nothing was exported to it.`);
    }
    if (json) say(JSON.stringify(report));
    else {
      say(
        `Right: ${countText(verified)} copies. Got anew: ${countText(restored + renewed)}${renewed > 0 ? `, ${countText(renewed)} of them with other bytes than before` : ""}.`,
      );
      if (gone > 0) say(`Lost, since the platform has them no more: ${countText(gone)}.`);
      if (failed > 0) say(`Not got: ${countText(failed)}. Run the same command again.`);
      if (lacking > 0) {
        say(`Never got: ${countText(lacking)}, by the manifests. \`export\` tries those again.`);
      }
    }
    return report.isComplete ? 0 : 2;
  } finally {
    ticker.end();
    await target.close();
  }
}
