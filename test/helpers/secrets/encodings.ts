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

const url = (base64: string) => base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

/** Encodings after which no character of the text can be seen. */
export const opaqueEncodings: Readonly<Record<string, Encoding>> = {
  base64: btoa,
  base64url: (text) => url(btoa(text)),
  "base64, one byte later": (text) => btoa(`:${text}`),
  "base64, two bytes later": (text) => btoa(`a:${text}`),
  "base64, in a longer text": (text) => btoa(`{"authorization":"${text}","more":true}`),
  "base64 of base64": (text) => btoa(`Basic ${btoa(text)}`),
  hexadecimal: (text) => each(text, (one) => hex(one, 2)),
};
