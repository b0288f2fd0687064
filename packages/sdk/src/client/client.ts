import type { paths } from "@media-protection/contract";
import createApiClient from "openapi-fetch";
import type { MediaResource } from "../download/media.js";
import type { Transport } from "../http/transport.js";
import { type ClientOptions, resolveOptions } from "../options/client-options.js";
import type { Api, CallInit } from "../resources/api.js";
import type { FaxMediaResource } from "../resources/fax-media.js";
import type { FaxesResource } from "../resources/faxes.js";
import type { MessageMediaResource } from "../resources/message-media.js";
import type { MessagesResource } from "../resources/messages.js";
import type { ProjectsResource } from "../resources/projects.js";
import type { ProtectionResource } from "../resources/protection.js";
import type { RecordingListing } from "../resources/recording-union.js";
import type { RecordingsResource } from "../resources/recordings.js";
import { deferred } from "./deferred.js";
import { deferredListing } from "./deferred-listing.js";

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
  const own = resolveOptions(options);
  const { projectId } = own;
  const core = deferred(async () => (await import("./core.js")).createCore(own));
  // The cast is safe: the same methods with the same results; they only accept less.
  const api = createApiClient<paths>({
    baseUrl: own.spaceOrigin,
    fetch: async (request) => (await core()).transport.api(request),
  }) as Api;
  const part = <Part>(load: (init: CallInit, transport: Transport) => Promise<Part>) =>
    deferred(async () => {
      const { init, transport } = await core();
      return load(init, transport);
    });
  const protection = part(async (init) =>
    (await import("../resources/protection.js")).createProtection(api, init, projectId),
  );
  const projects = part(async (init) =>
    (await import("../resources/projects.js")).createProjects(api, init, projectId),
  );
  const recordings = part(async (init) =>
    (await import("../resources/recordings.js")).createRecordings(api, init, own),
  );
  const messages = part(async (init) =>
    (await import("../resources/messages.js")).createMessages(api, init, projectId),
  );
  const messageMedia = part(async (init) =>
    (await import("../resources/message-media.js")).createMessageMedia(api, init, projectId),
  );
  const faxes = part(async (init) =>
    (await import("../resources/faxes.js")).createFaxes(api, init, projectId),
  );
  const faxMedia = part(async (init) =>
    (await import("../resources/fax-media.js")).createFaxMedia(api, init, projectId),
  );
  const media = part(async (_, transport) =>
    (await import("../download/download.js")).createMedia(transport, own),
  );
  return {
    protection: {
      get: async (...args) => (await protection()).get(...args),
      set: async (...args) => (await protection()).set(...args),
      enable: async (...args) => (await protection()).enable(...args),
      disable: async (...args) => (await protection()).disable(...args),
    },
    projects: {
      list: (...args) => deferredListing(async () => (await projects()).list(...args)),
      get: async (...args) => (await projects()).get(...args),
      create: async (...args) => (await projects()).create(...args),
      update: async (...args) => (await projects()).update(...args),
      delete: async (...args) => (await projects()).delete(...args),
      rotateSigningKey: async (...args) => (await projects()).rotateSigningKey(...args),
    },
    recordings: {
      list: (...args) => {
        // One listing, whose counts live on between its iterations.
        let listing: RecordingListing | undefined;
        const open = async () => {
          listing ??= (await recordings()).list(...args);
          return listing;
        };
        const counts = () => listing?.counts ?? { compatibility: 0, relay: 0, both: 0 };
        return Object.defineProperty({ ...deferredListing(open), counts: counts() }, "counts", {
          get: counts,
        });
      },
      get: async (...args) => (await recordings()).get(...args),
      delete: async (...args) => (await recordings()).delete(...args),
    },
    messages: {
      list: (...args) => deferredListing(async () => (await messages()).list(...args)),
    },
    messageMedia: {
      list: (...args) => deferredListing(async () => (await messageMedia()).list(...args)),
      get: async (...args) => (await messageMedia()).get(...args),
      delete: async (...args) => (await messageMedia()).delete(...args),
    },
    faxes: {
      list: (...args) => deferredListing(async () => (await faxes()).list(...args)),
    },
    faxMedia: {
      list: (...args) => deferredListing(async () => (await faxMedia()).list(...args)),
      get: async (...args) => (await faxMedia()).get(...args),
      delete: async (...args) => (await faxMedia()).delete(...args),
    },
    media: {
      resolve: async (...args) => (await media()).resolve(...args),
      download: async (...args) => (await media()).download(...args),
    },
    api,
  };
}
