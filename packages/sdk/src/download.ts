import { IntegrityError, UntrustedUrlError } from "./errors.js";
import { fileNameOf, mediaType } from "./file-name.js";
import { failedRequest, plainText } from "./masking.js";
import { checkedBody, isTypeOf } from "./media-body.js";
import { type MediaRef, type MediaTrust, resolveRef, trustMediaUrl } from "./media-url.js";
import {
  checkProjectId,
  checkRequest,
  type ProjectRequestOptions,
  type ResolvedOptions,
} from "./options.js";
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
      const request = checkRequest(options);
      const { spaceOrigin, mediaOrigins } = client;
      const projectId = checkProjectId(options.projectId ?? client.projectId);
      const trust = { spaceOrigin, mediaOrigins, projectId };
      const { ref, url } =
        typeof source === "string" || source instanceof URL
          ? trusted(source, trust)
          : resolveRef(source, trust);
      // Compressed bytes would be neither countable nor resumable.
      const headers = new Headers({ accept: "*/*", "accept-encoding": "identity" });
      const answer = await transport.media(url, trust, headers, request);
      return describe(ref, answer, request.signal);
    },
  };
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

function describe(
  ref: MediaRef,
  { response, request, redact }: MediaResponse,
  signal: AbortSignal | undefined,
): MediaDownload {
  const { headers } = response;
  const contentType = mediaType(headers.get("content-type"));
  const wrong = whyNotMedia(ref, response, contentType);
  if (wrong !== undefined || response.body === null) {
    discard(response.body);
    throw new IntegrityError(
      `${request.method} ${request.url} was answered ${response.status} ${redact(wrong ?? "without a body")}, which is not the medium.`,
      { request },
    );
  }
  const announced = headers.get("content-length");
  const contentLength = announced === null ? undefined : Number(announced);
  const modified = Date.parse(headers.get("last-modified") ?? "");
  const mayBeText = ref.kind === "messageMedia" && /^(?:text\/|image\/svg)/.test(contentType ?? "");
  const expected = { announced: contentLength, mayBeText, request, redact, signal };
  const body = checkedBody(response.body, expected);
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

/** Why the head of a successful answer cannot be that of the whole medium. */
function whyNotMedia(
  { kind }: MediaRef,
  { status, headers }: Response,
  type: string | undefined,
): string | undefined {
  if (status !== 200 || headers.has("content-range"))
    return "with something else than a whole body";
  if (!isTypeOf(kind, type)) return `with ${plainText(type ?? "")}`;
  const coding = headers.get("content-encoding")?.trim().toLowerCase() ?? "";
  if (coding !== "" && coding !== "identity") {
    return `encoded as ${plainText(coding)}, although only the identity coding was asked for`;
  }
  const length = headers.get("content-length");
  if (length !== null && !/^\d+$/.test(length)) return "with an unreadable Content-Length";
  if (length !== null && Number(length) === 0) return "with an empty body";
  // undici 6 takes a cut for the end of such a body (nodejs/undici#5273).
  const endsByClosing = /\bclose\b/i.test(headers.get("connection") ?? "");
  if (length === null && endsByClosing) {
    return "with a body that ends when its connection closes, so that a cut could not be told from the end";
  }
  return undefined;
}
