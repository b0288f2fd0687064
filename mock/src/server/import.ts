/**
 * One's own files as media: a folder is read once, and each file in it becomes a recording, an
 * attachment or a fax document.
 */

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import type { MediaKind } from "@media-protection/contract";
import mime from "mime";
import { Hash53 } from "../files/hash53.js";
import { etagSeed, formatEtag, type MediaFile, ownFile } from "../files/media-file.js";
import {
  addFiles,
  anyType,
  attachmentType,
  fixedType,
  kindOfExtension,
} from "../platform/media-files.js";
import { OptionError } from "../platform/options.js";
import type { Platform } from "../platform/platform.js";

/** What is an attachment where no folder says so. */
const attached = new Set(["jpg", "jpeg", "png", "gif", "mp4", "vcf"]);

/** Types of attachments that phones send and the library does not know, or calls otherwise than we. */
const phones: Readonly<Record<string, string>> = {
  amr: "audio/amr",
  awb: "audio/amr-wb",
  caf: "audio/x-caf",
  opus: "audio/ogg",
  m4a: "audio/mp4",
  smil: "application/smil",
  smi: "application/smil",
  vcf: "text/vcard",
  "3gp": "video/3gpp",
  "3g2": "video/3gpp2",
};

function usualKind(extension: string): MediaKind | undefined {
  return kindOfExtension(extension) ?? (attached.has(extension) ? "messageMedia" : undefined);
}

/** The type of an attachment by its extension. */
function attachedType(extension: string): string {
  const ofPhones = Object.hasOwn(phones, extension) ? phones[extension] : undefined;
  return attachmentType(extension, ofPhones ?? mime.getType(extension));
}

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
  const nameOf = (path: string) => relative(folder, path).split(sep).join("/");
  const skip = (path: string, why: string) => void skipped.push(`${nameOf(path)}: ${why}`);
  const taken = new Set<string>();
  for (const path of await filesIn(folder, skip)) {
    const read = await readMedium(path, nameOf(path));
    if (typeof read === "string") {
      skip(path, read);
      continue;
    }
    // On systems where `call.wav` and `call.WAV` are two files, they would be the same half of one
    // recording.
    const slot = `${read.kind} ${read.name} ${read.kind === "recording" ? read.file.extension : ""}`;
    if (taken.has(slot))
      skip(path, "a file of the same name in other letters is served in its place");
    else found.push(read);
    taken.add(slot);
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

/** The files in a folder, and in those in it; a folder inside that cannot be read is left out. */
async function filesIn(
  folder: string,
  skip: (path: string, why: string) => void,
  isTop = true,
): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const visible = entries.filter(({ name }) => !name.startsWith("."));
    const nested = await Promise.all(
      visible
        // The same order on every system.
        .sort((first, second) => (first.name < second.name ? -1 : 1))
        .map((entry) => {
          const path = join(folder, entry.name);
          if (entry.isDirectory()) return filesIn(path, skip, false);
          return entry.isFile() ? [path] : [];
        }),
    );
    return nested.flat();
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    if (!isTop) {
      skip(folder, `it cannot be read (${error.code})`);
      return [];
    }
    throw new OptionError("import", `a folder that can be read (${String(error.code)}: ${folder})`);
  }
}

/** A file as a medium, or why it cannot be one. */
async function readMedium(path: string, name: string): Promise<Found | string> {
  const extension = extname(name).slice(1).toLowerCase();
  const usual = usualKind(extension);
  const folders = name.split("/").slice(0, -1).reverse();
  const folder = folders.find((one) => Object.hasOwn(kindOfFolder, one));
  const kind = folder === undefined ? usual : kindOfFolder[folder];
  if (kind === undefined) return "no medium has this extension";
  if (kind !== "messageMedia" && kind !== usual) return `no file of ${folder} has this extension`;
  const contentType =
    kind === "messageMedia" ? attachedType(extension) : (fixedType(kind, extension) ?? anyType);
  const read = await readBytes(path);
  if (typeof read === "string") return read;
  const file = ownFile({
    contentType,
    // It ends up in a URL.
    extension: /^\w+$/.test(extension) ? extension : "bin",
    ...read,
  });
  return { name: kind === "recording" ? name.slice(0, -extname(name).length) : name, kind, file };
}

/** The bytes of a file, their entity tag, and when they were changed; or why they cannot be read. */
async function readBytes(path: string) {
  try {
    const { size, mtime } = await stat(path);
    if (size > maxBytes) return `it is larger than ${maxBytes / 1024 / 1024} MiB`;
    const bytes = new Uint8Array(size);
    const hash = new Hash53(etagSeed);
    let at = 0;
    // Piece by piece, so that a large file keeps nobody waiting, now or when it is first asked for.
    for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
      if (at + chunk.length > size) return "it is being written to";
      bytes.set(chunk, at);
      hash.update(chunk);
      at += chunk.length;
    }
    if (at < size) return "it is being written to";
    return {
      bytes,
      etag: formatEtag(hash.digest(), size),
      // A clock elsewhere may be ahead: nothing was changed in the future.
      lastModified: new Date(Math.min(mtime.getTime(), Date.now())),
    };
  } catch (error) {
    if (error instanceof Error && "code" in error) return `it cannot be read (${error.code})`;
    throw error;
  }
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

function add(platform: Platform, found: readonly Found[]): void {
  const [first, ...others] = found;
  if (first === undefined) return;
  const { kind, name, file } = first;
  addFiles(platform, kind, [file, ...others.map((one) => one.file)], {
    id: idOf(kind, name),
    createdAt: file.lastModified.getTime(),
    ...(kind === "messageMedia" && { body: name }),
  });
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
