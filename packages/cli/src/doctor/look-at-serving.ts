/**
 * What players and downloads that go on need of whoever serves the bytes: HEAD, a strong ETag, If-Range
 * (RFC 9110). Changes nothing.
 */

import { ask, basic } from "./ask.js";
import { type Finding, unknown } from "./finding.js";
import { firstByte, type Looking, type Media, nothingTold } from "./looking.js";

/** Looks at one medium, the first that opens. */
export async function lookAtServing(looking: Looking, media: Media): Promise<Finding[]> {
  const { credentials, signal } = looking;
  for (const { url } of media.values()) {
    const authorization = basic(credentials);
    const first = await ask(url, { ...firstByte, authorization }, signal);
    if (first === undefined || first.status >= 400) continue;
    const location = first.headers.get("location");
    // Where it leads, credentials do not go.
    const at = location === null ? url : new URL(location, url).href;
    const own = location === null ? { authorization } : {};
    const served = location === null ? first : await ask(at, { ...firstByte, ...own }, signal);
    if (served === undefined || served.status >= 400) continue;
    const head = await ask(at, own, signal, "HEAD");
    const etag = served.headers.get("etag");
    const strong = etag !== null && !etag.startsWith("W/");
    const same = strong && (await ask(at, { ...firstByte, ...own, "if-range": etag }, signal));
    const other = await ask(at, { ...firstByte, ...own, "if-range": '"another"' }, signal);
    const heeds = same && same.status === 206 && other?.status === 200;
    return [
      say("HEAD", head?.status === 200 && head.headers.has("content-length"), [
        "Tells the size without the bytes.",
        "Does not tell the size: ask for the first byte instead.",
      ]),
      say("strong ETag", strong, [
        "A download that broke off can go on.",
        "A download that broke off begins anew.",
      ]),
      say("If-Range", heeds === true, [
        "A part of another version is never taken.",
        "Not heeded: the SDK compares what came instead.",
      ]),
    ];
  }
  return ["HEAD", "strong ETag", "If-Range"].map((what) =>
    unknown(what, `${nothingTold}no medium opened.`),
  );
}

/** What is missing is no fault of the set-up. */
function say(what: string, isSo: boolean, [yes, no]: readonly [string, string]): Finding {
  return { mark: isSo ? "✓" : "?", what, advice: isSo ? yes : no };
}
