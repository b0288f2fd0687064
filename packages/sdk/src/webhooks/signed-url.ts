import { isRecord, OptionError } from "../errors.js";
import { WebhookError } from "./webhook-error.js";

/** A URL in its parts, as text: signatures are over the URL as it was written. */
interface Parts {
  readonly origin: string | undefined;
  readonly path: string;
  /** With its `?`; empty where there is none. */
  readonly query: string;
}

/**
 * Every URL that the platform may have signed, without repetition: the request's own, or `publicUrl`
 * with what it leaves out (path, query) taken from the request; as it is written and as a URL parser
 * writes it, with and without the default port, and with and without the slash that an empty path
 * gets.
 *
 * @throws OptionError for a malformed `publicUrl`, or if none is given and the request has only a path
 * @throws WebhookError `mismatch` if something was moved into the part that the request brings
 */
export function signedUrls(received: string, publicUrl: string | URL | undefined): string[] {
  const asked = partsOf(received);
  if (publicUrl === undefined) {
    if (asked.origin === undefined) throw new OptionError("publicUrl", expected);
    checkUnmoved(received.replace(/#.*$/s, ""));
    return spellings(asked.origin, asked.path, asked.query);
  }
  const urls = readPublicUrl(publicUrl).flatMap(({ origin = "", path, query }) => {
    const isOwnPath = path.length > 1;
    checkUnmoved((isOwnPath ? "" : asked.path) + (query === "" ? asked.query : ""));
    return queriesOf(query, asked.query).flatMap((one) =>
      spellings(origin, isOwnPath ? path : asked.path || path, one),
    );
  });
  return [...new Set(urls)];
}

const expected =
  "the URL that the platform was given, such as https://hooks.example.com or https://hooks.example.com/media?tenant=1";

function partsOf(url: string): Parts {
  const [, origin, path = "", query = ""] =
    /^(https?:\/\/[^/?#]+)?([^?#]*)(\?[^#]*)?/i.exec(url) ?? [];
  return { origin, path, query };
}

/** The option's parts, as it is written, and as a URL parser writes it. */
function readPublicUrl(publicUrl: unknown): Parts[] {
  const written = isRecord(publicUrl) ? publicUrl["href"] : publicUrl;
  if (typeof written !== "string" || /\s/.test(written) || !URL.canParse(written)) {
    throw new OptionError("publicUrl", expected);
  }
  const parts = partsOf(written);
  if (parts.origin === undefined) throw new OptionError("publicUrl", expected);
  const parsed = partsOf(new URL(written).href);
  // A path of nothing but the slash that the parser adds is none.
  return [parts, { ...parsed, path: parts.path && parsed.path }];
}

/**
 * The queries that a URL may have been signed with. To one that was given the platform may add: its
 * parameters, when it calls by GET, and always its own `bodySHA256`. Nothing else can stand there,
 * since what is signed behind a URL never begins with `&`.
 */
function queriesOf(given: string, asked: string): string[] {
  if (given === "") return [asked];
  const hash = /[?&]bodySHA256=[^&]*/.exec(asked)?.[0].slice(1);
  const added = [
    ...(hash === undefined ? [] : [`${given}&${hash}`]),
    ...(asked.startsWith(`${given}&`) ? [asked] : []),
  ];
  return [given, ...added.filter((query) => !moved.test(query))];
}

/** A URL in the ways in which platforms and their libraries write one and the same. */
function spellings(origin: string, path: string, query: string): string[] {
  const port = /^https:/i.test(origin) ? ":443" : ":80";
  const bare = origin.endsWith(port) ? origin.slice(0, -port.length) : undefined;
  const hasPort = /:\d+$/.test(origin);
  const origins =
    bare !== undefined ? [origin, bare] : hasPort ? [origin] : [origin, origin + port];
  const paths = path === "" || path === "/" ? [path, path === "" ? "/" : ""] : [path];
  // URL parsers, and so every Web Request, encode this one in queries; the platform signs it as it was.
  const queries = query.includes("%27") ? [query, query.replaceAll("%27", "'")] : [query];
  return origins.flatMap((one) =>
    paths.flatMap((two) => queries.map((three) => one + two + three)),
  );
}

/** Parameters of which every form of the platform has one. */
const formSign = "(?:Account|Call|Message|Sms|Fax|Recording)Sid";
/** JSON, or such a parameter with its value, an id, right behind its name. */
const moved = new RegExp(`\\{|${formSign}(?:[A-Za-z0-9]|$)`);

/**
 * Refuses a part of a URL that holds what is signed behind a URL: JSON, or the parameters of a form,
 * one after the other without marks. So a sender's text in them, such as `x&RecordingUrl=…` in a
 * message, would be read as a query, and what follows it as a body of its own.
 *
 * @throws WebhookError `mismatch`
 */
function checkUnmoved(chosen: string): void {
  if (!moved.test(chosen)) return;
  throw new WebhookError(
    "mismatch",
    'The URL holds a "{", or the name of a parameter and right behind it a value: text of a signed body may have been moved into it. If the platform was given this URL, set the option "publicUrl" to it, with its path and query.',
  );
}
