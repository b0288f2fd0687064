import { nodeFetch } from "@media-protection/sdk/node";
import {
  describeCases,
  type HostileCase,
  head,
  medium,
  noRetry,
  part,
  status,
  whole,
  wholeHead,
} from "../../helpers/origins/hostile-case.js";
import { type Answer, reset, type Step } from "../../helpers/origins/raw-origin.js";

const size = medium.length;
const lastByte = `bytes=${size - 1}-`;
const cut = { reason: "cut" };
const changed = { reason: "changed" };

/** Heads of whole answers that announce no length. */
function lengthless(version: string, fields: Record<string, string | undefined>): string {
  const text = wholeHead({ "content-length": undefined, connection: undefined, ...fields });
  return text.replace("HTTP/1.1", version);
}
const chunk = (from: number, to: number): Step[] => [
  `${(to - from).toString(16)}\r\n`,
  medium.subarray(from, to),
  "\r\n",
];
const untagged = (text: string) => text.replace('etag: "v1"\r\n', "");

/** What ends with its connection, whatever its head says of that. */
const closing: [string, string][] = [
  ["HTTP/1.1", lengthless("HTTP/1.1", {})],
  ["HTTP/1.1, Connection: close", lengthless("HTTP/1.1", { connection: "close" })],
  ["HTTP/1.1, Connection: keep-alive", lengthless("HTTP/1.1", { connection: "keep-alive" })],
  ["HTTP/1.1, Connection: upgrade", lengthless("HTTP/1.1", { connection: "x-anything" })],
  ["HTTP/1.0", lengthless("HTTP/1.0", {})],
  ["HTTP/1.0, Connection: close", lengthless("HTTP/1.0", { connection: "close" })],
  ["HTTP/1.0, Connection: keep-alive", lengthless("HTTP/1.0", { connection: "keep-alive" })],
  ["an empty Transfer-Encoding", lengthless("HTTP/1.1", { "transfer-encoding": "" })],
];

const chunked = { "transfer-encoding": "chunked" };
/** Chunks of which some fetch takes a cut for the end. */
const chunking: [string, string][] = [
  ["HTTP/1.1", lengthless("HTTP/1.1", chunked)],
  ["HTTP/1.1, Connection: close", lengthless("HTTP/1.1", { ...chunked, connection: "close" })],
  [
    "HTTP/1.1, Proxy-Connection: close",
    lengthless("HTTP/1.1", { ...chunked, "proxy-connection": "close" }),
  ],
  ["HTTP/1.0", lengthless("HTTP/1.0", chunked)],
  [
    "HTTP/1.0, Connection: keep-alive",
    lengthless("HTTP/1.0", { ...chunked, connection: "keep-alive" }),
  ],
  ["HTTP/1.1 in capitals", lengthless("HTTP/1.1", { "transfer-encoding": "CHUNKED" })],
];

function each(
  heads: readonly [string, string][],
  build: (text: string) => HostileCase,
): Record<string, HostileCase> {
  return Object.fromEntries(heads.map(([name, text]) => [name, build(text)]));
}

describeCases("a whole body that ends with its connection is proven whole by its last byte:", {
  ...each(closing, (text) => ({
    faults: [[text, medium]],
    ends: "exact",
    requests: 2,
    resumes: lastByte,
  })),
});

describeCases("whole chunks are proven whole by the last byte, or by Node's parser:", {
  ...each(chunking, (text) => {
    const faults = [[text, ...chunk(0, size), "0\r\n\r\n"]];
    const withNodeFetch: HostileCase = { faults, ends: "exact", requests: 1 };
    return { faults, ends: "exact", resumes: lastByte, withNodeFetch };
  }),
});

describeCases("a cut body that ends with its connection goes on:", {
  ...each(closing, (text) => ({
    faults: [[text, medium.subarray(0, 400)]],
    ends: "exact",
    requests: 3,
    resumes: "bytes=399-",
  })),
});

describeCases("cut chunks go on:", {
  ...each(chunking, (text) => ({ faults: [[text, ...chunk(0, 400)]], ends: "exact" })),
  ...each(
    chunking.map(([name, text]) => [`${name}, in the last line`, text]),
    (text) => ({ faults: [[text, ...chunk(0, size), "0\r\n"]], ends: "exact" }),
  ),
});

