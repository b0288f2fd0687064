/**
 * Seeing an export: progress in a terminal, and a live page.
 *
 * @packageDocumentation
 */
export {
  type ProgressPage,
  type ProgressPageOptions,
  startProgressPage,
} from "./view/progress-page.js";
export { type RateSample, Rates, secondsLeft } from "./view/rates.js";
export {
  type ProgressStream,
  type ShownProgress,
  type ShowProgressOptions,
  showProgress,
} from "./view/show-progress.js";
