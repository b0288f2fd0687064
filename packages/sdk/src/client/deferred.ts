import { ConnectionError } from "../errors.js";

/**
 * Loads a part of the SDK when it is first needed, so that a page that imports the SDK gets little
 * more than the surface at first. A load that failed is tried again the next time.
 *
 * @throws ConnectionError, from what it returns, if the part cannot be loaded
 */
export function deferred<Part>(load: () => Promise<Part>): () => Promise<Part> {
  let loading: Promise<Part> | undefined;
  return () => {
    loading ??= load().catch((cause: unknown) => {
      loading = undefined;
      throw new ConnectionError("A part of the SDK could not be loaded. Check the network.", {
        cause,
      });
    });
    return loading;
  };
}
