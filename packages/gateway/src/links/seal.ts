import { CompactEncrypt, compactDecrypt } from "jose";
import { base64Url, decodeLink, encodeLink, fromBase64Url } from "./binary.js";
import type { KeyRing } from "./key-ring.js";
import { LinkError } from "./link-error.js";
import type { SealedLink } from "./sealed-link.js";

const algorithms = { alg: "dir", enc: "A256GCM" } as const;
/** The one header there is, so that no token chooses how it is opened. */
const header = base64Url(new TextEncoder().encode(JSON.stringify(algorithms)));
const shape = new RegExp(`^${header}\\.\\.([\\w-]{16})\\.([\\w-]{40,700})\\.([\\w-]{22})$`);

/** Clocks of replicas may differ by this much, in seconds. */
const skew = 60;

const imported = new WeakMap<Uint8Array, Promise<CryptoKey>>();

/** Importing costs as much as opening; a ring's keys are imported once. */
function cryptoKey(bytes: Uint8Array): Promise<CryptoKey> {
  let key = imported.get(bytes);
  if (!key) {
    key = crypto.subtle.importKey("raw", Uint8Array.from(bytes), "AES-GCM", false, [
      "encrypt",
      "decrypt",
    ]);
    imported.set(bytes, key);
  }
  return key;
}

/** A token: JWE compact serialization, RFC 7516 §7.1, with `dir` and `A256GCM`. */
export async function sealLink(link: SealedLink, { keys: [newest] }: KeyRing): Promise<string> {
  return new CompactEncrypt(encodeLink(link))
    .setProtectedHeader(algorithms)
    .encrypt(await cryptoKey(newest));
}

/**
 * What a token says.
 *
 * @param now Unix time in seconds
 * @throws LinkError `unknown` for what no key of the ring sealed, or sealed in the future; `expired`
 */
export async function openLink(token: string, { keys }: KeyRing, now: number): Promise<SealedLink> {
  const parts = shape.exec(token);
  // A base64url text has bits that mean nothing; written otherwise, it is another token.
  if (!parts || parts.slice(1).some((part) => fromBase64Url(part).length === 0)) {
    throw new LinkError("unknown");
  }
  const link = decodeLink(await decrypt(token, keys));
  if (link.issuedAt > now + skew) throw new LinkError("unknown");
  if (link.expiresAt + skew <= now) throw new LinkError("expired");
  return link;
}

async function decrypt(token: string, keys: KeyRing["keys"]): Promise<Uint8Array> {
  for (const key of keys) {
    try {
      const { plaintext } = await compactDecrypt(token, await cryptoKey(key), {
        keyManagementAlgorithms: ["dir"],
        contentEncryptionAlgorithms: ["A256GCM"],
      });
      return plaintext;
    } catch {
      // Another key's, or nobody's.
    }
  }
  throw new LinkError("unknown");
}
