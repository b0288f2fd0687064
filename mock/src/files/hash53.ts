/**
 * A 53-bit hash of bytes (cyrb53, public domain): fast and synchronous, which `crypto.subtle` is not,
 * and far from any secret. For entity tags, and to derive what a file looks like from its id.
 *
 * @returns an integer from 0 up to 2^53 - 1
 */
export function hash53(bytes: Uint8Array, seed = 0): number {
  let high = 0xdeadbeef ^ seed;
  // The upper bits of a seed that is itself a hash must count too.
  let low = 0x41c6ce57 ^ (seed / 2 ** 32);
  for (const byte of bytes) {
    high = Math.imul(high ^ byte, 2654435761);
    low = Math.imul(low ^ byte, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 2 ** 32 * (0x1fffff & low) + (high >>> 0);
}
