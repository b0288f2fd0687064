import {
  AuthenticationError,
  type FailedRequest,
  isRecord,
  isSdkError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ResponseError,
  type ResponseFacts,
  ServerError,
  ValidationError,
  type ValidationIssue,
} from "../errors.js";
import { plainText, type Redact, redactJson } from "../trust/masking.js";
import { unlessAborted } from "./deadline.js";
import { readText } from "./response-body.js";

/** The longest error body that is read, in bytes. */
const errorBodyLimit = 65_536;

/**
 * The typed error for a failed response; its body is read up to a limit, secrets masked.
 *
 * @param authorized whether the request carried the credentials
 * @throws the signal's reason, where it is the caller's
 */
export async function readFailure(
  response: Response,
  request: FailedRequest,
  redact: Redact,
  signal: AbortSignal,
  authorized = true,
): Promise<ResponseError> {
  const text = await unlessAborted(signal, readText(response, errorBodyLimit, signal)).catch(() => {
    if (signal.aborted && !isSdkError(signal.reason)) throw signal.reason;
    // A body that breaks off or takes too long says less, but the status still says it all.
    return "";
  });
  const requestId = response.headers.get("x-request-id");
  const facts = {
    status: response.status,
    request,
    requestId: requestId === null ? undefined : redact(requestId),
    body: readBody(text, redact),
    retryAfter: retryAfterMs(response.headers.get("retry-after"), clockOf(response, Date.now())),
  };
  const size = response.status === 416 ? unsatisfiedSize(response.headers) : undefined;
  return Object.assign(errorFromResponse(facts, authorized), size !== undefined && { size });
}

/** The size of the medium that a range lies outside of, RFC 9110 §15.5.17. */
function unsatisfiedSize(headers: Headers): number | undefined {
  const [, size] = /^bytes \*\/(\d+)$/i.exec(headers.get("content-range")?.trim() ?? "") ?? [];
  return Number.isSafeInteger(Number(size)) ? Number(size) : undefined;
}

/** Parsed before it is redacted: JSON may write a secret with escapes. */
function readBody(text: string, redact: Redact): unknown {
  try {
    return redactJson(JSON.parse(text), redact);
  } catch {
    return redact(text);
  }
}

/**
 * The one place where a status becomes an error class. Branches on the status alone: the
 * platform's bodies differ between its APIs and only add words to the message.
 *
 * @param authorized whether the request carried the credentials: an origin that never saw them, such
 *   as the storage a redirect led to, says nothing about them
 */
export function errorFromResponse(failed: ResponseFacts, authorized = true): ResponseError {
  const { status, request, retryAfter } = failed;
  const issues = validationIssues(failed.body);
  const said = words(failed.body, issues);
  const what = `${request.method} ${request.url} was answered ${status}${said ? ` (${said})` : ""}.`;
  const untold = "The request carried no credentials, since a redirect had led it there;";
  if (status === 401 && !authorized) {
    const advice = `${untold} the API token was not refused. Download it again for a fresh link.`;
    return new ResponseError(`${what} ${advice}`, failed);
  }
  if (status === 401) {
    return new AuthenticationError(
      `${what} Check the project ID, the API token and the token's scopes.`,
      failed,
    );
  }
  if (status === 403) {
    const advice = authorized
      ? "The API token may lack a scope for this."
      : `${untold} a signed link may have expired. Download it again for a fresh one.`;
    return new PermissionError(`${what} ${advice}`, failed);
  }
  if (status === 404) {
    return new NotFoundError(
      `${what} It does not exist, was deleted, is not ready yet, or belongs to another project.`,
      failed,
    );
  }
  if (status === 400 || status === 422) {
    return new ValidationError(
      `${what} Correct the request; retrying will not help.`,
      failed,
      issues,
    );
  }
  if (status === 429) {
    const advice =
      retryAfter === undefined ? "Wait before the next one." : `Wait ${retryAfter} ms.`;
    return new RateLimitError(`${what} Too many requests. ${advice}`, failed);
  }
  if (status === 416) {
    return new ResponseError(`${what} The range asked for lies outside the medium.`, failed);
  }
  if (status >= 500) {
    return new ServerError(`${what} The platform failed; a retry may succeed.`, failed);
  }
  return new ResponseError(what, failed);
}

/**
 * The time that an answer's dates are told by: its own `Date` (RFC 9110 §6.6.1), since the clocks of
 * the two ends may differ by more than any wait.
 *
 * @param now milliseconds since the epoch, for an answer without a readable one
 */
export function clockOf({ headers }: Response, now: number): number {
  const date = readDate(headers.get("date") ?? "");
  return Number.isNaN(date) ? now : date;
}

/**
 * `Retry-After` in milliseconds: delay-seconds or an HTTP date, RFC 9110 §10.2.3.
 *
 * @param now milliseconds since the epoch by the clock of whoever wrote it, to turn a date into a wait
 */
export function retryAfterMs(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
  const date = readDate(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** An HTTP date in any of its three forms, RFC 9110 §5.6.7, in milliseconds since the epoch. */
function readDate(value: string): number {
  // Left to itself Date.parse takes "-5" and "1.5" for days of 2001, and asctime for local time.
  if (!/^[a-z]{3,9},? .*\d:\d\d:\d\d/i.test(value)) return Number.NaN;
  return Date.parse(value.trim().replace(/:\d\d(?: \d{4})?$/, "$& GMT"));
}

/** The first of the values that is text; what else a server may send in its place is not shown. */
function firstText(...values: readonly unknown[]): string | undefined {
  return values.find((value) => typeof value === "string");
}

/** The complaints in any of the platform's shapes: `{errors: [{code, message|detail, attribute}]}`. */
function validationIssues(body: unknown): ValidationIssue[] {
  if (!isRecord(body) || !Array.isArray(body["errors"])) return [];
  return body["errors"].filter(isRecord).map((issue) => {
    const attribute = firstText(issue["attribute"]);
    return {
      code: firstText(issue["code"]) ?? "unknown",
      message: firstText(issue["message"], issue["detail"]) ?? "",
      ...(attribute !== undefined && { attribute }),
    };
  });
}

/** What the platform said, in one line of at most 200 characters. */
function words(body: unknown, issues: readonly ValidationIssue[]): string {
  const text =
    issues.length > 0
      ? issues.map((issue) => `${issue.code}: ${issue.message}`).join("; ")
      : (isRecord(body) && firstText(body["message"], body["error"])) || "";
  const line = plainText(text).trim();
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
