import type { MediaRef } from "@media-protection/sdk/media-url";
import fc from "fast-check";
import mime from "mime";
import { describe, expect, test } from "vitest";
import { extensionOf, knownTypes } from "../../../packages/sdk/dist/download/extensions.js";
import { fileNameOf } from "../../../packages/sdk/dist/download/file-name.js";

const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
const id = "0b7e0c1a-93a4-4a54-8a6e-6a1f3c2d4e5f";
const parent = "7d1c2b3a-1111-4aaa-8bbb-cccccccccccc";
const origin = "https://files.signalwire.com";
const hosted = (kind: "recording" | "messageMedia" | "faxMedia", file: string) =>
  ({ kind, origin, projectId, spaceId: "s", file }) satisfies MediaRef;

describe("one medium has one name by each URL that holds its id", () => {
  const upper = id.toUpperCase();
  test.each<[what: string, type: string | undefined, name: string, refs: MediaRef[]]>([
    [
      "a recording",
      "audio/wav",
      `${id}.wav`,
      [
        { kind: "recording", projectId, recordingId: id },
        { kind: "recording", projectId, recordingId: upper, format: "wav" },
        hosted("recording", `${id}.wav`),
        hosted("recording", `${upper}.WAV`),
      ],
    ],
    [
      "a recording of a type that says nothing",
      "application/octet-stream",
      `${id}.mp3`,
      [
        { kind: "recording", projectId, recordingId: id, format: "mp3" },
        hosted("recording", `${id}.mp3`),
      ],
    ],
    [
      "a fax",
      "application/pdf",
      `${id}.pdf`,
      [
        { kind: "faxMedia", projectId, faxId: parent, mediaId: id },
        hosted("faxMedia", `20240509-${id}.pdf`),
        hosted("faxMedia", `${id}.pdf`),
      ],
    ],
    [
      "an attachment",
      "image/jpeg",
      `${id}.jpg`,
      [
        { kind: "messageMedia", projectId, messageId: parent, mediaId: id },
        hosted("messageMedia", `${id}.JPG`),
        { ...hosted("messageMedia", `${id}.jpeg`), folder: "messages" },
      ],
    ],
  ])("%s", (_, type, name, refs) => {
    for (const ref of refs) expect(fileNameOf(ref, type)).toBe(name);
  });
});

describe("the extension", () => {
  test.each([
    ["of the type, whatever the URL says", "audio/mpeg", "wav", "mp3"],
    ["of the URL, where the type says nothing", "application/octet-stream", "HEIC", "heic"],
    ["of the URL, of bytes called binary", "binary/octet-stream", "JPG", "jpg"],
    ["of the URL, where there is no type", undefined, "amr", "amr"],
    ["of the URL, where nobody knows the type", "application/x-unknown", "docx", "docx"],
    ["of the URL, for a document that is a ZIP", "application/zip", "XLSX", "xlsx"],
    ["of the type, for a ZIP that is called a picture", "application/zip", "jpg", "zip"],
    ["of the URL, for a layout that is XML", "application/xml", "smil", "smil"],
    ["of the URL, for a contact that is text", "text/plain", "vcf", "vcf"],
    ["of the type, for text that is called a program", "text/plain", "exe", "txt"],
    ["none that runs", "application/octet-stream", "exe", "bin"],
    ["none that nobody knows", undefined, "xyz", "bin"],
    ["none that is a property of every object", undefined, "constructor", "bin"],
  ])("is %s", (_, type, written, extension) => {
    expect(extensionOf(type, written)).toBe(extension);
  });

  test.each([
    ["image/heic", "heic"],
    ["image/heif", "heif"],
    ["image/avif", "avif"],
    ["audio/aac", "aac"],
    ["audio/amr", "amr"],
    ["audio/amr-wb", "awb"],
    ["audio/3gpp", "3gp"],
    ["video/3gpp2", "3g2"],
    ["audio/opus", "opus"],
    ["audio/x-m4a", "m4a"],
    ["video/quicktime", "mov"],
    ["application/rtf", "rtf"],
    ["application/vnd.google-earth.kml+xml", "kml"],
    ["application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"],
    ["application/smil", "smil"],
  ])("of %s is %s", (type, extension) => {
    expect(extensionOf(type, undefined)).toBe(extension);
  });

  test("is lower case and short, for every type of the table", () => {
    expect(knownTypes().size).toBeGreaterThan(70);
    for (const [type, extension] of knownTypes()) {
      expect(type).toBe(type.toLowerCase());
      expect(extension).toMatch(/^[a-z0-9]{2,5}$/);
    }
  });
});

