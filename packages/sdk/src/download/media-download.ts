import { joinBytes } from "../http/bytes.js";
import { type BodyReader, streamOver } from "../http/response-body.js";
import type { MediaRef } from "../trust/media-reference.js";
import { fileNameOf, mediaType } from "./file-name.js";
import type { MediaDownload, MediaRange } from "./media.js";
import { isGeneral } from "./media-type.js";
import { playerResponse } from "./pass-on.js";

/** What a download is made of. */
export interface DownloadParts {
  readonly ref: MediaRef;
  /** The media type that the platform's metadata state, where it is known. */
  readonly stated: string | undefined;
  readonly headers: Headers;
  /** Gives the bytes; `undefined` where the medium was not modified. */
  readonly reader: BodyReader | undefined;
  readonly contentLength: number | undefined;
  readonly range: MediaRange | undefined;
  /** Ends a request for more bytes that is under way. */
  readonly abort: (reason: unknown) => void;
}

// Browsers may not know it: compilers that have `await using` run there look for this one instead.
const asyncDispose: typeof Symbol.asyncDispose =
  Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose");

const nothing: BodyReader = { read: async () => undefined, cancel: () => {} };

/** A download as its caller sees it. */
export function mediaDownload(parts: DownloadParts): MediaDownload {
  const { ref, stated, headers, contentLength, range, abort, reader = nothing } = parts;
  const contentType = mediaType(headers.get("content-type"));
  const modified = Date.parse(headers.get("last-modified") ?? "");
  let stream: MediaDownload["body"] | undefined;
  const cancel = (reason: unknown) => {
    reader.cancel(reason);
    // Ends a resumption under way, too.
    abort(reason);
  };
  const media: MediaDownload = {
    ref,
    notModified: parts.reader === undefined,
    contentType,
    contentLength,
    range,
    fileName: fileNameOf(ref, isGeneral(contentType) ? (stated ?? contentType) : contentType),
    etag: headers.get("etag") ?? undefined,
    acceptsRanges: /\bbytes\b/i.test(headers.get("accept-ranges") ?? ""),
    lastModified: Number.isNaN(modified) ? undefined : new Date(modified),
    get body() {
      // Made only if it is asked for: it costs as much as all else for a small medium.
      stream ??= streamOver({ read: () => reader.read(), cancel });
      return stream;
    },
    response: () => playerResponse(media),
    bytes: async () => joinBytes(await readAll(media.body)),
    blob: async () =>
      new Blob(await readAll(media.body), contentType === undefined ? {} : { type: contentType }),
    async [asyncDispose]() {
      // Whoever is still reading gets this reason, not a body that merely ends.
      cancel(new DOMException("The download was disposed of before it was read.", "AbortError"));
    },
  };
  return media;
}

/** Every chunk of a body. Not through a `Response`, which in browsers hides the body's own error. */
async function readAll(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const reader = body.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return chunks;
    chunks.push(value);
  }
}
