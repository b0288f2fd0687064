import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { listObjects } from "./s3-listing.js";
import { isSigned } from "./s3-signature.js";

/** How a store differs from Amazon's. */
export interface S3Manners {
  /** Whether it knows `If-None-Match: *` on PUT. */
  readonly ifNoneMatch: boolean;
  /** What it does with the newer checksum fields: verifies them, or refuses the request. */
  readonly checksums: "verify" | "refuse";
  /** How many objects a listing gives at once. @default 1000, as Amazon's */
  readonly pageSize?: number;
}

/** What went through the front. */
export interface S3Request {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
}

/** A bucket `archive` over loopback. */
export interface S3Double {
  readonly origin: string;
  /** A client of the real AWS SDK, with credentials that the store takes. */
  readonly client: S3Client;
  readonly requests: S3Request[];
  /** Refuses everything that writes with this status until it is 0 again. */
  refuse(status: number): void;
  /**
   * Is called, and waited for, before a request is answered; a status that it gives is the answer. One that
   * never ends makes the store silent.
   */
  before(ask: (request: S3Request) => unknown): void;
  /** Breaks the connection of so many next reads of objects off, each after so many bytes of its body. */
  breakReads(times: number, after: number): void;
  close(): Promise<void>;
}

interface S3rver {
  run(): Promise<AddressInfo>;
  close(): Promise<void>;
}

/**
 * s3rver, which knows objects and multipart, behind a strict front: whoever is anonymous, signs wrongly or
 * sends an ACL is refused; conditions and checksums are what the manners say. Listings are the front's own:
 * s3rver's have no order, and need a cipher that OpenSSL has no more. Nothing but loopback.
 */
export async function startS3Double({
  ifNoneMatch,
  checksums,
  pageSize = 1000,
}: S3Manners): Promise<S3Double> {
  const directory = await mkdtemp(join(tmpdir(), "s3-double-"));
  // It has no types of its own.
  const { default: Rver } = (await import("@20minutes/s3rver" as string)) as {
    default: new (options: object) => S3rver;
  };
  const rver = new Rver({
    ...{ address: "127.0.0.1", port: 0, silent: true, directory },
    // It signs the path of a bucket without the slash that the AWS SDK signs; the front checks all.
    allowMismatchedSignatures: true,
    configureBuckets: [{ name: "archive" }],
  });
  const { port } = await rver.run();
  const requests: S3Request[] = [];
  let refused = 0;
  let before: (request: S3Request) => unknown = () => undefined;
  const breaking = { times: 0, after: 0 };
  const front = createServer(async (req, res) => {
    const { method = "", url: path = "", headers } = req;
    // The last ones; a bench makes more than memory should hold.
    if (requests.push({ method, path, headers }) > 10_000) requests.shift();
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const deny = (status: number, code: string) => {
      res.writeHead(status, { "content-type": "application/xml" });
      res.end(
        method === "HEAD"
          ? undefined
          : `<Error><Code>${code}</Code><Message>${code}</Message></Error>`,
      );
    };
    const isWrite = method === "PUT" || method === "POST";
    const answered = await before({ method, path, headers });
    if (typeof answered === "number") return deny(answered, "SlowDown");
    if (headers.authorization === undefined) return deny(403, "AccessDenied");
    if (!isSigned(req, body)) return deny(403, "SignatureDoesNotMatch");
    if (Object.keys(headers).some((name) => /^x-amz-(?:acl|grant-)/.test(name))) {
      return deny(403, "AccessControlListNotSupported");
    }
    if (isWrite && refused > 0) return deny(refused, "AccessDenied");
    const checksum = headers["x-amz-checksum-sha256"];
    if (
      Object.keys(headers).some((name) => /^x-amz-(?:checksum|sdk-checksum|trailer)/.test(name))
    ) {
      if (checksums === "refuse") return deny(501, "NotImplemented");
      const is = createHash("sha256").update(body).digest("base64");
      if (checksum !== undefined && checksum !== is) return deny(400, "BadDigest");
    }
    const md5 = headers["content-md5"];
    if (md5 !== undefined && md5 !== createHash("md5").update(body).digest("base64")) {
      return deny(400, "BadDigest");
    }
    const forward = (as: string, sent: Buffer) =>
      new Promise<IncomingMessage>((resolve, reject) => {
        // With the host that was signed.
        const out = request({ port, host: "127.0.0.1", method: as, path, headers }, resolve);
        out.on("error", reject);
        out.end(sent);
      });
    const lengthOf = async (of: string) => {
      const found = await new Promise<IncomingMessage>((resolve, reject) => {
        const { authorization = "", host = "" } = headers;
        const asked = { port, host: "127.0.0.1", method: "HEAD", path: of };
        request({ ...asked, headers: { authorization, host } }, resolve)
          .on("error", reject)
          .end();
      });
      found.resume();
      return Number(found.headers["content-length"]);
    };
    if (isWrite && ifNoneMatch && headers["if-none-match"] === "*") {
      if (taken.has(new URL(path, "http://double.invalid").pathname))
        return deny(412, "PreconditionFailed");
    }
    const { pathname, searchParams } = new URL(path, "http://double.invalid");
    if (method === "GET" && searchParams.get("list-type") === "2") {
      res.writeHead(200, { "content-type": "application/xml" });
      return res.end(listObjects(taken, pathname, searchParams, pageSize));
    }
    // Not where an upload in parts is given up.
    if (method === "DELETE" && !searchParams.has("uploadId")) taken.delete(pathname);
    const answer = await forward(method, body);
    const { statusCode = 500 } = answer;
    // A part is none yet; what they make has the length that it is then found with.
    const isPart = searchParams.has("partNumber");
    const isWhole = method === "PUT" ? !isPart : method === "POST" && searchParams.has("uploadId");
    if (isWhole && statusCode < 300) {
      const length = method === "PUT" ? body.length : await lengthOf(pathname);
      taken.set(pathname, length);
    }
    res.writeHead(statusCode, answer.headers);
    if (method !== "GET" || breaking.times === 0) return answer.pipe(res);
    breaking.times--;
    const all: Buffer[] = [];
    for await (const chunk of answer) all.push(chunk);
    const some = Buffer.concat(all).subarray(0, breaking.after);
    res.flushHeaders();
    if (some.length === 0) return res.destroy();
    return res.write(some, () => res.destroy());
  });
  /** Bytes by path. */
  const taken = new Map<string, number>();
  front.listen(0, "127.0.0.1");
  await once(front, "listening");
  const origin = `http://127.0.0.1:${portOf(front)}`;
  const client = new S3Client({
    ...{ endpoint: origin, region: "us-east-1", forcePathStyle: true, maxAttempts: 2 },
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    credentials: { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" },
  });
  return {
    ...{ origin, client, requests },
    refuse: (status) => {
      refused = status;
    },
    before: (ask) => {
      before = ask;
    },
    breakReads: (times, after) => void Object.assign(breaking, { times, after }),
    async close() {
      client.destroy();
      front.closeAllConnections();
      front.close();
      await rver.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
