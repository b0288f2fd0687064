/// <reference lib="esnext.disposable" preserve="true" />
import type { IntegrityError } from "../errors.js";
import type { ReadyBudget, readyWithin } from "../http/ready-budget.js";
import type { ProjectRequestOptions } from "../options/call-options.js";
import type { MediaRef } from "../trust/media-reference.js";
import type { ByteRange } from "./byte-range.js";

/**
 * A medium: its URL as a callback or the API gave it, a reference, what a listing yields, or what
 * `mediaInCallback` gives. Each but a reference names its project.
 */
export type MediaSource =
  | string
  | URL
  | MediaRef
  | {
      /** What is downloaded. */
      readonly ref: MediaRef;
      /**
       * The media type that the platform's metadata state. It tells an attachment that is text, such
       * as a layout, JSON or a page, from an error, and names what is sent as mere bytes.
       */
      readonly contentType?: string | undefined;
    }
  | {
      /** As above; where it is missing, `url` decides. */
      readonly ref?: MediaRef | undefined;
      /** The medium's URL, as a callback gave it. */
      readonly url: string;
      /** As above. */
      readonly contentType?: string | undefined;
    };

/** Options of {@link MediaResource.download}. */
export interface DownloadOptions extends ProjectRequestOptions {
  /**
   * Only a part. A part that reaches beyond the end is cut there; one that begins there is an error
   * with status 416. A server that ignores ranges has the part cut out of the whole.
   *
   * A text is the `Range` field of a player's request, to be passed on: what it may not mean, several
   * ranges at once for one, is the whole medium (RFC 9110 §14.2).
   * @default the whole medium
   */
  readonly range?: ByteRange | string | null | undefined;
  /**
   * The strong entity tag that `range` belongs to: a medium that has changed is then sent whole, and
   * its `range` is `undefined` (`If-Range`, RFC 9110 §13.1.5). Beside a text, the `If-Range` field:
   * where it is no strong tag, the whole medium is sent.
   */
  readonly ifRange?: string | null | undefined;
  /**
   * The `If-None-Match` field of a player's request, or the `etag` of a copy of your own: where the
   * medium is still that, the download is `notModified` and has no bytes (RFC 9110 §13.1.2).
   * @default asked for without a condition
   */
  readonly ifNoneMatch?: string | null | undefined;
  /**
   * The `If-Modified-Since` field of a player's request, an HTTP date: likewise, unless the medium
   * has changed since. The platform passes it over beside `ifNoneMatch` (RFC 9110 §13.1.3).
   * @default asked for without a condition
   */
  readonly ifModifiedSince?: string | null | undefined;
  /**
   * How long a medium may be missing: while this lasts, 404 is asked again, since the platform calls
   * back before its media are ready. Milliseconds, or a budget of {@link readyWithin} that several
   * downloads share.
   * @default 0
   */
  readonly waitUntilReady?: number | ReadyBudget | undefined;
}

/** A part of a medium, in bytes, the end included. */
export interface MediaRange {
  /** The first byte, counted from 0. */
  readonly start: number;
  /** The last byte; `undefined` where the part reaches to an end that the answer does not tell. */
  readonly end: number | undefined;
  /** The size of the whole medium; `undefined` where the answer does not say. */
  readonly size: number | undefined;
}

/**
 * One medium being downloaded: what it is, and its bytes as they arrive. `await using` closes its
 * connection where the block ends, whatever was read of it.
 */
