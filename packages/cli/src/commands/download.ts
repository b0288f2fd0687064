import type { Command } from "commander";
import { type AccountSettings, openClient, withAccount } from "../account/account-options.js";
import { exitCodes } from "../terminal/exit-codes.js";
import { CommandError, failureLine } from "../terminal/failure.js";
import { runCommand } from "../terminal/run.js";
import { bytesInWords, plural } from "../words/sizes.js";

interface DownloadSettings extends AccountSettings {
  readonly from?: string;
  readonly to: string;
  readonly concurrency: string;
}

/** `download URL…`: media into a folder, with a manifest. */
export function addDownload(program: Command): void {
  withAccount(program.command("download [url...]"))
    .description("save media into a folder; run it again to go on where it was stopped")
    .option("--from <file>", "a file of URLs, one a line, or of lines of ls --json; - for stdin")
    .option("--to <folder>", "where they go", "media")
    .option("--concurrency <number>", "how many at a time", "4")
    .addHelpText(
      "after",
      "\nExample:\n  media-protection ls recordings --since 7d --json |\n    media-protection download --from - --to week",
    )
    .action((urls: readonly string[], chosen: DownloadSettings) =>
      runCommand(
        chosen,
        async ({ output, signal }) => {
          const { from, to } = chosen;
          const concurrency = Number(chosen.concurrency);
          if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 64) {
            throw new CommandError("--concurrency must be a whole number from 1 to 64.");
          }
          const { readSources } = await import("../media/read-sources.js");
          const sources = [...urls, ...(from === undefined ? [] : await readSources(from))];
          if (sources.length === 0) {
            if (from === undefined)
              throw new CommandError("Name URLs, or a file of them by --from.");
            output.say(
              `0 media: ${from === "-" ? "nothing came on stdin" : `${from} names none`}.`,
            );
            return exitCodes.fine;
          }
          const client = await openClient(chosen);
          const { saveAll } = await import("@media-protection/sdk/node");
          const { progressLines } = await import("../media/progress-lines.js");
          const live = await output.progress();
          const start = Date.now();
          const options = {
            ...{ concurrency, signal },
            onProgress(sum: Parameters<typeof progressLines>[0]) {
              live?.show(progressLines(sum, Date.now() - start), Date.now());
            },
          };
          const report = await saveAll(client, sources, to, options)
            .catch((error: unknown) => {
              if (error instanceof Error && error.name === "SaveAllError" && "report" in error) {
                // The class says so; the name is its literal.
                return error.report as Awaited<ReturnType<typeof saveAll>>;
              }
              throw error;
            })
            .finally(() => live?.clear());
          for (const { source, error } of report.failed) {
            const what = typeof source === "string" ? source : failedName(source);
            output.warn(`failed  ${what}: ${failureLine(error)}`);
            output.tell({ outcome: "failed", source: what, error: failureLine(error) });
          }
          const { saved, kept, bytes, failed } = report;
          output.tell({ outcome: "done", saved, kept, bytes, failed: failed.length, folder: to });
          const parts = [
            `${saved} saved (${bytesInWords(bytes)})`,
            ...(kept > 0 ? [`${kept} there already`] : []),
            ...(failed.length > 0 ? [`${failed.length} failed`] : []),
          ];
          output.say(
            `${plural(sources.length, "medium").replace("mediums", "media")}: ${parts.join(", ")}; in ${to}`,
          );
          if (report.endedEarly !== undefined) {
            output.warn(
              `Ended early, since the platform ${report.endedEarly === "failing" ? "refuses one after the other" : "asks to wait for long"}: run it again later.`,
            );
          }
          return failed.length > 0 || report.endedEarly !== undefined
            ? exitCodes.error
            : exitCodes.fine;
        },
        "Run it again: what is saved is verified and not fetched again.",
      ),
    );
}

function failedName(source: unknown): string {
  if (source instanceof URL) return source.href;
  const ref =
    typeof source === "object" && source !== null && "ref" in source ? source.ref : source;
  return JSON.stringify(ref);
}
