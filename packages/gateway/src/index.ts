/**
 * Links that play protected telephony media, as a Web handler. The credentials stay where the client is.
 *
 * @packageDocumentation
 */
export type { AccelOptions } from "./bytes/accel.js";
export type { Ending } from "./bytes/counted-body.js";
export type { LimitOptions } from "./bytes/limits.js";
export type { Embed } from "./bytes/media-headers.js";
export { createGateway, type Gateway } from "./gateway/create-gateway.js";
export type {
  AuditEvent,
  GatewayOptions,
  GatewaySettings,
  RequestContext,
} from "./gateway/options.js";
export * from "./links.js";
export type { GatewayState, RevocableLink, Revocation } from "./state/gateway-state.js";
export { memoryState } from "./state/memory-state.js";
