import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bytesFile,
  fileOfType,
  gifFile,
  jpegFile,
  type MediaFile,
  mp3File,
  mp4File,
  pdfFile,
  pngFile,
  tiffFile,
  UnknownMediaTypeError,
  vcardFile,
  wavFile,
} from "../../../mock/dist/files/files.js";
import { GiB, id, lastModified, otherId, same, text } from "./made-files.js";

async function readAll(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const makers: readonly [string, (id: string) => MediaFile][] = [
  ["WAV", (id) => wavFile({ id, seconds: 1.5, lastModified })],
  ["stereo WAV", (id) => wavFile({ id, channels: 2, size: 70_001, lastModified })],
  ["MP3", (id) => mp3File({ id, seconds: 3, lastModified })],
  ["JPEG", (id) => jpegFile({ id, lastModified })],
  ["PNG", (id) => pngFile({ id, lastModified })],
  ["GIF", (id) => gifFile({ id, lastModified })],
  ["MP4", (id) => mp4File({ id, lastModified })],
  ["vCard", (id) => vcardFile({ id, lastModified })],
  ["TIFF", (id) => tiffFile({ id, lastModified })],
  ["PDF", (id) => pdfFile({ id, pages: 3, lastModified })],
  [
    "caller's bytes",
    (id) =>
      bytesFile({
        bytes: new TextEncoder().encode(id.repeat(3000)),
        contentType: "text/plain",
        extension: "txt",
        lastModified,
      }),
  ],
];

describe.each(makers)("every file: %s", (_, make) => {
  const file = make(id);
  const whole = file.bytes();

  test("is exactly as long as its size says", () => {
    expect(whole).toHaveLength(file.size);
  });

  test("gives any slice as it is in the whole, in memory and streamed", async () => {
    const position = fc.integer({ min: 0, max: file.size });
    await fc.assert(
      fc.asyncProperty(position, position, async (one, other) => {
        const [start, end] = [Math.min(one, other), Math.max(one, other)];
        const expected = whole.subarray(start, end);
        expect(same(file.bytes(start, end), expected)).toBe(true);
        expect(same(await readAll(file.stream(start, end)), expected)).toBe(true);
      }),
    );
  });

  test.each([
    [-1, 1],
    [2, 1],
    [0, file.size + 1],
    [0.5, 1],
    [0, Number.NaN],
  ])("refuses the slice %d to %d", (start, end) => {
    expect(() => file.bytes(start, end)).toThrow(RangeError);
    expect(() => file.stream(start, end)).toThrow(RangeError);
  });

  test("has a strong, quoted entity tag: the same for the same file, another for another", () => {
    expect(file.etag).toMatch(/^"[\x21\x23-\x7e]+"$/);
    expect(make(id).etag).toBe(file.etag);
    expect(make(otherId).etag).not.toBe(file.etag);
  });

  test("has the same bytes for the same id, and others for another", () => {
    expect(same(make(id).bytes(), whole)).toBe(true);
    expect(same(make(otherId).bytes(), whole)).toBe(false);
  });

  test("cannot be changed through what it hands out", () => {
    file.bytes().fill(0);
    file.lastModified.setTime(0);
    expect(same(file.bytes(), whole)).toBe(true);
    expect(file.lastModified).toEqual(lastModified);
  });
});

describe("a stream", () => {
  test("hands out small chunks, one for each read, and no more once cancelled", async () => {
    const reader = wavFile({ id, size: 4 * GiB, lastModified })
      .stream()
      .getReader();
    const first = await reader.read();
    expect(first.value?.length).toBeGreaterThan(0);
    expect(first.value?.length).toBeLessThanOrEqual(64 * 1024);
    await reader.cancel();
    expect(await reader.read()).toEqual({ done: true, value: undefined });
  });
});

describe("bytes of the caller", () => {
  const bytes = Uint8Array.of(1, 2, 3);
  const own = { bytes, contentType: "image/tiff", extension: "tiff", lastModified };

  test("keep their type, and stay as they were when the array is changed", () => {
    const file = bytesFile(own);
    const { etag } = file;
    bytes[0] = 9;
    expect(file).toMatchObject({ contentType: "image/tiff", extension: "tiff", size: 3, etag });
    expect(file.bytes()).toEqual(Uint8Array.of(1, 2, 3));
    expect(bytesFile(own).etag).not.toBe(etag);
  });

  test("may be none", async () => {
    const file = bytesFile({ ...own, bytes: new Uint8Array(0) });
    expect(file.size).toBe(0);
    expect(await readAll(file.stream())).toHaveLength(0);
  });
});

describe("a file of a type", () => {
  test.each([
    ["audio/wav", "wav", "RIFF"],
    ["audio/mpeg", "mp3", "ID3"],
    ["image/jpeg", "jpg", "\xff\xd8\xff"],
    ["image/png", "png", "\x89PNG"],
    ["image/gif", "gif", "GIF89a"],
    ["image/tiff", "tiff", "II*\0"],
    ["text/vcard", "vcf", "BEGIN:VCARD"],
    ["video/mp4", "mp4", "\0\0\0$ftyp"],
    ["application/pdf", "pdf", "%PDF-"],
    ["Application/PDF; version=1.4", "pdf", "%PDF-"],
  ])("%s begins as such files do", (type, extension, magic) => {
    const file = fileOfType(type, { id, lastModified });
    expect(file.extension).toBe(extension);
    expect(type.toLowerCase()).toContain(file.contentType);
    expect(text(file.bytes(0, magic.length))).toBe(magic);
  });

  test("that nobody can make is a typed error", () => {
    const make = () => fileOfType("video/webm", { id, lastModified });
    expect(make).toThrow(UnknownMediaTypeError);
    expect(make).toThrow(
      expect.objectContaining({ name: "UnknownMediaTypeError", contentType: "video/webm" }),
    );
  });

  test.each(["", "ключ", "line\nbreak", "x".repeat(201)])("refuses the id %j", (id) => {
    for (const type of ["audio/wav", "audio/mpeg", "image/jpeg", "image/png", "application/pdf"]) {
      expect(() => fileOfType(type, { id, lastModified })).toThrow(RangeError);
    }
  });

  test("refuses a date that is none", () => {
    expect(() => jpegFile({ id, lastModified: new Date("never") })).toThrow(RangeError);
  });
});
