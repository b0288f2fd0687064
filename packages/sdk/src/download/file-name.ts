import type { MediaRef } from "../trust/media-reference.js";

/** Media types the platform is known to carry, and the extension a file of each should have. */
const extensions = new Map(
  Object.entries({
    "application/pdf": "pdf",
    "audio/3gpp": "3gp",
    "audio/amr": "amr",
    "audio/mp3": "mp3",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/vnd.wave": "wav",
    "audio/wav": "wav",
    "audio/wave": "wav",
    "audio/webm": "webm",
    "audio/x-wav": "wav",
    "image/bmp": "bmp",
    "image/gif": "gif",
    "image/heic": "heic",
    "image/jpeg": "jpg",
    "image/jpg": "jpg",
    "image/png": "png",
    "image/svg+xml": "svg",
    "image/tiff": "tiff",
    "image/webp": "webp",
    "text/calendar": "ics",
    "text/csv": "csv",
    "text/directory": "vcf",
    "text/plain": "txt",
    "text/rtf": "rtf",
    "text/vcard": "vcf",
    "text/x-vcard": "vcf",
    "video/3gpp": "3gp",
    "video/mp4": "mp4",
    "video/mpeg": "mpeg",
    "video/quicktime": "mov",
    "video/webm": "webm",
  }),
);
const knownExtensions = new Set(extensions.values());

/** A `Content-Type` without its parameters, lower case (RFC 9110 §8.3.1). */
export function mediaType(contentType: string | null): string | undefined {
  const type = contentType?.split(";", 1)[0]?.trim().toLowerCase();
  return type === "" ? undefined : type;
}

/**
 * The name to save a medium under: its id, and the extension of its type. Nothing of it comes from
 * the wire but the type, which only selects from a fixed list; so no separator, dot segment or
 * control character can get in.
 */
export function fileNameOf(ref: MediaRef, type: string | undefined): string {
  const hosted = "origin" in ref ? /^(.+)\.([a-z0-9]+)$/.exec(ref.file) : null;
  const known = type === undefined ? undefined : extensions.get(type);
  const asked = ref.kind === "recording" && "format" in ref ? ref.format : undefined;
  const written = knownExtensions.has(hosted?.[2] ?? "") ? hosted?.[2] : undefined;
  return `${hosted?.[1] ?? idOf(ref)}.${known ?? written ?? asked ?? "bin"}`;
}

function idOf(ref: MediaRef): string {
  if ("origin" in ref) return ref.file;
  return ref.kind === "recording" ? ref.recordingId : ref.mediaId;
}