export interface MediaDownload extends AsyncDisposable {
  /** What was asked for. */
  readonly ref: MediaRef;
  /**
   * Whether the medium is still what `ifNoneMatch` or `ifModifiedSince` says, and was therefore not
   * sent: then there are no bytes, and `response()` is a 304. Never without those options.
   */
  readonly notModified: boolean;
  /** The media type without parameters, lower case; `undefined` where the answer names none. */
  readonly contentType: string | undefined;
  /** The bytes that `body` will give; `undefined` where the answer does not announce it. */
  readonly contentLength: number | undefined;
  /**
   * Which part of the medium `body` gives, where one was asked for; `undefined` for the whole, such
   * as when `ifRange` was no longer right.
   */
  readonly range: MediaRange | undefined;
  /** A safe name for the file, made of the medium's id and its type's extension. */
  readonly fileName: string;
  /** The entity tag as sent, quotes included. In browsers only where CORS exposes it. */
  readonly etag: string | undefined;
  /** When the medium last changed. */
  readonly lastModified: Date | undefined;
  /**
   * The bytes. A connection that is cut, or gives no byte for `stallTimeout`, is replaced by another
   * that goes on where it ended, if a strong entity tag proves that the medium is the same. Errors
   * with an {@link IntegrityError} rather than to give a byte too few, too many or of another
   * version. Where no length was announced, the size is asked for behind the last byte (with a range
   * of that byte), unless `nodeFetch` saw the end of the chunks: where nothing tells the size, that
   * is an error, too, of reason `cut`. Nothing is read ahead; cancelling it closes the connection.
   * Can be read once.
   */
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Whether the server says that it can send parts (`Accept-Ranges`, RFC 9110 §14.3). */
  readonly acceptsRanges: boolean;
  /** Reads the whole body into memory. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * A response to pass on to a player: 206 where `range` says so, else 200, with the fields that
   * seeking needs. Private, with its type not to be guessed, and as an attachment if it is of a type
   * that a browser would run as a page. Its body is `body`. Where `notModified`, a 304 without one.
   *
   * @throws OptionError for a part of which the platform does not tell the end
   */
  response(): Response;
  /** Reads the whole body into a `Blob` of the medium's type, for `URL.createObjectURL`. */
  blob(): Promise<Blob>;
  /**
   * Closes the connection, unless the body was read to its end; one that is being read errors with
   * an `AbortError`. Never rejects. Of a runtime that has no `Symbol.asyncDispose` the key is
   * `Symbol.for("Symbol.asyncDispose")`, as compilers expect it.
   */
  [Symbol.asyncDispose](): Promise<void>;
}

/** A medium that may be asked for with the client's credentials. */
export interface TrustedMedium {
  /** What it is. */
  readonly ref: MediaRef;
  /** The URL a request for it goes to, rebuilt from the reference. */
  readonly url: URL;
  /** The media type that the source stated, where it did: lower case, without parameters. */
  readonly contentType?: string;
}

/** Media of the client's project, and of those that its option `projects` lets it reach. */
export interface MediaResource {
  /**
   * The trust decision alone: what {@link MediaResource.download} would ask for. Makes no request
   * and resolves no token; for checking a callback's URL before it is put into a queue.
   *
   * @throws UntrustedUrlError if the URL, or the project of a reference, may not receive credentials
   * @throws OptionError for a malformed reference or option
   */
  resolve(source: MediaSource, options?: ProjectRequestOptions): Promise<TrustedMedium>;
  /**
   * Downloads one medium with the client's credentials. Resolves when the head of the answer is
   * there; the bytes follow in `body`.
   *
   * A URL is trusted only if it is one of the platform's media URLs of a project within reach; the request
   * goes to the URL rebuilt from what was parsed. Redirects are followed by hand, and leave the
   * credentials behind when they leave the trusted origins.
   *
   * @param source a media URL as a callback or the API gave it, a {@link MediaRef}, or an item of a
   *   listing or callback
   * @throws UntrustedUrlError before the token is resolved, if the URL may not receive it
   * @throws OptionError for a malformed reference or option
   * @throws AuthenticationError | PermissionError | NotFoundError | RateLimitError | ServerError
   * @throws ResponseError with status 416 for a range outside the medium; its `size` says how large
   *   that is
   * @throws RedirectError for a redirect that was refused
   * @throws MediaNotReadyError if it is still missing when `waitUntilReady` is over
   * @throws ConnectionError | TimeoutError if no answer came, whatever was retried
   * @throws IntegrityError if the answer is not media, such as an error page with status 200
   */
  download(source: MediaSource, options?: DownloadOptions): Promise<MediaDownload>;
}
