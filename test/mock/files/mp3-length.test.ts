import { bytesFile, createPlatform } from "@media-protection/mock";
import { expect, test } from "vitest";
import { mp3Length } from "../../../mock/dist/files/mp3-length.js";

const lastModified = new Date(0);
const file = (...parts: readonly (readonly number[])[]) =>
  bytesFile({
    ...{ contentType: "audio/mpeg", extension: "mp3", lastModified },
    bytes: Uint8Array.from(parts.flat()),
  });
const zeros = (length: number) => Array.from({ length }, () => 0);

test("an MP3 that the mock makes lasts as long as it was made", () => {
  const { seconds, channels } = mp3Length(
    createPlatform({}).addRecording({ seconds: 2.988 }).recording.files.mp3,
  );
  expect(seconds).toBeCloseTo(2.988, 2);
  expect(channels).toBe(1);
});

test.each([
  ["MPEG-1, 128 kbit/s, stereo", [0xff, 0xfb, 0x90, 0x00], 16_000, 2],
  ["MPEG-1, 64 kbit/s, mono", [0xff, 0xfb, 0x50, 0xc0], 8000, 1],
  ["MPEG-2, 64 kbit/s, joint stereo", [0xff, 0xf3, 0x80, 0x40], 8000, 2],
  ["MPEG-2.5, 8 kbit/s, mono", [0xff, 0xe3, 0x10, 0xc0], 1000, 1],
])("%s", (_, head, bytesPerSecond, channels) => {
  const tag = [0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 1, 0x7f, ...zeros(255)];
  const padding = zeros(17);
  const measured = mp3Length(file(tag, padding, head, zeros(3 * bytesPerSecond - 4)));
  expect(measured).toEqual({ seconds: 3, channels });
});

test.each([
  ["nothing", []],
  ["text", [...Buffer.from("This is no sound at all.")]],
  ["a tag alone", [0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 0]],
  ["a frame of a rate that is none", [0xff, 0xfb, 0xf0, 0x00]],
])("%s is no MP3", (_, bytes) => {
  expect(mp3Length(file(bytes))).toEqual({ seconds: 0, channels: 1 });
});
