import type { Platform } from "../platform/platform.js";
import { decodeFully } from "./exposure.js";

/** A shorter secret is no secret, and stands in any path by chance. */
const shortest = 8;

/** A path as the journal keeps it: with no API token of the platform in it, plain or percent-encoded. */
export function journalPath(path: string, { tokens }: Platform): string {
  let masked = path;
  for (const { entity } of tokens.all()) {
    const { token } = entity;
    if (token.length < shortest) continue;
    if (!masked.includes(token)) {
      if (!masked.includes("%")) continue;
      const decoded = decodeFully(masked);
      if (!decoded.includes(token)) continue;
      masked = decoded;
    }
    masked = masked.replaceAll(token, "***");
  }
  return masked;
}
