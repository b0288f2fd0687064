import {
  bad,
  beginning,
  describeCases,
  head,
  medium,
  noRetry,
  refused,
  status,
  whole,
  wholeHead,
} from "../../helpers/origins/hostile-case.js";
import { drip, fin, forever, hold, reset } from "../../helpers/origins/raw-origin.js";

describeCases("an answer that has no medium is an error:", {
  "204": refused(status("204 No Content", { "content-length": undefined }), ["IntegrityError"]),
  "205": refused(status("205 Reset Content"), ["IntegrityError"]),
  "304": refused(status("304 Not Modified", { etag: '"v1"' }), ["ResponseError"]),
  "201": refused(status("201 Created", { "content-type": "audio/wav" }, "RIFF"), [
    "IntegrityError",
  ]),
  "a part of what was not asked in parts": refused(
    [
      head("206 Partial Content", {
        "content-length": "1000",
        "content-range": "bytes 0-999/1000",
      }),
      medium,
    ],
    ["IntegrityError"],
  ),
  "a status beyond counting": refused(status("999 Whatever", {}, "no"), [
    "ConnectionError",
    "ServerError",
    "ResponseError",
  ]),
  "JSON with status 200": refused(
    status("200 OK", { "content-type": "application/json" }, '{"error":"Unauthorized"}'),
    ["IntegrityError"],
  ),
  "JSON with status 200 that claims to be sound": refused(
    status("200 OK", { "content-type": "audio/wav" }, '{"error":"Unauthorized"}'),
    ["IntegrityError"],
  ),
  "a page with status 200 that claims to be sound": refused(
    status("200 OK", { "content-type": "audio/wav" }, "<!doctype html><p>Sign in"),
    ["IntegrityError"],
  ),
  "a page with status 200 that claims to be sound, byte by byte": {
    always: [
      head("200 OK", { "content-type": "audio/wav", "content-length": "25", connection: "close" }),
      ...drip("<!doctype html><p>Sign in"),
    ],
    ends: ["IntegrityError"],
  },
  "a page with status 200 and no end": {
    always: [head("200 OK", { "content-type": "text/html", "content-length": "99" }), "<p>", hold],
    ends: ["IntegrityError"],
    requests: 1,
  },
});

describeCases("a status is thrown as it is, whatever becomes of its body:", {
  "401 whose body stays away, and which is not asked for again": {
    always: [head("401 Unauthorized", { "content-length": "9" }), hold],
    ends: ["AuthenticationError"],
    options: { attemptTimeout: 100 },
    requests: 1,
  },
  "403 whose body is cut": refused(
    [head("403 Forbidden", { "content-length": "99" }), "not", fin],
    ["PermissionError"],
  ),
  "404 whose body is reset": refused(
    [head("404 Not Found", { "content-length": "99" }), "not", reset],
    ["NotFoundError"],
  ),
  "404 whose chunks are none": refused(
    [head("404 Not Found", { "transfer-encoding": "chunked" }), "zz\r\n", fin],
    ["NotFoundError"],
  ),
  "404 whose body has no end": refused(
    [head("404 Not Found", { "content-length": `${2 ** 40}` }), "x".repeat(16_384), forever],
    ["NotFoundError"],
  ),
});

describeCases("what comes before the answer", {
  "as 103 Early Hints is passed over": {
    faults: [["HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n", ...whole()]],
    ends: "exact",
    requests: 1,
  },
  "as 100 Continue is passed over by nodeFetch, and an error of the global fetch": {
    always: ["HTTP/1.1 100 Continue\r\n\r\n", ...whole()],
    ends: ["ConnectionError"],
    withNodeFetch: { faults: [["HTTP/1.1 100 Continue\r\n\r\n", ...whole()]], ends: "exact" },
  },
  "as 101 Switching Protocols is an error": {
    always: ["HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n", hold],
    ends: ["ConnectionError"],
    options: noRetry,
  },
});

describeCases("an answer that is not HTTP is an error:", {
  "another protocol": refused(["SSH-2.0-OpenSSH_9.6\r\n"], ["ConnectionError"]),
  "binary noise": refused([medium], ["ConnectionError"]),
  "an empty line without end": {
    always: ["\r\n", hold],
    ends: ["TimeoutError"],
    options: { ...noRetry, attemptTimeout: 100 },
  },
  "HTTP/0.9": refused([medium.subarray(4), fin], ["ConnectionError"]),
  "HTTP/9.9": refused([wholeHead().replace("1.1", "9.9"), medium], ["ConnectionError"]),
  "a control character in a field": refused(whole({ "x-odd": "a\0b" }), bad),
  "a field without colon": refused(["HTTP/1.1 200 OK\r\nnonsense\r\n\r\n", medium]),
  // The parser of the global fetch is lenient here, and the body as good as ever.
  "a field name with a space, to nodeFetch": {
    faults: [whole({ "x odd": "1" })],
    ends: "exact",
    withNodeFetch: refused(whole({ "x odd": "1" })),
  },
  "a folded field, to nodeFetch": {
    faults: [whole({ "x-odd": "a\r\n b" })],
    ends: "exact",
    withNodeFetch: refused(whole({ "x-odd": "a\r\n b" })),
  },
  "a head of 100 KiB in one field": refused(whole({ "x-flood": "x".repeat(102_400) })),
  "a head of 5000 fields": refused(whole({ "x-flood": Array<string>(5000).fill("1") })),
});

describeCases("an odd but honest answer is the medium:", {
  "with bytes beyond ASCII in a field": {
    faults: [whole({ "x-odd": "caf\u00e9" })],
    ends: "exact",
    requests: 1,
  },
  "without a reason phrase": {
    faults: [[wholeHead().replace("200 OK", "200 "), medium]],
    ends: "exact",
    requests: 1,
  },
  "with field names in capitals": {
    faults: [
      [wholeHead().toUpperCase().replace('"V1"', '"v1"').replace("AUDIO/WAV", "audio/wav"), medium],
    ],
    ends: "exact",
    requests: 1,
  },
  "with no type": { faults: [whole({ "content-type": undefined })], ends: "exact", requests: 1 },
  "with the identity coding named": {
    faults: [whole({ "content-encoding": "identity" })],
    ends: "exact",
    requests: 1,
  },
  "kept alive, with the next answer's bytes already behind it": {
    faults: [[wholeHead({ connection: "keep-alive" }), medium, "HTTP/1.1 200 OK\r\n\r\n"]],
    ends: "exact",
    requests: 1,
  },
  "after a body cut at its first byte": { faults: [beginning(1)], ends: "exact", requests: 2 },
});
