import { maskUrl } from "./credentials.js";
import { type FailedRequest, IntegrityError, UntrustedUrlError } from "./errors.js";
import { fileNameOf, mediaType } from "./file-name.js";
import { type MediaRef, mediaUrl, trustMediaUrl } from "./media-url.js";
import { checkProjectId, type ProjectRequestOptions, type ResolvedOptions } from "./options.js";
import { discard } from "./response-body.js";
import type { MediaResponse, Transport } from "./transport.js";

/** One medium being downloaded: what it is, and its bytes as they arrive. */
export interface MediaDownload {
  /** What was asked for. */
  readonly ref: MediaRef;
  /** The media type without parameters, lower case; `undefined` where the answer names none. */
  readonly contentType: string | undefined;
  /** The size in bytes; `undefined` where the answer does not announce it. */
  readonly contentLength: number | undefined;
  /** A safe name for the file, made of the medium's id and its type's extension. */
  readonly fileName: string;
  /** The entity tag as sent, quotes included. In browsers only where CORS exposes it. */
  readonly etag: string | undefined;
  /** When the medium last changed. */
  readonly lastModified: Date | undefined;
  /**
   * The bytes. Errors with an {@link IntegrityError} when they are fewer or more than announced;
   * cancelling it closes the connection. Can be read once.
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
   * @param source a media URL as a callback or the API gave it, or a {@link MediaRef}
   * @throws UntrustedUrlError before the token is resolved, if the URL may not receive it
   * @throws OptionError for a malformed reference or option
   * @throws AuthenticationError | PermissionError | NotFoundError | RateLimitError | ServerError
   * @throws RedirectError for a redirect that was refused
   * @throws ConnectionError | TimeoutError if no answer came
   * @throws IntegrityError if the answer is not media, such as an error page with status 200
   */
  download(
    source: string | URL | MediaRef,
    options?: ProjectRequestOptions,
  ): Promise<MediaDownload>;
}

/** Builds {@link MediaResource} over the transport. */
export function createMedia(transport: Transport, client: ResolvedOptions): MediaResource {
  return {
    async download(source, options = {}) {
      const projectId = checkProjectId(options.projectId ?? client.projectId);
      const trust = { ...client, projectId };
      const target =
        typeof source === "string" || source instanceof URL
          ? trustMediaUrl(source, trust)
          : { trusted: true as const, ref: { projectId, ...source }, url: mediaUrl(source, trust) };
      if (!target.trusted) {
        const url = maskUrl(source instanceof URL ? source.href : String(source));
        throw new UntrustedUrlError(
          target.reason,
          `No credentials for ${url || "an empty URL"}: ${target.because}.`,
          {
            request: { method: "GET", url },
          },
        );
      }
      // Compressed bytes would be neither countable nor resumable.
      const headers = new Headers({ accept: "*/*", "accept-encoding": "identity" });
      const answer = await transport.media(target.url, trust, headers, options);
      return describe(target.ref, answer, options.signal);
    },
  };
}

async function describe(
  ref: MediaRef,
  { response, request }: MediaResponse,
  signal: AbortSignal | undefined,
): Promise<MediaDownload> {
  const { headers } = response;
  const contentType = mediaType(headers.get("content-type"));
  const wrong = whyNotMedia(ref, response.status, contentType);
  if (wrong !== undefined || response.body === null) {
    discard(response.body);
    throw new IntegrityError(
      `${request.method} ${request.url} was answered ${response.status} ${wrong ?? "without a body"}, which is not the medium.`,
      { request },
    );
  }
  // A decoded body has another length than the one announced, RFC 9110 §8.4.
  const encoded = (headers.get("content-encoding") ?? "identity") !== "identity";
  const announced = headers.get("content-length");
  const contentLength = announced === null || encoded ? undefined : Number(announced);
  const modified = Date.parse(headers.get("last-modified") ?? "");
  const body = counted(response.body, contentLength, request, signal);
  return {
    ref,
    contentType,
    contentLength,
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

/** Why a successful answer cannot be the medium: another status than 200, or a page of text. */
function whyNotMedia(ref: MediaRef, status: number, type: string | undefined): string | undefined {
  if (status !== 200) return "which is not a whole body";
  if (type === undefined || !isTextual(type)) return undefined;
  const attachedText = ref.kind === "messageMedia" && /^text\/(?!html|xml)/.test(type);
  return attachedText ? undefined : `with ${type}`;
}

function isTextual(type: string): boolean {
  if (type === "image/svg+xml") return false;
  return type.startsWith("text/") || /^application\/(.*\+)?(json|xml|xhtml)(\+xml)?$/.test(type);
}

/** The same bytes, counted: errors at the end unless exactly as many came as were announced. */
function counted(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  announced: number | undefined,
  request: FailedRequest,
  signal: AbortSignal | undefined,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  const of = announced === undefined ? "" : ` of ${announced}`;
  let loaded = 0;
  const wrongLength = (how: string, cause?: unknown) =>
    new IntegrityError(`The body of ${request.method} ${request.url} ${how}. Download it again.`, {
      request,
      cause,
    });
  return new ReadableStream(
    {
      async pull(controller) {
        let chunk: ReadableStreamReadResult<Uint8Array<ArrayBuffer>>;
        try {
          chunk = await reader.read();
        } catch (cause) {
          if (signal?.aborted) throw signal.reason;
          throw wrongLength(`was cut after ${loaded}${of} bytes`, cause);
        }
        if (chunk.done) {
          if (announced !== undefined && loaded < announced) {
            throw wrongLength(`ended after ${loaded}${of} bytes`);
          }
          controller.close();
          return;
        }
        loaded += chunk.value.byteLength;
        if (announced !== undefined && loaded > announced) {
          discard(reader);
          throw wrongLength(`is longer than the ${announced} bytes announced`);
        }
        controller.enqueue(chunk.value);
      },
      cancel: (reason) => discard(reader, reason),
    },
    // Nothing is read ahead of the consumer, so a slow reader holds the socket back.
    { highWaterMark: 0 },
  );
}
