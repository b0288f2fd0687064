/**
 * A 53-bit hash of bytes (cyrb53, public domain): fast and synchronous, which `crypto.subtle` is not,
 * and far from any secret. For entity tags, and to derive what a file looks like from its id.
 *
 * @returns an integer from 0 up to 2^53 - 1
 */
export function hash53(bytes: Uint8Array, seed = 0): number {
  const hash = new Hash53(seed);
  hash.update(bytes);
  return hash.digest();
}

/** The same hash of bytes that come piece by piece. */
export class Hash53 {
  #high: number;
  #low: number;

  constructor(seed = 0) {
    this.#high = 0xdeadbeef ^ seed;
    // The upper bits of a seed that is itself a hash must count too.
    this.#low = 0x41c6ce57 ^ (seed / 2 ** 32);
  }

  update(bytes: Uint8Array): void {
    let [high, low] = [this.#high, this.#low];
    for (const byte of bytes) {
      high = Math.imul(high ^ byte, 2654435761);
      low = Math.imul(low ^ byte, 1597334677);
    }
    [this.#high, this.#low] = [high, low];
  }

  digest(): number {
    let [high, low] = [this.#high, this.#low];
    high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
    low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
    return 2 ** 32 * (0x1fffff & low) + (high >>> 0);
  }
}
