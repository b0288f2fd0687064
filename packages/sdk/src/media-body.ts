import type { MediaKind } from "@media-protection/contract";
import { unlessAborted } from "./deadline.js";
import { type FailedRequest, IntegrityError } from "./errors.js";
import { type Redact, reasonOf, safeCause } from "./masking.js";
import { discard } from "./response-body.js";

/** What a body is checked against. */
export interface ExpectedBody {
  /** The bytes announced; `undefined` where nothing was. */
  readonly announced: number | undefined;
  /** Whether the medium may be text, as an attachment may. */
  readonly mayBeText: boolean;
  readonly request: FailedRequest;
  readonly redact: Redact;
  /** The caller's signal. */
  readonly signal: AbortSignal | undefined;
}

const octets = /^(?:application|binary)\/octet-stream$/;
const kindTypes: Readonly<Record<MediaKind, RegExp>> = {
  recording: /^(?:audio|video)\//,
  faxMedia: /^(?:image\/|application\/pdf$)/,
  // Anything may be attached but what answers for an error or a dialogue instead of the medium.
  messageMedia:
    /^(?!multipart\/|message\/)(?!.*\b(?:html|xml|json|ndjson|yaml|javascript|ecmascript|http|x-www-form-urlencoded)\b)|^image\/svg\+xml$/,
};

/** Whether a media type can be that of a medium of the kind; `undefined` can: the bytes will tell. */
export function isTypeOf(kind: MediaKind, type: string | undefined): boolean {
  if (type === undefined || octets.test(type)) return true;
  return /^[\w.+-]+\/[\w.+-]+$/.test(type) && kindTypes[kind].test(type);
}

/** How an error page, a JSON error or an XML error begins, whatever type it claims to be. */
const textualBeginning =
  /^[\s\u00ef\u00bb\u00bf]*(?:\{\s*["}]|\[\s*[{"\]]|<(?:!doctype|\?xml|html|error))/i;
const beginningLength = 64;

/**
 * The same bytes, checked as they pass: not an error page, exactly as many as announced, not none.
 * Errors with an {@link IntegrityError}, or with the signal's reason.
 */
export function checkedBody(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  { announced, mayBeText, request, redact, signal }: ExpectedBody,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  const of = announced === undefined ? "" : ` of ${announced}`;
  let loaded = 0;
  let beginning = "";
  const wrong = (how: string, cause?: Error): IntegrityError => {
    discard(reader);
    return new IntegrityError(
      `The body of ${request.method} ${request.url} ${how}. Download it again.`,
      { request, cause },
    );
  };
  return new ReadableStream(
    {
      async pull(controller) {
        // Raced by us: undici 6 loses an abort that comes between the last byte and the end.
        const chunk = await unlessAborted(signal, reader.read()).catch((error: unknown) => {
          if (signal?.aborted) {
            discard(reader, signal.reason);
            throw signal.reason;
          }
          const cause = safeCause(error, redact);
          throw wrong(`was cut after ${loaded}${of} bytes (${reasonOf(cause)})`, cause);
        });
        if (chunk.done) {
          if (announced !== undefined && loaded < announced) {
            throw wrong(`ended after ${loaded}${of} bytes`);
          }
          if (loaded === 0) throw wrong("is empty");
          controller.close();
          return;
        }
        if (!mayBeText && loaded < beginningLength) {
          beginning += String.fromCharCode(...chunk.value.subarray(0, beginningLength - loaded));
          if (textualBeginning.test(beginning))
            throw wrong("is text, such as an error page, not the medium");
        }
        loaded += chunk.value.byteLength;
        if (announced !== undefined && loaded > announced) {
          throw wrong(`is longer than the ${announced} bytes announced`);
        }
        controller.enqueue(chunk.value);
      },
      cancel: (reason) => discard(reader, reason),
    },
    // Nothing is read ahead of the consumer, so a slow reader holds the socket back.
    { highWaterMark: 0 },
  );
}
