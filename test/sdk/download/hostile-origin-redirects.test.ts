import {
  describeCases,
  type HostileCase,
  medium,
  recordingPath,
  status,
  whole,
} from "../../helpers/origins/hostile-case.js";
import { type Answer, hold, type RawRequest, reset } from "../../helpers/origins/raw-origin.js";

const busy = "503 Service Unavailable";
const tooMany = "429 Too Many Requests";

/** A redirect to a place at the other origin. */
const away =
  (path = "/key?signature=1") =>
  (_: RawRequest, other: string): Answer =>
    status("302 Found", { location: other + path, "set-cookie": "session=1" });

function to(location: string): Answer {
  return status("302 Found", { location });
}

function refused(answer: HostileCase["always"] & object, reason: string): HostileCase {
  return {
    always: answer,
    ends: ["RedirectError"],
    error: { reason },
    requests: 1,
    elsewhereRequests: 0,
  };
}

const chain = (length: number) => Array.from({ length }, (_, index) => to(`/hop/${index}`));

describeCases("a redirect", {
  "within the space is followed": { faults: chain(1), ends: "exact", requests: 2 },
  "in a chain of 5 is followed": { faults: chain(5), ends: "exact", requests: 6 },
  "in a chain of 6 is refused": {
    faults: chain(6),
    ends: ["RedirectError"],
    error: { reason: "too-many" },
    requests: 6,
  },
  "to itself is refused when it was followed five times": {
    always: to(recordingPath),
    ends: ["RedirectError"],
    error: { reason: "too-many" },
    requests: 6,
  },
  "to another origin and back to itself is refused": {
    always: away(),
    elsewhere: ({ headers }) =>
      status("302 Found", { location: `http://${headers["host"]}/again` }),
    ends: ["RedirectError"],
    error: { reason: "too-many" },
    requests: 1,
    elsewhereRequests: 5,
  },
  "with a body without end is followed": {
    faults: [
      [
        ...to("/hop").slice(0, 0),
        "HTTP/1.1 302 Found\r\nlocation: /hop\r\ncontent-length: 9\r\n\r\n",
        hold,
      ],
    ],
    ends: "exact",
    requests: 2,
  },
  "to another origin is followed without credentials": {
    always: away(),
    ends: "exact",
    requests: 1,
    elsewhereRequests: 1,
  },
  "to another origin that fails starts at the space again": {
    always: away(),
    elsewhere: status(busy),
    ends: ["ServerError"],
    requests: 4,
    elsewhereRequests: 4,
  },
  "to another origin that resets starts at the space again": {
    always: away(),
    elsewhere: [reset],
    ends: ["ConnectionError"],
    requests: 4,
    elsewhereRequests: 4,
  },
  "to another origin that asks for credentials gets none": {
    always: away(),
    elsewhere: status("401 Unauthorized", { "www-authenticate": 'Basic realm="x"' }),
    ends: ["ResponseError"],
    requests: 1,
    elsewhereRequests: 1,
  },
  "to another origin that gives an error as XML is an error": {
    always: away(),
    elsewhere: status("200 OK", { "content-type": "audio/wav" }, "<?xml version='1.0'?><Error/>"),
    ends: ["IntegrityError"],
  },
  "to the media of another project at another origin is followed without credentials": {
    always: away(recordingPath.replace("5c9f5a2e", "00000000")),
    ends: "exact",
    elsewhereRequests: 1,
  },
  "to the same media path at another origin is followed without credentials": {
    always: away(recordingPath),
    ends: "exact",
    elsewhereRequests: 1,
  },
});

describeCases("a redirect is refused before any request to its target:", {
  "plain http beyond this machine": refused(to("http://media.example/x"), "downgrade"),
  "another protocol": refused(to("ftp://127.0.0.1/x"), "downgrade"),
  "a file": refused(to("file:///etc/passwd"), "downgrade"),
  "bytes of its own": refused(to("data:audio/wav,RIFF"), "downgrade"),
  "a script": refused(to("javascript:alert(1)"), "downgrade"),
  userinfo: refused((_, other) => to(other.replace("://", "://user:password@")), "userinfo"),
  "userinfo of the space's own host": refused(
    ({ headers }) => to(`http://user@${headers["host"]}/x`),
    "userinfo",
  ),
  "no Location": refused(status("302 Found"), "no-location"),
  "an unreadable Location": refused(to("http://[oops"), "no-location"),
  "a Location with an unreadable port": refused(to("http://127.0.0.1:99999/"), "no-location"),
  "two Locations": refused(
    status("302 Found", { location: ["http://[", "http://["] }),
    "no-location",
  ),
  "an origin that is not listed": {
    ...refused(away(), "origin"),
    options: { redirectOrigins: ["https://bucket.s3.amazonaws.com"] },
  },
  "any redirect, where none is allowed": {
    ...refused(to("/hop"), "too-many"),
    options: { maxRedirects: 0 },
  },
});

