import { type Client, isMediaProtectionError } from "@media-protection/sdk";
import { parseMediaUrl } from "@media-protection/sdk/media-url";
import type { Links, MintOptions } from "../links/create-links.js";
import type { GatewayState, Revocation } from "../state/gateway-state.js";
import { mediumName } from "./authorize.js";
import { description } from "./openapi.js";

/** What the routes for an app work with. */
export interface Admin {
  readonly token: string;
  readonly links: Links;
  readonly state: GatewayState;
  readonly client: Client;
}

const longestBody = 16_384;

/** `POST /links`, `POST /links/{id}/revoke`, `POST /revocations`, `GET /openapi.json`; else `undefined`. */
export async function admin(
  request: Request,
  pathname: string,
  { token, links, state, client }: Admin,
): Promise<Response | undefined> {
  if (pathname === "/openapi.json" && request.method === "GET") return json(200, description);
  const revoked = /^\/links\/([\w-]{11})\/revoke$/.exec(pathname)?.[1];
  const isOurs = pathname === "/links" || pathname === "/revocations" || revoked !== undefined;
  if (!isOurs) return undefined;
  if (request.method !== "POST") return json(405, { error: "Only POST." }, { allow: "POST" });
  const given = /^Bearer (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  // 403 and no challenge: a browser that gets here shows no login box.
  if (!(await isSame(given, token)))
    return json(403, { error: "The bearer token is missing or wrong." });
  try {
    if (revoked !== undefined) {
      await state.revoke({ link: revoked });
      return json(200, { revoked });
    }
    const body = await readBody(request);
    if (!body) return json(400, { error: "A JSON object of at most 16 KiB is expected." });
    if (pathname === "/revocations") {
      await state.revoke(readRevocation(body));
      return json(200, { revoked: body });
    }
    const { source, ...options } = body;
    if (typeof source !== "string") return json(422, { error: '"source" must be a media URL.' });
    const { ref } = await client.media.resolve(source);
    // The cast is safe: `mint` checks each option, and refuses those that it does not know.
    const { url, id, expiresAt } = await links.mint(ref, checkTypes(options) as MintOptions);
    return json(201, { url, id, expiresAt: expiresAt.toISOString() });
  } catch (error) {
    if (isMediaProtectionError(error)) return json(422, { error: error.message });
    if (error instanceof TypeError) return json(422, { error: error.message });
    return json(503, { error: "The shared state cannot be asked." }, { "retry-after": "2" });
  }
}

const types: Readonly<Record<string, string>> = {
  ttl: "number",
  duration: "number",
  disposition: "string",
  audience: "string",
  share: "boolean",
  revocable: "boolean",
  once: "boolean",
  passcode: "string",
};

function checkTypes(options: Readonly<Record<string, unknown>>): object {
  for (const [name, value] of Object.entries(options)) {
    const type = types[name];
    if (type !== undefined && typeof value !== type)
      throw new TypeError(`"${name}" must be a ${type}.`);
  }
  return options;
}

function readRevocation(body: Readonly<Record<string, unknown>>): Revocation {
  const [[name, value] = [], ...others] = Object.entries(body);
  if (typeof value === "string" && others.length === 0) {
    if (name === "audience") return { audience: value };
    if (name === "medium") {
      const ref = parseMediaUrl(value);
      if (ref.projectId !== undefined) {
        return { medium: mediumName({ ...ref, projectId: ref.projectId.toLowerCase() }) };
      }
    }
    const moment = new Date(value);
    if (name === "sealedBefore" && !Number.isNaN(moment.getTime())) return { sealedBefore: moment };
  }
  throw new TypeError(
    'One of "medium" (a URL), "audience" and "sealedBefore" (a date) is expected.',
  );
}

async function readBody(request: Request): Promise<Record<string, unknown> | undefined> {
  const text: string[] = [];
  const decoder = new TextDecoder();
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > longestBody) return undefined;
    text.push(decoder.decode(chunk, { stream: true }));
  }
  try {
    const value: unknown = JSON.parse(text.join(""));
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    // Safe: an object of JSON has text names.
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Compares by digest, so that time tells nothing. */
async function isSame(given: string, token: string): Promise<boolean> {
  const digest = (text: string) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const [one, two] = (await Promise.all([digest(given), digest(token)])).map(
    (d) => new Uint8Array(d),
  );
  return one?.every((byte, index) => byte === two?.[index]) ?? false;
}

function json(
  status: number,
  value: unknown,
  fields: Readonly<Record<string, string>> = {},
): Response {
  return Response.json(value, {
    status,
    headers: { "cache-control": "no-store", "x-content-type-options": "nosniff", ...fields },
  });
}
