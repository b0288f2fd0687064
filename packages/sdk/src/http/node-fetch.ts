import type { Fetch } from "../options/client-options.js";
import { directAgent, fetchBy } from "./agent-fetch.js";

/**
 * A `fetch` over Node's own HTTP client: for what this SDK asks of it the same as the global one, with
 * less work for each request. It follows no redirect, decodes no body, and keeps connections alive; one
 * that the server had just closed, so that nothing of an answer came, is replaced by another, but not
 * for a `POST`. Of a body in chunks it knows whether the end was seen, which saves the request that
 * proves it. In Node clients use it by themselves, unless the global fetch was replaced or its
 * dispatcher set; the option `fetch` has them use it all the same.
 *
 * @example
 * const client = clientFromEnv({ fetch: nodeFetch });
 *
 * @throws TypeError for a `redirect` other than `"manual"`, or a scheme other than http(s)
 */
export const nodeFetch: Fetch = fetchBy(directAgent);
