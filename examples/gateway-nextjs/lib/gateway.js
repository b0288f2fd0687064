import { createGateway } from "@media-protection/gateway";
import { clientFromEnv } from "@media-protection/sdk/node";

let made;

/** Made at the first request: Next loads this file when it builds, where there are no credentials. */
export function gateway() {
  made ??= createGateway({
    client: clientFromEnv(),
    keys: process.env.MEDIA_GATEWAY_KEYS,
    publicUrl: process.env.MEDIA_GATEWAY_URL,
    // An error's message may name the platform's URL: its name and status are enough.
    onError: ({ name, status = "" }) => console.error(name, status),
  });
  return made;
}
