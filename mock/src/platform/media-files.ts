/**
 * Files of one's own as media: of what kind a file is, and what a recording is told by its file.
 */

import type { MediaKind } from "@media-protection/contract";
import type { MediaFile } from "../files/media-file.js";
import { mp3Length } from "../files/mp3-length.js";
import { wavLength } from "../files/wav-length.js";
import type { AddedMedium } from "./media-lookup.js";
import { describeMedium } from "./media-lookup.js";
import type { Platform } from "./platform.js";

/** Types of recordings by extension. */
const heard: Readonly<Record<string, string>> = { wav: "audio/wav", mp3: "audio/mpeg" };
/** Types of fax documents by extension. */
const faxed: Readonly<Record<string, string>> = {
  pdf: "application/pdf",
  tif: "image/tiff",
  tiff: "image/tiff",
};

/** What has no known type. */
export const anyType = "application/octet-stream";

/** The type of a recording or a fax document by its extension; `undefined` for any other file. */
export function fixedType(kind: MediaKind, extension: string): string | undefined {
  const types = kind === "recording" ? heard : kind === "faxMedia" ? faxed : {};
  return Object.hasOwn(types, extension) ? types[extension] : undefined;
}

/** The kind that a file is where nobody says it; `undefined` where it can only be an attachment. */
export function kindOfExtension(extension: string): "recording" | "faxMedia" | undefined {
  if (Object.hasOwn(heard, extension)) return "recording";
  return Object.hasOwn(faxed, extension) ? "faxMedia" : undefined;
}

/** The type of an attachment: the contract has two for other kinds alone. */
export function attachmentType(extension: string, known: string | null | undefined): string {
  if (extension === "wav" || extension === "tif" || extension === "tiff") return anyType;
  return known || anyType;
}

/**
 * Adds a medium of files: one, or for a recording one for each format.
 *
 * @param options of the platform's `add…`, which checks them
 * @throws OptionError for an option that cannot be
 */
export function addFiles(
  platform: Platform,
  kind: MediaKind,
  files: readonly [MediaFile, ...MediaFile[]],
  options: object,
): AddedMedium {
  const [file] = files;
  return describeMedium(platform, add());

  function add() {
    switch (kind) {
      case "recording": {
        const wav = files.find((one) => one.extension === "wav");
        const mp3 = files.find((one) => one.extension === "mp3");
        const length = wav === undefined ? mp3Length(file) : wavLength(wav);
        const formats = { ...(wav && { wav }), ...(mp3 && { mp3 }) };
        return platform.addRecording({ ...length, ...formats, ...options }).recording;
      }
      case "messageMedia":
        return platform.addMessageMedia({ file, ...options }).media;
      case "faxMedia":
        return platform.addFaxMedia({ file, ...options }).media;
    }
  }
}
