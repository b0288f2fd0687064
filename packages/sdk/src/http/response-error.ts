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
 * @throws the signal's reason, where it is the caller's
 */
export async function readFailure(
  response: Response,
  request: FailedRequest,
  redact: Redact,
  signal: AbortSignal,
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
    retryAfter: retryAfterMs(response.headers.get("retry-after"), Date.now()),
  };
  const size = response.status === 416 ? unsatisfiedSize(response.headers) : undefined;
  return Object.assign(errorFromResponse(facts), size !== undefined && { size });
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
 */
export function errorFromResponse(failed: ResponseFacts): ResponseError {
  const { status, request, retryAfter } = failed;
  const issues = validationIssues(failed.body);
  const said = words(failed.body, issues);
  const what = `${request.method} ${request.url} was answered ${status}${said ? ` (${said})` : ""}.`;
  if (status === 401) {
    return new AuthenticationError(
      `${what} Check the project ID, the API token and the token's scopes.`,
      failed,
    );
  }
  if (status === 403) {
    return new PermissionError(`${what} The API token may lack a scope for this.`, failed);
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
 * `Retry-After` in milliseconds: delay-seconds or an HTTP date, RFC 9110 §10.2.3.
 *
 * @param now milliseconds since the epoch, to turn a date into a wait
 */
export function retryAfterMs(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
  // Left to itself Date.parse takes "-5" and "1.5" for days of 2001, and asctime for local time.
  if (!/^[a-z]{3,9},? .*\d:\d\d:\d\d/i.test(value)) return undefined;
  const date = Date.parse(value.replace(/:\d\d \d{4}$/, "$& GMT"));
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
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
