/**
 * Ids that are different every time and the same every run: UUIDs and fake secrets from a seed.
 */

/** A deterministic source of ids. */
export interface IdGenerator {
  /** The next UUID (version 4 in form). */
  uuid(): string;
  /** The next `length` hexadecimal digits. */
  hex(length: number): string;
  /** A seed whose generator continues where this one is now. */
  readonly position: number;
}

/**
 * A generator of ids. The same seed gives the same ids in the same order.
 *
 * Not a source of secrets: whoever knows the seed knows every id.
 */
export function createIdGenerator(seed: number): IdGenerator {
  const { next, position } = mulberry32(seed);
  const hex = (length: number): string => {
    let digits = "";
    while (digits.length < length) digits += next().toString(16).padStart(8, "0");
    return digits.slice(0, length);
  };
  const uuid = (): string => {
    const digits = hex(31);
    const variant = "89ab".charAt(Number.parseInt(digits.charAt(15), 16) & 3);
    const groups = [
      digits.slice(0, 8),
      digits.slice(8, 12),
      `4${digits.slice(12, 15)}`,
      variant + digits.slice(16, 19),
      digits.slice(19),
    ];
    return groups.join("-");
  };
  return {
    uuid,
    hex,
    get position() {
      return position();
    },
  };
}

/** A 32-bit hash of a text (FNV-1a): turns names into seeds. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/** The form of a UUID, in lower case, as a part of other patterns. */
export const uuidPattern = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

const whole = new RegExp(`^${uuidPattern}$`, "i");

/** Whether a text has the form of a UUID, of any version. */
export function isUuid(text: string): boolean {
  return whole.test(text);
}

/** Mulberry32: 32 well-mixed bits a call from 32 bits of state, which is the seed itself at first. */
function mulberry32(seed: number): { next(): number; position(): number } {
  let state = seed >>> 0;
  return {
    next() {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return (mixed ^ (mixed >>> 14)) >>> 0;
    },
    position: () => state,
  };
}
