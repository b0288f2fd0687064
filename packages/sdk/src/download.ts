import { type ByteRange, rangeHeader, strongTag } from "./byte-range.js";
import { linkSignal } from "./deadline.js";
import { IntegrityError, OptionError, UntrustedUrlError } from "./errors.js";
import { fileNameOf, mediaType } from "./file-name.js";
import { failedRequest } from "./masking.js";
import { type Asked, judgeAnswer } from "./media-answer.js";
import { type BodyPart, MediaReader } from "./media-body.js";
import { mayBeText } from "./media-type.js";
import { type MediaRef, type MediaTrust, resolveRef, trustMediaUrl } from "./media-url.js";
import {
  checkProjectId,
  checkRequest,
  type ProjectRequestOptions,
  type ResolvedOptions,
} from "./options.js";
import { type ReadyBudget, readyWithin } from "./ready-budget.js";
import { discard } from "./response-body.js";
import type { MediaResponse, Transport } from "./transport.js";

/** A medium: its URL as a callback or the API gave it, a reference, or what a listing yields. */
export type MediaSource = string | URL | MediaRef | { readonly ref: MediaRef };

/** Options of {@link MediaResource.download}. */
export interface DownloadOptions extends ProjectRequestOptions {
  /**
   * Only a part. A part that reaches beyond the end is cut there; one that begins there is an error
   * with status 416. A server that ignores ranges has the part cut out of the whole.
   * @default the whole medium
   */
  readonly range?: ByteRange;
  /**
   * The strong entity tag that `range` belongs to: a medium that has changed is then sent whole, and
   * its `range` is `undefined` (`If-Range`, RFC 9110 §13.1.5).
   */
  readonly ifRange?: string;
  /**
   * How long a medium may be missing: while this lasts, 404 is asked again, since the platform calls
   * back before its media are ready. Milliseconds, or a budget of {@link readyWithin} that several
   * downloads share.
   * @default 0
   */
  readonly waitUntilReady?: number | ReadyBudget;
}

/** A part of a medium, in bytes, the end included. */
export interface MediaRange {
  readonly start: number;
  /** `undefined` where the part reaches to an end that the answer does not tell. */
  readonly end: number | undefined;
  /** The size of the whole medium; `undefined` where the answer does not say. */
  readonly size: number | undefined;
}

/** One medium being downloaded: what it is, and its bytes as they arrive. */
export interface MediaDownload {
  /** What was asked for. */
  readonly ref: MediaRef;
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
   * version. Nothing is read ahead; cancelling it closes the connection. Can be read once.
   */
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Reads the whole body into memory. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  /** Reads the whole body into a `Blob` of the medium's type, for `URL.createObjectURL`. */
  blob(): Promise<Blob>;
}

/** Media of the client's project. */
export interface MediaResource {
  /**
   * Downloads one medium with the client's credentials. Resolves when the head of the answer is
   * there; the bytes follow in `body`.
   *
   * A URL is trusted only if it is one of the platform's media URLs of this project; the request
   * goes to the URL rebuilt from what was parsed. Redirects are followed by hand, and leave the
   * credentials behind when they leave the trusted origins.
   *
   * @param source a media URL as a callback or the API gave it, a {@link MediaRef}, or an item of a
   *   listing
   * @throws UntrustedUrlError before the token is resolved, if the URL may not receive it
   * @throws OptionError for a malformed reference or option
   * @throws AuthenticationError | PermissionError | NotFoundError | RateLimitError | ServerError
   * @throws RedirectError for a redirect that was refused
   * @throws MediaNotReadyError if it is still missing when `waitUntilReady` is over
   * @throws ConnectionError | TimeoutError if no answer came, whatever was retried
   * @throws IntegrityError if the answer is not media, such as an error page with status 200
   */
  download(source: MediaSource, options?: DownloadOptions): Promise<MediaDownload>;
}

/** Builds {@link MediaResource} over the transport. */
export function createMedia(transport: Transport, client: ResolvedOptions): MediaResource {
  return {
    async download(source, options = {}) {
      const { signal: callers, timeout = client.timeout } = checkRequest(options);
      const asked = checkAsked(options);
      const ready = readyBudget(options.waitUntilReady);
      const { spaceOrigin, mediaOrigins } = client;
      const projectId = checkProjectId(options.projectId ?? client.projectId);
      const trust = { spaceOrigin, mediaOrigins, projectId };
      const { ref, url } =
        typeof source === "string" || source instanceof URL
          ? trusted(source, trust)
          : resolveRef(refOf(source), trust);
      // Lives as long as the body, and lets go of the caller's signal with it.
      const life = linkSignal(callers);
      const request = async (wanted: Asked, budget?: ReadyBudget) => {
        const headers = headersFor(wanted);
        const call = { signal: life.signal, timeout, ready: budget };
        return readHead(ref, await transport.media(url, trust, headers, call), wanted);
      };
      try {
        const first = await request(asked, ready);
        const reader = new MediaReader(first.part, {
          mayBeText: mayBeText(ref.kind, first.contentType),
          signal: life.signal,
          stallTimeout: client.stallTimeout,
          retry: client.retry,
          onRetry: client.onRetry,
          provable: first.tag !== undefined,
          resume: async (from) => {
            const { start, end } = first.part.extent;
            const rest = { start: from, ...(end !== undefined && { end }) };
            const next = await request(from === start ? asked : { range: rest, tag: first.tag });
            if (isContinuation(first, next, from)) return next.part;
            discard(next.part.body);
            const { method, url: shown } = next.part.request;
            throw new IntegrityError(
              `${method} ${shown} has changed while it was downloaded. Download it again.`,
              { request: next.part.request },
            );
          },
          onEnd: life.unlink,
        });
        return describe(ref, first, reader, asked.range !== undefined, life.abort);
      } catch (error) {
        life.unlink();
        throw error;
      }
    },
  };
}

