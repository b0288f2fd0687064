import { type Client, type ClientOptions, createClient } from "@media-protection/sdk";
import { faults, recordingPath, type World } from "./world.js";

/** What a runtime is tried with: it throws what is not as it should be. */
export type Case = () => Promise<void>;

/** A client of the mock. */
export function clientOf(world: World, options: Partial<ClientOptions> = {}): Client {
  const { origins, projectId, apiToken } = world;
  const { space, files } = origins;
  return createClient({ space, mediaOrigins: [files], projectId, apiToken, ...options });
}

/** A client of the faulty origin. */
export function faultyClient(world: World, options: Partial<ClientOptions> = {}): Client {
  return clientOf(world, { space: world.faultyOrigin, ...options });
}

export function faultyUrl(world: World, fault: keyof typeof faults): string {
  return world.faultyOrigin + recordingPath(world.projectId, faults[fault]);
}

/** One of the media that the mock has. */
export function first(world: World) {
  const medium = world.media[0];
  if (!medium) throw new Error("The world has no media.");
  return medium;
}
