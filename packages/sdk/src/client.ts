import { type Api, createApi } from "./api.js";
import { createCredentials } from "./credentials.js";
import { createMedia } from "./download.js";
import type { MediaResource } from "./media.js";
import { type ClientOptions, resolveOptions } from "./options.js";
import { createProjects, type ProjectsResource } from "./projects.js";
import { createProtection, type ProtectionResource } from "./protection.js";
import { createTransport } from "./transport.js";

/** One project's view of the platform. Holds no connection; needs no closing. */
export interface Client {
  /** Media URL Protection: read and set the three switches. */
  readonly protection: ProtectionResource;
  /** The project tree. */
  readonly projects: ProjectsResource;
  /** Media bytes. */
  readonly media: MediaResource;
  /** Every operation of the contract, over the same transport. */
  readonly api: Api;
}

/**
 * Creates a client for one project of one space. No request is made.
 *
 * @example
 * const client = createClient({ space: "example", projectId, apiToken });
 * await client.protection.set({ recordings: true });
 *
 * @throws OptionError naming the option that is missing, malformed or unknown
 */
export function createClient(options: ClientOptions): Client {
  const resolved = resolveOptions(options);
  const transport = createTransport(
    resolved,
    createCredentials(resolved.projectId, resolved.apiToken),
  );
  const { api, init } = createApi(transport, resolved.spaceOrigin);
  return {
    protection: createProtection(api, init, resolved.projectId),
    projects: createProjects(api, init, resolved.projectId),
    media: createMedia(transport, resolved),
    api,
  };
}
