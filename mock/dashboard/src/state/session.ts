/**
 * Who is signed in. The API token lives in the client, in memory: a reload of the page forgets it.
 */

import type { PlatformDescription } from "@media-protection/mock";
import { type Client, createClient } from "@media-protection/sdk";
import { ask } from "./explain.js";

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

/** What the mock says of itself before anybody signs in. */
export async function describePlatform(signal: AbortSignal): Promise<PlatformDescription> {
  const response = await ask("/__mock/platform", { signal, cache: "no-store" });
  if (!response.ok) throw new Error(`The mock answered ${response.status} to /__mock/platform.`);
  // The mock's own endpoint, from the same build as this page.
  return (await response.json()) as PlatformDescription;
}

/**
 * Signs in, by reading the project that the credentials are for.
 *
 * @throws OptionError for a project id that is none
 * @throws AuthenticationError for credentials that the platform refuses
 */
export async function signIn(
  { origins }: PlatformDescription,
  { projectId, apiToken }: Credentials,
): Promise<Session> {
  const client = createClient({
    // The page's own origin, by whichever name it was opened.
    space: location.origin,
    mediaOrigins: [origins.files],
    projectId: projectId.trim(),
    apiToken: apiToken.trim(),
  });
  const { id } = await client.projects.get();
  return { client, projectId: id };
}
