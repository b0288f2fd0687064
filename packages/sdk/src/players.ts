/**
 * The route that a player points to: a medium out of the platform into a Web app's answer. Runs wherever
 * `Response` does. For Node's own servers `@media-protection/sdk/node` has `sendMedia`.
 *
 * @packageDocumentation
 */
export type { PlayerOptions } from "./players/player-options.js";
export { serveMedia } from "./players/serve-media.js";
