import { type MediaRef, OptionError } from "@media-protection/sdk";
import { LinkError } from "./link-error.js";
import type { SealedLink } from "./sealed-link.js";

// The layout of what is sealed, so small that a whole link fits a CRM's field of 255 characters:
//   0      version (high nibble) and shape of the reference (low nibble)
//   1      flags
//   2      the stated type, by number
//   3–6    when it was sealed, seconds
//   7–10   its life, seconds
//   11–18  its id
//   19–34  the project
//   then the reference's ids, the passcode's verifier, the audience; texts have their length before them

const version = 1;
const flag = {
  attachment: 1,
  share: 2,
  revocable: 4,
  once: 8,
  passcode: 16,
  audience: 32,
} as const;
const shapes = [
  "recording",
  "recording.wav",
  "recording.mp3",
  "messageMedia",
  "faxMedia",
  "hosted recording",
  "hosted messageMedia",
  "hosted messages",
  "hosted faxMedia",
] as const;

/** Types of text that the SDK takes for a medium only where metadata state them. */
const statedTypes: readonly (string | undefined)[] = [
  "text/html",
  "application/xhtml+xml",
  "application/json",
  "application/xml",
  "text/xml",
  "application/javascript",
  "text/javascript",
  "application/yaml",
  "text/yaml",
];

/** The platform's files host, which takes no room in a link. */
export const platformFiles = "https://files.signalwire.com";
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder("utf-8", { fatal: true });

/** The bytes that are sealed. */
export function encodeLink(link: SealedLink): Uint8Array {
  const { ref, disposition, tier, revocable, once, passcode, audience, contentType } = link;
  const flags =
    (disposition === "attachment" ? flag.attachment : 0) |
    (tier === "share" ? flag.share : 0) |
    (revocable ? flag.revocable : 0) |
    (once ? flag.once : 0) |
    (passcode ? flag.passcode : 0) |
    (audience === undefined ? 0 : flag.audience);
  const stated = statedTypes.indexOf(contentType ?? "") + 1;
  const out: number[] = [(version << 4) | shapes.indexOf(shapeOf(ref)), flags, stated];
  out.push(...u32(link.issuedAt), ...u32(link.expiresAt - link.issuedAt));
  out.push(...fromBase64Url(link.id), ...uuidBytes(ref.projectId));
  if ("recordingId" in ref) out.push(...uuidBytes(ref.recordingId));
  else if ("messageId" in ref) out.push(...uuidBytes(ref.messageId), ...uuidBytes(ref.mediaId));
  else if ("faxId" in ref) out.push(...uuidBytes(ref.faxId), ...uuidBytes(ref.mediaId));
  else {
    out.push(...text(ref.origin === platformFiles ? "" : ref.origin));
    out.push(...idOrText(ref.spaceId));
    const dot = ref.file.lastIndexOf(".");
    out.push(...idOrText(ref.file.slice(0, dot)), ...text(ref.file.slice(dot + 1)));
  }
  if (passcode) out.push(...passcode);
  if (audience !== undefined) out.push(...text(audience));
  return Uint8Array.from(out);
}

/** @throws LinkError `unknown` for a layout that is not this one */
export function decodeLink(bytes: Uint8Array): SealedLink {
  const reader = new Reader(bytes);
  const head = reader.byte();
  const shape = shapes[head & 15];
  if (head >> 4 !== version || shape === undefined) throw new LinkError("unknown");
  const flags = reader.byte();
  const stated = reader.byte();
  const issuedAt = reader.u32();
  const expiresAt = issuedAt + reader.u32();
  const id = base64Url(reader.take(8));
  const ref = readRef(shape, reader.uuid(), reader);
  const passcode = flags & flag.passcode ? reader.take(16) : undefined;
  const audience = flags & flag.audience ? reader.text() : undefined;
  if (!reader.isAtEnd) throw new LinkError("unknown");
  return {
    tier: flags & flag.share ? "share" : "play",
    id,
    ref,
    contentType: statedTypes[stated - 1],
    disposition: flags & flag.attachment ? "attachment" : "inline",
    issuedAt,
    expiresAt,
    audience,
    revocable: (flags & flag.revocable) !== 0,
    once: (flags & flag.once) !== 0,
    passcode,
  };
}

function shapeOf(ref: MediaRef): (typeof shapes)[number] {
  if ("origin" in ref) {
    if (ref.folder === "messages") return "hosted messages";
    return `hosted ${ref.kind}`;
  }
  if (ref.kind !== "recording") return ref.kind;
  return ref.format === undefined ? "recording" : `recording.${ref.format}`;
}

