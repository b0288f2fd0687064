/**
 * The origins of the platform, and the words for them.
 */

/** The platform's three origins, without a trailing slash. */
export interface Origins {
  /** The space: the APIs, and media by the compatibility API's paths. */
  readonly space: string;
  /** The files host, which Relay and SWML callbacks point to. */
  readonly files: string;
  /** The S3-like storage host, where a redirect leads while `redirectToStorage` is on. */
  readonly storage: string;
}

/** The origins a space has on the real platform; the storage host's name is our own. */
export function defaultOrigins(spaceName: string): Origins {
  return {
    space: `https://${spaceName}.signalwire.com`,
    files: "https://files.signalwire.com",
    storage: "https://storage.mock.signalwire.com",
  };
}

/** Which of the three. */
export type OriginRole = keyof Origins;

/** All three, by their words. */
export const originRoles = ["space", "files", "storage"] as const satisfies readonly OriginRole[];
