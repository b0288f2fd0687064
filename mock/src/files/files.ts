import { gifFile } from "./gif.js";
import { jpegFile } from "./jpeg.js";
import { type MediaFile, mediaFile } from "./media-file.js";
import { mp3File } from "./mp3.js";
import { mp4File } from "./mp4.js";
import { pdfFile } from "./pdf.js";
import { pngFile } from "./png.js";
import { tiffFile } from "./tiff.js";
import { vcardFile } from "./vcard.js";
import { wavFile } from "./wav.js";

export { type GifOptions, gifFile } from "./gif.js";
export { type JpegOptions, jpegFile } from "./jpeg.js";
export type { MediaFile } from "./media-file.js";
export { type Mp3Options, mp3File } from "./mp3.js";
export { type Mp4Options, mp4File } from "./mp4.js";
export { type PdfOptions, pdfFile } from "./pdf.js";
export { type PngOptions, pngFile } from "./png.js";
export { type TiffOptions, tiffFile } from "./tiff.js";
export { type VcardOptions, vcardFile } from "./vcard.js";
export { type WavOptions, wavFile } from "./wav.js";

/** What {@link bytesFile} needs to know. */
export interface BytesOptions {
  readonly bytes: Uint8Array;
  /** Sent as it is, in printable ASCII; not checked against the bytes. */
  readonly contentType: string;
  /** Without the dot: letters, digits, `_` and `-`, as it stands in URLs. */
  readonly extension: string;
  readonly lastModified: Date;
}

/**
 * A file of the caller's own bytes. They are copied, so that changing the array later does not change
 * a file whose validators are already known.
 *
 * @throws RangeError for a type that no header can carry, an extension that no URL can, or no date
 */
export function bytesFile({
  bytes,
  contentType,
  extension,
  lastModified,
}: BytesOptions): MediaFile {
  if (!/^[\x21-\x7e][\x20-\x7e]*$/.test(contentType)) {
    throw new RangeError(`A content type is printable ASCII, not ${JSON.stringify(contentType)}`);
  }
  if (!/^[\w-]+$/.test(extension)) {
    throw new RangeError(`An extension is letters and digits, not ${JSON.stringify(extension)}`);
  }
  const pattern = bytes.slice();
  const content = { head: new Uint8Array(0), pattern, size: pattern.length };
  return mediaFile({ contentType, extension }, lastModified, () => content);
}

/** What {@link fileOfType} needs to know: what any of the makers takes; each uses what concerns it. */
export interface FileOptions {
  readonly id: string;
  readonly lastModified: Date;
  /** Length of audio. */
  readonly seconds?: number | undefined;
  /** Size of a WAV in bytes, instead of `seconds`. */
  readonly size?: number | undefined;
  /** Channels of a WAV. */
  readonly channels?: 1 | 2 | undefined;
  /** Pages of a document. */
  readonly pages?: number | undefined;
  /** Title of a document. */
  readonly title?: string | undefined;
}

const MAKERS: ReadonlyMap<string, (options: FileOptions) => MediaFile> = new Map([
  ["audio/wav", wavFile],
  ["audio/mpeg", mp3File],
  ["image/jpeg", jpegFile],
  ["image/png", pngFile],
  ["image/gif", gifFile],
  ["video/mp4", mp4File],
  ["text/vcard", vcardFile],
  ["application/pdf", pdfFile],
  ["image/tiff", tiffFile],
]);

/** There is no maker for a media type. `bytesFile` takes bytes of any type. */
export class UnknownMediaTypeError extends Error {
  override readonly name = "UnknownMediaTypeError";
  /** The type that was asked for. */
  readonly contentType: string;

  constructor(contentType: string) {
    const known = [...MAKERS.keys()].join(", ");
    super(`No file can be made of type ${JSON.stringify(contentType)}; known are ${known}`);
    this.contentType = contentType;
  }
}

/**
 * A file of the type a `Content-Type` names, in any case and with or without parameters.
 *
 * @throws UnknownMediaTypeError when there is no maker for the type
 * @throws RangeError as the type's maker does
 */
export function fileOfType(contentType: string, options: FileOptions): MediaFile {
  const [type = ""] = contentType.split(";");
  const make = MAKERS.get(type.trim().toLowerCase());
  if (!make) throw new UnknownMediaTypeError(contentType);
  return make(options);
}
