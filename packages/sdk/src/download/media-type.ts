import type { MediaKind } from "@media-protection/contract";

const octets = /^(?:application|binary)\/octet-stream$/;
const kindTypes: Readonly<Record<MediaKind, RegExp>> = {
  recording: /^(?:audio|video)\//,
  faxMedia: /^(?:image\/|application\/pdf$)/,
  // Anything may be attached but what answers for an error or a dialogue instead of the medium.
  messageMedia:
    /^(?!multipart\/|message\/)(?!.*\b(?:html|xml|json|ndjson|yaml|javascript|ecmascript|http|x-www-form-urlencoded)\b)|^image\/svg\+xml$/,
};

/** Whether a media type can be that of a medium of the kind; `undefined` can: the bytes will tell. */
export function isTypeOf(kind: MediaKind, type: string | undefined): boolean {
  if (type === undefined || octets.test(type)) return true;
  return /^[\w.+-]+\/[\w.+-]+$/.test(type) && kindTypes[kind].test(type);
}

/** Whether a medium of the kind and type may be text, as an attachment may. */
export function mayBeText(kind: MediaKind, type: string | undefined): boolean {
  return kind === "messageMedia" && /^(?:text\/|image\/svg)/.test(type ?? "");
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
