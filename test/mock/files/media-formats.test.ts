import { decode } from "fast-png";
import { describe, expect, test } from "vitest";
import {
  gifFile,
  jpegFile,
  mp3File,
  mp4File,
  pdfFile,
  pngFile,
  tiffFile,
  vcardFile,
  wavFile,
} from "../../../mock/dist/files/files.js";
import { GiB, id, lastModified, otherId, same, text } from "./made-files.js";
import { readJpeg, readMp3, readPdf, readWav } from "./read-media.js";
import { readGif, readMp4, readTiff } from "./read-pictures.js";

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

describe("WAV", () => {
  test.each([
    [1, 2.5],
    [2, 2.5],
    [1, 0],
  ] as const)(
    "of %d channels and %d s holds 8 kHz 16-bit PCM of that length",
    (channels, seconds) => {
      const { format, data } = readWav(wavFile({ id, channels, seconds, lastModified }).bytes());
      const frame = channels * 2;
      expect(format).toEqual({
        tag: 1,
        channels,
        rate: 8000,
        byteRate: 8000 * frame,
        frame,
        bits: 16,
      });
      expect(data).toHaveLength(seconds * 8000 * frame);
    },
  );

  test("is a tone one can hear, another for another id", () => {
    const tones = [id, otherId].map((id) => {
      const { samples } = readWav(wavFile({ id, seconds: 1, lastModified }).bytes());
      expect(Math.max(...samples)).toBeGreaterThan(10_000);
      return samples.filter((sample, n) => sample >= 0 && (samples[n - 1] ?? 0) < 0).length;
    });
    for (const hertz of tones) {
      expect(hertz).toBeGreaterThan(290);
      expect(hertz).toBeLessThan(1300);
    }
    expect(tones[0]).not.toBe(tones[1]);
  });

  test("tells its id as its title", () => {
    const { info } = readWav(wavFile({ id, lastModified }).bytes());
    expect(info).toMatch(new RegExp(`^INFOINAM....${id}\\0+$`, "s"));
  });

  test("has two voices when it has two channels", () => {
    const { samples } = readWav(wavFile({ id, channels: 2, seconds: 1, lastModified }).bytes());
    const left = samples.filter((_, n) => n % 2 === 0);
    expect(left).not.toEqual(samples.filter((_, n) => n % 2 === 1));
  });

  test("has the very size asked for, in whole samples with a rest behind them", () => {
    const file = wavFile({ id, channels: 2, size: 10_003, lastModified });
    const { data } = readWav(file.bytes());
    expect(file.bytes()).toHaveLength(10_003);
    expect(data.length % 4).toBe(0);
  });

  test("up to 4 GiB tells its exact length", () => {
    const file = wavFile({ id, size: 4 * GiB, lastModified });
    expect(view(file.bytes(0, 8)).getUint32(4, true)).toBe(4 * GiB - 8);
    expect(file.bytes(file.size - 10, file.size)).toHaveLength(10);
  });

  test("beyond 4 GiB tells the greatest length its fields can hold", () => {
    const file = wavFile({ id, size: 6 * GiB, lastModified });
    const head = file.bytes(0, 200);
    expect(view(head).getUint32(4, true)).toBe(0xffffffff);
    expect(view(head).getUint32(text(head).indexOf("data") + 4, true)).toBe(0xffffffff);
    expect(file.size).toBe(6 * GiB);
  });

  test("never repeats at a distance of a round number of bytes", () => {
    const file = wavFile({ id, size: GiB, lastModified });
    const here = file.bytes(1000, 3000);
    for (const distance of [1000, 1024, 4096, 8000, 16_000, 65_536, 10 ** 6, 2 ** 20]) {
      expect(same(file.bytes(1000 + distance, 3000 + distance), here)).toBe(false);
    }
  });

  test.each<[string, object]>([
    ["fewer bytes than its headers have", { size: 40 }],
    ["half a byte", { size: 1000.5 }],
    ["a negative length", { seconds: -1 }],
    ["an endless length", { seconds: Number.POSITIVE_INFINITY }],
  ])("cannot have %s", (_, options) => {
    expect(() => wavFile({ id, lastModified, ...options })).toThrow(RangeError);
  });
});

describe("MP3", () => {
  test.each([0.036, 2, 10])(
    "of %d s is an ID3 tag and frames of that length together",
    (seconds) => {
      const { title, frames, duration } = readMp3(mp3File({ id, seconds, lastModified }).bytes());
      expect(title).toBe(id);
      expect(duration).toBeCloseTo(seconds, 1);
      expect(frames).toBeGreaterThan(0);
    },
  );

  test("has at least one frame, and no negative length", () => {
    expect(readMp3(mp3File({ id, seconds: 0, lastModified }).bytes()).frames).toBe(1);
    expect(() => mp3File({ id, seconds: -1, lastModified })).toThrow(RangeError);
  });
});

describe("JPEG", () => {
  test("is a picture of 160 × 120 from SOI to EOI, with its id as a comment", () => {
    const { width, height, comment } = readJpeg(jpegFile({ id, lastModified }).bytes());
    expect({ width, height, comment }).toEqual({ width: 160, height: 120, comment: id });
  });
});