describeCases("without a tag a cut is an error, whatever it looks like:", {
  ...each(closing, (text) => ({
    faults: [[untagged(text), medium.subarray(0, 400)]],
    ends: ["IntegrityError"],
    error: cut,
    requests: 2,
  })),
  ...each(
    chunking.map(([name, text]) => [`${name}, chunks`, text]),
    (text) => ({
      faults: [[untagged(text), ...chunk(0, 400)]],
      ends: ["IntegrityError"],
      error: cut,
    }),
  ),
});

describeCases("where nothing proves the end, a body is an error:", {
  ...each(closing, (text) => ({
    always: [text, medium],
    ends: ["IntegrityError"],
    error: cut,
    options: noRetry,
    requests: 2,
  })),
  "reset behind the last byte": {
    always: [lengthless("HTTP/1.1", {}), medium, reset],
    ends: ["IntegrityError"],
    options: noRetry,
  },
  "and it is asked for as often as retries allow": {
    always: [lengthless("HTTP/1.1", {}), medium],
    ends: ["IntegrityError"],
    error: cut,
    requests: 5,
  },
  "unless a later answer tells it": {
    faults: [
      [lengthless("HTTP/1.1", {}), medium],
      [lengthless("HTTP/1.1", {}), medium],
    ],
    ends: "exact",
    requests: 3,
  },
});

const open = [lengthless("HTTP/1.1", {}), medium] as const;
const tagless = { etag: undefined };
/** A whole body of unknown length, and what is answered to the range at its end. */
function asked(answer: Answer, rest: Partial<HostileCase>, first: Answer = open): HostileCase {
  return { faults: [first, answer], ends: ["IntegrityError"], options: noRetry, ...rest };
}
const dated = (date: string) => ({ ...tagless, "last-modified": date });
const [monday, tuesday] = ["Mon, 23 Nov 2026 12:00:00 GMT", "Tue, 24 Nov 2026 12:00:00 GMT"];
const unsatisfied = (range: string) =>
  status("416 Range Not Satisfiable", { "content-range": range });

