import { basic, canary } from "../secrets/canary.js";
import { brokenMedium, type Step } from "./scripted-fetch.js";

/** A careless server: it repeats what it was sent wherever it can. */
export function careless(status: number, headers: Readonly<Record<string, string>> = {}): Step {
  return async () =>
    Response.json(
      {
        message: `you sent Basic ${basic}`,
        [canary]: canary,
        errors: [{ code: canary, message: `Basic ${basic}`, attribute: basic }],
      },
      { status, headers: { ...echoes, ...headers } },
    );
}

export const echoes = {
  "x-request-id": `for Basic ${basic}`,
  "x-echo": `Basic ${basic}`,
  "set-cookie": `session=${canary}`,
  server: canary,
  link: `<https://h.example/?token=${canary}>; rel=next`,
};

/** A medium of ten bytes, of which four come before the connection breaks. */
export const cut = brokenMedium(new Uint8Array(4).fill(7), {
  ...echoes,
  etag: '"v1"',
  "content-length": "10",
  "accept-ranges": "bytes",
});

/** A medium, whatever it is, with fields that repeat the token. */
export const mediumOf =
  (body: BodyInit, headers: Readonly<Record<string, string>> = {}): Step =>
  async () =>
    new Response(body, { headers: { ...echoes, "content-type": "audio/wav", ...headers } });

/** A connection whose error repeats the request, as those of HTTP clients do. */
export const talkative: Step = async ({ headers }) => {
  const fields = Object.fromEntries(new Headers(headers));
  const cause = Object.assign(new Error(`cannot send ${fields["authorization"]}`), { fields });
  throw Object.assign(new TypeError(`failed with ${canary}`, { cause }), { config: { fields } });
};
