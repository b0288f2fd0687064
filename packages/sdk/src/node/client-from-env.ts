import { type Client, createClient } from "../client/client.js";
import { OptionError } from "../errors.js";
import type { ClientOptions } from "../options/client-options.js";

/**
 * Creates a client from the environment: `SIGNALWIRE_SPACE`, `SIGNALWIRE_PROJECT_ID` and
 * `SIGNALWIRE_API_TOKEN` (or, where that is unset, `SIGNALWIRE_TOKEN`).
 *
 * @param options override what the environment says, and set the rest
 * @param env @default process.env
 * @throws OptionError naming the variable that is unset, or a `projectId` given as `undefined`
 */
export function clientFromEnv(
  options: Partial<ClientOptions> = {},
  env: Readonly<Record<string, string | undefined>> = process.env,
): Client {
  const read = (option: keyof ClientOptions, ...variables: string[]) => {
    const value = variables
      .map((name) => env[name])
      .find((text) => text !== undefined && text !== "");
    if (value !== undefined) return value;
    throw new OptionError(option, `set, here or in the environment variable ${variables[0]}`);
  };
  // Another project than was meant is worse than none.
  if ("projectId" in options && options.projectId === undefined) {
    throw new OptionError("projectId", "a UUID, or left out altogether");
  }
  return createClient({
    ...options,
    space: options.space ?? read("space", "SIGNALWIRE_SPACE"),
    projectId: options.projectId ?? read("projectId", "SIGNALWIRE_PROJECT_ID"),
    apiToken: options.apiToken ?? read("apiToken", "SIGNALWIRE_API_TOKEN", "SIGNALWIRE_TOKEN"),
  });
}
