/** Writes a secret as some layer of software may do before it repeats it. */
export type Encoding = (text: string) => string;

const hex = (character: string, digits: number) =>
  character.charCodeAt(0).toString(16).padStart(digits, "0");
const each = (text: string, write: (character: string, index: number) => string) =>
  [...text].map(write).join("");
const special = /[^A-Za-z0-9]/;
const htmlNames: Readonly<Record<string, string>> = {
  '"': "quot",
  "&": "amp",
  "'": "apos",
  "<": "lt",
  ">": "gt",
  "/": "sol",
  ",": "comma",
  ";": "semi",
  "=": "equals",
  "+": "plus",
};

/** Encodings that keep every character in its place. */
export const textEncodings: Readonly<Record<string, Encoding>> = {
  "as it is": (text) => text,
  encodeURIComponent,
  "encodeURIComponent, in lower case": (text) =>
    encodeURIComponent(text).replace(/%../g, (triplet) => triplet.toLowerCase()),
  "a form": (text) => new URLSearchParams({ t: text }).toString().slice(2),
  "a query": (text) =>
    new URL(`https://h.example/?t=${text.replace(/[#&]/g, encodeURIComponent)}`).search.slice(3),
  "percent, every character": (text) => each(text, (one) => `%${hex(one, 2)}`),
  "percent, every other character": (text) =>
    each(text, (one, index) => (index % 2 ? one : `%${hex(one, 2).toUpperCase()}`)),
  JSON: (text) => JSON.stringify(text).slice(1, -1),
  "JSON with escaped slashes": (text) => JSON.stringify(text).slice(1, -1).replaceAll("/", "\\/"),
  "JSON, \\u for what is special": (text) =>
    each(text, (one) => (special.test(one) ? `\\u${hex(one, 4)}` : one)),
  "JSON, \\u for all, in capitals": (text) =>
    each(text, (one) => `\\u${hex(one, 4).toUpperCase()}`),
  "\\x for what is special": (text) =>
    each(text, (one) => (special.test(one) ? `\\x${hex(one, 2)}` : one)),
  HTML: (text) =>
    text.replace(/["&'<>]/g, (one) => (one === "'" ? "&#39;" : `&${htmlNames[one]};`)),
  "HTML, names": (text) =>
    each(text, (one) => (htmlNames[one] === undefined ? one : `&${htmlNames[one]};`)),
  "HTML, decimal": (text) =>
    each(text, (one) => (special.test(one) ? `&#${one.charCodeAt(0)};` : one)),
  "HTML, hexadecimal": (text) =>
    each(text, (one) => (special.test(one) ? `&#x${hex(one, 4).toUpperCase()};` : one)),
};

const inBase64 = (text: string) => Buffer.from(text).toString("base64");
const url = (base64: string) => base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

/** Encodings after which no character of the text can be seen. */
export const opaqueEncodings: Readonly<Record<string, Encoding>> = {
  base64: inBase64,
  base64url: (text) => url(inBase64(text)),
  "base64, one byte later": (text) => inBase64(`:${text}`),
  "base64, two bytes later": (text) => inBase64(`a:${text}`),
  "base64, in a longer text": (text) => inBase64(`{"authorization":"${text}","more":true}`),
  "base64 of base64": (text) => inBase64(`Basic ${inBase64(text)}`),
  "base64 of base64 of base64": (text) => inBase64(inBase64(inBase64(text))),
  "base64 of UTF-16, as PowerShell has it": (text) =>
    Buffer.from(text, "utf16le").toString("base64"),
  "base64 of what was percent-encoded": (text) => inBase64(encodeURIComponent(text)),
  hexadecimal: (text) => each(text, (one) => hex(one, 2)),
  "hexadecimal, one digit later": (text) => `a${each(text, (one) => hex(one, 2))}`,
  "hexadecimal, by colons": (text) => [...text].map((one) => hex(one, 2)).join(":"),
  "hexadecimal, by hyphens, in capitals": (text) =>
    [...text].map((one) => hex(one, 2).toUpperCase()).join("-"),
  "hexadecimal, by spaces, as a dump": (text) => [...text].map((one) => hex(one, 2)).join(" "),
  "hexadecimal numbers": (text) => [...text].map((one) => `0x${hex(one, 2)}`).join(", "),
  "hexadecimal of base64": (text) => each(inBase64(text), (one) => hex(one, 2)),
  numbers: (text) => `[${[...text].map((one) => one.charCodeAt(0)).join(",")}]`,
  "a Buffer in JSON": (text) => JSON.stringify(Buffer.from(text)),
  "a Uint8Array in JSON": (text) => JSON.stringify(Uint8Array.from(Buffer.from(text))),
  "octal numbers": (text) => each(text, (one) => `0${one.charCodeAt(0).toString(8)} `),
  "octal escapes": (text) =>
    each(text, (one) => `\\${one.charCodeAt(0).toString(8).padStart(3, "0")}`),
  "quoted-printable, every character": (text) =>
    each(text, (one) => `=${hex(one, 2).toUpperCase()}`),
  "quoted-printable, broken into lines": (text) => text.replace(/.{5}/g, "$&=\r\n"),
  "marks that are not seen between its characters": (text) => [...text].join("\u200b"),
};
