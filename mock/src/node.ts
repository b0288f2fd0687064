/**
 * The platform in a Node process, with MSW: every `fetch` and `http` request to its origins is answered.
 */

import { syncBuiltinESMExports } from "node:module";
import type { SharedOptions } from "msw";
import { type SetupServer, setupServer } from "msw/node";
import { createFetch } from "./app/in-process.js";
import { handlers } from "./app/msw.js";
import { onUnhandledRequest } from "./app/unhandled.js";
import type { PlatformOptions } from "./platform/create-platform.js";
import { createPlatform } from "./platform/create-platform.js";
import { Platform } from "./platform/platform.js";

export { createFetch } from "./app/in-process.js";
export { handlers } from "./app/msw.js";

/** What a mock starts with; every field is optional. */
export interface SetupMockOptions {
  /** The platform, or what to make one from. Default: a new one with the usual seed. */
  readonly platform?: Platform | PlatformOptions | undefined;
  /**
   * What becomes of requests to other origins. Default: let through on loopback, else let through with
   * a warning. Those to other hosts of signalwire.com are refused whatever this says.
   */
  readonly onUnhandledRequest?: NonNullable<SharedOptions["onUnhandledRequest"]> | undefined;
}

/** A platform and MSW's interception of its origins. */
export interface Mock extends Disposable {
  readonly platform: Platform;
  /** MSW's server, to add handlers of one's own. */
  readonly server: SetupServer;
  /** The platform without interception, to be passed to a client: mocks side by side stay apart. */
  readonly fetch: typeof fetch;
  /** Begins to intercept. */
  listen(): void;
  /** Ends intercepting. */
  close(): void;
  /** Puts the platform and MSW's handlers back to where they began. */
  reset(): void;
}

/**
 * Sets a platform up for tests in Node. Nothing is intercepted before `listen()`.
 *
 * MSW intercepts the whole process: of mocks side by side only one can listen. Use their `fetch`, or
 * one `setupServer(...handlers(first, second))`.
 *
 * @throws OptionError or SwitchError for an option that cannot be used.
 */
export function setupMock(options: SetupMockOptions = {}): Mock {
  const platform =
    options.platform instanceof Platform ? options.platform : createPlatform(options.platform);
  const server = setupServer(...handlers(platform));
  const close = () => {
    server.close();
    syncBuiltinESMExports();
  };
  return {
    platform,
    server,
    fetch: createFetch(platform),
    listen() {
      server.listen({ onUnhandledRequest: options.onUnhandledRequest ?? onUnhandledRequest });
      // MSW replaces `http.request`; without this, `import { request } from "node:http"` goes past it.
      syncBuiltinESMExports();
    },
    close,
    reset() {
      platform.reset();
      server.resetHandlers();
    },
    [Symbol.dispose]: close,
  };
}