function readRef(
  shape: (typeof shapes)[number],
  projectId: string,
  reader: Reader,
): SealedLink["ref"] {
  switch (shape) {
    case "recording":
      return { kind: "recording", projectId, recordingId: reader.uuid() };
    case "recording.wav":
      return { kind: "recording", projectId, recordingId: reader.uuid(), format: "wav" };
    case "recording.mp3":
      return { kind: "recording", projectId, recordingId: reader.uuid(), format: "mp3" };
    case "messageMedia":
      return { kind: shape, projectId, messageId: reader.uuid(), mediaId: reader.uuid() };
    case "faxMedia":
      return { kind: shape, projectId, faxId: reader.uuid(), mediaId: reader.uuid() };
  }
  const origin = reader.text() || platformFiles;
  const spaceId = reader.idOrText();
  const file = `${reader.idOrText()}.${reader.text()}`;
  const hosted = { projectId, origin, spaceId, file };
  if (shape === "hosted recording") return { kind: "recording", ...hosted };
  if (shape === "hosted faxMedia") return { kind: "faxMedia", ...hosted };
  if (shape === "hosted messageMedia") return { kind: "messageMedia", ...hosted };
  return { kind: "messageMedia", ...hosted, folder: "messages" };
}

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  take(length: number): Uint8Array {
    const part = this.#bytes.subarray(this.#at, this.#at + length);
    if (part.length !== length) throw new LinkError("unknown");
    this.#at += length;
    return part;
  }

  byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new LinkError("unknown");
    return byte;
  }

  u32(): number {
    return ((this.byte() * 256 + this.byte()) * 256 + this.byte()) * 256 + this.byte();
  }

  uuid(): string {
    let text = "";
    for (const [at, byte] of this.take(16).entries()) {
      if (at === 4 || at === 6 || at === 8 || at === 10) text += "-";
      text += hex[byte];
    }
    return text;
  }

  text(): string {
    try {
      return fromUtf8.decode(this.take(this.byte()));
    } catch {
      throw new LinkError("unknown");
    }
  }

  idOrText(): string {
    const length = this.byte();
    if (length === 0) return this.uuid();
    if (length === upper) return this.uuid().toUpperCase();
    if (length === dated) return `${String(this.u32()).padStart(8, "0")}-${this.uuid()}`;
    return fromUtf8.decode(this.take(length));
  }
}

function u32(value: number): number[] {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) & 255);
}

function uuidBytes(id: string): number[] {
  return (id.replaceAll("-", "").match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
}

function text(value: string): number[] {
  const bytes = utf8.encode(value);
  if (bytes.length >= upper) throw new OptionError("source", "a medium whose name is shorter");
  return [bytes.length, ...bytes];
}

/** Mark what is shorter in binary than as a text: a fax's day and UUID, an attachment's UUID in capitals. */
const dated = 255;
const upper = 254;

/** A UUID in lower case as 16 bytes behind a 0, one with its day before it in 20, else a text. */
function idOrText(value: string): number[] {
  if (uuid.test(value)) return [0, ...uuidBytes(value)];
  if (uuid.test(value.toLowerCase()) && value === value.toUpperCase()) {
    return [upper, ...uuidBytes(value)];
  }
  const [, day, id = ""] = /^(\d{8})-(.*)$/.exec(value) ?? [];
  if (day !== undefined && uuid.test(id)) return [dated, ...u32(Number(day)), ...uuidBytes(id)];
  return text(value);
}

/** Base64url without padding, RFC 4648 §5. */
export function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const nothing = 255;
/** What each character stands for. */
const values = new Uint8Array(128).fill(nothing);
for (let value = 0; value < 64; value++) values[alphabet.charCodeAt(value)] = value;

/** The bytes, or none where it is not written the one way that {@link base64Url} writes them. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 4 === 1) return new Uint8Array();
  const bytes = new Uint8Array((text.length * 3) >> 2);
  let [held, bits, length] = [0, 0, 0];
  for (let at = 0; at < text.length; at++) {
    const value = values[text.charCodeAt(at)] ?? nothing;
    if (value === nothing) return new Uint8Array();
    held = ((held << 6) | value) & 0xfff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[length++] = held >> bits;
    }
  }
  // What is left over means nothing, and is therefore nothing.
  return (held & ((1 << bits) - 1)) === 0 ? bytes : new Uint8Array();
}
