import {
  createFetch,
  createPlatform,
  type Platform,
  type PlatformOptions,
} from "@media-protection/mock";
import { validatingFetch } from "../helpers/contract/contract.js";

/** An Authorization header in HTTP Basic. */
export function basic(projectId: string, apiToken: string): { readonly authorization: string } {
  const bytes = new TextEncoder().encode(`${projectId}:${apiToken}`);
  return { authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` };
}

/** An Authorization header with the API token alone. */
export function bearer(apiToken: string): { readonly authorization: string } {
  return { authorization: `Bearer ${apiToken}` };
}

/** A platform in this process, and ways to ask it. */
export interface Scene {
  readonly platform: Platform;
  /** The root project. */
  readonly projectId: string;
  /** The root project's credentials, as headers. */
  readonly root: { readonly authorization: string };
  /** Asks the platform; an answer outside openapi.yaml throws. */
  readonly ask: (url: string, init?: RequestInit) => Promise<Response>;
  /** Asks for what the contract does not have: unknown paths, other hosts, control endpoints. */
  readonly askAnything: typeof fetch;
  /** A path of the space, as a URL. */
  readonly space: (path: string) => string;
  /** A path of the root project's account in the compatibility API, as a URL. */
  readonly account: (path: string) => string;
}

/** An empty platform, unless the options say otherwise. */
export function setScene(options: PlatformOptions = {}): Scene {
  const platform = createPlatform({ seed: "empty", ...options });
  const { projectId, apiToken } = platform.credentials;
  const askAnything = createFetch(platform);
  const space = (path: string) => platform.origins.space + path;
  return {
    platform,
    projectId,
    root: basic(projectId, apiToken),
    ask: validatingFetch(askAnything),
    askAnything,
    space,
    account: (path) => space(`/api/laml/2010-04-01/Accounts/${projectId}${path}`),
  };
}

/** The JSON body of an answer. `ask` has held it against the contract, which `Body` is a schema of. */
export async function json<Body = unknown>(response: Response | Promise<Response>): Promise<Body> {
  return (await (await response).json()) as Body;
}

/** A request's options with a JSON body. */
export function sending(
  method: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): RequestInit {
  return {
    method,
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}
