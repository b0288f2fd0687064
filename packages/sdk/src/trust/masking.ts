import { type FailedRequest, isRecord } from "../errors.js";

/** A text with every secret in it replaced. */
export type Redact = (text: string) => string;

const longest = 300;

/**
 * A URL as it may be shown: userinfo masked, the query replaced by `?…` (it may be a signature),
 * fragment dropped, control characters escaped, at most 300 characters. What a parser does not take
 * for http(s) may hide userinfo anywhere, so there everything before the last `@` is masked.
 */
export function maskUrl(url: string | URL): string {
  const written = String(url);
  const parsed = URL.canParse(written) ? new URL(written) : undefined;
  if (parsed && /^https?:$/.test(parsed.protocol)) {
    const userinfo = parsed.username || parsed.password ? "***@" : "";
    // An `@` behind the host may end userinfo whose token holds a slash or a question mark.
    const late = (parsed.search + parsed.hash).includes("@");
    const path = late ? "/***" : parsed.pathname.replace(/^.*@/s, "/***@");
    return shorten(`${parsed.protocol}//${userinfo}${parsed.host}${path}${parsed.search && "?…"}`);
  }
  return shorten(written.replace(/^.*@/s, "***@").replace(/[?#].*$/s, "?…"));
}

/** The part of a request that an error may show; masked when it is asked for, which is seldom. */
export function failedRequest(
  method: string,
  url: string | URL,
  redact: Redact = (text) => text,
): FailedRequest {
  return {
    method,
    get url() {
      return redact(maskUrl(url));
    },
  };
}

/** Text from the wire in one line that a terminal or log takes for text only. */
export function plainText(text: string): string {
  // Controls, and what turns a text round or is not seen in it.
  const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
  return text.replace(/\s+/g, " ").replace(unsafe, (one) => {
    const code = one.codePointAt(0)?.toString(16).padStart(4, "0");
    return one.length > 1 ? `\\u{${code}}` : `\\u${code}`;
  });
}

function shorten(text: string): string {
  const shown = plainText(text);
  return shown.length > longest ? `${shown.slice(0, longest - 1)}…` : shown;
}

/**
 * A copy of a runtime's error that is safe to attach as a cause: name, message, code and stack,
 * redacted, and its own cause likewise. The rest is dropped, because errors of HTTP parsers and of
 * fetch replacements carry raw bytes and request headers.
 */
export function safeCause(error: unknown, redact: Redact, depth = 3): Error {
  if (!(error instanceof Error)) return new Error(redact(plainText(String(error))));
  const nested = depth > 1 && error.cause !== undefined;
  const copy = new Error(
    redact(error.message),
    nested ? { cause: safeCause(error.cause, redact, depth - 1) } : undefined,
  );
  copy.name = redact(error.name);
  if (error.stack !== undefined) copy.stack = redact(error.stack);
  const code = codeOf(error);
  return code === undefined ? copy : Object.assign(copy, { code: redact(code) });
}

/** What a runtime's network error says, or its cause, which is where fetch hides the reason. */
export function reasonOf(error: Error): string {
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message || error.name;
  return cause.message || codeOf(cause) || error.message;
}

/** The `code` of a Node error, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** A JSON value with every text in it redacted, names of fields included. */
export function redactJson(value: unknown, redact: Redact): unknown {
  // Through JSON text, whose reviver visits every value without recursion of ours.
  return JSON.parse(JSON.stringify(value), (_, part: unknown) => {
    if (typeof part === "string") return redact(part);
    // A token of digits only is a number in JSON.
    if (typeof part === "number") return redact(String(part)) === String(part) ? part : "***";
    if (!isRecord(part) || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([name, field]) => [redact(name), field]));
  });
}

const secretHeaders = /^(?:proxy-)?authorization$|cookie|token|secret|api-?key/;
const urlHeaders = /^(?:location|content-location|link|referer|refresh)$/;

/** Header fields as they may be shown: what holds a credential is `***`, URLs lose their query. */
export function maskHeaders(headers: Headers, redact: Redact): Record<string, string> {
  const shown = (name: string, value: string) => {
    if (secretHeaders.test(name)) return "***";
    return redact(urlHeaders.test(name) ? maskUrl(value) : value);
  };
  return Object.fromEntries(
    [...headers].map(([name, value]) => [redact(name), shown(name, value)]),
  );
}
