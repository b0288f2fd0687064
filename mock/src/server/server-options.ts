/**
 * The options of a local server, checked before a port is opened.
 */

import { isIP } from "node:net";
import { OptionError } from "../platform/options.js";

/** The options that need a look, with every default filled in. */
export interface CheckedServerOptions {
  readonly port: number;
  readonly host: string;
  readonly publicHost: string | undefined;
  readonly requestTimeout: number;
}

/**
 * Checks options and fills in defaults.
 *
 * @throws OptionError for a port, a host, a name or a time that cannot be used.
 */
export function readServerOptions(options: {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  readonly publicHost?: string | undefined;
  readonly requestTimeout?: number | undefined;
}): CheckedServerOptions {
  const { port = 4010, host = "127.0.0.1", publicHost, requestTimeout = 30_000 } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_533) {
    throw new OptionError("port", "from 0 to 65533");
  }
  // Node takes no host, an empty one for instance, for every address of the machine.
  if (!isHost(host)) throw new OptionError("host", "an IP address or a host name, without a port");
  if (publicHost !== undefined && !isHost(publicHost)) {
    throw new OptionError("publicHost", "an IP address or a host name, without a scheme or a port");
  }
  if (!Number.isSafeInteger(requestTimeout) || requestTimeout < 1) {
    throw new OptionError("requestTimeout", "1 or more");
  }
  return { port, host, publicHost: publicHost?.toLowerCase(), requestTimeout };
}

/** Whether a text is an IP address, or a name as DNS and the systems of containers have them. */
function isHost(host: unknown): host is string {
  if (typeof host !== "string") return false;
  const label = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";
  // An address with a zone (`fe80::1%eth0`) cannot stand in a URL.
  if (isIP(host) === 6) return !host.includes("%");
  return isIP(host) === 4 || new RegExp(`^${label}(?:\\.${label})*$`, "i").test(host);
}
