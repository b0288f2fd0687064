import { OptionError } from "@media-protection/sdk";
import { base64Url, fromBase64Url } from "./binary.js";

/** Keys of links: the first seals, all open. */
export interface KeyRing {
  /** 32 bytes each, the newest first. */
  readonly keys: readonly [Uint8Array, ...Uint8Array[]];
}

/** More would make a forged link cost as many decryptions. */
const most = 8;

/**
 * Reads a ring: keys of 32 bytes in base64url, the newest first, with commas, spaces or lines between.
 * Rotating is putting a new one before the others; a key may go when the longest life of a link that it
 * sealed has passed.
 *
 * @throws OptionError for no key, more than 8, or one that is no 32 bytes; never shows a key
 */
export function readKeyRing(text: string): KeyRing {
  const [first, ...others] = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((written) => {
      const key = fromBase64Url(written.replace(/=+$/, ""));
      if (key.length !== 32) throw new OptionError("keys", "keys of 32 bytes each, in base64url");
      return key;
    });
  if (!first) throw new OptionError("keys", "at least one key of 32 bytes, in base64url");
  if (others.length >= most) throw new OptionError("keys", `at most ${most} keys`);
  return { keys: [first, ...others] };
}

/** A new key, as {@link readKeyRing} reads it: 32 random bytes in base64url. */
export function generateKey(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}
