import type { MediaRef } from "../trust/media-reference.js";
import { idKey } from "../trust/same-id.js";
import { uuidPattern } from "../trust/uuid.js";
import { extensionOf } from "./extensions.js";

/** A `Content-Type` without its parameters, lower case (RFC 9110 §8.3.1). */
export function mediaType(contentType: string | null): string | undefined {
  const type = contentType?.split(";", 1)[0]?.trim().toLowerCase();
  return type === "" ? undefined : type;
}

/**
 * The name to save a medium under: its id, or where a URL has only the name that its sender gave it,
 * that; and an extension of a fixed list. So one medium has one name by each URL that holds its id,
 * and no separator, dot segment or control character can get in.
 */
export function fileNameOf(ref: MediaRef, type: string | undefined): string {
  const asked = ref.kind === "recording" && "format" in ref ? ref.format : undefined;
  const [, name, written] = "file" in ref ? (/^(.*)\.([^.]*)$/.exec(ref.file) ?? []) : [];
  const stem = name === undefined ? idOf(ref) : (idIn(name) ?? safeName(name));
  return `${stem}.${extensionOf(type, written, asked)}`;
}

function idOf(ref: MediaRef): string {
  if ("file" in ref) return safeName(ref.file);
  return idKey(ref.kind === "recording" ? ref.recordingId : ref.mediaId);
}

/** The id in a name of the files host, which for a fax stands behind its date. */
const idBehindDate = new RegExp(`^(?:\\d{8}-)?(${uuidPattern})$`);

function idIn(name: string): string | undefined {
  const id = idBehindDate.exec(name)?.[1];
  return id && idKey(id);
}

/** The longest name, in bytes: what file systems take, less room for an extension and a number. */
const longestName = 200;

/** What Windows keeps for devices, whatever the extension. */
const reserved = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\.|$)/i;

/**
 * What file systems refuse, and what nobody sees: controls, marks that turn the text round or take no
 * room, by which one name could pass for another. Joiners and selectors stay, which scripts and emoji need.
 */
const unsafe =
  /(?!\u200c|\u200d|\ufe0e|\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800"*/:<>?\\|]/gu;
/** What no name begins or ends with: dots and spaces, and what needs something before or behind it. */
const edges = /^(?:[. ]|\u200c|\u200d|\ufe0e|\ufe0f)+|(?:[. ]|\u200c|\u200d)+$/gu;

/** A sender's name for a file as one that every file system takes. */
function safeName(encoded: string): string {
  const name = decoded(encoded)
    .normalize("NFC")
    .replace(/\p{Zs}/gu, " ")
    .replace(unsafe, "_")
    .replace(edges, "_");
  let bytes = 0;
  // By characters, so that none is cut in two.
  const kept = [...name].filter((one) => {
    bytes += new TextEncoder().encode(one).length;
    return bytes <= longestName;
  });
  const legal = kept.join("") || "_";
  return reserved.test(legal) ? `_${legal}` : legal;
}

function decoded(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
