import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { bytesFile, createPlatform, type Platform } from "@media-protection/mock";
import { describe, expect, onTestFinished, test } from "vitest";
import { readImport } from "../../../mock/dist/server/import.js";

async function importing(files: Readonly<Record<string, Uint8Array>>) {
  const folder = await mkdtemp(join(tmpdir(), "mock-import-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
  const found = await readImport(folder);
  const platform: Platform = createPlatform({ seed: "empty", plant: found.plant });
  return { found, platform, folder };
}

function chunk(name: string, bytes: Uint8Array, length = bytes.length): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, "latin1");
  head.writeUInt32LE(length, 4);
  return Buffer.concat([head, bytes, Buffer.alloc(bytes.length % 2)]);
}

/** Two channels of 16 bits, 8,000 times a second. */
function format(channels: number): Buffer {
  const fields = Buffer.alloc(16);
  fields.writeUInt16LE(1, 0);
  fields.writeUInt16LE(channels, 2);
  fields.writeUInt32LE(8000, 4);
  fields.writeUInt32LE(16_000 * channels, 8);
  fields.writeUInt16LE(2 * channels, 12);
  fields.writeUInt16LE(16, 14);
  return chunk("fmt ", fields);
}

function wav(...chunks: readonly Buffer[]): Buffer {
  return chunk("RIFF", Buffer.concat([Buffer.from("WAVE"), ...chunks]));
}

const twoSeconds = (channels: number) => Buffer.alloc(32_000 * channels, 1);

describe("a WAV of one's own", () => {
  test.each<[string, Buffer, number, number]>([
    ["plain", wav(format(1), chunk("data", twoSeconds(1))), 2, 1],
    ["stereo", wav(format(2), chunk("data", twoSeconds(2))), 2, 2],
    [
      "with JUNK first",
      wav(chunk("JUNK", Buffer.alloc(28)), format(1), chunk("data", twoSeconds(1))),
      2,
      1,
    ],
    [
      "with bext of odd size first",
      wav(chunk("bext", Buffer.alloc(603)), format(2), chunk("data", twoSeconds(2))),
      2,
      2,
    ],
    [
      "with LIST behind",
      wav(format(1), chunk("data", twoSeconds(1)), chunk("LIST", Buffer.alloc(64_000))),
      2,
      1,
    ],
    [
      "with LIST before",
      wav(format(1), chunk("LIST", Buffer.alloc(64_000)), chunk("data", twoSeconds(1))),
      2,
      1,
    ],
    ["of unknown length", wav(format(1), chunk("data", twoSeconds(1), 0xffffffff)), 2, 1],
    ["whose recorder was cut off", wav(format(1), chunk("data", twoSeconds(1), 0)), 2, 1],
    ["without data", wav(format(1)), 0, 1],
    ["that ends in a chunk", wav(format(1)).subarray(0, 30), 0, 1],
    ["that is none", Buffer.from("hello"), 0, 1],
    ["that is empty", Buffer.alloc(0), 0, 1],
  ])("%s is as long as its sound", async (_, bytes, seconds, channels) => {
    const { platform } = await importing({ "call.wav": bytes });
    const [found] = [...platform.recordings.all()].map(({ entity }) => entity);
    expect(found).toMatchObject({ durationSeconds: seconds, channels });
    expect(Buffer.from(found?.files.wav.bytes() ?? [])).toEqual(Buffer.from(bytes));
  });
});

test.each([
  ["heic", "image/heic"],
  ["webp", "image/webp"],
  ["3gp", "video/3gpp"],
  ["mov", "video/quicktime"],
  ["amr", "audio/amr"],
  ["aac", "audio/aac"],
  ["ogg", "audio/ogg"],
  ["opus", "audio/ogg"],
  ["m4a", "audio/mp4"],
  ["docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
  ["vcf", "text/vcard"],
  ["ics", "text/calendar"],
  ["txt", "text/plain"],
  ["xyz123", "application/octet-stream"],
  ["wav", "application/octet-stream"],
  ["constructor", "application/octet-stream"],
])("an attachment .%s is %s", async (extension, type) => {
  for (const written of [extension, extension.toUpperCase()]) {
    const { platform } = await importing({ [`messages/x.${written}`]: Buffer.from("x") });
    const [found] = [...platform.messageMedia.all()].map(({ entity }) => entity);
    expect(found?.file.contentType).toBe(type);
  }
});

test("two files that would be the same half of a recording: one is served, the other named", async () => {
  const { found, platform } = await importing({
    "same.WAV": wav(format(1), chunk("data", twoSeconds(1))),
    "same.wav": wav(format(2), chunk("data", twoSeconds(2))),
    "other.wav": wav(format(1), chunk("data", twoSeconds(1))),
  });
  // On a system where they are one file, there is nothing to name.
  const served = [...platform.recordings.all()].length;
  expect(served).toBe(2);
  for (const skipped of found.skipped)
    expect(skipped).toMatch(/^same\.(wav|WAV): a file of the same/);
});

test.skipIf(process.getuid?.() === 0)(
  "a file or a folder that cannot be read is named, and the rest is served (not as root, who may read all)",
  async () => {
    const { folder } = await importing({
      "a.wav": wav(format(1)),
      "b.pdf": Buffer.from("%PDF-"),
      "c/d.pdf": Buffer.from("%PDF-"),
    });
    await chmod(join(folder, "b.pdf"), 0);
    await chmod(join(folder, "c"), 0);
    onTestFinished(() => chmod(join(folder, "c"), 0o700));
    const found = await readImport(folder);
    expect(found.count).toBe(1);
    expect(found.skipped).toEqual([
      "c: it cannot be read (EACCES)",
      "b.pdf: it cannot be read (EACCES)",
    ]);
  },
);

test("the tag of a file is that of its bytes, however it came", async () => {
  const bytes = wav(format(1), chunk("data", twoSeconds(1)));
  const { platform } = await importing({ "call.wav": bytes });
  const [found] = [...platform.recordings.all()].map(({ entity }) => entity);
  const same = bytesFile({
    bytes,
    contentType: "audio/wav",
    extension: "wav",
    lastModified: new Date(0),
  });
  expect(found?.files.wav.etag).toBe(same.etag);
});

test.each([
  ["contentType", "image/pñg€"],
  ["contentType", "image/png\r\nx: y"],
  ["contentType", ""],
  ["extension", "a/b"],
  ["extension", "p€g"],
  ["extension", ""],
])("bytesFile refuses the %s %j when it is given", (name, value) => {
  const usual = { bytes: new Uint8Array(1), contentType: "image/png", extension: "png" };
  const make = () => bytesFile({ ...usual, lastModified: new Date(0), [name]: value });
  expect(make).toThrow(RangeError);
});
