import { isRecord } from "../errors.js";
import { WebhookError } from "./webhook-error.js";

/**
 * The body of a callback: its raw text or bytes (form or JSON), or what a parser made of it:
 * `URLSearchParams`, `FormData`, or an object (`express.urlencoded()`, `express.json()`).
 */
export type CallbackBody =
  | string
  | Uint8Array
  | ArrayBuffer
  | URLSearchParams
  | FormData
  | Readonly<Record<string, unknown>>;

/** A callback's body as its parts: the parameters of a form, or the object that was JSON. */
export type CallbackContent = URLSearchParams | Readonly<Record<string, unknown>>;

/** The longest body that is read by default, in bytes. Callbacks are a few kB. */
export const defaultMaxBodyBytes = 1024 * 1024;

/**
 * The parts of a body. A text is JSON if it is a JSON object, else a form: what a `Content-Type` says
 * is not signed, so it does not decide. An object of texts only is a form.
 *
 * @throws WebhookError `too-large`, or `unrecognised` for what is no body at all
 */
export function readContent(body: unknown, maxBytes = defaultMaxBodyBytes): CallbackContent {
  const text = textOf(body, maxBytes);
  if (text !== undefined) return parseObject(text) ?? new URLSearchParams(text);
  if (!isRecord(body) || Array.isArray(body)) {
    throw new WebhookError(
      "unrecognised",
      "A callback's body is its text or bytes, URLSearchParams, FormData or a parsed object.",
    );
  }
  return readForm(Symbol.iterator in body ? iterate(body) : Object.entries(body)) ?? { ...body };
}

/** @throws WebhookError `too-large` */
export function checkLength(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  throw new WebhookError("too-large", `The callback's body is longer than ${maxBytes} bytes.`);
}

function textOf(body: unknown, maxBytes: number): string | undefined {
  if (typeof body === "string") {
    // UTF-8 has at least as many bytes as UTF-16 has units.
    checkLength(body.length, maxBytes);
    return body;
  }
  if (!(body instanceof ArrayBuffer || ArrayBuffer.isView(body))) return undefined;
  checkLength(body.byteLength, maxBytes);
  return new TextDecoder().decode(body);
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The pairs of `URLSearchParams`, `FormData` or a `Map`; nothing where they are no pairs. */
function iterate(body: object): [string, unknown][] {
  // Checked by the caller; what it yields is unknown.
  return [...(body as Iterable<unknown>)].filter(isPair);
}

function isPair(entry: unknown): entry is [string, unknown] {
  return Array.isArray(entry) && typeof entry[0] === "string";
}

/** The form that the entries are, if every value is a text or a list of them. */
function readForm(entries: [string, unknown][]): URLSearchParams | undefined {
  const form = new URLSearchParams();
  for (const [name, value] of entries) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one !== "string") return undefined;
      form.append(name, one);
    }
  }
  return form;
}
