import { createTransport } from "../http/transport.js";
import type { ResolvedOptions } from "../options/client-options.js";
import { type Api, createInit } from "../resources/api.js";
import { createCredentials } from "../trust/credentials.js";
import { deferred } from "./deferred.js";

/** Everything behind a client's surface; each part is loaded when it is first asked for. */
export type Core = ReturnType<typeof createCore>;

/** Builds the transport over the client's options, and the parts over the transport. */
export function createCore(options: ResolvedOptions, api: Api) {
  const { projectId, apiToken } = options;
  const transport = createTransport(options, createCredentials(projectId, apiToken));
  const init = createInit(transport);
  return {
    transport,
    protection: deferred(async () =>
      (await import("../resources/protection.js")).createProtection(api, init, projectId),
    ),
    projects: deferred(async () =>
      (await import("../resources/projects.js")).createProjects(api, init, projectId),
    ),
    recordings: deferred(async () =>
      (await import("../resources/recordings.js")).createRecordings(api, init, options),
    ),
    messages: deferred(async () =>
      (await import("../resources/messages.js")).createMessages(api, init, projectId),
    ),
    messageMedia: deferred(async () =>
      (await import("../resources/message-media.js")).createMessageMedia(api, init, projectId),
    ),
    faxes: deferred(async () =>
      (await import("../resources/faxes.js")).createFaxes(api, init, projectId),
    ),
    faxMedia: deferred(async () =>
      (await import("../resources/fax-media.js")).createFaxMedia(api, init, projectId),
    ),
    media: deferred(async () =>
      (await import("../download/download.js")).createMedia(transport, options),
    ),
  };
}
