import { isRecord, isSdkError, OptionError, UntrustedUrlError } from "../errors.js";
import { type LinkedSignal, linkSignal } from "../http/deadline.js";
import { type ReadyBudget, readyWithin } from "../http/ready-budget.js";
import { type BodyReader, discardBody, readerOfStream } from "../http/response-body.js";
import type { Transport } from "../http/transport.js";
import { checkObject, checkRequest } from "../options/call-options.js";
import type { ResolvedOptions } from "../options/client-options.js";
import { checkProjectId } from "../options/option-values.js";
import { failedRequest } from "../trust/masking.js";
import type { MediaRef } from "../trust/media-reference.js";
import { type MediaTrust, resolveRef, trustMediaUrl } from "../trust/trust-decision.js";
import { rangeHeader, readRange, strongTag } from "./byte-range.js";
import { type Conditions, checkConditions } from "./conditions.js";
import { mediaType } from "./file-name.js";
import type {
  DownloadOptions,
  MediaDownload,
  MediaResource,
  MediaSource,
  TrustedMedium,
} from "./media.js";
import type { Asked, Extent } from "./media-answer.js";
import { MediaReader } from "./media-body.js";
import { mediaDownload } from "./media-download.js";
import { askSize, changed, isContinuation, readHead } from "./media-head.js";
import { mayBeText } from "./media-type.js";
import { isBare, isMetadata } from "./metadata-in-place.js";

/** The readers behind the downloads that this module made. */
const mediaReaders = new WeakMap<MediaDownload, MediaReader>();

/** What reads a download chunk by chunk. Nobody may have touched its `body`. */
export function readerOf(media: MediaDownload): BodyReader {
  return mediaReaders.get(media) ?? readerOfStream(media.body);
}

