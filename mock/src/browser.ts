/**
 * The platform in a web page, with MSW: its service worker hands every request to the platform's
 * origins back to the page, which answers it.
 */

import { type SetupWorker, type StartOptions, setupWorker } from "msw/browser";
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
   * Options of MSW's worker, such as `serviceWorker.url`. Default: quiet; requests to other origins
   * are let through on loopback, else let through with a warning. Those to other hosts of
   * signalwire.com are refused whatever this says.
   */
  readonly worker?: StartOptions | undefined;
}

/** A platform and MSW's interception of its origins. */
export interface Mock {
  readonly platform: Platform;
  /** MSW's worker, to add handlers of one's own. */
  readonly worker: SetupWorker;
  /** The platform without interception, to be passed to a client. */
  readonly fetch: typeof fetch;
  /** Begins to intercept, when the service worker is ready. */
  listen(): Promise<void>;
  /** Ends intercepting. */
  close(): void;
  /** Puts the platform and MSW's handlers back to where they began. */
  reset(): void;
}

/**
 * Sets a platform up in a page. MSW's worker script must be served by the page's own server:
 * `npx msw init <folder of static files>`.
 *
 * @throws OptionError or SwitchError for an option that cannot be used.
 */
export function setupMock(options: SetupMockOptions = {}): Mock {
  const platform =
    options.platform instanceof Platform ? options.platform : createPlatform(options.platform);
  const worker = setupWorker(...handlers(platform));
  return {
    platform,
    worker,
    fetch: createFetch(platform),
    async listen() {
      await worker.start({ quiet: true, onUnhandledRequest, ...options.worker });
    },
    close: () => worker.stop(),
    reset() {
      platform.reset();
      worker.resetHandlers();
    },
  };
}
