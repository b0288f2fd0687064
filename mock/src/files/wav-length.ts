import type { MediaFile } from "./media-file.js";

/** What the chunks of a WAV say of its sound. */
export interface WavLength {
  readonly seconds: number;
  readonly channels: 1 | 2;
}

/**
 * How long a WAV lasts and how many channels it has, by walking its chunks: `fmt ` need not come first,
 * and what is beside `data` is no sound. Of a `data` whose length is unknown (0 or 4,294,967,295, as
 * recorders write it that are cut off) all that follows counts. 0 seconds for what is no WAV.
 *
 * The packages that read WAV want the whole file in memory and decode it; two fields of two chunks are
 * all that is wanted here.
 */
export function wavLength(file: MediaFile): WavLength {
  let perSecond = 0;
  let channels = 1;
  if (textAt(file, 0) !== "RIFF" || textAt(file, 8) !== "WAVE") return { seconds: 0, channels: 1 };
  for (let at = 12; at + 8 <= file.size; ) {
    const name = textAt(file, at);
    const length = viewAt(file, at + 4, 4).getUint32(0, true);
    const body = at + 8;
    if (name === "fmt " && length >= 16 && body + 16 <= file.size) {
      const format = viewAt(file, body, 16);
      channels = format.getUint16(2, true);
      perSecond = format.getUint32(8, true);
    }
    if (name === "data") {
      const left = file.size - body;
      const bytes = length === 0 || length > left ? left : length;
      const seconds = perSecond === 0 ? 0 : bytes / perSecond;
      return { seconds, channels: channels === 2 ? 2 : 1 };
    }
    // Chunks begin at even places.
    at = body + length + (length % 2);
  }
  return { seconds: 0, channels: channels === 2 ? 2 : 1 };
}

function viewAt(file: MediaFile, start: number, length: number): DataView {
  return new DataView(file.bytes(start, start + length).buffer);
}

/** Four characters; none beyond the end. */
function textAt(file: MediaFile, start: number): string {
  return start + 4 <= file.size ? String.fromCharCode(...file.bytes(start, start + 4)) : "";
}
