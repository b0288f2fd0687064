import { checkId, pick } from "./file-id.js";
import { latin1 } from "./latin1.js";
import { type MediaFile, mediaFile } from "./media-file.js";

/** What {@link tiffFile} needs to know. */
export interface TiffOptions {
  /** Names the document, whose lines are drawn from it; it is in each page's description. Printable ASCII, at most 200. */
  readonly id: string;
  /** From 1 to 1,000. Default 1. */
  readonly pages?: number | undefined;
  readonly lastModified: Date;
}

const FORMAT = { contentType: "image/tiff", extension: "tiff" };

/** A fax page in standard resolution: 204 × 98 dots per inch, A4. */
const WIDTH = 1728;
const HEIGHT = 1144;
const ROW_BYTES = WIDTH / 8;

/**
 * A fax as fax machines store it: black and white, one picture for each page, compressed (PackBits,
 * TIFF 6.0 §9), with lines of what could be text.
 *
 * @throws RangeError when the id or the number of pages is out of range
 */
export function tiffFile({ id, pages = 1, lastModified }: TiffOptions): MediaFile {
  checkId(id);
  if (!Number.isInteger(pages) || pages < 1 || pages > 1000) {
    throw new RangeError(`A TIFF has from 1 to 1,000 pages, not ${pages}`);
  }
  return mediaFile(
    FORMAT,
    lastModified,
    () => {
      let file = `II${uint16(42)}${uint32(8)}`;
      for (let page = 0; page < pages; page++) {
        file += directory(file.length, id, page, pages, drawing(`${id} ${page}`));
      }
      const pattern = latin1(file);
      return { head: new Uint8Array(0), pattern, size: pattern.length };
    },
    { recipe: { id, pages } },
  );
}

/** The directory of a page at an offset, and behind it what does not fit into its entries. */
function directory(at: number, id: string, page: number, pages: number, data: string): string {
  const description = even(`${id}, page ${page + 1}\0`);
  const count = 14;
  const behind = at + 2 + count * 12 + 4;
  const horizontal = behind + description.length;
  const vertical = horizontal + 8;
  const strip = vertical + 8;
  const stripData = even(data);
  const entries = [
    short(254, 2), // one page of several
    long(256, WIDTH),
    long(257, HEIGHT),
    short(258, 1), // bit for a pixel
    short(259, 32773), // PackBits
    short(262, 0), // 0 is white
    `${uint16(270)}${uint16(2)}${uint32(`${id}, page ${page + 1}\0`.length)}${uint32(behind)}`,
    long(273, strip),
    short(277, 1), // sample for a pixel
    long(278, HEIGHT), // all rows in one strip
    long(279, data.length),
    `${uint16(282)}${uint16(5)}${uint32(1)}${uint32(horizontal)}`,
    `${uint16(283)}${uint16(5)}${uint32(1)}${uint32(vertical)}`,
    `${uint16(297)}${uint16(3)}${uint32(2)}${uint16(page)}${uint16(pages)}`,
  ];
  const next = page + 1 === pages ? 0 : strip + stripData.length;
  const resolution = uint32(204) + uint32(1) + uint32(98) + uint32(1);
  return `${uint16(count)}${entries.join("")}${uint32(next)}${description}${resolution}${stripData}`;
}

/** Lines with words of different lengths, black on white, in margins. */
function drawing(seed: string): string {
  const blank = runs([[ROW_BYTES, 0]]);
  let rows = "";
  for (let y = 0; y < HEIGHT; y++) {
    const line = Math.floor(y / 24);
    const inked = y % 24 < 10 && line > 3 && line < 44;
    rows += inked ? textRow(`${seed} ${line}`) : blank;
  }
  return rows;
}

const rowsKnown = new Map<string, string>();
const mostRowsKnown = 64;

function textRow(seed: string): string {
  const known = rowsKnown.get(seed);
  if (known !== undefined) return known;
  const parts: [bytes: number, value: number][] = [[20, 0]];
  let left = ROW_BYTES - 40;
  for (let word = 0; left > 14; word++) {
    const black = 3 + pick(`${seed} ${word}`, 9);
    parts.push([black, 255], [2, 0]);
    left -= black + 2;
  }
  parts.push([left + 20, 0]);
  const row = runs(parts);
  // The ten rows of a line are the same.
  if (rowsKnown.size === mostRowsKnown) rowsKnown.clear();
  rowsKnown.set(seed, row);
  return row;
}

/** Runs of equal bytes in PackBits: 257 less the length, then the byte; at most 128 at once. */
function runs(parts: readonly (readonly [bytes: number, value: number])[]): string {
  let packed = "";
  for (const [bytes, value] of parts) {
    for (let left = bytes; left > 0; left -= 128) {
      packed += String.fromCharCode((257 - Math.min(left, 128)) & 0xff, value);
    }
  }
  return packed;
}

/** Offsets are even (TIFF 6.0 §2). */
function even(text: string): string {
  return text.length % 2 === 0 ? text : `${text}\0`;
}

function short(tag: number, value: number): string {
  return `${uint16(tag)}${uint16(3)}${uint32(1)}${uint32(value)}`;
}

function long(tag: number, value: number): string {
  return `${uint16(tag)}${uint16(4)}${uint32(1)}${uint32(value)}`;
}

function uint16(value: number): string {
  return String.fromCharCode(value & 0xff, value >>> 8);
}

function uint32(value: number): string {
  return uint16(value & 0xffff) + uint16(value >>> 16);
}
