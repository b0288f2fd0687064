/**
 * Who is signed in, until the tab is closed or somebody signs out: a reload keeps it. The credentials
 * are kept where this tab alone sees them, and nothing but the mock's own page runs on its origin.
 */

import type { PlatformDescription } from "@media-protection/mock";
import { type Client, createClient, isMediaProtectionError } from "@media-protection/sdk";

/** What the sign-in form asks for. */
export interface Credentials {
  readonly projectId: string;
  readonly apiToken: string;
}

/** A client whose credentials the platform has accepted. */
export interface Session {
  readonly client: Client;
  /** The project of the credentials. */
  readonly projectId: string;
}

/** Where the credentials are kept (HTML standard, "sessionStorage"): for one tab, until it is closed. */
const key = "media-protection-mock.credentials";

/**
 * Signs in, by reading the project that the credentials are for.
 *
 * @throws OptionError for a project id that is none
 * @throws AuthenticationError for credentials that the platform refuses
 */
export async function signIn(
  { origins }: PlatformDescription,
  credentials: Credentials,
): Promise<Session> {
  const projectId = credentials.projectId.trim();
  const apiToken = credentials.apiToken.trim();
  const client = createClient({
    // The page's own origin, by whichever name it was opened.
    space: location.origin,
    mediaOrigins: [origins.files],
    ...{ projectId, apiToken },
  });
  const { id } = await client.projects.get();
  sessionStorage.setItem(key, JSON.stringify({ projectId, apiToken }));
  return { client, projectId: id };
}

/** Signs in again after a reload; `undefined` where nobody was, or the credentials open nothing any more. */
export async function resume(platform: PlatformDescription): Promise<Session | undefined> {
  const credentials = kept();
  if (credentials === undefined) return undefined;
  return signIn(platform, credentials).catch((error: unknown) => {
    // A mock that does not answer says nothing about them.
    if (!(isMediaProtectionError(error) && error.name === "ConnectionError")) signOut();
    return undefined;
  });
}

/** Forgets the credentials. */
export function signOut(): void {
  sessionStorage.removeItem(key);
}

function kept(): Credentials | undefined {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(key) ?? "null");
    if (typeof found !== "object" || found === null) return undefined;
    const [projectId, apiToken] = [Reflect.get(found, "projectId"), Reflect.get(found, "apiToken")];
    return typeof projectId === "string" && typeof apiToken === "string"
      ? { projectId, apiToken }
      : undefined;
  } catch {
    return undefined;
  }
}