describeCases("the range at the end is answered by", {
  "the last byte: whole": asked(part(size - 1), { ends: "exact", requests: 2 }),
  "that there is no more, with the size: whole": asked(unsatisfied(`bytes */${size}`), {
    ends: "exact",
  }),
  "that there is no more, with another size": asked(unsatisfied("bytes */10"), { error: changed }),
  "that there is no more, without a size": asked(status("416 Range Not Satisfiable"), {
    error: cut,
  }),
  "a part of another version": asked(part(size - 1, size - 1, { etag: '"v2"' }), {
    error: changed,
  }),
  "a part of no version": asked(part(size - 1, size - 1, tagless), { error: changed }),
  "a part that does not tell the size": asked(
    part(size - 1, size - 1, { "content-range": `bytes ${size - 1}-${size - 1}/*` }),
    { error: cut },
  ),
  "another part": asked(part(0, 0), { error: cut }),
  "the last byte, which is another than came": asked(part(size - 1), { error: changed }, [
    open[0],
    medium.map((byte) => byte ^ 1),
  ]),
  "the last byte, announced and not sent": asked([part(size - 1)[0] ?? ""], { error: cut }),
  "the last byte, announced and not sent, without any tag": asked(
    [untagged(String(part(size - 1)[0]))],
    { error: cut, options: {}, requests: 2 },
    [untagged(open[0]), medium],
  ),
  "the last byte, of no length": asked(
    part(size - 1, size - 2, { "content-range": `bytes ${size - 1}-${size - 1}/${size}` }),
    { error: cut },
  ),
  "the last byte, not sent, in chunks, and then the last byte": {
    faults: [
      open,
      [part(size - 1, size - 1, { "content-length": undefined, ...chunked })[0] ?? "", "0\r\n\r\n"],
    ],
    ends: "exact",
    requests: 3,
  },
  "the last byte, announced and not sent, after a cut": {
    faults: [[open[0], medium.subarray(0, size - 1)], [part(size - 1)[0] ?? ""]],
    always: [part(size - 1)[0] ?? ""],
    ends: ["IntegrityError"],
    options: noRetry,
  },
  "more, that goes on from another byte than came": {
    faults: [[open[0], medium.subarray(0, 400).map((byte) => byte ^ 1)]],
    ends: ["IntegrityError"],
    error: changed,
    requests: 3,
  },
  "the whole, of the same size": asked(whole(), { ends: "exact", requests: 2 }),
  "the whole, of another version": asked(whole({ etag: '"v2"' }), { error: changed }),
  "the whole, shorter": asked(whole({ "content-length": "900" }, medium.subarray(0, 900)), {}),
  "the whole, longer, and no retry": asked(
    whole({ "content-length": "1001" }, Buffer.concat([medium, Buffer.alloc(1)])),
    { error: cut },
  ),
  "a page": asked(whole({ "content-type": "text/html" }), { error: cut }),
  "400": asked(status("400 Bad Request"), { error: cut }),
  "405": asked(status("405 Method Not Allowed"), { error: cut }),
  "501": asked(status("501 Not Implemented"), { error: cut }),
  "403": asked(status("403 Forbidden"), { ends: ["PermissionError"] }),
  "404": asked(status("404 Not Found"), { ends: ["NotFoundError"] }),
  "410": asked(status("410 Gone"), { ends: ["ResponseError"] }),
  "503": asked(status("503 Unavailable"), { ends: ["ServerError"] }),
  "503, and then the last byte": {
    faults: [open, status("503 Unavailable")],
    ends: "exact",
    requests: 3,
  },
  "a closed connection, and then the last byte": { faults: [open, []], ends: "exact", requests: 3 },
  "the last byte, without any tag": asked(part(size - 1, size - 1, tagless), { ends: "exact" }, [
    untagged(open[0]),
    medium,
  ]),
  "the last byte of a larger medium, without any tag": asked(
    [
      head("206 Partial Content", {
        "content-type": "audio/wav",
        "content-range": `bytes ${size - 1}-${size}/${size + 1}`,
        "content-length": "2",
      }),
      "xx",
    ],
    { error: cut },
    [untagged(open[0]), medium],
  ),
  "the last byte, with another date and no tag": asked(
    part(size - 1, size - 1, dated(tuesday)),
    { error: changed },
    [lengthless("HTTP/1.1", dated(monday)), medium],
  ),
  ...Object.fromEntries(
    Object.entries({
      date: dated(monday),
      "weak tag": { etag: 'W/"v1"' },
      "weak tag and date": { etag: 'W/"v1"', "last-modified": monday },
    }).flatMap(([name, fields]) => {
      const first: Answer = [lengthless("HTTP/1.1", fields), medium];
      return [
        [
          `the last byte, without the ${name} of the first`,
          asked(part(size - 1, size - 1, tagless), { error: cut }, first),
        ],
        [
          `the whole, without the ${name} of the first`,
          asked(whole(tagless), { error: cut }, first),
        ],
        [
          `the last byte, with the ${name} of the first`,
          asked(part(size - 1, size - 1, fields), { ends: "exact" }, first),
        ],
      ];
    }),
  ),
  "the last byte, with another weak tag": asked(
    part(size - 1, size - 1, { etag: 'W/"v2"' }),
    { error: changed },
    [lengthless("HTTP/1.1", { etag: 'W/"v1"' }), medium],
  ),
});

/** A fetch that makes a response of its own around what came, as libraries do. */
const around = (inner: typeof nodeFetch): HostileCase["options"] => ({
  async fetch(url, init) {
    const { body, status, headers } = await inner(url, init);
    return new Response(body, { status, headers });
  },
});
const wrapped = ({ resent, ...given }: HostileCase): HostileCase => ({
  ...given,
  options: { ...given.options, ...around((url, init) => fetch(url, init)) },
  withNodeFetch: {
    ...given,
    ...(resent !== undefined && { resent }),
    options: { ...given.options, ...around(nodeFetch) },
  },
});

describeCases("a response made around another vouches for nothing:", {
  whole: wrapped({ faults: [open], ends: "exact", requests: 2 }),
  "whole chunks": wrapped({
    // Which the origin closes behind the chunks, without having said so.
    faults: [[lengthless("HTTP/1.1", chunked), ...chunk(0, size), "0\r\n\r\n"]],
    ends: "exact",
    resumes: lastByte,
    resent: 1,
  }),
  cut: wrapped({
    faults: [[lengthless("HTTP/1.0", {}), medium.subarray(0, 400)]],
    ends: "exact",
    requests: 3,
  }),
  "always cut": wrapped({
    always: [lengthless("HTTP/1.0", {}), medium.subarray(0, 400)],
    ends: ["IntegrityError"],
    error: cut,
    options: noRetry,
  }),
});
