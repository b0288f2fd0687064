/**
 * The platform on local ports: one listener for each origin.
 */

import { getRequestListener, RequestError } from "@hono/node-server";
import { createApp } from "../app/app.js";
import type { AppEnv } from "../http/call.js";
import { disconnect } from "../http/disconnect.js";
import { errorBody } from "../http/errors.js";
import { createPlatform, type PlatformOptions } from "../platform/create-platform.js";
import { OptionError } from "../platform/options.js";
import { Platform } from "../platform/platform.js";
import type { OriginRole, Origins } from "../rules/origins.js";
import { openState, type StateFile } from "../state/state.js";
import { selfSignedCertificate } from "./certificate.js";
import { dashboardFiles } from "./dashboard-files.js";
import { type Listener, listen } from "./listener.js";
import { type AppFetch, strictly } from "./strict.js";

/** What a local server starts with; every field is optional. */
export interface MockServerOptions {
  /**
   * The port of the space; the files host gets the next and the storage host the one after. 0 takes
   * three free ports. Default 4010.
   */
  readonly port?: number;
  /** The address to listen on. Default "127.0.0.1": nobody else can reach it. */
  readonly host?: string;
  /** The platform to serve, or what to make one from. Default: a new one with the usual seed. */
  readonly platform?: Platform | PlatformOptions;
  /**
   * The file of the state, which then survives a restart: a change is saved before it is answered.
   * For a platform made from options. Default: none.
   */
  readonly state?: string;
  /**
   * Whether Prism holds every request for JSON, and its answer, against the contract: see
   * `platform.violations`. Needs `@stoplight/prism-http` to be installed. Default false.
   */
  readonly strict?: boolean;
  /** Whether the ports speak HTTPS, with a certificate made at the start. Default false. */
  readonly https?: boolean;
  /** How long a client may take to send a request, in ms; then it is answered 408. Default 30,000. */
  readonly requestTimeout?: number;
}

/** How a server is closed. */
export interface CloseOptions {
  /** How long requests that are being answered may go on, in ms. Default 0: they are cut off. */
  readonly grace?: number;
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

/**
 * Starts a platform on three local ports.
 *
 * @throws PortInUseError when one of the ports is taken; those already opened are closed again.
 * @throws StateError for a state file that cannot be used.
 * @throws OptionError or SwitchError for an option that cannot be used.
 */
export async function startMockServer(options: MockServerOptions = {}): Promise<MockServer> {
  const { port = 4010, host = "127.0.0.1", requestTimeout = 30_000 } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_533) {
    throw new OptionError("port", "from 0 to 65533");
  }
  if (!Number.isSafeInteger(requestTimeout) || requestTimeout < 1) {
    throw new OptionError("requestTimeout", "1 or more");
  }
  const { platform, state } = await preparePlatform(options);
  const app = createApp(platform);
  const checked = options.strict === true ? await strictly(platform, app.fetch) : app.fetch;
  const fetch = state === undefined ? checked : saving(state, checked);

  const names = ["localhost", ...new Set(["127.0.0.1", "::1", reachable(host)])];
  const certificate = options.https === true ? selfSignedCertificate(names) : undefined;
  const listeners: Listener[] = [];
  const close = async ({ grace = 0 }: CloseOptions = {}) => {
    await Promise.all(listeners.map((listener) => listener.close(grace)));
    await state?.save();
  };
  try {
    for (const index of roles.keys()) {
      const next = port === 0 ? 0 : port + index;
      listeners.push(await listen({ host, port: next, certificate, requestTimeout }));
    }
  } catch (error) {
    await close();
    throw error;
  }

  const scheme = certificate === undefined ? "http" : "https";
  const [space, files, storage] = listeners.map(
    (listener) => `${scheme}://${bracketed(reachable(host))}:${listener.port}`,
  );
  if (space === undefined || files === undefined || storage === undefined) {
    throw new TypeError("There is a listener for each of the three origins.");
  }
  platform.origins = { space, files, storage };
  for (const [index, role] of roles.entries()) {
    const ownFiles = role === "space" ? dashboardFiles(() => platform.origins) : undefined;
    const answer: Parameters<typeof getRequestListener>[0] = (request, { outgoing }) => {
      const env: AppEnv = {
        role,
        Response: FastResponse,
        ...(ownFiles && { ownFiles }),
        disconnect: (how) => disconnect(outgoing.socket, how),
      };
      return fetch(request, env);
    };
    const options = { overrideGlobalObjects: false, errorHandler: refuseUnreadable };
    listeners[index]?.serve(getRequestListener(answer, options));
  }
  return {
    platform,
    origins: platform.origins,
    url: space,
    certificate: certificate?.cert,
    close,
    [Symbol.asyncDispose]: () => close(),
  };
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

const reading: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** Answers a change only when it is saved, so that what was answered is never lost. */
function saving(state: StateFile, fetch: AppFetch): AppFetch {
  return async (request, env) => {
    const response = await fetch(request, env);
    if (reading.has(request.method) || response.status >= 400) return response;
    await state.save();
    return response;
  };
}

/**
 * A request that is none, such as one with an impossible Host header, never reaches the app. All else
 * is a mistake in the mock, or a state that cannot be saved.
 */
function refuseUnreadable(error: unknown): Response {
  const status = error instanceof RequestError ? 400 : 500;
  // biome-ignore lint/suspicious/noConsole: whoever runs it should see it, and there is nobody else
  if (status === 500) console.error(error);
  const headers = { "content-type": "application/json; charset=utf-8" };
  return new FastResponse(JSON.stringify(errorBody("rest", status)), { status, headers });
}

/**
 * The adapter's own Response, which it can write to a socket without the detours of the standard one;
 * that makes the server about three times as fast. The adapter does not export it but puts it in the
 * place of the global one. A library for tests must leave globals alone, so it is taken from there and
 * the global one put back, before anybody else can look.
 */
const FastResponse: typeof Response = (() => {
  const names = ["Request", "Response"] as const;
  const own = names.map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  try {
    getRequestListener(() => new Response());
    return globalThis.Response;
  } finally {
    for (const [name, descriptor] of own) {
      if (descriptor !== undefined) Object.defineProperty(globalThis, name, descriptor);
    }
  }
})();

/** The address by which this machine reaches a listener. */
function reachable(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  return host === "::" ? "::1" : host;
}

/** An address as a URL has it. */
function bracketed(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}
