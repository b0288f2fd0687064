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

/** Methods of a part that is loaded when the first of them is called. */
export function deferredMethods<
  Name extends string,
  Part extends Readonly<Record<Name, (...args: never) => Promise<unknown>>>,
>(load: () => Promise<Part>, ...names: Name[]): Pick<Part, Name> {
  const methods = names.map((name) => {
    // Safe: what is called with anything else than the part's own parameters does not compile.
    const method = async (...args: unknown[]) => (await load())[name](...(args as never));
    return [name, method] as const;
  });
  // Safe: each is the part's own method, and its promise one that waits for the part as well.
  return Object.fromEntries(methods) as unknown as Pick<Part, Name>;
}