test("the table of types is that of the library mime, but for what phones and old clients say", () => {
  const ours: Readonly<Record<string, string>> = {
    // The library names the container's rarer extension first, or only.
    "application/ogg": "ogg",
    "audio/3gpp": "3gp",
    "image/pjpeg": "jpg",
    "text/vcard": "vcf",
    // It does not know these: types of carriers, of old clients, or without a registration.
    "application/smil": "smil",
    "audio/3gpp2": "3g2",
    "audio/aacp": "aac",
    "audio/amr-wb": "awb",
    "audio/flac": "flac",
    "audio/m4a": "m4a",
    "audio/opus": "opus",
    "audio/vnd.wave": "wav",
    "image/jpg": "jpg",
    "text/directory": "vcf",
  };
  const other = [...knownTypes()].filter(
    ([type, extension]) => !mime.getAllExtensions(type)?.has(extension),
  );
  expect(Object.fromEntries(other)).toEqual(ours);
});

describe("a sender's own name", () => {
  test.each([
    ["IMG_1234.JPG", "IMG_1234.jpg"],
    ["R%C3%A9sum%C3%A9%20%26%20co.JPG", "Résumé & co.jpg"],
    ["%E5%86%99%E7%9C%9F.JPG", "写真.jpg"],
    ["a%3Ab%2Ac%3Fd%22e%3Cf%3Eg%7Ch.JPG", "a_b_c_d_e_f_g_h.jpg"],
    ["a%E2%80%AEgpj.JPG", "a_gpj.jpg"],
    ["%C3.JPG", "%C3.jpg"],
    ["a...JPG", "a_.jpg"],
    ["CON.JPG", "_CON.jpg"],
    ["nul.tar.JPG", "_nul.tar.jpg"],
    ["COM1.JPG", "_COM1.jpg"],
    ["lpt%C2%B2.JPG", "_lpt².jpg"],
    ["console.JPG", "console.jpg"],
    ["con%20.x.JPG", "_con .x.jpg"],
    ["Aux%20%20.JPG", "Aux_.jpg"],
    ["com1%20%20.tar.JPG", "_com1  .tar.jpg"],
    ["con%20x.JPG", "con x.jpg"],
    ["%C2%A0.JPG", "_.jpg"],
    ["%E2%80%8D.JPG", "_.jpg"],
    ["%EF%B8%8F.JPG", "_.jpg"],
    ["%E2%A0%80.JPG", "_.jpg"],
    ["%E3%80%80a%E2%80%83b.JPG", "_a b.jpg"],
    ["%F0%9F%91%A9%E2%80%8D%F0%9F%91%A7%20%E2%9D%A4%EF%B8%8F.JPG", "👩‍👧 ❤️.jpg"],
  ])("%s becomes %s", (file, name) => {
    expect(fileNameOf(hosted("messageMedia", file), "image/jpeg")).toBe(name);
  });

  test.each([
    0x00, 0x1f, 0x7f, 0x85, 0xad, 0x61c, 0x115f, 0x180e, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029,
    0x202a, 0x202e, 0x2060, 0x2064, 0x2066, 0x2069, 0x3164, 0xfeff, 0xffa0, 0xfff9, 0xe0001,
    0xe0041, 0xe007f,
  ])("shows that U+%#x was in it", (code) => {
    const file = `a${encodeURIComponent(String.fromCodePoint(code))}b.jpg`;
    expect(fileNameOf(hosted("messageMedia", file), "image/jpeg")).toBe("a_b.jpg");
  });

  test("of any characters and any length is one that every file system takes", () => {
    const text = fc.string({ unit: "binary", minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(text, (name) => {
        const file = `${encodeURIComponent(name)}.jpg`;
        const made = fileNameOf(hosted("messageMedia", file), "image/jpeg");
        expect(Buffer.byteLength(made)).toBeLessThanOrEqual(255);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be in it
        expect(made).not.toMatch(/[\u0000-\u001f\u007f-\u009f"*/:<>?\\|]/);
        expect(made).toMatch(/[^. ]\.jpg$/);
        expect(made).not.toMatch(/^[. ]/);
        expect(made).not.toMatch(/[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/);
      }),
    );
  });
});