describe("PNG", () => {
  test("decodes to a drawing of 120 × 120, alike on both sides, with its id as the title", () => {
    const picture = decode(pngFile({ id, lastModified }).bytes(), { checkCrc: true });
    expect(picture).toMatchObject({ width: 120, height: 120, text: { Title: id } });
    const pixel = (x: number, y: number) => {
      const pair = picture.data[(y * 120 + x) >> 1] ?? 0; // two pixels in a byte
      return picture.palette?.[x % 2 === 0 ? pair >> 4 : pair & 15];
    };
    const colours = new Set<string>();
    for (let y = 0; y < 120; y++) {
      for (let x = 0; x < 60; x++) {
        colours.add(String(pixel(x, y)));
        expect(pixel(119 - x, y)).toEqual(pixel(x, y));
      }
    }
    expect(colours.size).toBe(2);
  });
});

describe("GIF", () => {
  test("decodes to a drawing of 60 × 60, alike on both sides, with its id as a comment", () => {
    const { width, height, pixels, palette, comment } = readGif(
      gifFile({ id, lastModified }).bytes(),
    );
    expect([width, height, comment]).toEqual([60, 60, id]);
    const colour = (x: number, y: number) => {
      const index = pixels[y * 60 + x] ?? 0;
      return String(palette.subarray(3 * index, 3 * index + 3));
    };
    const colours = new Set<string>();
    for (let y = 0; y < 60; y++) {
      for (let x = 0; x < 30; x++) {
        colours.add(colour(x, y));
        expect(colour(59 - x, y)).toBe(colour(x, y));
      }
    }
    expect(colours.size).toBe(2);
  });
});

describe("TIFF", () => {
  test("has so many pages of a fax, each with lines of its own", () => {
    const pages = readTiff(tiffFile({ id, pages: 3, lastModified }).bytes());
    expect(pages.map(({ width, height, description }) => [width, height, description])).toEqual(
      [1, 2, 3].map((page) => [1728, 1144, `${id}, page ${page}`]),
    );
    for (const { rows } of pages) {
      const ink = rows.filter((byte) => byte === 255).length / rows.length;
      expect(ink).toBeGreaterThan(0.1);
      expect(ink).toBeLessThan(0.5);
    }
    const [first, second] = pages;
    expect(first?.rows).not.toEqual(second?.rows);
  });

  test.each([0, 1001, 1.5])("refuses %s pages", (pages) => {
    expect(() => tiffFile({ id, pages, lastModified })).toThrow(RangeError);
  });
});

describe("MP4", () => {
  test("is whole boxes, the type first, with its id in one that players skip", () => {
    const boxes = readMp4(mp4File({ id, lastModified }).bytes());
    const types = boxes.map(({ type }) => type);
    expect(types[0]).toBe("ftyp");
    expect(types).toEqual(expect.arrayContaining(["moov", "moof", "mdat"]));
    expect(types.at(-1)).toBe("free");
    expect(text(boxes.at(-1)?.content ?? new Uint8Array())).toBe(id);
  });
});

describe("vCard", () => {
  test.each([id, "x".repeat(200), "a,b;c\\d"])("holds a contact with the id %s", (id) => {
    const card = text(vcardFile({ id, lastModified }).bytes());
    const lines = card.split("\r\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(75);
    const unfolded = card.replaceAll("\r\n ", "").split("\r\n");
    expect(unfolded.slice(0, 2)).toEqual(["BEGIN:VCARD", "VERSION:3.0"]);
    expect(unfolded.slice(-2)).toEqual(["END:VCARD", ""]);
    const uid = unfolded.find((line) => line.startsWith("UID:"))?.slice(4);
    expect(uid?.replace(/\\(.)/g, "$1")).toBe(id);
  });
});

describe("PDF", () => {
  test.each([1, 3, 250])(
    "of %d pages has them all, and a table that points to every object",
    (pages) => {
      const { objects, pageCount } = readPdf(pdfFile({ id, pages, lastModified }).bytes());
      expect(pageCount).toBe(pages);
      expect(objects.filter((object) => object.includes("/Type /Page "))).toHaveLength(pages);
      const contents = objects.filter((object) => object.includes("stream"));
      contents.forEach((content, page) => {
        expect(content).toContain(`(FAX ${id}  PAGE ${page + 1} OF ${pages}) Tj`);
        const [, length, stream] =
          /\/Length (\d+) >>\nstream\n(.*)\nendstream/s.exec(content) ?? [];
        expect(stream).toHaveLength(Number(length));
      });
    },
  );

  test("shows a title of any characters, and escapes what would end it", () => {
    const title = "Order (No. 7) \\ Überweisung 訂單";
    const { objects } = readPdf(pdfFile({ id, title, lastModified }).bytes());
    expect(objects.join()).toContain("(Order \\(No. 7\\) \\\\ Überweisung ??) Tj");
    expect(objects.join()).toContain("/Title <FEFF004f0072");
  });

  test.each([0, -1, 1.5, 10_001])("cannot have %d pages", (pages) => {
    expect(() => pdfFile({ id, pages, lastModified })).toThrow(RangeError);
  });
});