function refOf(source: MediaRef | { readonly ref: MediaRef }): MediaRef {
  // Untyped code may pass anything; what is no object is refused where references are read.
  return typeof source === "object" && source !== null && "ref" in source ? source.ref : source;
}

function headersFor({ range, tag }: Asked): Headers {
  return new Headers({
    accept: "*/*",
    // Compressed bytes would be neither countable nor resumable.
    "accept-encoding": "identity",
    ...(range && { range: rangeHeader(range) }),
    ...(range && tag !== undefined && { "if-range": tag }),
  });
}
/** The head of an answer that is, or begins like, the medium. */
interface Head {
  readonly part: BodyPart;
  readonly headers: Headers;
  readonly contentType: string | undefined;
  /** The strong entity tag. */
  readonly tag: string | undefined;
}

function readHead(ref: MediaRef, answer: MediaResponse, asked: Asked): Head {
  const { response, request, redact } = answer;
  const { headers, body } = response;
  const judged = judgeAnswer(ref, response, asked);
  if ("wrong" in judged || body === null) {
    discard(body);
    const wrong = "wrong" in judged ? judged.wrong : "without a body";
    throw new IntegrityError(
      `${request.method} ${request.url} was answered ${response.status} ${redact(wrong)}, which is not the medium.`,
      { request },
    );
  }
  const { extent, tag } = judged;
  const contentType = mediaType(headers.get("content-type"));
  return { part: { body, extent, request, redact }, headers, contentType, tag };
}

/** Whether bytes of the second answer may follow those of the first that came before `from`. */
function isContinuation(first: Head, next: Head, from: number): boolean {
  const [was, is] = [first.part.extent, next.part.extent];
  if (was.size !== undefined && is.size !== undefined && was.size !== is.size) return false;
  if (from > was.start) return !is.replaced;
  // Nothing was read yet, but the caller knows the first head.
  return (
    first.tag === next.tag &&
    first.contentType === next.contentType &&
    was.start === is.start &&
    was.end === is.end
  );
}

/** What the trust decision says of a URL, as a result or an error. */
function trusted(source: string | URL, trust: MediaTrust): { ref: MediaRef; url: URL } {
  const decision = trustMediaUrl(source, trust);
  if (decision.trusted) return decision;
  const request = failedRequest("GET", source);
  throw new UntrustedUrlError(
    decision.reason,
    `No credentials for ${request.url || "an empty URL"}: ${decision.because}.`,
    { request },
  );
}

function checkAsked({ range, ifRange }: DownloadOptions): Asked {
  if (ifRange !== undefined && (range === undefined || strongTag(ifRange) === undefined)) {
    throw new OptionError("ifRange", "a strong entity tag with its quotes, beside a range");
  }
  // Throws for a range that makes no sense.
  if (range !== undefined) rangeHeader(range);
  return { range, tag: ifRange };
}

function readyBudget(wanted: DownloadOptions["waitUntilReady"]): ReadyBudget | undefined {
  return typeof wanted === "object" || wanted === undefined ? wanted : readyWithin(wanted);
}

function describe(
  ref: MediaRef,
  { part, headers, contentType }: Head,
  reader: MediaReader,
  isPart: boolean,
  abort: (reason: unknown) => void,
): MediaDownload {
  const { start, end, size, replaced } = part.extent;
  const modified = Date.parse(headers.get("last-modified") ?? "");
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const chunk = await reader.read();
        if (chunk) controller.enqueue(chunk);
        else controller.close();
      },
      cancel(reason) {
        reader.cancel(reason);
        // Ends a resumption under way, too.
        abort(reason);
      },
    },
    // Nothing is read ahead of the consumer, so a slow reader holds the socket back.
    { highWaterMark: 0 },
  );
  return {
    ref,
    contentType,
    contentLength: end === undefined ? undefined : end - start + 1,
    range: isPart && !replaced ? { start, end, size } : undefined,
    fileName: fileNameOf(ref, contentType),
    etag: headers.get("etag") ?? undefined,
    lastModified: Number.isNaN(modified) ? undefined : new Date(modified),
    body,
    bytes: async () => new Uint8Array(await new Response(body).arrayBuffer()),
    blob: async () => {
      const blob = await new Response(body).blob();
      return contentType === undefined ? blob : blob.slice(0, blob.size, contentType);
    },
  };
}
