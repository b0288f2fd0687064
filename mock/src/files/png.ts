import { checkId, pick } from "./file-id.js";
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
/** Cells of the drawing that can be inked, those alike on both sides counted once. */
const CELLS = 15;

const PAPER = "\xf0\xf2\xf5";
const INKS = [
  "\xc8\x3c\x3c",
  "\xc8\x82\x28",
  "\x3c\x96\x50",
  "\x28\x8c\xaa",
  "\x3c\x5a\xc8",
  "\x96\x46\xaa",
];

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
  return mediaFile(FORMAT, lastModified, () => {
    // Bit depth 4, indexed colour, the standard compression and filters, not interlaced.
    const header = `${uint32(PIXELS)}${uint32(PIXELS)}\x04\x03\0\0\0`;
    const chunks = [
      chunk("IHDR", header),
      chunk("PLTE", palette(id)),
      chunk("tEXt", `Title\0${id}`),
      chunk("IDAT", atob(PNG_CELLS)),
      chunk("IEND", ""),
    ];
    const pattern = latin1(`\x89PNG\r\n\x1a\n${chunks.join("")}`);
    return { head: new Uint8Array(0), pattern, size: pattern.length };
  });
}

/** Paper, then a colour for each cell: a bit of the id's number says whether that is ink. */
function palette(id: string): string {
  const inked = pick(id, 2 ** CELLS);
  const ink = INKS[pick(`${id} ink`, INKS.length)] ?? PAPER;
  const cells = Array.from({ length: CELLS }, (_, cell) => ((inked >>> cell) & 1 ? ink : PAPER));
  return PAPER + cells.join("");
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
