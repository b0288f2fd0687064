import { checkId, pick } from "./file-id.js";
import { latin1 } from "./latin1.js";
import { type MediaFile, mediaFile } from "./media-file.js";

/** What {@link wavFile} needs to know. */
export interface WavOptions {
  /** Names the recording: it is in the file's metadata, and its tone derives from it. Printable ASCII, at most 200. */
  readonly id: string;
  /** Length in seconds, rounded to whole samples. @default 2 */
  readonly seconds?: number | undefined;
  /**
   * Size of the whole file in bytes, instead of `seconds`; any size that holds the headers. RIFF counts
   * in 32 bits: beyond 4 GiB both length fields say 4,294,967,295 as in files of unknown length, and
   * players read on to the end.
   */
  readonly size?: number | undefined;
  /** One for a mixed recording, two for one voice on each side. @default 1 */
  readonly channels?: 1 | 2 | undefined;
  readonly lastModified: Date;
}

/**
 * `audio/wav` is what today's servers and browsers call it. None is registered (RFC 2361 has
 * `audio/vnd.wave`, which few know), `audio/x-wav` is the older name of the same thing.
 */
const FORMAT = { contentType: "audio/wav", extension: "wav" };

/** Telephony: what a phone line carries. */
const SAMPLE_RATE = 8000;
const BYTES_PER_SAMPLE = 2;
const DEFAULT_SECONDS = 2;
const UINT32_MAX = 0xffffffff;

/**
 * The tone repeats after this many samples. A prime number, so that a slice shifted by any round number
 * of bytes differs: a download put together wrongly never happens to look right.
 */
const PERIOD = 809;
/** Whole waves in a period, so that the tone has no seam: from 297 Hz in steps of 9.9 Hz. */
const LOWEST_WAVES = 30;
const TONES = 100;
/** The other voice of a two channel recording is this much higher. */
const SECOND_VOICE = 20;
const AMPLITUDE = 0.4 * 32767;

/**
 * A recording: 16-bit PCM at 8 kHz with an audible tone. Sample n depends on nothing but n, so any
 * slice of a recording of any size is made without the rest.
 *
 * @throws RangeError when the id, the length or the size is out of range
 */
export function wavFile(options: WavOptions): MediaFile {
  const { id, seconds = DEFAULT_SECONDS, channels = 1, lastModified } = options;
  checkId(id);
  if (!(seconds >= 0)) throw new RangeError(`A recording lasts 0 seconds or more, not ${seconds}`);
  // INFO text ends in a zero byte, and RIFF chunks have even sizes.
  const info = `INFOINAM${uint32(id.length + 1)}${id}${"\0".repeat(2 - (id.length % 2))}`;
  const headSize = 44 + 8 + info.length;
  const frame = channels * BYTES_PER_SAMPLE;
  const size = options.size ?? headSize + Math.round(seconds * SAMPLE_RATE) * frame;
  if (!Number.isSafeInteger(size) || size < headSize) {
    throw new RangeError(`A WAV file of this id has ${headSize} bytes or more, not ${size}`);
  }
  const length = options.size === undefined ? { seconds } : { size };
  return mediaFile(
    FORMAT,
    lastModified,
    () => {
      const head = [
        `RIFF${uint32(size - 8)}WAVE`,
        `fmt ${uint32(16)}${uint16(1)}${uint16(channels)}${uint32(SAMPLE_RATE)}`,
        `${uint32(SAMPLE_RATE * frame)}${uint16(frame)}${uint16(BYTES_PER_SAMPLE * 8)}`,
        `LIST${uint32(info.length)}${info}`,
        `data${uint32(size - headSize - ((size - headSize) % frame))}`,
      ];
      return { head: latin1(head.join("")), pattern: tone(pick(id, TONES), channels), size };
    },
    { recipe: { id, channels, ...length } },
  );
}

/** Two hundred patterns of two or three kilobytes at most, shared by all recordings. */
const tones = new Map<string, Uint8Array>();

function tone(step: number, channels: 1 | 2): Uint8Array {
  const key = `${step}/${channels}`;
  const known = tones.get(key);
  if (known) return known;
  const pattern = new Uint8Array(PERIOD * channels * BYTES_PER_SAMPLE);
  const samples = new DataView(pattern.buffer);
  for (let n = 0; n < PERIOD * channels; n++) {
    const waves = LOWEST_WAVES + step + (n % channels) * SECOND_VOICE;
    const angle = (2 * Math.PI * waves * Math.floor(n / channels)) / PERIOD;
    samples.setInt16(n * BYTES_PER_SAMPLE, Math.round(AMPLITUDE * Math.sin(angle)), true);
  }
  tones.set(key, pattern);
  return pattern;
}

function uint16(value: number): string {
  return String.fromCharCode(value & 0xff, value >>> 8);
}

function uint32(value: number): string {
  const field = Math.min(value, UINT32_MAX);
  return uint16(field & 0xffff) + uint16(field >>> 16);
}
