/**
 * Links to protected media, minted and opened: keys, and no credentials of the platform. Runs wherever
 * Web Cryptography does.
 *
 * @packageDocumentation
 */
export {
  createLinks,
  type LinkSource,
  type Links,
  type LinksOptions,
  type MintedLink,
  type MintOptions,
} from "./links/create-links.js";
export { generateKey, type KeyRing, readKeyRing } from "./links/key-ring.js";
export { LinkError, type LinkRefusal } from "./links/link-error.js";
export type { LifeLimits } from "./links/link-life.js";
export type { SealedLink } from "./links/sealed-link.js";
