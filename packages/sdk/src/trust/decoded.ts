/** A text without the escapes it was written in, and where each character of it was written. */
export interface Decoded {
  readonly text: string;
  /** Where in the source each character begins. */
  readonly from: readonly number[];
  /** Where in the source each character ends. */
  readonly to: readonly number[];
}

/** The text as it stands. */
export function asWritten(text: string): Decoded {
  const from = Array.from({ length: text.length }, (_, index) => index);
  return { text, from, to: from.map((index) => index + 1) };
}

/** One escaped character, in each way that it may be written. */
const percent = "%(?:u00)?[0-9a-f]{2}"; // RFC 3986 §2.1, and as `escape()` of JavaScript has it
const backslash =
  "\\\\(?:u[0-9a-f]{4}|u\\{0{0,4}[0-9a-f]{2,5}\\}|x[0-9a-f]{2}|[01][0-7]{2}|[\"'\\\\/bfnrt])"; // JSON, RFC 8259 §7, and JavaScript
const reference =
  "&(?:#x0{0,6}(?:[0-9a-f]{3,5};|[0-9a-f]{2};?)|#0{0,6}(?:[0-9]{4,6};|[0-9]{2,3};?)|[a-z]{2,6};)"; // HTML

const every = new RegExp([percent, backslash, reference].join("|"), "gi");
/** One kind of escape alone leaves in place what only looks like one of another kind. */
const single = [
  new RegExp(percent, "gi"),
  new RegExp(backslash, "gi"),
  new RegExp(reference, "gi"),
  /=[0-9a-f]{2}/gi, // quoted-printable, RFC 2045 §6.7
];
/** How many layers of escapes are taken off, and how many texts are made in other orders. */
const limits = { layers: 8, orders: 12 };

/** The text as it stands, and with its escapes taken off, layer by layer, in several orders. */
export function* readings(first: Decoded): Generator<Decoded> {
  let view: Decoded | undefined = first;
  for (let layer = 0; view && layer <= limits.layers; layer++) {
    yield view;
    view = decode(view);
  }
  const queue = [first];
  const queued = new Set([first.text]);
  for (const one of queue) {
    for (const kind of single) {
      const next = decode(one, kind);
      if (!next || queued.has(next.text) || queued.size > limits.orders) continue;
      queued.add(next.text);
      queue.push(next);
      // Though it may read as one above: its characters may come from other places.
      yield next;
    }
  }
}

/** HTML's names of the ASCII characters, as far as they have one. */
const named: Readonly<Record<string, string>> = Object.fromEntries(
  "quot\" amp& lt< gt> apos' sol/ comma, semi; excl! num# dollar$ percnt% lpar( rpar) ast* midast* plus+ period. colon: equals= quest? commat@ lsqb[ lbrack[ bsol\\ rsqb] rbrack] hat^ lowbar_ grave` lcub{ lbrace{ verbar| vert| rcub} rbrace}"
    .split(" ")
    .map((entry) => [entry.slice(0, -1), entry.slice(-1)]),
);

/** One layer of escapes less; `undefined` where there is none. */
function decode(written: Decoded, escapes = every): Decoded | undefined {
  const { text } = written;
  const from: number[] = [];
  const to: number[] = [];
  let decoded = "";
  let end = 0;
  const add = (character: string, start: number, last: number) => {
    decoded += character;
    from.push(written.from[start] ?? 0);
    to.push(written.to[last] ?? 0);
  };
  const copy = (until: number) => {
    for (let index = end; index < until; index++) add(text.charAt(index), index, index);
  };
  for (const match of text.matchAll(escapes)) {
    const character = characterOf(match[0]);
    if (character === undefined) continue;
    copy(match.index);
    end = match.index + match[0].length;
    add(character, match.index, end - 1);
  }
  if (end === 0) return undefined;
  copy(text.length);
  return { text: decoded, from, to };
}

/** The one character that an escape stands for; no token has what is not ASCII, so any will do there. */
function characterOf(written: string): string | undefined {
  if (/^\\[^ux\d]$/i.test(written)) return /[a-z]/i.test(written) ? " " : written.charAt(1);
  const name = /^&([a-z]+)/i.exec(written)?.[1];
  if (name !== undefined) return named[name.toLowerCase()];
  const [digits = ""] = /[0-9a-f]+(?=[;}]?$)/i.exec(written) ?? [];
  const radix = /^&#\d/.test(written) ? 10 : /^\\\d/.test(written) ? 8 : 16;
  const code = Number.parseInt(digits, radix);
  return String.fromCharCode(code);
}

/** The text without any escape. */
export function unescaped(text: string): string {
  let view = asWritten(text);
  for (let next: Decoded | undefined = view; next; next = decode(next)) view = next;
  return view.text;
}
