/**
 * Protected media exported at scale: listed and moved at once, noted in manifests, proven, and only then
 * deleted.
 *
 * @packageDocumentation
 */
export { type DeleteOptions, type DeleteReport, deleteExported } from "./deletion/delete-media.js";
export type { DeletionLine, DeletionResult } from "./deletion/deletion-log.js";
export {
  type DeletionPlan,
  type PlanDeletionOptions,
  type PlannedDeletion,
  planDeletion,
  readDeletionPlan,
  writeDeletionPlan,
} from "./deletion/deletion-plan.js";
export {
  DeletionError,
  type DeletionReason,
  ExportCancelledError,
  ExportError,
  ExportStoppedError,
  KeyTakenError,
  ManifestError,
  type ManifestReason,
  type StoppedReason,
  TargetError,
} from "./errors.js";
export { type GatedFetchOptions, gatedFetch } from "./gate/gated-fetch.js";
export { createGate, type GateOptions, type RequestGate } from "./gate/request-gate.js";
export type { Documents } from "./manifest/documents.js";
export type {
  LostLine,
  LostReason,
  Manifest,
  ManifestLine,
  SavedLine,
  ShardName,
  ShardPlan,
} from "./manifest/lines.js";
export { type ReadManifestOptions, readManifest } from "./manifest/read-manifest.js";
export type { ExportMedium } from "./plan/export-medium.js";
export { defaultTemplate, templateFields } from "./plan/key-template.js";
export type { Selection } from "./plan/list-media.js";
export {
  type Difference,
  type ReconcileOptions,
  type ReconcileReport,
  reconcile,
} from "./proof/reconcile.js";
export {
  type CopyRepair,
  type RepairOptions,
  type RepairReport,
  repairExport,
} from "./proof/repair.js";
export {
  type CopyFault,
  type VerifyOptions,
  type VerifyReport,
  verifyExport,
} from "./proof/verify.js";
export { type ControlState, controlExport, readControl } from "./run/control.js";
export { exportMedia, planExport } from "./run/export-media.js";
export type { ExportOptions, ExportReport } from "./run/export-options.js";
export type { ExportProgress, RunningMedium } from "./run/progress.js";
export {
  type ExportSummary,
  readSummary,
  type SummaryList,
  writeSummary,
} from "./run/summary.js";
export { folderTarget } from "./targets/folder-target.js";
export type { Listed, ReceiveOptions, Standing, Stored, Target } from "./targets/target.js";
