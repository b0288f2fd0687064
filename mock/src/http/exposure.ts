/**
 * Finds API tokens where none belongs.
 */

import type { Platform } from "../platform/platform.js";

/**
 * Whether the URL or any header of a request holds an API token of the platform: plain, percent-encoded,
 * or in base64 (RFC 4648, either alphabet), with whatever stands before and behind it.
 */
export function carriesSecret(request: Request, { tokens }: Platform): boolean {
  const text = [request.url, ...request.headers.values()].map(decodeFully).join("\n");
  const oneAlphabet = text.replaceAll("-", "+").replaceAll("_", "/");
  for (const { entity } of tokens.all()) {
    if (text.includes(entity.token)) return true;
    if (encodings(entity.token).some((encoded) => oneAlphabet.includes(encoded))) return true;
  }
  return false;
}

/** How often an encoding within an encoding is undone. */
const mostLayers = 4;

/** A text without its percent-encoding, of which there may be layers. */
export function decodeFully(text: string): string {
  let decoded = text;
  for (let layer = 0; layer < mostLayers && decoded.includes("%"); layer++) {
    decoded = decoded.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
      try {
        return decodeURIComponent(encoded);
      } catch {
        return encoded;
      }
    });
  }
  return decoded;
}

/** Fewer characters of base64 stand in any text by chance. */
const fewest = 6;

/**
 * The characters of base64 that a secret certainly becomes, for each of the three places at which it
 * can begin in a group; those that its neighbours have a part in are left out.
 */
function encodings(secret: string): string[] {
  const bytes = new TextEncoder().encode(secret);
  return [0, 1, 2]
    .map((before) => {
      const binary = "\0".repeat(before) + String.fromCharCode(...bytes);
      const first = Math.ceil((before * 8) / 6);
      const whole = Math.floor(((before + bytes.length) * 8) / 6);
      return btoa(binary).slice(first, whole);
    })
    .filter((encoded) => encoded.length >= fewest);
}
