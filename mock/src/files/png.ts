import { checkId } from "./file-id.js";
import { identiconPalette } from "./identicon.js";
import { latin1 } from "./latin1.js";
import { type MediaFile, mediaFile } from "./media-file.js";
import { PNG_CELLS } from "./png-fixture.js";

/** What {@link pngFile} needs to know. */
export interface PngOptions {
  /** Names the picture, which is drawn from it; it is also in the file as its title. Printable ASCII, at most 200. */
  readonly id: string;
  readonly lastModified: Date;
}

const FORMAT = { contentType: "image/png", extension: "png" };

const PIXELS = 120;
/**
 * A picture of 120 × 120 pixels, of the kind that stands for people without a photo.
 *
 * Every picture has the same pixels, which say the number of their cell; the palette says which cells
 * are inked. So no compressor is needed at run time, which would take as long to load as the server.
 *
 * @throws RangeError when the id is out of range
 */
export function pngFile({ id, lastModified }: PngOptions): MediaFile {
  checkId(id);
  return mediaFile(
    FORMAT,
    lastModified,
    () => {
      // Bit depth 4, indexed colour, the standard compression and filters, not interlaced.
      const header = `${uint32(PIXELS)}${uint32(PIXELS)}\x04\x03\0\0\0`;
      const chunks = [
        chunk("IHDR", header),
        chunk("PLTE", identiconPalette(id)),
        chunk("tEXt", `Title\0${id}`),
        chunk("IDAT", atob(PNG_CELLS)),
        chunk("IEND", ""),
      ];
      const pattern = latin1(`\x89PNG\r\n\x1a\n${chunks.join("")}`);
      return { head: new Uint8Array(0), pattern, size: pattern.length };
    },
    { recipe: { id } },
  );
}

function chunk(type: string, data: string): string {
  return `${uint32(data.length)}${type}${data}${uint32(crc32(latin1(type + data)))}`;
}

/** The check sum of PNG and zip (PNG specification, annex D). A few hundred bytes need no table. */
function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc;
}

function uint32(value: number): string {
  return String.fromCharCode(
    value >>> 24,
    (value >>> 16) & 0xff,
    (value >>> 8) & 0xff,
    value & 0xff,
  );
}
