import {
  type FailedRequest,
  IntegrityError,
  isRecord,
  isSdkError,
  OptionError,
  UntrustedUrlError,
} from "../errors.js";
import { joinBytes } from "../http/bytes.js";
import { type LinkedSignal, linkSignal } from "../http/deadline.js";
import { type ReadyBudget, readyWithin } from "../http/ready-budget.js";
import {
  type BodyReader,
  discardBody,
  readerOfBody,
  readerOfStream,
  streamOver,
} from "../http/response-body.js";
import type { MediaResponse, Transport } from "../http/transport.js";
import { checkObject, checkRequest } from "../options/call-options.js";
import type { ResolvedOptions } from "../options/client-options.js";
import { checkProjectId } from "../options/option-values.js";
import { failedRequest } from "../trust/masking.js";
import type { MediaRef } from "../trust/media-reference.js";
import { type MediaTrust, resolveRef, trustMediaUrl } from "../trust/media-trust.js";
import { rangeHeader, readRange, strongTag } from "./byte-range.js";
import { fileNameOf, mediaType } from "./file-name.js";
import type {
  DownloadOptions,
  MediaDownload,
  MediaResource,
  MediaSource,
  TrustedMedium,
} from "./media.js";
import { type Asked, judgeAnswer } from "./media-answer.js";
import { type BodyPart, MediaReader } from "./media-body.js";
import { mayBeText } from "./media-type.js";
import { playerResponse } from "./pass-on.js";

/** The readers behind the downloads that this module made. */
const mediaReaders = new WeakMap<MediaDownload, MediaReader>();

/** What reads a download chunk by chunk. Nobody may have touched its `body`. */
export function readerOf(media: MediaDownload): BodyReader {
  return mediaReaders.get(media) ?? readerOfStream(media.body);
}

