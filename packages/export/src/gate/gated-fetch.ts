import type { Fetch } from "@media-protection/sdk";
import { nodeFetch } from "@media-protection/sdk/node";
import type { RequestGate } from "./request-gate.js";

/** Options of {@link gatedFetch}. */
export interface GatedFetchOptions {
  /** The client's project, which requests without one in their path are counted for. */
  readonly projectId: string | (() => string);
  /**
   * The longest pause, in milliseconds, that an answer makes for all; a longer one is that much, and who was
   * told it has its error. As the option of `exportMedia`.
   * @default 300000
   */
  readonly maxPause?: number | undefined;
  /** What sends. @default `nodeFetch` of the SDK */
  readonly fetch?: Fetch | undefined;
}

const inPath = /\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\//i;

/**
 * A `fetch` for `createClient` by which every request passes the gate, retries and listings too, and by
 * which an answer 429 (or 503) with `Retry-After` pauses its project for all that share the gate.
 */
export function gatedFetch(gate: RequestGate, options: GatedFetchOptions): Fetch {
  const { fetch: send = nodeFetch, maxPause = 300_000 } = options;
  const { projectId: stated } = options;
  const own = typeof stated === "function" ? stated : () => stated;
  return async (url, init) => {
    const path = new URL(url).pathname;
    // Accounts/{project}/ of the compatibility API, /{space}/{project}/ of the files host.
    const isOfProject = path.includes("/Accounts/") || !path.startsWith("/api/");
    const projectId = (isOfProject && inPath.exec(path)?.[1]) || own();
    await gate.pass(projectId, init?.signal ?? undefined);
    const response = await send(url, init);
    if (response.status === 429 || response.status === 503) {
      const asked = retryAfter(response.headers.get("retry-after"), Date.now());
      if (asked !== undefined) await gate.pause(projectId, Math.min(asked, maxPause));
    }
    return response;
  };
}

/** Milliseconds, of seconds or an HTTP date (RFC 9110 §10.2.3). Pure. */
export function retryAfter(field: string | null, now: number): number | undefined {
  if (field === null) return undefined;
  if (/^\d{1,9}$/.test(field.trim())) return Number(field) * 1000;
  const date = Date.parse(field);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
