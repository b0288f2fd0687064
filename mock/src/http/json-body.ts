/**
 * Reads the JSON body of a request, within bounds.
 */

import { readBounded } from "./bounded-body.js";

/** The largest body that is read, in bytes. No operation of the contract needs more. */
const maxBodyBytes = 1_048_576;

/** What was read: a value, or nothing that is JSON. */
export type JsonBody = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

const unreadable: JsonBody = { ok: false };
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Reads a body as JSON; not `ok` when it is absent, too large, cut short, or not JSON in UTF-8. */
export async function readJson(request: Request): Promise<JsonBody> {
  const announced = request.headers.get("content-length");
  if (announced !== null && Number(announced) > maxBodyBytes) return unreadable;
  try {
    const bytes =
      announced === null
        ? await readBounded(request.body, maxBodyBytes)
        : new Uint8Array(await request.arrayBuffer());
    if (bytes === undefined) return unreadable;
    return { ok: true, value: JSON.parse(utf8.decode(bytes)) };
  } catch {
    return unreadable;
  }
}
