import type { paths } from "@media-protection/contract";
import createApiClient from "openapi-fetch";
import type { MediaResource } from "../download/media.js";
import { type ClientOptions, resolveOptions } from "../options/client-options.js";
import type { Api } from "../resources/api.js";
import type { FaxMediaResource } from "../resources/fax-media.js";
import type { FaxesResource } from "../resources/faxes.js";
import type { MessageMediaResource } from "../resources/message-media.js";
import type { MessagesResource } from "../resources/messages.js";
import type { ProjectsResource } from "../resources/projects.js";
import type { ProtectionResource } from "../resources/protection.js";
import type { RecordingListing } from "../resources/recording-union.js";
import type { RecordingsResource } from "../resources/recordings.js";
import { deferred, deferredMethods } from "./deferred.js";
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
  const core = deferred(async () => (await import("./core.js")).createCore(own, api));
  // The cast is safe: the same methods with the same results; they only accept less.
  const api = createApiClient<paths>({
    baseUrl: own.spaceOrigin,
    fetch: async (request) => (await core()).transport.api(request),
  }) as Api;
  const protection = async () => (await core()).protection();
  const projects = async () => (await core()).projects();
  const recordings = async () => (await core()).recordings();
  const messages = async () => (await core()).messages();
  const messageMedia = async () => (await core()).messageMedia();
  const faxes = async () => (await core()).faxes();
  const faxMedia = async () => (await core()).faxMedia();
  const media = async () => (await core()).media();
  return {
    protection: deferredMethods(protection, "get", "set", "enable", "disable"),
    projects: {
      list: (...args) => deferredListing(async () => (await projects()).list(...args)),
      ...deferredMethods(projects, "get", "create", "update", "delete", "rotateSigningKey"),
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
      ...deferredMethods(recordings, "get", "delete"),
    },
    messages: {
      list: (...args) => deferredListing(async () => (await messages()).list(...args)),
    },
    messageMedia: {
      list: (...args) => deferredListing(async () => (await messageMedia()).list(...args)),
      ...deferredMethods(messageMedia, "get", "delete"),
    },
    faxes: {
      list: (...args) => deferredListing(async () => (await faxes()).list(...args)),
    },
    faxMedia: {
      list: (...args) => deferredListing(async () => (await faxMedia()).list(...args)),
      ...deferredMethods(faxMedia, "get", "delete"),
    },
    media: deferredMethods(media, "resolve", "download"),
    api,
  };
}
