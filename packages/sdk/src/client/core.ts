import { createTransport, type Transport } from "../http/transport.js";
import type { ResolvedOptions } from "../options/client-options.js";
import { type CallInit, createInit } from "../resources/api.js";
import { createCredentials } from "../trust/credentials.js";

/** What every resource of a client works with. */
export interface Core {
  readonly transport: Transport;
  readonly init: CallInit;
}

/** Builds the transport over the client's options, and the calls over the transport. */
export function createCore(options: ResolvedOptions): Core {
  const { projectId, apiToken } = options;
  const transport = createTransport(options, createCredentials(projectId, apiToken));
  return { transport, init: createInit(transport) };
}