/** Builds {@link MediaResource} over the transport. */
export function createMedia(transport: Transport, client: ResolvedOptions): MediaResource {
  const { spaceOrigin, mediaOrigins } = client;
  // A project that the call names is the only one it may ask for.
  const trustOf = (named: string | undefined): MediaTrust => ({
    spaceOrigin,
    mediaOrigins,
    ...(named === undefined
      ? { projectId: client.projectId, projects: client.projects }
      : { projectId: checkProjectId(named) }),
  });
  return {
    async resolve(source, options = {}) {
      const { projectId, ...rest } = checkObject(options);
      checkRequest(rest);
      return resolveSource(source, trustOf(projectId));
    },
    async download(source, options = {}) {
      const { projectId, range, ifRange, waitUntilReady, ...rest } = checkObject(options);
      const { signal: callers, timeout = client.timeout } = checkRequest(rest);
      const asked = checkAsked(range, ifRange);
      const ready = readyBudget(waitUntilReady);
      const { ref, url } = resolveSource(source, trustOf(projectId));
      // However far the client reaches, a redirect of one project's medium leads to no other's.
      const trust = trustOf(ref.projectId);
      // Lives as long as the body, and lets go of the caller's signal with it.
      const life = linkSignal(callers);
      const request = async (wanted: Asked, signal: AbortSignal, budget?: ReadyBudget) => {
        const headers = headersFor(wanted);
        const call = { signal, timeout, ready: budget };
        return readHead(ref, await transport.media(url, trust, headers, call), wanted);
      };
      try {
        const first = await request(asked, life.signal, ready);
        let resumption: LinkedSignal | undefined;
        const reader = new MediaReader(first.part, {
          mayBeText: mayBeText(ref.kind, first.contentType),
          signal: life.signal,
          stallTimeout: client.stallTimeout,
          retry: client.retry,
          onRetry: client.onRetry,
          provable: first.tag !== undefined,
          resume: async (from) => {
            const { start, end } = first.part.extent;
            // Where no end is known the last byte is asked for once more: behind it there may be
            // none, and a range of nothing is an error.
            const rest = end === undefined ? { start: from - 1 } : { start: from, end };
            const anew = from === start;
            // Each lets go of the last, so that a body resumed often does not collect them.
            resumption?.unlink();
            resumption = linkSignal(life.signal);
            const wanted = anew ? asked : { range: rest, tag: first.tag };
            const next = await request(wanted, resumption.signal).catch((error: unknown) => {
              const hasStatus = isSdkError(error) && "status" in error;
              // The medium is shorter now than its first answer said.
              if (!anew && hasStatus && error.status === 416) throw changed(error.request, error);
              throw error;
            });
            if (isContinuation(first, next, from)) return next.part;
            next.part.reader.cancel();
            throw changed(next.part.request);
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

function resolveSource(source: MediaSource, trust: MediaTrust): TrustedMedium {
  if (typeof source === "string" || source instanceof URL) return trusted(source, trust);
  // Untyped code may pass anything; what is no object is refused where references are read.
  if (!isRecord(source)) return resolveRef(source, trust);
  // A callback's item that is no medium's has no reference, and one out of a queue has lost it.
  const { ref, url } = source as { readonly ref?: MediaRef; readonly url?: unknown };
  if (ref === undefined && typeof url === "string") return trusted(url, trust);
  // Safe: a reference is read field by field, and refused if it is none.
  return resolveRef(("ref" in source ? ref : source) as MediaRef, trust);
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
  const { headers } = response;
  const judged = judgeAnswer(ref, response, asked);
  const reader = "wrong" in judged ? undefined : readerOfBody(response);
  if ("wrong" in judged || !reader) {
    discardBody(response);
    const wrong = "wrong" in judged ? judged.wrong : "without a body";
    throw new IntegrityError(
      `${request.method} ${request.url} was answered ${response.status} ${redact(wrong)}, which is not the medium.`,
      { request, reason: "reason" in judged ? judged.reason : undefined },
    );
  }
  const { extent, tag } = judged;
  const contentType = mediaType(headers.get("content-type"));
  return { part: { reader, extent, request, redact }, headers, contentType, tag };
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
    // A length that the first did not tell may be told now; what was told must stay.
    (was.end === undefined || was.end === is.end)
  );
}

function changed(request: FailedRequest, cause?: Error): IntegrityError {
  const message = `${request.method} ${request.url} has changed while it was downloaded. Download it again.`;
  return new IntegrityError(message, { request, cause, reason: "changed" });
}

/** What the trust decision says of a URL, as a result or an error. */
function trusted(source: string | URL, trust: MediaTrust): TrustedMedium {
  const decision = trustMediaUrl(source, trust);
  if (decision.trusted) return decision;
  const request = failedRequest("GET", source);
  throw new UntrustedUrlError(
    decision.reason,
    `No credentials for ${request.url || "an empty URL"}: ${decision.because}.`,
    { request },
  );
}

function checkAsked(range: DownloadOptions["range"], ifRange: DownloadOptions["ifRange"]): Asked {
  const tag = strongTag(ifRange ?? null);
  const isOther = tag === undefined && ifRange !== undefined && ifRange !== null;
  // A player's fields, of which one may be missing.
  if (range === null) return {};
  if (typeof range === "string") return isOther ? {} : { range: readRange(range), tag };
  if (isOther || (tag !== undefined && range === undefined)) {
    throw new OptionError("ifRange", "a strong entity tag with its quotes, beside a range");
  }
  // Throws for a range that makes no sense.
  if (range !== undefined) rangeHeader(range);
  return { range, tag };
}

function readyBudget(wanted: DownloadOptions["waitUntilReady"]): ReadyBudget | undefined {
  if (wanted === undefined || wanted === 0) return undefined;
  // Untyped code may pass anything, which readyWithin refuses.
  const isBudget = typeof wanted === "object" && typeof wanted?.left === "function";
  return isBudget ? wanted : readyWithin(wanted as number);
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
  let stream: MediaDownload["body"] | undefined;
  const media: MediaDownload = {
    ref,
    contentType,
    contentLength: end === undefined ? undefined : end - start + 1,
    range: isPart && !replaced ? { start, end, size } : undefined,
    fileName: fileNameOf(ref, contentType),
    etag: headers.get("etag") ?? undefined,
    acceptsRanges: /\bbytes\b/i.test(headers.get("accept-ranges") ?? ""),
    lastModified: Number.isNaN(modified) ? undefined : new Date(modified),
    get body() {
      // Made only if it is asked for: it costs as much as all else for a small medium.
      stream ??= streamOver({
        read: () => reader.read(),
        cancel(reason) {
          reader.cancel(reason);
          // Ends a resumption under way, too.
          abort(reason);
        },
      });
      return stream;
    },
    response: () => playerResponse(media),
    bytes: async () => joinBytes(await readAll(media.body)),
    blob: async () =>
      new Blob(await readAll(media.body), contentType === undefined ? {} : { type: contentType }),
  };
  mediaReaders.set(media, reader);
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