describeCases("a Location that is odd but readable is followed:", {
  "an empty one leads to itself": {
    faults: [status("302 Found", { location: "" })],
    ends: "exact",
  },
  "without a scheme": {
    faults: [({ headers }) => to(`//${headers["host"]}/x`)],
    ends: "exact",
    requests: 2,
  },
  "with backslashes it still does not get credentials elsewhere": {
    always: (_, other) => to(other.replace("http://", "\\\\")),
    ends: "exact",
    requests: 1,
    elsewhereRequests: 1,
  },
  "with a fragment": { faults: [to("/hop#part")], ends: "exact", requests: 2 },
  "with spaces around it": { faults: [to("  /hop  ")], ends: "exact", requests: 2 },
});

function lasting(line: string, name: string, code: number, requests: number): HostileCase {
  return { always: status(line), ends: [name], error: { status: code }, requests };
}

describeCases("a status that means failure", {
  "429 passes": { faults: [status(tooMany), status(tooMany)], ends: "exact", requests: 3 },
  "429 storms until the attempts are used up": lasting(tooMany, "RateLimitError", 429, 4),
  "429 that asks to wait longer than allowed ends at once": {
    always: status(tooMany, { "retry-after": "3600" }),
    ends: ["RateLimitError"],
    error: { retryAfter: 3_600_000 },
    requests: 1,
  },
  "503 with Retry-After 0 passes": {
    faults: [status(busy, { "retry-after": "0" })],
    ends: "exact",
    requests: 2,
  },
  "503 with a Retry-After in the past passes": {
    faults: [status(busy, { "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" })],
    ends: "exact",
    requests: 2,
  },
  "503 with a Retry-After that makes no sense passes": {
    faults: [status(busy, { "retry-after": "soon" })],
    ends: "exact",
    requests: 2,
  },
  "500 passes": { faults: [status("500 Internal Server Error")], ends: "exact", requests: 2 },
  "502 passes": { faults: [status("502 Bad Gateway")], ends: "exact", requests: 2 },
  "504 passes": { faults: [status("504 Gateway Timeout")], ends: "exact", requests: 2 },
  "501 does not": lasting("501 Not Implemented", "ServerError", 501, 1),
  "400 does not": lasting("400 Bad Request", "ValidationError", 400, 1),
  "401 does not": lasting("401 Unauthorized", "AuthenticationError", 401, 1),
  "403 does not": lasting("403 Forbidden", "PermissionError", 403, 1),
  "404 does not": lasting("404 Not Found", "NotFoundError", 404, 1),
  // Fetch makes a network error of it, as the standard says for a client without a proxy.
  "407 does not, where it is seen": {
    ...lasting("407 Proxy Authentication Required", "ConnectionError", 407, 4),
    error: {},
    withNodeFetch: lasting("407 Proxy Authentication Required", "ResponseError", 407, 1),
  },
  "416 does not": lasting("416 Range Not Satisfiable", "ResponseError", 416, 1),
  "422 does not": lasting("422 Unprocessable Content", "ValidationError", 422, 1),
  "with a body that is cut is what its status says": {
    always: ["HTTP/1.1 403 Forbidden\r\ncontent-length: 99\r\nconnection: close\r\n\r\n{"],
    ends: ["PermissionError"],
    requests: 1,
  },
  "with a body without end is what its status says, once the attempt is over": {
    always: ["HTTP/1.1 403 Forbidden\r\ncontent-length: 99\r\n\r\n{", hold],
    ends: ["TimeoutError", "PermissionError"],
    options: { retry: { retries: 0 }, attemptTimeout: 150 },
  },
  "with a body of more than is read is what its status says": {
    always: status("403 Forbidden", { "content-type": "text/plain" }, "x".repeat(1_000_000)),
    ends: ["PermissionError"],
    requests: 1,
  },
  "with the whole medium is what its status says": {
    always: whole().map((step) =>
      typeof step === "string" ? step.replace("200 OK", "404 Not Found") : step,
    ),
    ends: ["NotFoundError"],
    requests: 1,
  },
  "that repeats the request's credentials does not show them": {
    always: ({ text }) => status("403 Forbidden", { "x-request-id": "r1" }, text + medium.length),
    ends: ["PermissionError"],
    error: { requestId: "r1" },
    requests: 1,
  },
});
