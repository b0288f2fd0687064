import { checkId } from "./file-id.js";
import { identiconPalette } from "./identicon.js";
import { latin1 } from "./latin1.js";
import { type MediaFile, mediaFile } from "./media-file.js";

/** What {@link gifFile} needs to know. */
export interface GifOptions {
  /** Names the picture, which is drawn from it; it is also in the file as a comment. Printable ASCII, at most 200. */
  readonly id: string;
  readonly lastModified: Date;
}

const FORMAT = { contentType: "image/gif", extension: "gif" };

const PIXELS = 60;
const MARGIN = 5;
const CELL = 10;

/** Colours are 7 bits long, so that every code is a byte until the table has 256 entries. */
const BITS = 7;
const CLEAR = 128;
const END = 129;

/**
 * A picture of 60 × 60 pixels, drawn like the PNG.
 *
 * @throws RangeError when the id is out of range
 */
export function gifFile({ id, lastModified }: GifOptions): MediaFile {
  checkId(id);
  return mediaFile(
    FORMAT,
    lastModified,
    () => {
      const size = `${PIXELS_16}${PIXELS_16}`;
      const parts = [
        // GIF89a: a global palette of 2 ** 7 colours, the first for the background, square pixels.
        `GIF89a${size}\xf6\0\0`,
        identiconPalette(id).padEnd(3 * 2 ** BITS, "\0"),
        `\x21\xfe${String.fromCharCode(id.length)}${id}\0`,
        `\x2c\0\0\0\0${size}\0`,
        `${String.fromCharCode(BITS)}${blocks(drawing())}\0`,
        "\x3b",
      ];
      const pattern = latin1(parts.join(""));
      return { head: new Uint8Array(0), pattern, size: pattern.length };
    },
    { recipe: { id } },
  );
}

/** 16 bits, the lower first. */
const PIXELS_16 = `${String.fromCharCode(PIXELS)}\0`;

/**
 * The pixels as LZW codes that repeat nothing: each row begins with an empty table, which never grows
 * to where codes need more bits.
 */
function drawing(): string {
  let codes = "";
  for (let y = 0; y < PIXELS; y++) {
    codes += String.fromCharCode(CLEAR);
    for (let x = 0; x < PIXELS; x++) codes += String.fromCharCode(colourAt(x, y));
  }
  return codes + String.fromCharCode(END);
}

function colourAt(x: number, y: number): number {
  const column = Math.floor((x - MARGIN) / CELL);
  const row = Math.floor((y - MARGIN) / CELL);
  if (column < 0 || column > 4 || row < 0 || row > 4) return 0;
  return 1 + row * 3 + Math.min(column, 4 - column);
}

/** Sub-blocks: a length below 256, then so many bytes. */
function blocks(data: string): string {
  return data.replace(/.{1,255}/gs, (block) => String.fromCharCode(block.length) + block);
}
