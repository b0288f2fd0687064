import { joinBytes } from "../http/bytes.js";
import type { CallbackContent } from "./callback-body.js";
import { isEmptyForm, type SignedBody } from "./request-body.js";
import { rawBodyNeeded, WebhookError } from "./webhook-error.js";
import { type Signature, sha256, utf8 } from "./webhook-signature.js";

/** A text that the platform may have signed, and what it says if it did. */
export interface SignedText {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly content: CallbackContent;
}

/**
 * The texts that the platform may have signed: each URL with what the signature's scheme signs behind
 * it, and nothing else. A signature tells its scheme by its encoding only, which a sender can change;
 * so JSON is verified where JSON is signed and a form where a form is, and the text of one that reads
 * like the other is none.
 *
 * @throws WebhookError `raw-body` if the signature is over bytes and there are none, `body-hash`, or
 *   `unrecognised` for a form with a parameter that has no name
 */
export async function signedTexts(
  { over }: Signature,
  urls: readonly string[],
  body: SignedBody,
): Promise<SignedText[]> {
  const { raw, content } = body;
  const isBoundByHash = await checkBodyHash(urls, body);
  if (content instanceof URLSearchParams) checkNames(content);
  if (over === "json") {
    if (!raw) throw rawBodyNeeded("a parsed one was given, while the signature is that of JSON");
    if (raw.length === 0)
      throw rawBodyNeeded("none was given, while the signature is that of JSON");
    if (content instanceof URLSearchParams) return [];
    return urls.map((url) => ({ bytes: joinBytes([utf8(url), raw]), content }));
  }
  const payloads = content instanceof URLSearchParams ? formPayloads(content) : [];
  if (!raw && !(content instanceof URLSearchParams)) {
    throw rawBodyNeeded("an object that is no form was given");
  }
  return urls.flatMap((url) => {
    const alone = isBoundByHash && endsInHash.test(url) ? [""] : [];
    // A callback by GET has its parameters in the query, which the signature covers.
    const said = isEmptyForm(content) ? checkNames(queryOf(url)) : content;
    return [...new Set([...payloads, ...alone])].map((payload) => ({
      bytes: utf8(url + payload),
      content: said,
    }));
  });
}

/** The query's `bodySHA256` as the platform adds it: behind everything else. */
const endsInHash = /[?&]bodySHA256=[0-9a-f]{64}$/i;

/** Whether a query holds the body's hash; @throws WebhookError if it is another's. */
async function checkBodyHash(
  urls: readonly string[],
  { raw, isMissing }: SignedBody,
): Promise<boolean> {
  const hashes = urls.flatMap((url) => queryOf(url).getAll("bodySHA256"));
  if (hashes.length === 0) return false;
  if (!raw) throw rawBodyNeeded("a parsed one was given, while the query holds the raw one's hash");
  const hash = await sha256(raw);
  if (hashes.every((one) => one.toLowerCase() === hash)) return true;
  if (isMissing) throw rawBodyNeeded("none was given, while the query holds its hash");
  throw new WebhookError("body-hash", "The query's bodySHA256 is not the hash of the body.");
}

function queryOf(url: string): URLSearchParams {
  return new URLSearchParams(/\?(.*)$/s.exec(url)?.[1]);
}

/** @throws WebhookError `unrecognised`: the platform names all, and what has no name hides where it ends */
function checkNames(form: URLSearchParams): URLSearchParams {
  if (!form.has("")) return form;
  throw new WebhookError("unrecognised", "The callback has a parameter without a name.");
}

/**
 * What is signed of a form: its parameters sorted by name, those of one name in either order that the
 * platform's and its forerunner's libraries put them in. Nothing, if that is JSON's text, or if the
 * border to the URL was moved: the first parameter of the platform's forms is `AccountSid`, so a name
 * that is a part of that, or ends in it, is what a part of a query would make of it.
 */
function formPayloads(form: URLSearchParams): string[] {
  const first = [...form.keys()].sort(compare)[0] ?? "";
  const isMoved =
    first !== "" &&
    !form.has("AccountSid") &&
    (first.endsWith("AccountSid") || "AccountSid".endsWith(first));
  if (isMoved) return [];
  const payloads = new Set([inOrderSent(form), inOrderOfValues(form)]);
  return [...payloads].filter((payload) => !/^\s*\{/.test(payload));
}

/** Names and values one after the other, sorted by name; what has the same name stays as sent. */
function inOrderSent(form: URLSearchParams): string {
  return [...form]
    .sort(([one], [other]) => compare(one, other))
    .map(([name, value]) => name + value)
    .join("");
}

/** The same, but what has the same name sorted by value, and each value once. */
function inOrderOfValues(form: URLSearchParams): string {
  const sorted = [...form].sort(
    ([one, value], [other, otherValue]) => compare(one, other) || compare(value, otherValue),
  );
  return sorted
    .filter(([name, value], index) => {
      const [before, valueBefore] = sorted[index - 1] ?? [];
      return name !== before || value !== valueBefore;
    })
    .map(([name, value]) => name + value)
    .join("");
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/**
 * What makes two requests the same delivery: the SHA-256, in hex, of the text that was signed. However
 * a replay spells the request, this text is the same, or it would not be verified. Left out of it is
 * where headers of one delivery may differ: the default port of its URL, and what follows the hash of
 * the body, if the URL holds one.
 */
export async function deliveryId(signed: Uint8Array<ArrayBuffer>): Promise<string> {
  // One character for each byte, so that a place in the text is the place in the bytes.
  const text = new TextDecoder("latin1").decode(signed);
  const hash = /[?&]bodySHA256=[0-9a-f]{64}/i.exec(text);
  const bytes = hash ? signed.subarray(0, hash.index + hash[0].length) : signed;
  const port = /^https:/i.test(text) ? ":443" : ":80";
  const [host = ""] = upToHost.exec(text) ?? [];
  if (!text.startsWith(port, host.length)) return sha256(bytes);
  const rest = bytes.subarray(host.length + port.length);
  return sha256(joinBytes([bytes.subarray(0, host.length), rest]));
}

/** A URL up to its host, which may be in brackets and behind userinfo. */
const upToHost = /^https?:\/\/(?:[^/?#@]*@)?(?:\[[^\]]*\]|[^:/?#]*)/i;
