import { OptionError } from "@media-protection/sdk";
import { mediaFileName } from "@media-protection/sdk/media-url";
import { documentsFolder } from "./documents-folder.js";
import type { ExportMedium } from "./export-medium.js";

/**
 * The key of a medium in the target, with `/` between folders.
 *
 * @throws OptionError where it would be too long, however short its values are cut
 */
export type KeyOf = (medium: ExportMedium) => string;

/** How keys are made unless told: from the reference and the date alone. */
export const defaultTemplate = "{kind}/{project}/{date:yyyy/MM/dd}/{id}.{ext}";

/**
 * How many characters of a value are kept: 40, which ids and numbers have not, and fewer where a name would
 * be too long, which scripts of several bytes a character make it. The id is kept whole.
 */
const longestValues = [40, 20, 10, 5];
/** The same of an id; the platform's have 36. */
const longestId = 40;
/** The longest part of a key, in bytes, as file systems take it. */
const longestPart = 200;
/** The longest key, in bytes, that S3 takes, with room for a prefix. */
const longestKey = 900;

const values: Readonly<Record<string, (medium: ExportMedium) => string | undefined>> = {
  kind: ({ kind }) => kind,
  project: ({ projectId }) => projectId,
  id: ({ id }) => id,
  ext: (medium) => extensionOf(medium),
  from: ({ from }) => from,
  to: ({ to }) => to,
  direction: ({ direction }) => direction,
  call: ({ callId }) => callId,
  conference: ({ conferenceId }) => conferenceId,
  message: ({ messageId }) => messageId,
  fax: ({ faxId }) => faxId,
  duration: ({ durationSeconds }) => durationSeconds?.toString(),
};

/** The fields that a template may hold, beside `date`. */
export const templateFields: readonly string[] = Object.keys(values);

function extensionOf({ ref, contentType }: ExportMedium): string {
  // A recording's bare URL gives WAV, and no listing says so.
  const isBare = ref.kind === "recording" && !("file" in ref) && ref.format === undefined;
  const type = isBare ? "audio/wav" : contentType;
  return mediaFileName(ref, { contentType: type }).split(".").at(-1) ?? "bin";
}

/**
 * Reads a template of names: `{field}` and `{date:yyyy/MM/dd}` (also `HH`, `mm`, `ss`, in UTC). What a
 * medium does not have is `unknown`. Values are made safe: no separator, control character or leading dot
 * can come out of one, so no value leads out of the target.
 *
 * @throws OptionError for a template without `{id}`, by which two media could have one name; with an
 *   unknown field; or one that leads out of the target or into its `_export`
 */
export function keyTemplate(template: string): KeyOf {
  const wrong = (expected: string) => new OptionError("template", expected);
  if (typeof template !== "string" || template === "") throw wrong(`such as ${defaultTemplate}`);
  const parts = [...template.matchAll(/\{([^{}]*)\}|([^{}]+)/g)];
  if (parts.map(([text]) => text).join("") !== template) throw wrong("with its braces in pairs");
  type Piece = (medium: ExportMedium, longest: number) => string;
  const pieces = parts.map(([, field, text]): Piece => {
    if (field === undefined) return () => text ?? "";
    const [name = "", format] = field.split(/:(.*)/s);
    if (name === "date") {
      const pattern = format ?? "yyyy-MM-dd";
      if (!/^(?:yyyy|MM|dd|HH|mm|ss|[-_/.T])+$/.test(pattern)) {
        throw wrong("with dates of yyyy, MM, dd, HH, mm and ss");
      }
      return ({ createdAt }) => dateText(createdAt, pattern);
    }
    const value = values[name];
    if (!value || format !== undefined) {
      throw wrong(`of the fields date, ${templateFields.join(", ")}: {${field}} is none`);
    }
    return (medium, longest) =>
      safe(value(medium) ?? "unknown", name === "id" ? longestId : longest);
  });
  if (!template.includes("{id}")) throw wrong("with {id}, so that no two media have one name");
  const keyOf = (medium: ExportMedium, longest: number) => {
    const parts = pieces
      .map((piece) => piece(medium, longest))
      .join("")
      .split("/")
      .map(asPart);
    // A value of the platform's could spell it.
    return `${isDocuments(parts[0]) ? "_" : ""}${parts.join("/")}`;
  };
  const folders = pieces
    .map((piece) => piece(anyMedium, longestId))
    .join("")
    .split("/");
  if (folders.some(isBadPart) || isDocuments(folders[0])) {
    throw wrong(
      "a relative path without empty or hidden parts, without <>:\"|?* and dots or spaces at a part's end, and not in _export",
    );
  }
  const fitting = (medium: ExportMedium) => {
    for (const longest of longestValues) {
      const key = keyOf(medium, longest);
      const isLong = key.split("/").some((part) => Buffer.byteLength(part) > longestPart);
      if (!isLong && Buffer.byteLength(key) <= longestKey) return key;
    }
    throw wrong(`whose names have ${longestPart} bytes at most, ${longestKey} with their folders`);
  };
  // Its fixed text alone may be too long.
  fitting(anyMedium);
  return fitting;
}

/** A medium of which a template's fixed parts are seen. */
const anyMedium: ExportMedium = {
  ...{ kind: "recording", id: "id", projectId: "project", createdAt: "2026-01-05T08:00:00.000Z" },
  ref: { kind: "recording", recordingId: "00000000-0000-4000-8000-000000000000" },
};

/** What is no part of a path on every file system, or means something else there. */
function isBadPart(part: string): boolean {
  return part === "" || /^[. ]|[. ]$|[\\<>:"|?*\p{Cc}]/u.test(part);
}

/** On file systems that make no difference of case, too. */
function isDocuments(part: string | undefined): boolean {
  return part?.toLowerCase() === documentsFolder;
}

/** A part that names no device on Windows, whatever its extension. */
function asPart(part: string): string {
  return /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i.test(part) ? `_${part}` : part;
}

/** What comes from the platform, as part of a name on any file system. */
function safe(value: string, longest: number): string {
  const text = value.normalize("NFC").replace(/[^\p{L}\p{N}+@=,._-]/gu, "_");
  return (
    [...text]
      .slice(0, longest)
      .join("")
      .replace(/^\.+|\.+$/g, "_") || "_"
  );
}

/** An id as it stands in every key of its medium. */
export function idInKey(id: string): string {
  return safe(id, longestId);
}

function dateText(createdAt: string, pattern: string): string {
  const iso = new Date(createdAt).toISOString();
  const fields: Readonly<Record<string, string>> = {
    yyyy: iso.slice(0, 4),
    MM: iso.slice(5, 7),
    dd: iso.slice(8, 10),
    HH: iso.slice(11, 13),
    mm: iso.slice(14, 16),
    ss: iso.slice(17, 19),
  };
  return pattern.replace(/yyyy|MM|dd|HH|mm|ss/g, (field) => fields[field] ?? field);
}
