import { type Api, createApi } from "./api.js";
import { createCredentials } from "./credentials.js";
import { createMedia } from "./download.js";
import { createFaxMedia, type FaxMediaResource } from "./fax-media.js";
import { createFaxes, type FaxesResource } from "./faxes.js";
import type { MediaResource } from "./media.js";
import { createMessageMedia, type MessageMediaResource } from "./message-media.js";
import { createMessages, type MessagesResource } from "./messages.js";
import { type ClientOptions, resolveOptions } from "./options.js";
import { createProjects, type ProjectsResource } from "./projects.js";
import { createProtection, type ProtectionResource } from "./protection.js";
import { createRecordings, type RecordingsResource } from "./recordings.js";
import { createTransport } from "./transport.js";

/** One project's view of the platform. Holds no connection; needs no closing. */
export interface Client {
  /** Media URL Protection: read and set the three switches. */
  readonly protection: ProtectionResource;
  /** The project tree. */
  readonly projects: ProjectsResource;
  /** Call and conference recordings: their metadata. */
  readonly recordings: RecordingsResource;
  /** Messages. */
  readonly messages: MessagesResource;
  /** Attachments of messages: their metadata. */
  readonly messageMedia: MessageMediaResource;
  /** Faxes. */
  readonly faxes: FaxesResource;
  /** Documents of faxes: their metadata. */
  readonly faxMedia: FaxMediaResource;
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
    recordings: createRecordings(api, init, resolved),
    messages: createMessages(api, init, resolved.projectId),
    messageMedia: createMessageMedia(api, init, resolved.projectId),
    faxes: createFaxes(api, init, resolved.projectId),
    faxMedia: createFaxMedia(api, init, resolved.projectId),
    media: createMedia(transport, resolved),
    api,
  };
}
