import { type Decoded, readings } from "./decoded.js";

// Bytes that a text holds as other text: base64, hexadecimal, lists of numbers. Only what they may
// stand for is given, without the text around it.

/** How many texts are unpacked from one, and how many characters they may have together. */
const limits = { texts: 128, length: 2_000_000 };

/**
 * What is packed in the texts: in base64 at any place of a longer text, in hexadecimal with any
 * punctuation between its digits, as numbers of base 10 or 8; one in another, in layers, and with
 * the escapes of each taken off.
 */
export function* unpacked(views: readonly Decoded[]): Generator<Decoded> {
  const queue = [...views];
  const seen = new Set(queue.map(({ text }) => text));
  const most = queue.length + limits.texts;
  let length = 0;
  for (const view of queue) {
    for (const inner of packedIn(view)) {
      for (const reading of readings(inner)) {
        length += reading.text.length;
        if (length > limits.length || seen.size >= most) return;
        if (seen.has(reading.text)) continue;
        seen.add(reading.text);
        if (isText(reading)) queue.push(reading);
        yield reading;
      }
    }
  }
}

/** Whether it may be a text, in which another is packed: bytes at a wrong place of base64 are none. */
function isText({ text }: Decoded): boolean {
  const letters = text.match(/[\t\r\n -~]/g)?.length ?? 0;
  const controls = (text.match(/(?!\0)\p{ASCII}/gu)?.length ?? 0) - letters;
  return letters >= 12 && controls * 10 < letters;
}

function* packedIn(view: Decoded): Generator<Decoded> {
  yield keep(view, /(?:=\r?\n|[\0\u0080-\uffff])+/g);
  const unbroken = squeezed(view);
  for (const skipped of [0, 1, 2, 3]) yield fromBase64(unbroken, skipped);
  for (const skipped of [0, 1]) yield fromHexadecimal(view, skipped);
  yield fromNumbers(view, 10, /(?<!\w)\d{2,3}(?!\w|"?:)/g);
  yield fromNumbers(view, 8, /(?<!\w)(?:0o?)?[0-7]{2,3}(?!\w|"?:)/g);
}

/** Without what no token has: white space, ends of lines as quoted-printable has them, marks. */
export function squeezed(view: Decoded): Decoded {
  return keep(view, /(?:=\r?\n|[^\x21-\x7e])+/g);
}

/** The text without what the pattern finds. */
function keep(view: Decoded, dropped: RegExp): Decoded {
  const parts = new Builder(view);
  let end = 0;
  for (const { index, 0: text } of view.text.matchAll(dropped)) {
    for (let at = end; at < index; at++) parts.add(view.text.charAt(at), at, at);
    end = index + text.length;
  }
  if (end === 0) return view;
  for (let at = end; at < view.text.length; at++) parts.add(view.text.charAt(at), at, at);
  return parts.built();
}

/** The bytes of every run that may be base64 of either alphabet, RFC 4648 §4 and §5. */
function fromBase64(view: Decoded, skipped: number): Decoded {
  const parts = new Builder(view);
  for (const { index, 0: run } of view.text.matchAll(/[A-Za-z0-9+/_-]{16,}/g)) {
    for (let at = index + skipped; at + 1 < index + run.length; at += 4) {
      const sextets = [0, 1, 2, 3].map((offset) => sextetOf(view.text[at + offset]));
      for (const [offset, high = -1] of sextets.slice(0, 3).entries()) {
        const low = sextets[offset + 1] ?? -1;
        if (high < 0 || low < 0) break;
        const byte = ((high << (2 * offset + 2)) | (low >> (4 - 2 * offset))) & 255;
        parts.add(String.fromCharCode(byte), at + offset, at + offset + 1);
      }
    }
    parts.gap();
  }
  return parts.built();
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function sextetOf(character = "="): number {
  return alphabet.indexOf(character === "-" ? "+" : character === "_" ? "/" : character);
}

/** The bytes of every run of hexadecimal digits, whatever stands between them: `50:54`, `0x50, 0x54`. */
function fromHexadecimal(view: Decoded, skipped: number): Decoded {
  const digits = keep(view, /(?:0x|[\W_]+x?)+/gi);
  const parts = new Builder(digits);
  for (const { index, 0: run } of digits.text.matchAll(/[0-9a-f]{16,}/gi)) {
    for (let at = index + skipped; at + 1 < index + run.length; at += 2) {
      parts.add(
        String.fromCharCode(Number.parseInt(digits.text.slice(at, at + 2), 16)),
        at,
        at + 1,
      );
    }
    parts.gap();
  }
  return parts.built();
}

/** The characters that numbers stand for: `[80,84]`, `{"0":80,"1":84}`, `\120\124`. */
function fromNumbers(view: Decoded, radix: number, number: RegExp): Decoded {
  const parts = new Builder(view);
  for (const { index, 0: written } of view.text.matchAll(number)) {
    const code = Number.parseInt(written.replace(/^0o?/i, ""), radix);
    if (code < 256) {
      parts.add(String.fromCharCode(code), index, index + written.length - 1);
    }
  }
  return parts.built();
}

/** Puts a text together, and where in the source of another each of its characters was written. */
class Builder {
  private text = "";
  private readonly from: number[] = [];
  private readonly to: number[] = [];
  private readonly source: Decoded;

  constructor(source: Decoded) {
    this.source = source;
  }

  /** Adds a character that the source has from one place to another, both of them its own. */
  add(character: string, first: number, last: number): void {
    this.text += character;
    this.from.push(this.source.from[first] ?? 0);
    this.to.push(this.source.to[last] ?? 0);
  }

  /** Keeps apart what was before from what comes. */
  gap(): void {
    this.text += "\n";
    this.from.push(this.from.at(-1) ?? 0);
    this.to.push(this.to.at(-1) ?? 0);
  }

  built(): Decoded {
    return { text: this.text, from: this.from, to: this.to };
  }
}
