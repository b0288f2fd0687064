/** What tests of the files that the mock makes have in common. */

export const lastModified = new Date("2026-03-01T10:20:30Z");
export const id = "0b7e0c1a-93a4-4a54-8a6e-6a1f3c2d4e5f";
export const otherId = "7d1c2b3a-1111-4aaa-8bbb-cccccccccccc";
export const GiB = 2 ** 30;

export const text = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);

/** Compares bytes; `toEqual` takes half a second for a tenth of a megabyte. */
export const same = (one: Uint8Array, other: Uint8Array) => Buffer.from(one).equals(other);
