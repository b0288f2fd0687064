import {
  bad,
  describeCases,
  medium,
  refused,
  whole,
  wholeHead,
} from "../../helpers/origins/hostile-case.js";
import { type Answer, drip, hold, reset, type Step } from "../../helpers/origins/raw-origin.js";

const size = medium.length;
/** A keep-alive answer that ends with its last chunk. */
const chunkedHead = wholeHead({
  "content-length": undefined,
  connection: undefined,
  "transfer-encoding": "chunked",
});
const untaggedChunkedHead = chunkedHead.replace('etag: "v1"\r\n', "");
const chunk = (from: number, to: number): Step[] => [
  `${(to - from).toString(16)}\r\n`,
  medium.subarray(from, to),
  "\r\n",
];
const twoChunks = [...chunk(0, 400), ...chunk(400, size)];

function length(value: string | readonly string[], sent: Uint8Array = medium): Answer {
  return whole({ "content-length": value }, sent);
}

describeCases("a Content-Length", {
  "longer than what comes is no whole": {
    always: length(`${size + 1}`),
    ends: ["IntegrityError"],
  },
  "shorter than what comes is where the body ends": {
    faults: [length(`${size - 10}`)],
    ends: medium.subarray(0, size - 10),
    requests: 1,
  },
  "of zero is no medium": refused(length("0"), ["IntegrityError"]),
  "of zero with a body behind it is no medium": refused(length("0"), ["IntegrityError"]),
  "that is negative is refused": refused(length("-1000")),
  "with letters behind it is refused": refused(length("1000abc")),
  "in hexadecimal is refused": refused(length("0x3e8")),
  "with a plus is refused": refused(length("+1000")),
  "with a separator is refused": refused(length("1,000")),
  "with a fraction is refused": refused(length("1000.0")),
  "that is empty is refused": refused(length("")),
  "sent twice with two values is refused": refused(length(["1000", "999"])),
  "sent twice with one value is refused": refused(length(["1000", "1000"])),
  "in a list is refused": refused(length("1000, 1000")),
  "beyond what a parser can count is refused": refused(length("99999999999999999999999")),
  "beyond what a number can count ends in an error": {
    always: length("9007199254740993"),
    ends: bad,
  },
  "beside chunks is refused": refused([
    wholeHead({ "transfer-encoding": "chunked" }),
    ...twoChunks,
    "0\r\n\r\n",
  ]),
});

describeCases("a body in chunks", {
  "is the medium": { faults: [[chunkedHead, ...twoChunks, "0\r\n\r\n"]], ends: "exact" },
  "of one byte each is the medium": {
    faults: [
      [
        chunkedHead,
        ...drip(medium).flatMap((byte): Step[] => ["1\r\n", byte, "\r\n"]),
        "0\r\n\r\n",
      ],
    ],
    ends: "exact",
  },
  "with extensions and trailers is the medium": {
    faults: [[chunkedHead, `3e8;name="value"\r\n`, medium, "\r\n0\r\nx-checksum: 1\r\n\r\n"]],
    ends: "exact",
  },
  "cut before its first byte is asked for anew, and may come with its length then": {
    faults: [[chunkedHead]],
    ends: "exact",
    requests: 2,
  },
  "cut in a chunk's size resumes": {
    faults: [[chunkedHead, ...chunk(0, 400), "25"]],
    ends: "exact",
  },
  "cut after a chunk's size resumes": {
    faults: [[chunkedHead, ...chunk(0, 400), "258\r\n"]],
    ends: "exact",
    requests: 2,
    resumes: "bytes=399-",
  },
  "cut in a chunk resumes": {
    faults: [[chunkedHead, ...chunk(0, 400), "258\r\n", medium.subarray(400, 900)]],
    ends: "exact",
    requests: 2,
    resumes: "bytes=899-",
  },
  "cut between two chunks resumes": {
    faults: [[chunkedHead, ...chunk(0, 400)]],
    ends: "exact",
    requests: 2,
    resumes: "bytes=399-",
  },
  "reset between two chunks resumes": {
    faults: [[chunkedHead, ...chunk(0, 400), reset]],
    ends: "exact",
  },
  "silent between two chunks resumes": {
    faults: [[chunkedHead, ...chunk(0, 400), hold]],
    ends: "exact",
    options: { stallTimeout: 100 },
  },
  "cut behind its last chunk is whole once the origin says that there is no more": {
    faults: [[chunkedHead, ...twoChunks]],
    ends: "exact",
    requests: 2,
    resumes: `bytes=${size - 1}-`,
  },
  "cut in its last line is whole once the origin says that there is no more": {
    faults: [[chunkedHead, ...twoChunks, "0\r\n"]],
    ends: "exact",
    requests: 2,
    resumes: `bytes=${size - 1}-`,
  },
  "cut between two chunks without a tag is an error": {
    faults: [[untaggedChunkedHead, ...chunk(0, 400)]],
    ends: ["IntegrityError"],
    error: { reason: "cut" },
    requests: 1,
  },
  "whose size is no number is an error": {
    always: [chunkedHead, ...chunk(0, 400), "zz\r\n"],
    ends: bad,
  },
  "whose size is negative is an error": { always: [chunkedHead, "-5\r\nabcde\r\n"], ends: bad },
  "whose size is beyond counting is an error": {
    always: [chunkedHead, "fffffffffffffffffff\r\nabcde\r\n"],
    ends: bad,
  },
  "longer than its size is an error": {
    always: [untaggedChunkedHead, "5\r\nabcdefgh\r\n0\r\n\r\n"],
    ends: bad,
  },
  "that is empty is an error": { always: [chunkedHead, "0\r\n\r\n"], ends: ["IntegrityError"] },
});

describeCases("HTTP/1.0 with a length", {
  "is as good": { faults: [[wholeHead().replace("1.1", "1.0"), medium]], ends: "exact" },
  "resumes when cut": {
    faults: [[wholeHead().replace("1.1", "1.0"), medium.subarray(0, 10)]],
    ends: "exact",
    resumes: `bytes=10-${size - 1}`,
  },
});

describeCases("an encoded answer is refused:", {
  gzip: refused(whole({ "content-encoding": "gzip" }), ["IntegrityError"]),
  br: refused(whole({ "content-encoding": "br" }), ["IntegrityError"]),
  "gzip, in capitals": refused(whole({ "content-encoding": "GZIP" }), ["IntegrityError"]),
  "two codings": refused(whole({ "content-encoding": ["identity", "gzip"] }), ["IntegrityError"]),
  "an unknown coding": refused(whole({ "content-encoding": "rot13" }), ["IntegrityError"]),
  "gzip as transfer coding": refused([
    chunkedHead.replace("chunked", "gzip, chunked"),
    ...twoChunks,
    "0\r\n\r\n",
  ]),
});
