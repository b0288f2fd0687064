/**
 * Metrics of exports and workers for Prometheus: install `prom-client` beside this package.
 *
 * @packageDocumentation
 */
export { createMetrics, type ExportMetrics, type MetricsOptions } from "./view/metrics.js";
