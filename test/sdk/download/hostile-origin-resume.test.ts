import {
  beginning,
  describeCases,
  type HostileCase,
  head,
  medium,
  part,
  status,
  whole,
  wholeHead,
} from "../../helpers/origins/hostile-case.js";
import { type Answer, hold, reset } from "../../helpers/origins/raw-origin.js";

const size = medium.length;
const other = medium.map((byte) => byte ^ 0xff);

/** A body cut at byte 400, and what the origin answers to the request for the rest. */
function onResume(answer: HostileCase["always"] & object, more: Partial<HostileCase>): HostileCase {
  return {
    faults: [beginning(400), answer],
    ends: "exact",
    resumes: `bytes=400-${size - 1}`,
    ...more,
  };
}

function refused(
  answer: HostileCase["always"] & object,
  error: object = { reason: "wrong" },
): HostileCase {
  return onResume(answer, { ends: ["IntegrityError"], error, requests: 2 });
}

const multipart = [
  "--x",
  "content-type: audio/wav",
  `content-range: bytes 400-999/${size}`,
  "",
  Buffer.from(medium.subarray(400)).toString("latin1"),
  "--x--",
  "",
].join("\r\n");

describeCases("the rest of a cut body", {
  "is joined to what came": onResume(part(400), { requests: 2 }),
  "is joined though the answer does not say the size": onResume(
    part(400, size - 1, { "content-range": `bytes 400-${size - 1}/*` }),
    { requests: 2 },
  ),
  "may come in pieces of the origin's choice": onResume(part(400, 499), { requests: 3 }),
  "may come in single bytes, as long as the connection works": {
    faults: [beginning(997), part(997, 997), part(998, 998)],
    ends: "exact",
    requests: 4,
  },
  "is cut out of the whole where the origin ignores ranges": onResume(whole(), { requests: 2 }),
  "is cut out of a whole in chunks": onResume(
    [
      wholeHead({
        "content-length": undefined,
        connection: undefined,
        "transfer-encoding": "chunked",
      }),
      "3e8\r\n",
      medium,
      "\r\n0\r\n\r\n",
    ],
    { requests: 2 },
  ),
  "is cut out of a whole that is itself cut before it": onResume(beginning(100), { requests: 3 }),
  "is cut out of a whole that is itself cut behind it": onResume(beginning(700), { requests: 3 }),
  "may be cut again, at once": onResume([...part(400).slice(0, 1)], { requests: 3 }),
  "may be reset again": onResume([...part(400).slice(0, 1), reset], {}),
  "may be silent": onResume([...part(400).slice(0, 1), hold], {
    options: { stallTimeout: 100 },
  }),
  "may be refused for a while": onResume(status("503 Service Unavailable"), { requests: 3 }),
  "may be refused by a limit, with the time to wait": onResume(
    status("429 Too Many Requests", { "retry-after": "0" }),
    { requests: 3 },
  ),
  "may get no answer for a while": onResume([reset], { requests: 3 }),
});

const chunkedBeginning: Answer = [
  wholeHead({
    "content-length": undefined,
    connection: undefined,
    "transfer-encoding": "chunked",
  }),
  "190\r\n",
  medium.subarray(0, 400),
];

describeCases("the rest of a cut body whose length nobody told", {
  "ends where the size in the answer says": {
    faults: [chunkedBeginning, part(399, 599), part(599)],
    ends: "exact",
    requests: 3,
  },
  "is refused where the answer does not say its size, as it may be but a part": {
    faults: [chunkedBeginning, part(399, 599, { "content-range": "bytes 399-599/*" })],
    ends: ["IntegrityError"],
    error: { reason: "wrong" },
    requests: 2,
  },
});