/** Builds {@link MediaResource} over the transport. */
export function createMedia(transport: Transport, client: ResolvedOptions): MediaResource {
  const { spaceOrigin, mediaOrigins, allowInsecure } = client;
  // A project that the call names is the only one it may ask for.
  const trustOf = (named: string | undefined): MediaTrust => ({
    spaceOrigin,
    mediaOrigins,
    allowInsecure,
    ...(named === undefined
      ? { projectId: client.projectId, projects: client.projects }
      : { projectId: checkProjectId(named) }),
  });
  // By the reference that was built of it, which nobody can change: what is listed or resolved, and
  // then downloaded, is judged once.
  const judged = new WeakMap<
    object,
    { readonly url: string; readonly named: string | undefined }
  >();
  const resolve = (source: MediaSource, named: string | undefined): TrustedMedium => {
    const medium = resolveSource(
      source,
      (given) => {
        const before = judged.get(given);
        return before && before.named === named
          ? { ref: given, url: new URL(before.url) }
          : undefined;
      },
      trustOf(named),
    );
    judged.set(Object.freeze(medium.ref), { url: medium.url.href, named });
    return medium;
  };
  return {
    async resolve(source, options = {}) {
      const { projectId, ...rest } = checkObject(options);
      checkRequest(rest);
      return resolve(source, projectId);
    },
    async download(source, options = {}) {
      const { projectId, range, ifRange, ifNoneMatch, ifModifiedSince, waitUntilReady, ...rest } =
        checkObject(options);
      const { signal: callers, timeout = client.timeout } = checkRequest(rest);
      const asked = checkAsked(range, ifRange);
      const conditions = checkConditions({ ifNoneMatch, ifModifiedSince });
      const ready = readyBudget(waitUntilReady);
      const medium = resolve(source, projectId);
      const { ref, contentType: stated } = medium;
      let { url } = medium;
      // However far the client reaches, a redirect of one project's medium leads to no other's.
      const trust = trustOf(ref.projectId);
      // Lives as long as the body, and lets go of the caller's signal with it.
      const life = linkSignal(callers);
      const answer = (wanted: Asked, signal: AbortSignal, on: Conditions, fresh?: ReadyBudget) =>
        transport.media(url, trust, headersFor(wanted, on), { signal, timeout, ready: fresh });
      let latest: LinkedSignal | undefined;
      /** Asks for more, without conditions: what has begun is wanted whatever became of the medium. */
      const again = async (wanted: Asked) => {
        // Each lets go of the last, so that a body resumed often does not collect them.
        latest?.unlink();
        latest = linkSignal(life.signal);
        return readHead(medium, await answer(wanted, latest.signal, {}), wanted);
      };
      try {
        let begun = await answer(asked, life.signal, conditions, ready);
        if (isBare(ref) && (await isMetadata(ref, begun.response, life.signal, timeout))) {
          ({ url } = resolveRef({ ...ref, format: "wav" }, trust));
          begun = await answer(asked, life.signal, conditions, ready);
        }
        const { response } = begun;
        if (response.status === 304) {
          discardBody(response);
          life.unlink();
          return mediaDownload({ ...unread, ref, stated, headers: response.headers });
        }
        const first = readHead(medium, begun, asked);
        const { extent } = first.part;
        const reader = new MediaReader(first.part, {
          mayBeText: mayBeText(ref.kind, first.contentType, stated),
          signal: life.signal,
          stallTimeout: client.stallTimeout,
          retry: client.retry,
          onRetry: client.onRetry,
          provable: first.tag !== undefined,
          askSize: (next) =>
            askSize(first, next, () => again({ range: { start: next - 1 }, tag: first.tag })),
          resume: async (from) => {
            const { start, end } = extent;
            // Where no end is known the last byte is asked for once more: behind it there may be
            // none, and a range of nothing is an error.
            const rest = end === undefined ? { start: from - 1 } : { start: from, end };
            const anew = from === start;
            const wanted = anew ? asked : { range: rest, tag: first.tag };
            const next = await again(wanted).catch((error: unknown) => {
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
        const { headers } = first;
        const isPart = asked.range !== undefined;
        const media = mediaDownload({
          ...lengthOf(extent, isPart),
          ref,
          stated,
          headers,
          reader,
          abort: life.abort,
        });
        mediaReaders.set(media, reader);
        return media;
      } catch (error) {
        life.unlink();
        throw error;
      }
    },
  };
}

/** Of a medium that was not modified there is nothing to read. */
const unread = {
  reader: undefined,
  contentLength: undefined,
  range: undefined,
  abort: () => {},
};

/** What a download says of the bytes that its body will give. */
function lengthOf({ start, end, size, replaced }: Extent, isPart: boolean) {
  return {
    contentLength: end === undefined ? undefined : end - start + 1,
    range: isPart && !replaced ? { start, end, size } : undefined,
  };
}

function resolveSource(
  source: MediaSource,
  recall: (ref: MediaRef) => TrustedMedium | undefined,
  trust: MediaTrust,
): TrustedMedium {
  if (typeof source === "string" || source instanceof URL) return trusted(source, trust);
  // Untyped code may pass anything; what is no object is refused where references are read.
  if (!isRecord(source)) return resolveRef(source, trust);
  // A callback's item that is no medium's has no reference, and one out of a queue has lost it.
  const {
    ref,
    url,
    contentType: said,
  } = source as {
    readonly ref?: MediaRef;
    readonly url?: unknown;
    readonly contentType?: unknown;
  };
  const contentType = mediaType(typeof said === "string" ? said : null);
  const stated = contentType === undefined ? {} : { contentType };
  if (ref === undefined && typeof url === "string") return { ...trusted(url, trust), ...stated };
  // Safe: a reference is read field by field, and refused if it is none.
  const given = ("ref" in source ? ref : source) as MediaRef;
  return { ...((isRecord(given) && recall(given)) || resolveRef(given, trust)), ...stated };
}

function headersFor({ range, tag }: Asked, conditions: Conditions): Headers {
  return new Headers({
    accept: "*/*",
    // Compressed bytes would be neither countable nor resumable.
    "accept-encoding": "identity",
    ...(range && { range: rangeHeader(range) }),
    ...(range && tag !== undefined && { "if-range": tag }),
    ...conditions,
  });
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

/** @throws OptionError for a `waitUntilReady` that is neither a number, 0 or more, nor a budget */
export function checkReady(wanted: DownloadOptions["waitUntilReady"]): void {
  readyBudget(wanted);
}

function readyBudget(wanted: DownloadOptions["waitUntilReady"]): ReadyBudget | undefined {
  if (wanted === undefined || wanted === 0) return undefined;
  // Untyped code may pass anything, which readyWithin refuses.
  const isBudget = typeof wanted === "object" && typeof wanted?.left === "function";
  return isBudget ? wanted : readyWithin(wanted as number);
}
