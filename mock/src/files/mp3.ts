import { checkId, pick } from "./file-id.js";
import { latin1 } from "./latin1.js";
import { type MediaFile, mediaFile } from "./media-file.js";
import { MP3_TONE_FRAMES } from "./mp3-fixture.js";

/** What {@link mp3File} needs to know. */
export interface Mp3Options {
  /** Names the recording: it is the title in the ID3 tag, and the tone derives from it. Printable ASCII, at most 200. */
  readonly id: string;
  /** Length in seconds, rounded to whole frames of 36 ms, at least one. @default 2 */
  readonly seconds?: number | undefined;
  readonly lastModified: Date;
}

const FORMAT = { contentType: "audio/mpeg", extension: "mp3" };

const DEFAULT_SECONDS = 2;
/** 576 samples at 16 kHz. */
const FRAME_SECONDS = 0.036;

/**
 * A playable MP3: MPEG-2 layer III, 16 kHz mono at 32 kbit/s, an ID3v2.4 tag, then one frame of a tone
 * over and over.
 *
 * @throws RangeError when the id or the length is out of range
 */
export function mp3File(options: Mp3Options): MediaFile {
  const { id, seconds = DEFAULT_SECONDS, lastModified } = options;
  checkId(id);
  const frames = Math.max(1, Math.round(seconds / FRAME_SECONDS));
  if (!(seconds >= 0) || !Number.isSafeInteger(frames)) {
    throw new RangeError(`An MP3 lasts 0 seconds or more, not ${seconds}`);
  }
  return mediaFile(
    FORMAT,
    lastModified,
    () => {
      const pattern = toneFrame(pick(id, MP3_TONE_FRAMES.length));
      const head = latin1(id3Tag(id));
      return { head, pattern, size: head.length + frames * pattern.length };
    },
    { recipe: { id, seconds } },
  );
}

function toneFrame(index: number): Uint8Array {
  return latin1(atob(MP3_TONE_FRAMES[index] ?? MP3_TONE_FRAMES[0]));
}

/** An ID3v2.4 tag with a title (https://id3.org/id3v2.4.0-structure). */
function id3Tag(title: string): string {
  const text = `\x03${title}`; // 3 means UTF-8
  const frame = `TIT2${synchsafe(text.length)}\0\0${text}`;
  return `ID3\x04\0\0${synchsafe(frame.length)}${frame}`;
}

/** 28 bits in four bytes whose top bit is clear, so that no length looks like the start of a frame. */
function synchsafe(value: number): string {
  return String.fromCharCode(
    (value >>> 21) & 0x7f,
    (value >>> 14) & 0x7f,
    (value >>> 7) & 0x7f,
    value & 0x7f,
  );
}
