import { type FailedRequest, IntegrityError, isSdkError } from "../errors.js";
import { discardBody, readerOfBody } from "../http/response-body.js";
import type { MediaResponse } from "../http/transport.js";
import type { AskedSize, BodyPart } from "./body-plan.js";
import { mediaType } from "./file-name.js";
import type { TrustedMedium } from "./media.js";
import { type Asked, judgeAnswer } from "./media-answer.js";

/** The head of an answer that is, or begins like, the medium. */
export interface Head {
  readonly part: BodyPart;
  readonly headers: Headers;
  readonly contentType: string | undefined;
  /** The strong entity tag. */
  readonly tag: string | undefined;
}

/** @throws IntegrityError for an answer that is not what was asked for; its body is let go of */
export function readHead(medium: TrustedMedium, answer: MediaResponse, asked: Asked): Head {
  const { response, request, redact } = answer;
  const { headers } = response;
  const judged = judgeAnswer(medium, response, asked);
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
export function isContinuation(first: Head, next: Head, from: number): boolean {
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

export function changed(request: FailedRequest, cause?: Error): IntegrityError {
  const message = `${request.method} ${request.url} has changed while it was downloaded. Download it again.`;
  return new IntegrityError(message, { request, cause, reason: "changed" });
}

/** Statuses with which a server refuses the range, not the medium. */
const refusals = [400, 405, 406, 412, 416, 422, 501];

/**
 * What the answer to a range that begins with the last byte that came tells of the size of the
 * medium, RFC 9110 §14.4 and §15.5.17.
 *
 * @param ask makes the request
 * @param next how many bytes came
 * @throws IntegrityError if it is of another version; whatever says that the medium is not to be had
 */
export async function askSize(
  first: Head,
  next: number,
  ask: () => Promise<Head>,
): Promise<AskedSize> {
  try {
    const second = await ask();
    const { part } = second;
    const { size, from, to } = part.extent;
    if (isAnotherVersion(first, second)) {
      part.reader.cancel();
      throw changed(part.request);
    }
    const untold = untoldOf(first, second);
    if (untold === undefined && size === next && from === to) return { size, proof: part };
    part.reader.cancel();
    if (untold === undefined && size !== undefined) return { size };
    // A server may pass over a range now and then, such as while its cache is being filled.
    const unknown = new Error(
      `Asked for its last byte again, the origin told no ${untold ?? "size either"}.`,
    );
    return { unknown, mayPass: true };
  } catch (error) {
    if (!isSdkError(error)) throw error;
    if (error.name === "ResponseError" && error.size !== undefined) {
      if (error.size === next) return { size: next };
      throw changed(error.request, error);
    }
    const isRefusal = "status" in error && refusals.includes(error.status);
    const isNonsense = error.name === "IntegrityError" && error.reason !== "changed";
    if (isRefusal || isNonsense) return { unknown: error, mayPass: false };
    throw error;
  }
}

/** What tells versions apart where no strong tag does. */
const weakValidators = ["etag", "last-modified"];

/** Whether something says that the answers are of two versions. */
function isAnotherVersion(first: Head, second: Head): boolean {
  if (second.part.extent.replaced) return true;
  if (first.tag !== undefined) return false;
  return weakValidators.some((name) => {
    const [was, is] = [first.headers.get(name), second.headers.get(name)];
    return was !== null && is !== null && was !== is;
  });
}

/** What the first answer said of its version and the second does not, so that it may be of another. */
function untoldOf(first: Head, second: Head): string | undefined {
  if (first.tag !== undefined) return undefined;
  return weakValidators.find((name) => first.headers.has(name) && !second.headers.has(name));
}
