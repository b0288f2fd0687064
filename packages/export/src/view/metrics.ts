import { Gauge, Registry } from "prom-client";
import type { ExportProgress } from "../run/progress.js";

/** Metrics of an export or a worker, for Prometheus. */
export interface ExportMetrics {
  /** To be given as `onProgress`. */
  readonly update: (progress: ExportProgress) => void;
  /** prom-client's registry: `await registry.metrics()` is what Prometheus reads. */
  readonly registry: Registry;
}

/** Options of {@link createMetrics}. */
export interface MetricsOptions {
  /** A registry that has others' metrics, too. @default one of its own */
  readonly registry?: Registry | undefined;
}

/** Counts as metrics: `media_export_…`, without ids, so that their number stays small. */
export function createMetrics({ registry = new Registry() }: MetricsOptions = {}): ExportMetrics {
  const registers = [registry];
  const media = new Gauge({
    ...{ name: "media_export_media", help: "Media by what became of them.", registers },
    labelNames: ["outcome"],
  });
  const lost = new Gauge({
    ...{
      name: "media_export_lost_media",
      help: "Media that are not in the target, by reason.",
      registers,
    },
    labelNames: ["reason"],
  });
  const bytes = new Gauge({
    ...{ name: "media_export_bytes", help: "Bytes moved since the process began.", registers },
  });
  const shards = new Gauge({
    ...{ name: "media_export_shards", help: "Shards closed and planned.", registers },
    labelNames: ["state"],
  });
  const running = new Gauge({
    ...{ name: "media_export_running_media", help: "Media that are being moved.", registers },
  });
  return {
    registry,
    update(progress) {
      for (const outcome of ["saved", "kept", "gone", "failed"] as const) {
        media.set({ outcome }, progress[outcome]);
      }
      for (const [reason, count] of Object.entries(progress.reasons)) lost.set({ reason }, count);
      bytes.set(progress.bytes);
      shards.set({ state: "done" }, progress.shardsDone);
      shards.set({ state: "planned" }, progress.shardsPlanned);
      running.set(progress.running.length);
    },
  };
}
