/**
 * The platform on local ports: one listener for each origin.
 */

import { createServer, type RequestListener } from "node:http";
import { getRequestListener, RequestError } from "@hono/node-server";
import { createApp } from "./app.js";
import type { AppEnv } from "./call.js";
import { dashboardFiles } from "./dashboard-files.js";
import { errorBody } from "./errors.js";
import type { OriginRole } from "./journal.js";
import { OptionError, type PlatformOptions } from "./options.js";
import { createPlatform, Platform } from "./platform.js";
import type { Origins } from "./urls.js";

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
}

/** A local server that answers. */
export interface MockServer extends AsyncDisposable {
  readonly platform: Platform;
  /** The three origins, which are also `platform.origins`. */
  readonly origins: Origins;
  /** The origin of the space. */
  readonly url: string;
  /** Stops listening and ends every connection, those in the middle of an answer too. */
  close(): Promise<void>;
}

/** A port that somebody else listens on. */
export class PortInUseError extends Error {
  override readonly name = "PortInUseError";
  readonly port: number;
  readonly host: string;

  constructor(host: string, port: number, options?: ErrorOptions) {
    super(`Port ${port} on ${host} is in use. Choose another port.`, options);
    this.port = port;
    this.host = host;
  }
}

const roles = ["space", "files", "storage"] as const satisfies readonly OriginRole[];

/**
 * Starts a platform on three local ports.
 *
 * @throws PortInUseError when one of the ports is taken; those already opened are closed again.
 * @throws OptionError or SwitchError for an option that cannot be used.
 */
export async function startMockServer(options: MockServerOptions = {}): Promise<MockServer> {
  const { port = 4010, host = "127.0.0.1" } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_533) {
    throw new OptionError("port", "from 0 to 65533");
  }
  const given = options.platform;
  // A class instance is a platform; anything else describes one.
  const platform = given instanceof Platform ? given : createPlatform(given);

  const listeners: Listener[] = [];
  const close = async () => {
    await Promise.all(listeners.map((listener) => listener.close()));
  };
  try {
    for (const index of roles.keys()) {
      listeners.push(await listen(host, port === 0 ? 0 : port + index));
    }
  } catch (error) {
    await close();
    throw error;
  }

  const [space, files, storage] = listeners.map((listener) => originOf(host, listener.port));
  if (space === undefined || files === undefined || storage === undefined) {
    throw new TypeError("There is a listener for each of the three origins.");
  }
  platform.origins = { space, files, storage };
  const app = createApp(platform);
  for (const [index, role] of roles.entries()) {
    // One object for all requests of a port.
    const env: AppEnv = {
      role,
      Response: FastResponse,
      ...(role === "space" && { ownFiles: dashboardFiles(() => platform.origins) }),
    };
    listeners[index]?.serve(
      getRequestListener((request) => app.fetch(request, env), {
        overrideGlobalObjects: false,
        errorHandler: refuseUnreadable,
      }),
    );
  }
  return {
    platform,
    origins: platform.origins,
    url: space,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** A request that is none, such as one with an impossible Host header, never reaches the app. */
function refuseUnreadable(error: unknown): Response {
  const status = error instanceof RequestError ? 400 : 500;
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

/** A port that is open. Requests that come before `serve` wait for it. */
interface Listener {
  readonly port: number;
  serve(handler: RequestListener): void;
  close(): Promise<void>;
}

async function listen(host: string, port: number): Promise<Listener> {
  const waiting: Parameters<RequestListener>[] = [];
  const wait: RequestListener = (...request) => void waiting.push(request);
  const server = createServer({ keepAliveTimeout: 60_000 }, wait);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      reject(taken ? new PortInUseError(host, port, { cause: error }) : error);
    });
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new TypeError("A TCP listener has an address.");
  }
  return {
    port: address.port,
    serve(handler) {
      server.off("request", wait);
      server.on("request", handler);
      for (const request of waiting.splice(0)) handler(...request);
    },
    close: () =>
      new Promise<void>((resolve) => {
        // An error here says that the server was closed before, which is what is wanted.
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The origin by which this machine reaches a listener. */
function originOf(host: string, port: number): string {
  const reachable = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}`;
}
