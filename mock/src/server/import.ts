/**
 * One's own files as media: a folder is read once, and each file in it becomes a recording, an
 * attachment or a fax document.
 */

import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import type { MediaKind } from "@media-protection/contract";
import { bytesFile, type MediaFile } from "../files/files.js";
import { OptionError } from "../platform/options.js";
import type { Platform } from "../platform/platform.js";

/** The media types of the contract, by extension, with the kind that each is where no folder says it. */
const types: Readonly<Record<string, { readonly type: string; readonly kind: MediaKind }>> = {
  wav: { type: "audio/wav", kind: "recording" },
  mp3: { type: "audio/mpeg", kind: "recording" },
  pdf: { type: "application/pdf", kind: "faxMedia" },
  tif: { type: "image/tiff", kind: "faxMedia" },
  tiff: { type: "image/tiff", kind: "faxMedia" },
  jpg: { type: "image/jpeg", kind: "messageMedia" },
  jpeg: { type: "image/jpeg", kind: "messageMedia" },
  png: { type: "image/png", kind: "messageMedia" },
  gif: { type: "image/gif", kind: "messageMedia" },
  mp4: { type: "video/mp4", kind: "messageMedia" },
  vcf: { type: "text/vcard", kind: "messageMedia" },
};

/** What the contract has no type for. */
const anyType = "application/octet-stream";

/** Types of the other kinds that the contract has not for attachments. */
const notAttached: ReadonlySet<string> = new Set(["audio/wav", "image/tiff"]);

/** Folders that say of what kind the files in them are. */
const kindOfFolder: Readonly<Record<string, MediaKind>> = {
  recordings: "recording",
  messages: "messageMedia",
  faxes: "faxMedia",
};

/** The largest file that is served: they are kept in memory, as files of the platform never change. */
const maxBytes = 512 * 1024 * 1024;

/** A file that becomes a medium. */
interface Found {
  /** Its path in the folder, with slashes on every system; without extension for a recording. */
  readonly name: string;
  readonly kind: MediaKind;
  readonly file: MediaFile;
}

/** What was found in a folder. */
export interface Import {
  /** How many media there are; the two formats of a recording are one. */
  readonly count: number;
  /** Files that are not served, each with why. */
  readonly skipped: readonly string[];
  /** Adds the media, always with the same ids. */
  plant(platform: Platform): void;
}

/**
 * Reads a folder and those in it. The folders `recordings`, `messages` and `faxes` say of what kind
 * the files in them are, attachments of any type; elsewhere WAV and MP3 are recordings, PDF and TIFF
 * fax documents, pictures, videos and cards attachments. `call.wav` and `call.mp3` side by side are one recording.
 * Hidden files are left out, and links, which could lead anywhere.
 *
 * @throws OptionError for what is no folder, or cannot be read.
 */
export async function readImport(folder: string): Promise<Import> {
  const found: Found[] = [];
  const skipped: string[] = [];
  for (const path of await filesIn(folder)) {
    const name = relative(folder, path).split(sep).join("/");
    const read = await readMedium(path, name);
    if (typeof read === "string") skipped.push(`${name}: ${read}`);
    else found.push(read);
  }
  const media = groupByName(found);
  return {
    count: media.length,
    skipped,
    plant(platform) {
      for (const files of media) add(platform, files);
    },
  };
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const visible = entries.filter(({ name }) => !name.startsWith("."));
    const nested = await Promise.all(
      visible
        // The same order on every system.
        .sort((first, second) => (first.name < second.name ? -1 : 1))
        .map((entry) => {
          const path = join(folder, entry.name);
          if (entry.isDirectory()) return filesIn(path);
          return entry.isFile() ? [path] : [];
        }),
    );
    return nested.flat();
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new OptionError("import", `a folder that can be read (${String(error.code)}: ${folder})`);
  }
}

/** A file as a medium, or why it cannot be one. */
async function readMedium(path: string, name: string): Promise<Found | string> {
  const extension = extname(name).slice(1).toLowerCase();
  const usual = Object.hasOwn(types, extension) ? types[extension] : undefined;
  const folders = name.split("/").slice(0, -1).reverse();
  const folder = folders.find((one) => Object.hasOwn(kindOfFolder, one));
  const kind = folder === undefined ? usual?.kind : kindOfFolder[folder];
  if (kind === undefined) return "no medium has this extension";
  if (kind !== "messageMedia" && kind !== usual?.kind)
    return `no file of ${folder} has this extension`;
  const type = usual?.type ?? anyType;
  const contentType = kind === "messageMedia" && notAttached.has(type) ? anyType : type;
  const { size, mtime } = await stat(path);
  if (size > maxBytes) return `it is larger than ${maxBytes / 1024 / 1024} MiB`;
  const bytes = await readFile(path);
  const file = bytesFile({
    bytes,
    contentType,
    // It ends up in a URL.
    extension: /^\w+$/.test(extension) ? extension : "bin",
    lastModified: mtime,
  });
  return { name: kind === "recording" ? name.slice(0, -extname(name).length) : name, kind, file };
}

/** The media, each with its files: two for a recording in both formats. */
function groupByName(found: readonly Found[]): Found[][] {
  const groups = new Map<string, Found[]>();
  for (const one of found) {
    const key = `${one.kind} ${one.name}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function add(platform: Platform, files: readonly Found[]): void {
  const [first] = files;
  if (first === undefined) return;
  const { kind, name, file } = first;
  const id = idOf(kind, name);
  const createdAt = file.lastModified.getTime();
  switch (kind) {
    case "recording": {
      const wav = files.find((one) => one.file.extension === "wav")?.file;
      const mp3 = files.find((one) => one.file.extension === "mp3")?.file;
      const seconds = wav === undefined ? mp3Seconds(file) : wavSeconds(wav);
      platform.addRecording({
        id,
        createdAt,
        seconds,
        ...(wav === undefined ? {} : { wav }),
        ...(mp3 === undefined ? {} : { mp3 }),
      });
      break;
    }
    case "messageMedia":
      platform.addMessageMedia({ id, createdAt, file, body: name });
      break;
    case "faxMedia":
      platform.addFaxMedia({ id, createdAt, file });
      break;
  }
}

/** A UUID from a name (version 8, RFC 9562 §5.8): the same file has the same URL every time. */
function idOf(kind: MediaKind, name: string): string {
  const digits = createHash("sha256").update(`${kind} ${name}`).digest("hex");
  const variant = "89ab".charAt(Number.parseInt(digits.charAt(15), 16) & 3);
  const groups = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(12, 15)}`,
    variant + digits.slice(16, 19),
    digits.slice(19, 31),
  ];
  return groups.join("-");
}

/** How long a WAV lasts, by the bytes a second that its header tells at offset 28. */
function wavSeconds(file: MediaFile): number {
  if (file.size < 44) return 0;
  const header = file.bytes(0, 44);
  const perSecond = new DataView(header.buffer).getUint32(28, true);
  return perSecond === 0 ? 0 : (file.size - header.length) / perSecond;
}

/** How long an MP3 lasts, roughly: as if it had 128 kbit/s. */
function mp3Seconds(file: MediaFile): number {
  return file.size / 16_000;
}
