import {
  AuthenticationError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ResponseError,
  type ResponseFacts,
  ServerError,
  ValidationError,
  type ValidationIssue,
} from "./errors.js";

/** What a failed response told, once its body has been read. */
export interface FailedResponse extends ResponseFacts {
  /** The `Retry-After` field as sent: seconds or an HTTP date (RFC 9110 §10.2.3). */
  readonly retryAfter: string | null;
}

/**
 * The one place where a status becomes an error class. Branches on the status alone: the
 * platform's bodies differ between its APIs and only add words to the message.
 *
 * @param failed the facts of the response
 * @param now milliseconds since the epoch, to turn a `Retry-After` date into a wait
 */
export function errorFromResponse(failed: FailedResponse, now: number): ResponseError {
  const { status, request } = failed;
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
    const wait = retryAfterMs(failed.retryAfter, now);
    const advice = wait === undefined ? "Wait before the next one." : `Wait ${wait} ms.`;
    return new RateLimitError(`${what} Too many requests. ${advice}`, failed, wait);
  }
  if (status >= 500) {
    return new ServerError(`${what} The platform failed; a retry may succeed.`, failed);
  }
  return new ResponseError(what, failed);
}

/** `Retry-After` in milliseconds: delay-seconds or an HTTP date, RFC 9110 §10.2.3. */
export function retryAfterMs(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** The complaints in any of the platform's shapes: `{errors: [{code, message|detail, attribute}]}`. */
function validationIssues(body: unknown): ValidationIssue[] {
  if (!isRecord(body) || !Array.isArray(body["errors"])) return [];
  return body["errors"].filter(isRecord).map((issue) => ({
    code: String(issue["code"] ?? "unknown"),
    message: String(issue["message"] ?? issue["detail"] ?? ""),
    ...(typeof issue["attribute"] === "string" && { attribute: issue["attribute"] }),
  }));
}

/** What the platform said, in one line of at most 200 characters. */
function words(body: unknown, issues: readonly ValidationIssue[]): string {
  const text =
    issues.length > 0
      ? issues.map((issue) => `${issue.code}: ${issue.message}`).join("; ")
      : isRecord(body)
        ? String(body["message"] ?? body["error"] ?? "")
        : "";
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
