/**
 * Media types that calls, phones and offices send, and the extension a file of each should have. A
 * table of ours and no library, since the entry for browsers depends on nothing; a test holds it
 * against a library's.
 */
const byType = new Map(
  Object.entries({
    "application/json": "json",
    "application/msword": "doc",
    "application/ogg": "ogg",
    "application/pdf": "pdf",
    "application/rtf": "rtf",
    "application/smil": "smil",
    "application/smil+xml": "smil",
    "application/vnd.google-earth.kml+xml": "kml",
    "application/vnd.google-earth.kmz": "kmz",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/xml": "xml",
    "application/zip": "zip",
    "audio/3gpp": "3gp",
    "audio/3gpp2": "3g2",
    "audio/aac": "aac",
    "audio/aacp": "aac",
    "audio/amr": "amr",
    "audio/amr-wb": "awb",
    "audio/basic": "au",
    "audio/flac": "flac",
    "audio/m4a": "m4a",
    "audio/midi": "mid",
    "audio/mp3": "mp3",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/opus": "opus",
    "audio/vnd.wave": "wav",
    "audio/wav": "wav",
    "audio/wave": "wav",
    "audio/webm": "weba",
    "audio/x-aac": "aac",
    "audio/x-caf": "caf",
    "audio/x-m4a": "m4a",
    "audio/x-wav": "wav",
    "image/avif": "avif",
    "image/bmp": "bmp",
    "image/gif": "gif",
    "image/heic": "heic",
    "image/heic-sequence": "heics",
    "image/heif": "heif",
    "image/heif-sequence": "heifs",
    "image/jpeg": "jpg",
    "image/jpg": "jpg",
    "image/pjpeg": "jpg",
    "image/png": "png",
    "image/svg+xml": "svg",
    "image/tiff": "tiff",
    "image/vnd.wap.wbmp": "wbmp",
    "image/webp": "webp",
    "image/x-ms-bmp": "bmp",
    "text/calendar": "ics",
    "text/csv": "csv",
    "text/directory": "vcf",
    "text/html": "html",
    "text/markdown": "md",
    "text/plain": "txt",
    "text/rtf": "rtf",
    "text/vcard": "vcf",
    "text/x-vcalendar": "vcs",
    "text/x-vcard": "vcf",
    "text/xml": "xml",
    "video/3gpp": "3gp",
    "video/3gpp2": "3g2",
    "video/h264": "h264",
    "video/mp4": "mp4",
    "video/mpeg": "mpeg",
    "video/quicktime": "mov",
    "video/webm": "webm",
    "video/x-m4v": "m4v",
    "video/x-matroska": "mkv",
    "video/x-msvideo": "avi",
  }),
);

/** Extensions that are written in a URL in more ways than one, or are of no type above. */
const alsoWritten = ["7z", "gz", "jpeg", "mpg", "oga", "ogv", "tif"];
const known = new Set([...byType.values(), ...alsoWritten]);

/** Types that say too little, each with what else a file of it may be. */
const general: readonly (readonly [type: RegExp, extensions: RegExp])[] = [
  [/^(?:application|binary)\/(?:octet-stream|x-binary|force-download|download)$/, /./],
  [/^application\/(?:zip|x-zip-compressed)$/, /^(?:docx|xlsx|pptx|kmz|zip)$/],
  [/^(?:text|application)\/xml$/, /^(?:smil|kml|svg|xml)$/],
  [/^text\/plain$/, /^(?:csv|ics|json|md|rtf|smil|txt|vcf|vcs|xml)$/],
  [/^(?:application|audio|video)\/ogg$/, /^(?:oga|ogg|ogv|opus)$/],
  [/^(?:audio|video)\/(?:3gpp2?|mp4)$/, /^(?:3g2|3gp|aac|m4a|m4v|mp4)$/],
];

/**
 * The extension of a medium: its type's; or the one written in its URL, if that is a known one and the
 * type is absent, unknown or so general that the file may be of it; or what was asked for.
 *
 * @param type the media type, lower case, without parameters
 * @param written the extension in the URL, in any case
 */
export function extensionOf(
  type: string | undefined,
  written: string | undefined,
  asked?: string,
): string {
  const lower = written?.toLowerCase();
  const readable = lower !== undefined && known.has(lower) ? lower : undefined;
  const own = type === undefined ? undefined : byType.get(type);
  const may = general.find(([pattern]) => pattern.test(type ?? ""))?.[1];
  if (readable !== undefined && may?.test(readable)) return readable;
  return own ?? readable ?? asked ?? "bin";
}

/** Every type of the table with its extension. */
export function knownTypes(): ReadonlyMap<string, string> {
  return byType;
}
