/**
 * Readers of the media formats, as strict as the tests need them: they follow the structure of the file
 * and throw where it breaks, so that a file they read is one that players open.
 */

const latin1 = new TextDecoder("latin1");

function ensure(condition: boolean, complaint: string): asserts condition {
  if (!condition) throw new Error(complaint);
}

/** Reads a RIFF WAVE file of 16-bit samples chunk by chunk. */
export function readWav(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const name = (at: number) => latin1.decode(bytes.subarray(at, at + 4));
  ensure(name(0) === "RIFF" && name(8) === "WAVE", "no RIFF WAVE header");
  ensure(view.getUint32(4, true) === bytes.length - 8, "RIFF length is not the file's");
  const chunks = new Map<string, Uint8Array>();
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4, true);
    ensure(at + 8 + length <= bytes.length, `chunk ${name(at)} ends behind the file`);
    chunks.set(name(at), bytes.subarray(at + 8, at + 8 + length));
    at += 8 + length + (length % 2);
  }
  const fmt = chunks.get("fmt ");
  const data = chunks.get("data");
  ensure(fmt !== undefined && data !== undefined, "no fmt or no data chunk");
  const field = new DataView(fmt.buffer, fmt.byteOffset, fmt.length);
  const samples = new DataView(data.buffer, data.byteOffset, data.length);
  return {
    format: {
      tag: field.getUint16(0, true),
      channels: field.getUint16(2, true),
      rate: field.getUint32(4, true),
      byteRate: field.getUint32(8, true),
      frame: field.getUint16(12, true),
      bits: field.getUint16(14, true),
    },
    info: latin1.decode(chunks.get("LIST")),
    data,
    samples: Array.from({ length: data.length / 2 }, (_, n) => samples.getInt16(2 * n, true)),
  };
}

const KBITS_PER_SECOND = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

/** Walks the frames of an MPEG-2 layer III file behind its ID3v2.4 tag. */
export function readMp3(bytes: Uint8Array) {
  const synchsafe = (at: number) =>
    bytes.subarray(at, at + 4).reduce((value, byte) => value * 128 + (byte & 127), 0);
  ensure(latin1.decode(bytes.subarray(0, 4)) === "ID3\x04", "no ID3v2.4 tag");
  ensure(latin1.decode(bytes.subarray(10, 14)) === "TIT2", "no title frame");
  const title = new TextDecoder().decode(bytes.subarray(21, 20 + synchsafe(14)));
  let frames = 0;
  let duration = 0;
  for (let at = 10 + synchsafe(6); at < bytes.length; frames++) {
    const [sync, version, rates = 0, , bitReservoir] = bytes.subarray(at, at + 5);
    // Eleven bits of sync, MPEG-2, layer III, no checksum; 16 kHz; no reference to earlier frames.
    ensure(sync === 0xff && version === 0xf3, `no frame at ${at}`);
    ensure(((rates >> 2) & 3) === 2 && bitReservoir === 0, `another kind of frame at ${at}`);
    const kbits = KBITS_PER_SECOND[rates >> 4] ?? 0;
    ensure(kbits > 0, `no bit rate at ${at}`);
    at += (72 * kbits * 1000) / 16_000 + ((rates >> 1) & 1);
    duration += 576 / 16_000;
    ensure(at <= bytes.length, "the last frame is cut short");
  }
  return { title, frames, duration };
}

/** Walks the segments of a JPEG up to its image data. */
export function readJpeg(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  ensure(view.getUint16(0) === 0xffd8, "no SOI");
  ensure(view.getUint16(2) === 0xffe0, "the JFIF header does not come first");
  ensure(view.getUint16(bytes.length - 2) === 0xffd9, "no EOI");
  let [width, height, comment] = [0, 0, ""];
  let at = 2;
  for (let marker = 0; marker !== 0xffda; ) {
    marker = view.getUint16(at);
    const length = view.getUint16(at + 2);
    ensure(marker > 0xff00 && length >= 2, `no segment at ${at}`);
    if (marker === 0xffc0) [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
    if (marker === 0xfffe) comment = latin1.decode(bytes.subarray(at + 4, at + 2 + length));
    at += 2 + length;
  }
  return { width, height, comment };
}

/** Reads a PDF from its end, by the cross-reference table. */
export function readPdf(bytes: Uint8Array) {
  const file = latin1.decode(bytes);
  ensure(file.startsWith("%PDF-1."), "no PDF header");
  const [, startxref] = /startxref\n(\d+)\n%%EOF\n$/.exec(file) ?? [];
  const [, count, table] =
    /^xref\n0 (\d+)\n(.*)trailer\n/s.exec(file.slice(Number(startxref))) ?? [];
  ensure(count !== undefined && table !== undefined, "startxref points to no table");
  ensure(table.length === 20 * Number(count), "the entries have not 20 bytes each");
  ensure(file.includes(`/Size ${count} `), "the trailer has another size");
  const objects: string[] = [];
  for (let number = 1; number < Number(count); number++) {
    const offset = Number(table.slice(20 * number, 20 * number + 10));
    const start = `${number} 0 obj\n`;
    ensure(file.startsWith(start, offset), `entry ${number} points elsewhere`);
    objects.push(file.slice(offset + start.length, file.indexOf("\nendobj\n", offset)));
  }
  const [, pageCount] = /\/Type \/Pages \/Count (\d+)/.exec(objects.join("\n")) ?? [];
  return { objects, pageCount: Number(pageCount) };
}
