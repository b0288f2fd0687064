import { type CallInit, createInit } from "./api.js";
import { createCredentials } from "./credentials.js";
import type { ResolvedOptions } from "./options.js";
import { createTransport, type Transport } from "./transport.js";

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
