import { CompactEncrypt } from "jose";
import { cryptoKey, type Gcm, openGcm } from "#gcm";
import { base64Url, decodeLink, encodeLink, fromBase64Url } from "./binary.js";
import type { KeyRing } from "./key-ring.js";
import { LinkError } from "./link-error.js";
import type { SealedLink } from "./sealed-link.js";

const algorithms = { alg: "dir", enc: "A256GCM" } as const;
/** The one header there is, so that no token chooses how it is opened. */
const header = base64Url(new TextEncoder().encode(JSON.stringify(algorithms)));
/** RFC 7516 §5.2: what is sealed with the text is the header as it is written. */
const headerBytes = new TextEncoder().encode(header);
const shape = new RegExp(`^${header}\\.\\.([\\w-]{16})\\.([\\w-]{40,700})\\.([\\w-]{22})$`);

/** Clocks of replicas may differ by this much, in seconds. */
const skew = 60;

/** A token: JWE compact serialization, RFC 7516 §7.1, with `dir` and `A256GCM`. */
export async function sealLink(link: SealedLink, { keys: [newest] }: KeyRing): Promise<string> {
  return new CompactEncrypt(encodeLink(link))
    .setProtectedHeader(algorithms)
    .encrypt(await cryptoKey(newest));
}

/** A link that a key of the ring sealed, and whether its life is over. */
export interface ReadLink {
  readonly link: SealedLink;
  readonly isExpired: boolean;
}

/**
 * What a token says, also after its life.
 *
 * @param now Unix time in seconds
 * @throws LinkError `unknown` for what no key of the ring sealed, or sealed in the future
 */
export async function readLink(token: string, { keys }: KeyRing, now: number): Promise<ReadLink> {
  const [, iv, ciphertext, tag] = shape.exec(token)?.map(fromBase64Url) ?? [];
  // A base64url text has bits that mean nothing; written otherwise, it is another token.
  if (!iv?.length || !ciphertext?.length || !tag?.length) throw new LinkError("unknown");
  const link = decodeLink(await decrypt({ iv, header: headerBytes, ciphertext, tag }, keys));
  if (link.issuedAt > now + skew) throw new LinkError("unknown");
  return { link, isExpired: link.expiresAt + skew <= now };
}

/** As {@link readLink}. @throws LinkError `expired`, too */
export async function openLink(token: string, ring: KeyRing, now: number): Promise<SealedLink> {
  const { link, isExpired } = await readLink(token, ring, now);
  if (isExpired) throw new LinkError("expired");
  return link;
}

async function decrypt(sealed: Gcm, keys: KeyRing["keys"]): Promise<Uint8Array> {
  for (const key of keys) {
    try {
      return await openGcm(key, sealed);
    } catch {
      // Another key's, or nobody's.
    }
  }
  throw new LinkError("unknown");
}
