/**
 * What only Node can do: save media to disk, and read options from the environment.
 *
 * @packageDocumentation
 */

export { nodeFetch } from "./http/node-fetch.js";
export { clientFromEnv } from "./node/client-from-env.js";
export { createProxyFetch, type ProxyFetchOptions } from "./node/create-proxy-fetch.js";
export type { PlayerOptions } from "./players/player-options.js";
export { type PlayerRequest, type PlayerResponse, sendMedia } from "./players/send-media.js";
export type { IfExists } from "./save/collision.js";
export type { RunningSave, SaveAllProgress, SaveAllReport } from "./save/report.js";
export { type SaveAllOptions, saveAll } from "./save/save-all.js";
export { DiskError, FileExistsError, SaveAllError } from "./save/save-errors.js";
export { saveMedia } from "./save/save-media.js";
export type { SavedMedia, SaveOptions, SaveProgress } from "./save/save-options.js";
export { createSaver, type Saver } from "./save/saver.js";
export type { MediaSources } from "./save/sources.js";
