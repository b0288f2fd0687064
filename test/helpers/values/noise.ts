/**
 * So many bytes in which no two places look alike; another seed gives others. They begin like no
 * text: now and then chance would make them a JSON error, which is no medium.
 */
export function noise(length: number, seed = 1): Uint8Array {
  const words = new Uint32Array(Math.ceil(length / 4));
  for (let index = 0, state = seed; index < words.length; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    words[index] = state;
  }
  const bytes = new Uint8Array(words.buffer, 0, length);
  bytes[0] = 0xff;
  return bytes;
}
