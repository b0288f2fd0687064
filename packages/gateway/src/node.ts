/**
 * The gateway as a server in Node: keys in a file, metrics, logs, an audit log, Redis, nginx.
 *
 * @packageDocumentation
 */
export {
  type AuditLog,
  type AuditVerdict,
  openAuditLog,
  verifyAuditLog,
} from "./server/audit-log.js";
export { type KeyFile, keyFile } from "./server/key-file.js";
export { type NginxOptions, nginxAuthorization, nginxConfig } from "./server/nginx-config.js";
export { type RunGatewayOptions, runGateway } from "./server/run-gateway.js";
export {
  type RunningGateway,
  type StartGatewayOptions,
  startGateway,
} from "./server/start-gateway.js";
export { type RedisState, redisState } from "./state/redis-state.js";
