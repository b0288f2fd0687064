import type { MediaKind } from "@media-protection/sdk";
import { exportMedia } from "../run/export-media.js";
import { reasonsText } from "../view/progress-text.js";
import { bytesText, countOf, countText } from "../view/words.js";
import { openClient, openPlace, projectsOf } from "./place.js";
import { queueParts, sayUnreachable, statusText } from "./queue-parts.js";
import { type ExitCode, say } from "./say.js";
import type { ClientSwitches, PlaceSwitches } from "./switches.js";
import { watch } from "./watch.js";

/** The switches of `export` itself. */
export interface ExportSwitches extends PlaceSwitches, ClientSwitches {
  readonly since?: Date;
  readonly until?: Date;
  readonly kinds: "all" | readonly MediaKind[];
  readonly template?: string;
  readonly concurrency: number;
  readonly queue?: string;
  readonly page?: number;
  readonly json?: true;
}

const lackingText =
  "Manifests in _export that end in .incomplete.jsonl name them, and why.\nRun the same command again to try those once more.";

/** Which media the switches mean. */
export function selectionOf(switches: ExportSwitches) {
  const { since, until, kinds } = switches;
  return {
    projects: projectsOf(switches),
    kinds,
    ...(since && { since }),
    ...(until && { until }),
  };
}

/** `export`. */
export async function runExport(switches: ExportSwitches): Promise<ExitCode> {
  if (switches.queue !== undefined) {
    if (switches.page !== undefined) {
      throw new Error("--page is of `export worker`: with --queue the workers move the media.");
    }
    return runProducer(switches, switches.queue);
  }
  const target = await openPlace(switches);
  const watching = await watch(switches);
  try {
    const { client, gate } = await openClient(switches);
    const { template, concurrency, json } = switches;
    const { signal, update } = watching;
    const options = { ...selectionOf(switches), target, template, concurrency, gate, signal };
    const report = await exportMedia(client, { ...options, onProgress: update });
    await watching.end();
    if (json) say(JSON.stringify(report));
    else {
      say(
        `${countText(report.saved)} saved (${bytesText(report.bytes)}), ${countText(report.kept + report.known)} were there, in\n${target.name}.`,
      );
      if (report.gone + report.failed > 0) say(`Not got: ${reasonsText(report)}.`);
      if (!report.isComplete) say(lackingText);
    }
    return report.isComplete ? 0 : 2;
  } finally {
    await watching.end();
    await target.close();
  }
}

async function runProducer(switches: ExportSwitches, redis: string): Promise<ExitCode> {
  const { connect, createRedisGate, produceShards, reach } = await queueParts();
  const target = await openPlace(switches);
  const watching = await watch({});
  const { signal } = watching;
  const onUnreachable = sayUnreachable();
  const connection = connect({ redis, signal, onUnreachable });
  try {
    await reach(connection);
    const gate = createRedisGate(connection, { requestsPerSecond: switches.rate ?? Infinity });
    const { client } = await openClient(switches, gate);
    const { template, json } = switches;
    let shown = "";
    const report = await produceShards(client, {
      ...{ ...selectionOf(switches), target, template, redis, signal, onUnreachable },
      onWaiting: () =>
        process.stderr.write("Another producer is at work: this one waits until it has ended.\n"),
      onProgress: (status) => {
        const now = json ? JSON.stringify(status) : statusText(status);
        if (now !== shown) process.stderr.write(`${now}\n`);
        shown = now;
      },
    });
    if (json) say(JSON.stringify(report));
    else {
      say(
        `${countText(report.listed)} listed; ${countOf(report.complete, "shard is", "shards are")} complete in\n${target.name}.`,
      );
      if (!report.isComplete) {
        say(`${countOf(report.incomplete, "shard lacks", "shards lack")} media.\n${lackingText}`);
      }
    }
    return report.isComplete ? 0 : 2;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    connection.disconnect();
    await watching.end();
    await target.close();
  }
}

/** `export worker`. */
export async function runWorker(
  switches: PlaceSwitches &
    ClientSwitches & {
      readonly queue: string;
      readonly concurrency: number;
      readonly page?: number;
      readonly json?: true;
    },
): Promise<ExitCode> {
  const { connect, createRedisGate, reach, workShards } = await queueParts();
  const { queue: redis, concurrency, rate } = switches;
  const target = await openPlace(switches);
  const watching = await watch(switches);
  const { signal, update } = watching;
  const onUnreachable = sayUnreachable();
  const connection = connect({ redis, signal, onUnreachable });
  try {
    await reach(connection);
    const gate = createRedisGate(connection, { requestsPerSecond: rate ?? Infinity });
    const { client } = await openClient(switches, gate);
    await workShards(client, {
      ...{ target, redis, gate, concurrency, signal, onUnreachable, onProgress: update },
      onError: (error, shard) =>
        process.stderr.write(`${shard ?? "a shard"}: ${error.message} It is tried again.\n`),
    });
    return 0;
  } catch (error) {
    // Told to end: what waited for Redis fails by it.
    if (signal.aborted) return 0;
    throw error;
  } finally {
    connection.disconnect();
    await watching.end();
    await target.close();
  }
}
