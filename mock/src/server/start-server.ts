/**
 * The platform on local ports: one listener for each origin.
 */

import { createApp } from "../app/app.js";
import { isLoopback } from "../app/unhandled.js";
import { createPlatform, type PlatformOptions } from "../platform/create-platform.js";
import { OptionError } from "../platform/options.js";
import { Platform } from "../platform/platform.js";
import type { OriginRole, Origins } from "../rules/origins.js";
import { openState, type StateFile } from "../state/state.js";
import { selfSignedCertificate } from "./certificate.js";
import { type Listener, listen } from "./listener.js";
import type { OwnHosts } from "./own-hosts.js";
import { saving, serve } from "./serve.js";
import { readServerOptions } from "./server-options.js";
import { strictly } from "./strict.js";

/** What a local server starts with; every field is optional. */
export interface MockServerOptions {
  /**
   * The port of the space; the files host gets the next and the storage host the one after. 0 takes
   * three free ports. Default 4010.
   */
  readonly port?: number | undefined;
  /** The address to listen on. Default "127.0.0.1": nobody else can reach it. */
  readonly host?: string | undefined;
  /**
   * The name or address by which others reach it, as in a network of containers: what its URLs,
   * redirects and certificate say. Default: the address it listens on, or the loopback one.
   */
  readonly publicHost?: string | undefined;
  /** The platform to serve, or what to make one from. Default: a new one with the usual seed. */
  readonly platform?: Platform | PlatformOptions | undefined;
  /**
   * The file of the state, which then survives a restart: a change is saved before it is answered.
   * For a platform made from options. Default: none.
   */
  readonly state?: string | undefined;
  /**
   * Whether Prism holds every request for JSON, and its answer, against the contract: see
   * `platform.violations`. Needs `@stoplight/prism-http` to be installed. Default false.
   */
  readonly strict?: boolean | undefined;
  /** Whether the ports speak HTTPS, with a certificate made at the start. Default false. */
  readonly https?: boolean | undefined;
  /** How long a client may take to send a request, in ms; then it is answered 408. Default 30,000. */
  readonly requestTimeout?: number | undefined;
}

/** How a server is closed. */
export interface CloseOptions {
  /** How long requests that are being answered may go on, in ms. Default 0: they are cut off. */
  readonly grace?: number | undefined;
}

/** A local server that answers. */
export interface MockServer extends AsyncDisposable {
  readonly platform: Platform;
  /** The three origins, which are also `platform.origins`. */
  readonly origins: Origins;
  /** The origin of the space. */
  readonly url: string;
  /** The certificate that clients have to trust, in PEM; `undefined` without `https`. */
  readonly certificate: string | undefined;
  /**
   * Stops listening and ends every connection, those in the middle of an answer too, after their
   * `grace`. A state is saved.
   */
  close(options?: CloseOptions): Promise<void>;
}

const roles = ["space", "files", "storage"] as const satisfies readonly OriginRole[];

/** The platforms that are behind a server, and its URL once it has one. */
const served = new WeakMap<Platform, string>();

/** @throws OptionError for a platform that another server would take its URLs from. */
function reserve(platform: Platform): void {
  const url = served.get(platform);
  if (url !== undefined) {
    throw new OptionError("platform", `one that no other server has; ${url} has this one`);
  }
  served.set(platform, "a server that is starting");
}

/**
 * Starts a platform on three local ports. They are open before anything else happens: a start that
 * fails because one is taken leaves a state alone. Requests that come early wait.
 *
 * @throws PortInUseError when one of the ports is taken; those already opened are closed again.
 * @throws StateError for a state file that cannot be used, or that another server uses.
 * @throws OptionError or SwitchError for an option that cannot be used, such as a platform that is
 *   behind another server.
 */
export async function startMockServer(options: MockServerOptions = {}): Promise<MockServer> {
  const checked = readServerOptions(options);
  const { host, publicHost } = checked;
  const names = ["localhost", ...new Set(["127.0.0.1", "::1", publicHost ?? reachable(host)])];
  const certificate = options.https === true ? await selfSignedCertificate(names) : undefined;
  const listeners: Listener[] = [];
  const opened: { state?: StateFile; platform?: Platform } = {};
  if (options.platform instanceof Platform) {
    reserve(options.platform);
    opened.platform = options.platform;
  }
  const close = async ({ grace = 0 }: CloseOptions = {}) => {
    await Promise.all(listeners.map((listener) => listener.close(grace)));
    await opened.state?.close();
    if (opened.platform) served.delete(opened.platform);
    delete opened.platform;
  };
  try {
    for (const index of roles.keys()) {
      const { port, requestTimeout } = checked;
      const next = port === 0 ? 0 : port + index;
      listeners.push(await listen({ host, port: next, certificate, requestTimeout }));
    }
    const { platform, state } = await preparePlatform(options);
    if (state !== undefined) opened.state = state;
    const scheme = certificate === undefined ? "http" : "https";
    const name = bracketed(publicHost ?? reachable(host));
    const [space, files, storage] = listeners.map(({ port }) => `${scheme}://${name}:${port}`);
    if (space === undefined || files === undefined || storage === undefined) {
      throw new TypeError("There is a listener for each of the three origins.");
    }
    const app = createApp(platform);
    const saved = state === undefined ? app.fetch : saving(state, app.fetch);
    const fetch = options.strict === true ? await strictly(platform, saved) : saved;
    const stoodFor = Object.values(platform.origins);
    platform.origins = { space, files, storage };
    if (opened.platform) served.set(platform, space);
    const own: OwnHosts = {
      names: [...stoodFor, space].map((origin) => new URL(origin).hostname),
      spacePort: new URL(space).port,
      isPublic: !isLoopback(host),
    };
    for (const [index, listener] of listeners.entries()) {
      const role = roles[index];
      if (role !== undefined) serve(listener, { role, platform, fetch, own, scheme });
    }
    return {
      platform,
      origins: platform.origins,
      url: space,
      certificate: certificate?.cert,
      close,
      [Symbol.asyncDispose]: () => close(),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function preparePlatform({
  platform: given,
  state: file,
}: MockServerOptions): Promise<{ platform: Platform; state?: StateFile }> {
  // A class instance is a platform; anything else describes one.
  if (file === undefined) {
    return { platform: given instanceof Platform ? given : createPlatform(given) };
  }
  if (given instanceof Platform)
    throw new OptionError("platform", "options, where there is a state");
  const state = await openState(file, given);
  return { platform: state.platform, state };
}

/** The address by which this machine reaches a listener. */
function reachable(host: string): string {
  // Written as URLs write it: there are many ways to write an address.
  const { hostname } = new URL(`http://${bracketed(host)}`);
  if (hostname === "0.0.0.0" || hostname === "[::ffff:0:0]") return "127.0.0.1";
  return hostname === "[::]" ? "::1" : host;
}

/** An address as a URL has it. */
function bracketed(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}
