import type { MediaKind } from "@media-protection/contract";

const octets = /^(?:application|binary)\/octet-stream$/;
const kindTypes: Readonly<Record<MediaKind, RegExp>> = {
  recording: /^(?:audio|video)\//,
  faxMedia: /^(?:image\/|application\/pdf$)/,
  // Anything may be attached but what answers for an error or a dialogue instead of the medium.
  messageMedia:
    /^application\/smil|^(?!multipart\/|message\/)(?!.*\b(?:html|xml|json|ndjson|yaml|javascript|ecmascript|http|x-www-form-urlencoded)\b)|^image\/svg\+xml$/,
};

/** Whether a type says nothing of a medium but that it is bytes. */
export function isGeneral(type: string | undefined): boolean {
  return type === undefined || octets.test(type);
}

/** Types whose bytes are text. */
const textual = /^(?:text\/|image\/svg|application\/(?:smil|json|xml|rtf|.*\+(?:json|xml)$))/;
const xml = /^(?:application|text)\/xml$/;

/**
 * Whether a media type can be that of a medium of the kind; `undefined` can: the bytes will tell.
 *
 * @param stated the type that the platform's metadata states, where it is known: carriers send
 *   layouts, JSON and pages as parts of messages, which otherwise look like an error
 */
export function isTypeOf(
  kind: MediaKind,
  type: string | undefined,
  stated?: string | undefined,
): boolean {
  if (type === undefined || isGeneral(type)) return true;
  if (!/^[\w.+-]+\/[\w.+-]+$/.test(type)) return false;
  return kindTypes[kind].test(type) || (kind === "messageMedia" && isStated(type, stated));
}

/** Whether a medium of the kind and type may be text, as an attachment may. */
export function mayBeText(
  kind: MediaKind,
  type: string | undefined,
  stated?: string | undefined,
): boolean {
  const told = isGeneral(type) ? stated : type;
  return kind === "messageMedia" && textual.test(told ?? "");
}

/** Whether metadata state this type; layouts may be called the XML that they are written in. */
function isStated(type: string, stated: string | undefined): boolean {
  return type === stated || (xml.test(type) && /[+/](?:xml|smil)$/.test(stated ?? ""));
}

/** How an error page, a JSON error or an XML error begins, whatever type it claims to be. */
const textualBeginning =
  /^[\s\u00ef\u00bb\u00bf]*(?:\{\s*["}]|\[\s*[{"\]]|<(?:!doctype|\?xml|html|error))/i;

/** How many bytes tell a text from a medium. */
export const beginningLength = 64;

/** Whether a body that begins so is a text such as an error page; each character is one byte. */
export function beginsAsText(beginning: string): boolean {
  return textualBeginning.test(beginning);
}
