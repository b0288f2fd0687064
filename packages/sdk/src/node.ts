/**
 * What only Node can do: save media to disk, and read options from the environment.
 *
 * @packageDocumentation
 */
export { clientFromEnv } from "./client-from-env.js";
export type { IfExists } from "./collision.js";
export { nodeFetch } from "./node-fetch.js";
export {
  type SaveAllOptions,
  type SaveAllProgress,
  type SaveAllReport,
  saveAll,
} from "./save-all.js";
export { DiskError, FileExistsError, SaveAllError } from "./save-errors.js";
export { type SavedMedia, type SaveOptions, type SaveProgress, saveMedia } from "./save-media.js";
