import { type FailedRequest, isSdkError, UnexpectedAnswerError } from "../errors.js";
import { plainText, type Redact } from "../trust/masking.js";
import { onAbort, startTimer, unlessAborted } from "./deadline.js";
import { discardBody, readerOfBody, streamOver } from "./response-body.js";
import { noAnswer } from "./send.js";

/** What an answer to an API call is read under. */
export interface ApiReading {
  readonly request: FailedRequest;
  readonly redact: Redact;
  /** Ends the attempt. */
  readonly signal: AbortSignal;
}

/**
 * Whether an answer can have a body: not to HEAD, and not with status 204 or 205 (Fetch standard,
 * "null body status").
 */
function hasBody({ status }: Response, { method }: FailedRequest): boolean {
  return status !== 204 && status !== 205 && method !== "HEAD";
}

function isJson({ headers }: Response): boolean {
  return /\bjson\b/i.test(headers.get("content-type") ?? "");
}

/**
 * A JSON answer read into memory, so that the deadline covers its body and whatever is no JSON is
 * an error; an answer that has no body by definition as it came.
 *
 * @throws UnexpectedAnswerError for any other answer: a gateway's page with status 200
 */
export async function jsonInMemory(
  response: Response,
  { request, redact, signal }: ApiReading,
): Promise<Response> {
  if (!hasBody(response, request)) return response;
  const { status, headers } = response;
  if (!isJson(response)) {
    discardBody(response);
    const type = headers.get("content-type") ?? "no content type";
    throw new UnexpectedAnswerError(
      "body",
      `${request.method} ${request.url} was answered ${status} with ${redact(plainText(type))} instead of JSON. Check the option "space".`,
      { request },
    );
  }
  const text = await unlessAborted(signal, response.text()).catch((error: unknown) => {
    if (signal.aborted) throw signal.reason;
    throw brokeOff(request, error, redact);
  });
  try {
    JSON.parse(text);
  } catch {
    throw new UnexpectedAnswerError(
      "body",
      `${request.method} ${request.url} was answered ${status} with a body that is not the JSON it claims to be.`,
      { request },
    );
  }
  return new Response(text, { status, headers });
}

/** A body that must have ended at a time, whoever reads it. */
export interface BodyLimit {
  /** Milliseconds that are left. */
  readonly left: number;
  /** What the body errors with when they are over. */
  tooLate(): Error;
  /** The caller's, whose reason the body errors with. */
  readonly callers: AbortSignal;
}

/**
 * An answer of the API whose body streams to its reader: a medium. JSON in its place is read into
 * memory.
 */
export async function mediumWithin(
  response: Response,
  reading: ApiReading,
  { left, tooLate, callers }: BodyLimit,
): Promise<Response> {
  if (isJson(response)) return jsonInMemory(response, reading);
  const reader = hasBody(response, reading.request) ? readerOfBody(response) : undefined;
  if (!reader) return response;
  const { request, redact } = reading;
  const over = new AbortController();
  const end = (reason: unknown) => {
    over.abort(reason);
    reader.cancel(reason);
  };
  const timer = startTimer(left, () => end(tooLate()));
  const unfollow = onAbort(callers, () => end(callers.reason));
  const done = () => {
    timer.clear();
    unfollow();
  };
  const body = streamOver({
    async read() {
      try {
        over.signal.throwIfAborted();
        const chunk = await unlessAborted(over.signal, reader.read());
        if (!chunk) done();
        return chunk;
      } catch (error) {
        done();
        if (over.signal.aborted) throw over.signal.reason;
        throw isSdkError(error) ? error : brokeOff(request, error, redact);
      }
    },
    cancel(reason) {
      done();
      reader.cancel(reason);
    },
  });
  const { status, headers } = response;
  return new Response(body, { status, headers });
}

function brokeOff(request: FailedRequest, error: unknown, redact: Redact) {
  return noAnswer(request, "was answered, but the answer broke off", error, redact);
}
