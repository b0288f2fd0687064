import type { MediaFile } from "./media-file.js";

/** Bit rates of layer III in kbit/s, by the four bits of a frame's head (ISO 11172-3, 13818-3). */
const rates = {
  mpeg1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  mpeg2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;

/** How far a first frame is looked for behind a tag: padding is common. */
const mostPadding = 64 * 1024;

/**
 * How long an MP3 of one bit rate lasts and how many channels it has, by the head of its first frame
 * behind an ID3v2 tag. Of one with a varying rate that is a guess by the first; 0 seconds for what is no
 * MP3. As with WAV, packages that read it decode all of it.
 */
export function mp3Length(file: MediaFile): {
  readonly seconds: number;
  readonly channels: 1 | 2;
} {
  const start = tagLength(file);
  const bytes = file.bytes(start, Math.min(file.size, start + mostPadding));
  for (let at = 0; at + 4 <= bytes.length; at++) {
    const [sync = 0, version = 0, rate = 0, mode = 0] = bytes.subarray(at, at + 4);
    // Eleven bits of ones, then layer III.
    if (sync !== 0xff || (version & 0xe6) !== 0xe2) continue;
    const kbits = rates[(version & 0x18) === 0x18 ? "mpeg1" : "mpeg2"][rate >> 4];
    if (!kbits) continue;
    const seconds = (file.size - start - at) / ((kbits * 1000) / 8);
    return { seconds, channels: mode >> 6 === 3 ? 1 : 2 };
  }
  return { seconds: 0, channels: 1 };
}

/** The length of an ID3v2 tag with its head: four bytes of seven bits (ID3v2.4 §3.1); 0 without one. */
function tagLength(file: MediaFile): number {
  if (file.size < 10) return 0;
  const head = file.bytes(0, 10);
  if (String.fromCharCode(...head.subarray(0, 3)) !== "ID3") return 0;
  return head.subarray(6).reduce((sum, byte) => sum * 128 + (byte & 127), 0) + 10;
}
