/**
 * Who is calling: the `Authorization` header, read and looked up among the platform's API tokens.
 */

import type { Switches } from "./switches.js";

/** What an `Authorization` header says, before anybody checks it. */
export type Presented =
  | { readonly scheme: "none" }
  | { readonly scheme: "basic"; readonly projectId: string; readonly token: string }
  | { readonly scheme: "bearer"; readonly token: string }
  | { readonly scheme: "malformed" };

/** Which schemes an endpoint accepts. */
export type AcceptedScheme = Switches["filesHostAuth"];

const none: Presented = { scheme: "none" };
const malformed: Presented = { scheme: "malformed" };

/**
 * Reads an `Authorization` header.
 *
 * - `Basic`: base64 of `project id:API token` in UTF-8 (RFC 7617); only the first colon separates,
 *   so a token may hold colons.
 * - `Bearer`: the API token (RFC 6750).
 *
 * Anything else, or a header that does not decode, is `malformed`: credentials came, but no valid ones.
 */
export function readAuthorization(header: string | null | undefined): Presented {
  if (header === null || header === undefined) return none;
  const trimmed = header.trim();
  const space = trimmed.indexOf(" ");
  if (space < 0) return malformed;
  const rest = trimmed.slice(space + 1).trimStart();
  switch (trimmed.slice(0, space).toLowerCase()) {
    case "basic":
      return readBasic(rest);
    case "bearer":
      return rest === "" ? malformed : { scheme: "bearer", token: rest };
    default:
      return malformed;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function readBasic(encoded: string): Presented {
  let userPass: string;
  try {
    userPass = decodeUtf8(atob(encoded));
  } catch {
    return malformed;
  }
  const colon = userPass.indexOf(":");
  if (colon < 0) return malformed;
  return {
    scheme: "basic",
    projectId: userPass.slice(0, colon),
    token: userPass.slice(colon + 1),
  };
}

/** The UTF-8 text whose bytes are the characters of a binary string. */
function decodeUtf8(binary: string): string {
  // ASCII, the usual case, is its own decoding.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is all of ASCII on purpose
  if (/^[\x00-\x7f]*$/.test(binary)) return binary;
  return utf8.decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}

/** Whether an endpoint that accepts `accepted` looks at credentials of a scheme at all. */
export function acceptsScheme(accepted: AcceptedScheme, scheme: Presented["scheme"]): boolean {
  if (scheme !== "basic" && scheme !== "bearer") return false;
  return accepted === "either" || accepted === scheme;
}

/**
 * Compares two secrets in a time that depends on their lengths only, never on where they differ.
 */
export function sameSecret(expected: string, presented: string): boolean {
  let difference = expected.length ^ presented.length;
  for (let i = 0; i < expected.length; i++) {
    // Past the end charCodeAt is NaN, which `^` reads as 0; the lengths differ by then anyway.
    difference |= expected.charCodeAt(i) ^ presented.charCodeAt(i);
  }
  return difference === 0;
}

/** The `WWW-Authenticate` value that names the accepted schemes (RFC 9110, section 11.6.1). */
export function challenge(accepted: AcceptedScheme): string {
  switch (accepted) {
    case "basic":
      return 'Basic realm="SignalWire", charset="UTF-8"';
    case "bearer":
      return 'Bearer realm="SignalWire"';
    case "either":
      return 'Basic realm="SignalWire", charset="UTF-8", Bearer realm="SignalWire"';
  }
}
