import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { selfSigned } from "../../helpers/origins/certificate.js";
import {
  beginning,
  clientOf,
  describeCases,
  type HostileCase,
  head,
  medium,
  recording,
  status,
  transports,
  wholeHead,
} from "../../helpers/origins/hostile-case.js";
import { fin, hold, reset, startRawOrigin, truncate } from "../../helpers/origins/raw-origin.js";

const certificate = selfSigned();
const size = medium.length;
const chunked = wholeHead({
  "content-length": undefined,
  connection: undefined,
  "transfer-encoding": "chunked",
});
const untagged = chunked.replace('etag: "v1"\r\n', "");
const silentHandshake: HostileCase = {
  onConnect: [hold],
  ends: ["TimeoutError"],
  options: { attemptTimeout: 100 },
};
const trust = process.env["NODE_TLS_REJECT_UNAUTHORIZED"];

describe.skipIf(certificate === undefined)("over TLS", () => {
  beforeAll(() => {
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
  });
  afterAll(() => {
    if (trust === undefined) delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    else process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = trust;
  });

  describeCases(
    "a connection",
    {
      "that works gives the medium": { ends: "exact", requests: 1 },
      "truncated in the head is replaced": {
        faults: [[wholeHead().slice(0, 30), truncate]],
        ends: "exact",
        requests: 2,
      },
      "truncated right after the head is replaced": {
        faults: [[...beginning(0), truncate]],
        ends: "exact",
        requests: 2,
      },
      "truncated in the body is replaced": {
        faults: [[...beginning(500), truncate]],
        ends: "exact",
        requests: 2,
        resumes: `bytes=500-${size - 1}`,
      },
      "closed properly in the body is replaced": {
        faults: [[...beginning(500), fin]],
        ends: "exact",
        requests: 2,
        resumes: `bytes=500-${size - 1}`,
      },
      "reset in the body is replaced": { faults: [[...beginning(500), reset]], ends: "exact" },
      "silent in the body is replaced": {
        faults: [[...beginning(500), hold]],
        ends: "exact",
        options: { stallTimeout: 100 },
      },
      "truncated between chunks is replaced": {
        faults: [[chunked, "190\r\n", medium.subarray(0, 400), "\r\n", truncate]],
        ends: "exact",
        requests: 2,
        resumes: "bytes=399-",
      },
      "truncated between chunks without a tag is an error": {
        faults: [[untagged, "190\r\n", medium.subarray(0, 400), "\r\n", truncate]],
        ends: ["IntegrityError"],
        error: { reason: "cut" },
        requests: 1,
      },
      "always truncated at the same byte is an error": {
        always: [...beginning(500), truncate],
        ends: ["IntegrityError"],
        error: { reason: "cut" },
      },
      "always truncated before the answer is an error": {
        always: [truncate],
        ends: ["ConnectionError"],
        requests: 4,
      },
      "closed in the handshake is an error": { onConnect: [fin], ends: ["ConnectionError"] },
      "reset in the handshake is an error": { onConnect: [reset], ends: ["ConnectionError"] },
      // The global fetch lets a handshake go on for 10 s of its own.
      "silent in the handshake is an error": {
        ...silentHandshake,
        lingers: true,
        withNodeFetch: silentHandshake,
      },
      "that speaks plain HTTP is an error": {
        onConnect: [head("400 Bad Request", { "content-length": "0" })],
        ends: ["ConnectionError"],
      },
    },
    certificate,
  );

  describeCases(
    "a redirect",
    {
      "to another origin is followed without credentials": {
        always: (_, other) => status("302 Found", { location: `${other}/key` }),
        ends: "exact",
        requests: 1,
        elsewhereRequests: 1,
      },
      "to plain http is refused": {
        always: (_, other) => status("302 Found", { location: other.replace("https", "http") }),
        ends: ["RedirectError"],
        error: { reason: "downgrade" },
        requests: 1,
        elsewhereRequests: 0,
      },
      "to plain http at the same host is refused": {
        always: ({ headers }) => status("302 Found", { location: `http://${headers["host"]}/` }),
        ends: ["RedirectError"],
        error: { reason: "downgrade" },
        requests: 1,
      },
    },
    certificate,
  );

  test.each(transports)(
    "a certificate that nobody vouches for gets no request, over %s",
    async (_, transport) => {
      process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "1";
      try {
        await using space = await startRawOrigin(() => [hold], certificate && { tls: certificate });
        const call = clientOf(space, transport).media.download(recording);
        await expect(call).rejects.toMatchObject({
          name: "ConnectionError",
          message: expect.stringContaining("self-signed certificate"),
        });
        expect(space.requests).toEqual([]);
        await space.idle();
      } finally {
        process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
      }
    },
  );
});
