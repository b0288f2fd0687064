import { OptionError } from "../errors.js";
import type { MediaDownload } from "./media.js";

/** Types that a browser would run as a page of the origin that passes them on. */
const runnable = /^(?:text\/(?!plain$|csv$|calendar$)|image\/svg|application\/(?!pdf$))/;

/**
 * A copy that a browser keeps is asked about before it is played again (RFC 9111 §5.2.2.4), which costs a
 * 304: whether somebody may play it is decided anew each time, and without this word a browser guesses
 * from `Last-Modified` for how long nobody has to be asked.
 */
const revalidated = "private, no-cache";

/** What stands before a medium's bytes when they are passed on. */
export interface PlayerHead {
  readonly status: number;
  readonly headers: Headers;
}

/** A response to pass on to a player. */
export function playerResponse(media: MediaDownload): Response {
  const head = playerHead(media);
  return new Response(media.notModified ? null : media.body, head);
}

/**
 * The status and the fields of a response to pass on to a player, RFC 9110 §14.4 and §15.3.7.
 *
 * @throws OptionError for a part of which the platform does not tell the end
 */
export function playerHead(media: MediaDownload): PlayerHead {
  const { contentType = "application/octet-stream", contentLength, range } = media;
  const { fileName, acceptsRanges } = media;
  if (media.notModified) return notModified(media);
  const disposition = runnable.test(contentType) ? "attachment" : "inline";
  const headers = new Headers({
    "cache-control": revalidated,
    "content-type": contentType,
    "content-disposition": `${disposition}; filename="${fileName}"`,
    "x-content-type-options": "nosniff",
  });
  if (contentLength !== undefined) headers.set("content-length", `${contentLength}`);
  if (acceptsRanges) headers.set("accept-ranges", "bytes");
  setVersion(headers, media);
  if (range) {
    const { start, end, size = "*" } = range;
    if (end === undefined) {
      throw new OptionError("range", "left out: the answer does not tell where this part ends");
    }
    headers.set("content-range", `bytes ${start}-${end}/${size}`);
  }
  return { status: range ? 206 : 200, headers };
}

/** What a copy that the player has needs to know, RFC 9110 §15.4.5. */
function notModified(media: MediaDownload): PlayerHead {
  const headers = new Headers({ "cache-control": revalidated });
  setVersion(headers, media);
  return { status: 304, headers };
}

function setVersion(headers: Headers, { etag, lastModified }: MediaDownload): void {
  if (etag !== undefined) headers.set("etag", etag);
  if (lastModified) headers.set("last-modified", lastModified.toUTCString());
}
