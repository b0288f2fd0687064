import { OptionError } from "../errors.js";
import { directAgent, fetchBy } from "../http/agent-fetch.js";
import type { Fetch } from "../options/client-options.js";
import { checkKnown } from "../trust/known-options.js";
import { codeOf } from "../trust/masking.js";
import { isLoopbackHost } from "../trust/secure-origin.js";

/** Options of {@link createProxyFetch}. */
export interface ProxyFetchOptions {
  /**
   * The proxy: `"environment"` for what `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` say, in
   * capitals or small; or a URL, `http:`, `https:`, `socks5:` or another of SOCKS, for every request.
   */
  readonly proxy: string | URL;
}

/**
 * Makes a `nodeFetch` that goes through a proxy, by the package `proxy-agent`: over https through a
 * tunnel (`CONNECT`, RFC 9110 §9.3.6), in which the proxy sees host and port alone. What this machine
 * itself answers, `localhost` and loopback addresses, is asked without it, as other clients do. A proxy
 * that refuses the tunnel is an error: nothing it says is taken for an answer of the platform. Credentials
 * in the proxy's URL go to the proxy, and are in no error.
 *
 * @example
 * const client = clientFromEnv({ fetch: await createProxyFetch({ proxy: "environment" }) });
 *
 * @throws OptionError for no proxy's URL, in the environment too, or where `proxy-agent` is not installed
 */
export async function createProxyFetch(options: ProxyFetchOptions): Promise<Fetch> {
  const { proxy } = checkKnown(options, { proxy: true });
  const given = proxy === "environment" ? undefined : checkProxy("proxy", proxy);
  // What is wrong with the environment is better told now than at the first request.
  if (given === undefined) checkEnvironment();
  const { ProxyAgent } = await loadProxyAgent();
  const agent = new ProxyAgent({ keepAlive: true });
  const ofEnvironment = agent.getProxyForUrl;
  agent.getProxyForUrl = async (url, request) => {
    const found = given ?? (await ofEnvironment(url, request));
    // The package would show it whole, password included.
    return found && checkProxy("proxy", found);
  };
  return fetchBy((target) => (isLoopbackHost(target.hostname) ? directAgent(target) : agent));
}

/** Loaded when it is wanted, which for most is never. */
async function loadProxyAgent(): Promise<typeof import("proxy-agent")> {
  try {
    return await import("proxy-agent");
  } catch (error) {
    if (codeOf(error) !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new OptionError("proxy", "usable: it needs proxy-agent, npm install proxy-agent");
  }
}

const schemes = ["http:", "https:", "socks:", "socks4:", "socks4a:", "socks5:", "socks5h:"];

/** @throws OptionError that shows nothing of it: it may hold a password, wherever it is wrong */
function checkProxy(option: string, proxy: unknown): string {
  const url = proxy instanceof URL || typeof proxy === "string" ? String(proxy) : "";
  if (URL.canParse(url)) {
    const { protocol, hostname } = new URL(url);
    if (schemes.includes(protocol) && hostname !== "") return url;
  }
  const what = 'a proxy\'s URL, such as "http://proxy.example:3128" or one of socks5:';
  throw new OptionError(option, option === "proxy" ? `"environment", or ${what}` : what);
}

/** @throws OptionError naming the variable */
function checkEnvironment(): void {
  for (const name of ["https_proxy", "http_proxy", "all_proxy"]) {
    for (const variable of [name, name.toUpperCase()]) {
      const value = process.env[variable];
      // Without a scheme it has that of its target.
      if (value) checkProxy(variable, value.includes("://") ? value : `http://${value}`);
    }
  }
}
