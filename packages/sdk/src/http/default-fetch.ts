import type { Fetch } from "../options/client-options.js";

/**
 * What sends requests where a client is told nothing: the global fetch, looked up at each request, since
 * tests replace it. Node has one of its own, `default-fetch-node.ts`, by the condition of `#default-fetch`.
 */
export const defaultFetch: Fetch = (url, init) => globalThis.fetch(url, init);
