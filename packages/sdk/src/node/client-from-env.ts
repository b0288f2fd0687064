import { type Client, createClient } from "../client/client.js";
import { OptionError } from "../errors.js";
import type { ClientOptions } from "../options/client-options.js";

/**
 * Creates a client from the environment: `SIGNALWIRE_SPACE` (or `SIGNALWIRE_SPACE_URL`),
 * `SIGNALWIRE_PROJECT_ID` and `SIGNALWIRE_API_TOKEN` (or `SIGNALWIRE_TOKEN`); and, where it is set,
 * `SIGNALWIRE_MEDIA_ORIGINS`, the option `mediaOrigins` with commas between, such as a mock's files host.
 *
 * @param options override what the environment says, and set the rest
 * @param env @default process.env
 * @throws OptionError naming the variable that is unset, or a `projectId` given as `undefined`
 */
export function clientFromEnv(
  options: Partial<ClientOptions> = {},
  env: Readonly<Record<string, string | undefined>> = process.env,
): Client {
  const find = (...variables: string[]) =>
    variables.map((name) => env[name]).find((text) => text !== undefined && text !== "");
  const read = (option: keyof ClientOptions, ...variables: string[]) => {
    const value = find(...variables);
    if (value !== undefined) return value;
    throw new OptionError(option, `set, here or in the environment variable ${variables[0]}`);
  };
  // Another project than was meant is worse than none.
  if ("projectId" in options && options.projectId === undefined) {
    throw new OptionError("projectId", "a UUID, or left out altogether");
  }
  const origins = find("SIGNALWIRE_MEDIA_ORIGINS")?.split(",");
  return createClient({
    ...options,
    mediaOrigins: options.mediaOrigins ?? origins?.map((origin) => origin.trim()),
    space: options.space ?? read("space", "SIGNALWIRE_SPACE", "SIGNALWIRE_SPACE_URL"),
    projectId: options.projectId ?? read("projectId", "SIGNALWIRE_PROJECT_ID"),
    apiToken: options.apiToken ?? read("apiToken", "SIGNALWIRE_API_TOKEN", "SIGNALWIRE_TOKEN"),
  });
}