describeCases("bytes that may not follow those that came are refused: the rest", {
  "starts earlier": refused(part(399)),
  "starts later": refused(part(401)),
  "starts at 0": refused(part(0)),
  "reaches further than asked": refused([
    head("206 Partial Content", {
      "content-type": "audio/wav",
      "content-range": "bytes 400-1000/1001",
      etag: '"v1"',
      connection: "close",
      "content-length": "601",
    }),
    medium.subarray(400),
    "x",
  ]),
  "has no Content-Range": refused(part(400, size - 1, { "content-range": undefined })),
  "has an empty Content-Range": refused(part(400, size - 1, { "content-range": "" })),
  "has a Content-Range in other units": refused(
    part(400, size - 1, { "content-range": `items 400-999/${size}` }),
  ),
  "has a Content-Range that runs backwards": refused(
    part(400, size - 1, { "content-range": `bytes 999-400/${size}` }),
  ),
  "has a Content-Range beyond its size": refused(
    part(400, size - 1, { "content-range": "bytes 400-999/900" }),
  ),
  "has two Content-Ranges": refused(
    part(400, size - 1, { "content-range": [`bytes 400-999/${size}`, `bytes 0-599/${size}`] }),
  ),
  "has a Content-Range of no satisfied range": refused(
    part(400, size - 1, { "content-range": `bytes */${size}` }),
  ),
  "has a length that differs from its Content-Range": refused(
    part(400, size - 1, { "content-length": "599" }),
  ),
  "is of another size": refused(part(400, size - 1, { "content-range": "bytes 400-999/2000" }), {
    reason: "changed",
  }),
  "is of another tag": refused(part(400, size - 1, { etag: '"v2"' }), { reason: "changed" }),
  "is of the same tag, but weak": refused(part(400, size - 1, { etag: 'W/"v1"' }), {
    reason: "changed",
  }),
  "names no version": refused(part(400, size - 1, { etag: undefined }), { reason: "changed" }),
  "is the whole of another version": refused(whole({ etag: '"v2"' }, other), {
    reason: "changed",
  }),
  "is the whole of no version": refused(whole({ etag: undefined }, other), { reason: "changed" }),
  "is the whole of the same version and another length": refused(
    whole({ "content-length": "1001" }, Buffer.concat([medium, medium.subarray(0, 1)])),
    { reason: "changed" },
  ),
  "comes as a multipart message": refused(
    status(
      "206 Partial Content",
      { "content-type": "multipart/byteranges; boundary=x" },
      multipart,
    ),
  ),
  "comes as gzip": refused(part(400, size - 1, { "content-encoding": "gzip" })),
  "comes as JSON": refused(part(400, size - 1, { "content-type": "application/json" })),
  "comes as a page with status 200": refused(
    status("200 OK", { "content-type": "text/html", etag: '"v1"' }, "<p>Sign in"),
  ),
  "comes with status 204": refused(status("204 No Content", { "content-length": undefined })),
  "lies outside the medium, as 416 says": refused(
    status("416 Range Not Satisfiable", { "content-range": "bytes */300" }),
    { reason: "changed" },
  ),
});

function failed(line: string, name: string, code: number): HostileCase {
  return onResume(status(line), { ends: [name], error: { status: code }, requests: 2 });
}

describeCases("a resumption that is refused ends in the error of its status:", {
  "401, when the token was revoked": failed("401 Unauthorized", "AuthenticationError", 401),
  "403, when a scope was taken": failed("403 Forbidden", "PermissionError", 403),
  "404, when the medium was deleted": failed("404 Not Found", "NotFoundError", 404),
  "410, when it is gone": failed("410 Gone", "ResponseError", 410),
  "412": failed("412 Precondition Failed", "ResponseError", 412),
  "503, when it lasts": {
    faults: [beginning(400)],
    always: status("503 Service Unavailable"),
    ends: ["ServerError"],
    requests: 5,
  },
  "503, when it asks for more time than there is": {
    faults: [beginning(400)],
    always: status("503 Service Unavailable", { "retry-after": "3600" }),
    ends: ["ServerError"],
    error: { retryAfter: 3_600_000 },
    requests: 2,
  },
});

const redirected = (_: unknown, elsewhere: string): Answer =>
  status("302 Found", { location: `${elsewhere}/key?signature=1` });

describeCases("a resumption that is redirected", {
  "to another origin goes there without credentials": {
    faults: [beginning(400), redirected],
    ends: "exact",
    requests: 2,
    elsewhereRequests: 1,
  },
  "to another origin that ignores ranges is cut out of the whole": {
    faults: [beginning(400), redirected],
    elsewhere: whole(),
    ends: "exact",
    elsewhereRequests: 1,
  },
  "to another origin with another version is refused": {
    faults: [beginning(400), redirected],
    elsewhere: whole({ etag: '"v2"' }, other),
    ends: ["IntegrityError"],
    error: { reason: "changed" },
    elsewhereRequests: 1,
  },
  "as the first request was starts at the space again": {
    always: redirected,
    elsewhere: ({ headers }) => (headers["range"] === undefined ? beginning(400) : part(400)),
    ends: "exact",
    requests: 2,
    elsewhereRequests: 2,
  },
  "in a loop is refused": {
    faults: [beginning(400)],
    always: ({ path }) => status("302 Found", { location: path }),
    ends: ["RedirectError"],
    error: { reason: "too-many" },
    requests: 7,
  },
});
