import { setFlagsFromString } from "node:v8";
import type { ExportProgress } from "../run/progress.js";
import { startProgressPage } from "../view/progress-page.js";
import { showProgress } from "../view/show-progress.js";
import { onInterrupt } from "./interrupted.js";

/** How a command tells what it is at. */
export interface Watch {
  readonly update: (progress: ExportProgress) => void;
  /** Ends by a signal of the process: once gently. */
  readonly signal: AbortSignal;
  /** The last word on progress. */
  end(): Promise<void>;
}

/** Shows progress on the standard error, and on a page where that is wanted. */
export async function watch({
  page,
  json,
}: {
  readonly page?: number;
  readonly json?: true;
}): Promise<Watch> {
  keepHeapSmall();
  const { signal, off } = onInterrupt();
  const shown = showProgress(process.stderr, json ? { format: "json" } : {});
  const metrics = page === undefined ? undefined : await metricsIfInstalled();
  const served = page === undefined ? undefined : await startProgressPage({ port: page, metrics });
  if (served) process.stderr.write(`Live page: ${served.url}\n`);
  return {
    signal,
    update(progress) {
      shown.update(progress);
      metrics?.update(progress);
      served?.update(progress);
    },
    async end() {
      off();
      shown.end();
      served?.end();
      await served?.close();
    },
  };
}

/** Prometheus metrics need prom-client; the page does without. */
async function metricsIfInstalled() {
  try {
    const { createMetrics } = await import("../view/metrics.js");
    return createMetrics();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")
      return undefined;
    throw error;
  }
}

/**
 * Left to itself, V8 lets garbage grow to ten times what lives, on a machine that has the memory; there may
 * be many workers on one. For the process of a command, which is its own, and not for the library's.
 */
function keepHeapSmall(): void {
  setFlagsFromString("--heap-growing-percent=60");
}
