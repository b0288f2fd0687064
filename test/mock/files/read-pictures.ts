/**
 * Readers of GIF, TIFF and MP4, as strict as those of `read-media.ts`.
 */

const latin1 = new TextDecoder("latin1");

function ensure(condition: boolean, complaint: string): asserts condition {
  if (!condition) throw new Error(complaint);
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** Reads a GIF of one picture with a global palette. */
export function readGif(bytes: Uint8Array) {
  const view = viewOf(bytes);
  ensure(latin1.decode(bytes.subarray(0, 6)) === "GIF89a", "no GIF89a header");
  const [width, height] = [view.getUint16(6, true), view.getUint16(8, true)];
  const flags = bytes[10] ?? 0;
  ensure((flags & 0x80) !== 0, "no global palette");
  const colours = 2 << (flags & 7);
  let at = 13 + 3 * colours;
  const palette = bytes.subarray(13, at);
  const blocks = () => {
    const parts: number[] = [];
    for (let length = bytes[at++] ?? 0; length > 0; length = bytes[at++] ?? 0) {
      parts.push(...bytes.subarray(at, at + length));
      at += length;
    }
    return Uint8Array.from(parts);
  };
  let comment = "";
  let pixels: number[] | undefined;
  for (;;) {
    const kind = bytes[at++];
    if (kind === 0x3b) break;
    if (kind === 0x21) {
      ensure(bytes[at++] === 0xfe, "an extension that is no comment");
      comment = latin1.decode(blocks());
    } else {
      ensure(kind === 0x2c, `a block of kind ${kind}`);
      ensure(view.getUint16(at + 4, true) === width, "the picture does not fill the screen");
      at += 9;
      const bits = bytes[at++] ?? 0;
      pixels = lzw(blocks(), bits);
    }
  }
  ensure(at === bytes.length, "something behind the end");
  ensure(pixels?.length === width * height, `${pixels?.length} pixels`);
  return { width, height, palette, pixels, comment };
}

/** GIF's variable-length LZW. */
function lzw(data: Uint8Array, bits: number): number[] {
  const clear = 1 << bits;
  const out: number[] = [];
  let table: number[][] = [];
  let width = bits + 1;
  let before: number[] | undefined;
  const reset = () => {
    table = Array.from({ length: clear + 2 }, (_, index) => (index < clear ? [index] : []));
    width = bits + 1;
    before = undefined;
  };
  reset();
  for (let at = 0; at + width <= data.length * 8; ) {
    let code = 0;
    for (let bit = 0; bit < width; bit++, at++) {
      code |= (((data[at >> 3] ?? 0) >> (at & 7)) & 1) << bit;
    }
    if (code === clear) {
      reset();
      continue;
    }
    if (code === clear + 1) return out;
    const known: number[] = table[code] ?? [...(before ?? []), before?.[0] ?? 0];
    ensure(code <= table.length, `code ${code} comes too early`);
    out.push(...known);
    if (before !== undefined && table.length < 4096) table.push([...before, known[0] ?? 0]);
    if (table.length === 1 << width && width < 12) width++;
    before = known;
  }
  throw new Error("no end code");
}

/** Reads a little-endian TIFF of pages in black and white, compressed by PackBits. */
export function readTiff(bytes: Uint8Array) {
  const view = viewOf(bytes);
  ensure(latin1.decode(bytes.subarray(0, 2)) === "II", "not little-endian");
  ensure(view.getUint16(2, true) === 42, "no TIFF");
  const pages: { width: number; height: number; description: string; rows: Uint8Array }[] = [];
  for (let at = view.getUint32(4, true); at !== 0; ) {
    ensure(at % 2 === 0, "a directory at an odd offset");
    const count = view.getUint16(at, true);
    const fields = new Map<number, { at: number; count: number; value: number }>();
    let last = 0;
    for (let index = 0; index < count; index++) {
      const entry = at + 2 + index * 12;
      const tag = view.getUint16(entry, true);
      ensure(tag > last, "tags are not in order");
      last = tag;
      const short = view.getUint16(entry + 2, true) === 3;
      const value = short ? view.getUint16(entry + 8, true) : view.getUint32(entry + 8, true);
      fields.set(tag, { at: entry, count: view.getUint32(entry + 4, true), value });
    }
    const value = (tag: number) => fields.get(tag)?.value ?? Number.NaN;
    ensure(value(259) === 32773 && value(258) === 1, "not PackBits of bits");
    for (const tag of [282, 283]) ensure(view.getUint32(value(tag) + 4, true) === 1, "resolution");
    const strip = bytes.subarray(value(273), value(273) + value(279));
    ensure(strip.length === value(279), "a strip ends behind the file");
    const length = fields.get(270)?.count ?? 0;
    const text = latin1.decode(bytes.subarray(value(270), value(270) + length));
    ensure(text.endsWith("\0"), "a text without end");
    const rows = packBits(strip);
    ensure(rows.length === (value(256) / 8) * value(257), `${rows.length} bytes of rows`);
    pages.push({ width: value(256), height: value(257), description: text.slice(0, -1), rows });
    at = view.getUint32(at + 2 + count * 12, true);
  }
  return pages;
}

function packBits(data: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (let at = 0; at < data.length; ) {
    const code = data[at++] ?? 0;
    ensure(code !== 128, "a code that says nothing");
    if (code < 128) {
      out.push(...data.subarray(at, at + code + 1));
      at += code + 1;
    } else {
      for (let left = 257 - code; left > 0; left--) out.push(data[at] ?? 0);
      at++;
    }
  }
  return Uint8Array.from(out);
}

/** The boxes of an MP4 at its top level, each with its content. */
export function readMp4(bytes: Uint8Array): { type: string; content: Uint8Array }[] {
  const view = viewOf(bytes);
  const boxes: { type: string; content: Uint8Array }[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = view.getUint32(at);
    ensure(size >= 8 && at + size <= bytes.length, "a box ends behind the file");
    const type = latin1.decode(bytes.subarray(at + 4, at + 8));
    boxes.push({ type, content: bytes.subarray(at + 8, at + size) });
    at += size;
  }
  return boxes;
}
