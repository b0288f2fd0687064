/**
 * The platform on local ports.
 */

export type { ViolatedExchange, Violation, ViolationLog } from "./journal/violations.js";
export type { Origins } from "./rules/origins.js";
export { PortInUseError } from "./server/port-in-use.js";
export {
  type CloseOptions,
  type MockServer,
  type MockServerOptions,
  startMockServer,
} from "./server/start-server.js";
export { StateError } from "./state/state-error.js";
