import { setMaxListeners } from "node:events";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  type GetObjectCommandOutput,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from "@aws-sdk/client-s3";
import { ExportError, TargetError } from "../errors.js";
import { unlessAborted } from "../gate/wait-for.js";
import {
  type BucketOptions,
  type BucketPlace,
  checkBucket,
  readBucketUrl,
} from "./bucket-options.js";

/** How often in a row, without a byte between, an object may break off. */
const mostBreaks = 3;

/** Milliseconds until a store that does not take a connection is asked again. */
const connectionTimeout = 10_000;
/** The same of one that says nothing on a connection that it took. */
const socketTimeout = 60_000;
/** How often a request is tried that fails in passing: a store that says SlowDown is given some seconds. */
const maxAttempts = 6;

/** A bucket, as the steps of a target need it: keys are without the prefix. */
export class BucketStore {
  readonly name: string;
  readonly client: S3Client;
  readonly place: BucketPlace;
  private readonly isOwn: boolean;
  /** Ends every request. */
  private readonly signal: AbortSignal | undefined;

  constructor(url: string, options: BucketOptions, signal?: AbortSignal | undefined) {
    this.signal = signal;
    // Each request listens.
    if (signal) setMaxListeners(0, signal);
    checkBucket(options);
    this.place = readBucketUrl(url);
    this.name = `s3://${this.place.bucket}/${this.place.prefix}`;
    this.isOwn = options.client === undefined;
    const { endpoint, region, forcePathStyle = endpoint !== undefined } = options;
    const where = region ?? (endpoint === undefined ? undefined : "us-east-1");
    this.client =
      options.client ??
      new S3Client({
        ...{ forcePathStyle, maxAttempts },
        requestHandler: { connectionTimeout, socketTimeout },
        // The newer default sends checksums that other stores refuse; ours are chosen by probing.
        requestChecksumCalculation: "WHEN_REQUIRED",
        responseChecksumValidation: "WHEN_REQUIRED",
        ...(endpoint !== undefined && { endpoint }),
        ...(where !== undefined && { region: where }),
      });
  }

  /** What names an object to the AWS SDK. */
  at(key: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.place.bucket, Key: this.place.prefix + key };
  }

  /** Puts an object, whole. Never with an ACL: who may read it is the bucket's to say. */
  async put(
    key: string,
    input: Omit<PutObjectCommandInput, "Bucket" | "Key" | "ACL">,
  ): Promise<void> {
    await this.client.send(new PutObjectCommand({ ...input, ...this.at(key) }), this.calling());
  }

  async head(key: string) {
    return this.ask("HeadObject", () =>
      unlessMissing(this.client.send(new HeadObjectCommand(this.at(key)), this.calling())),
    );
  }

  /**
   * The bytes of an object. Where the connection breaks, the rest is asked for, of the same object: whoever
   * re-reads millions of them meets that.
   */
  async get(
    key: string,
    signal?: AbortSignal | undefined,
  ): Promise<AsyncIterable<Uint8Array> | undefined> {
    const ends = signal ?? this.signal;
    const answer = await this.open(key, {}, ends);
    return answer && this.whole(key, answer, ends);
  }

  private async open(
    key: string,
    part: Pick<GetObjectCommandInput, "Range" | "IfMatch">,
    signal: AbortSignal | undefined,
  ) {
    const command = new GetObjectCommand({ ...this.at(key), ...part });
    return this.ask("GetObject", () =>
      unlessMissing(this.client.send(command, this.calling(signal))),
    );
  }

  private async *whole(
    key: string,
    first: GetObjectCommandOutput,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Uint8Array> {
    const { ETag: IfMatch, ContentLength: length } = first;
    let [answer, at] = [first, 0];
    for (let breaks = 0; ; ) {
      let cause: unknown;
      try {
        // Safe: in Node the AWS SDK gives a Readable.
        for await (const chunk of answer.Body as AsyncIterable<Uint8Array>) {
          [at, breaks] = [at + chunk.length, 0];
          yield chunk;
        }
      } catch (error) {
        signal?.throwIfAborted();
        cause = error;
      }
      if (length === undefined ? cause === undefined : at === length) return;
      breaks++;
      const rest = IfMatch !== undefined && breaks <= mostBreaks && at < (length ?? Infinity);
      const next = rest && (await this.open(key, { Range: `bytes=${at}-`, IfMatch }, signal));
      // Not every store heeds If-Match.
      const isRest = next && next.ETag === IfMatch && next.ContentRange?.startsWith(`bytes ${at}-`);
      if (!isRest) {
        throw new TargetError(this.name, `${key} broke off after ${at} bytes.`, { cause });
      }
      answer = next;
    }
  }

  async remove(key: string): Promise<void> {
    await this.ask("DeleteObject", () =>
      this.client.send(new DeleteObjectCommand(this.at(key)), this.calling()),
    );
  }

  /** The objects whose key begins so, the prefix of the target left out. */
  async *list(prefix: string): AsyncGenerator<{ readonly key: string; readonly size: number }> {
    const { bucket: Bucket, prefix: own } = this.place;
    for (let token: string | undefined; ; ) {
      const command = new ListObjectsV2Command({
        ...{ Bucket, Prefix: own + prefix },
        ...(token !== undefined && { ContinuationToken: token }),
      });
      const page = await this.ask("ListObjectsV2", () => this.client.send(command, this.calling()));
      for (const { Key = "", Size = 0 } of page.Contents ?? []) {
        yield { key: Key.slice(own.length), size: Size };
      }
      token = page.IsTruncated ? page.NextContinuationToken : undefined;
      if (token === undefined) return;
    }
  }

  /** Does something at the store; what it refuses is a {@link TargetError}. */
  async ask<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    try {
      // Between two tries the AWS SDK hears no signal.
      return await unlessAborted(this.signal, work());
    } catch (error) {
      this.signal?.throwIfAborted();
      if (error instanceof ExportError) throw error;
      if (error instanceof Error && error.name === "AbortError") throw error;
      throw new TargetError(this.name, `${what} failed: ${saidBy(error)}`, { cause: error });
    }
  }

  /** The same, whose requests end with a signal. */
  until(signal: AbortSignal): BucketStore {
    return new BucketStore(this.name, { client: this.client }, signal);
  }

  private calling(signal = this.signal) {
    return signal ? { abortSignal: signal } : {};
  }

  close(): void {
    if (this.isOwn) this.client.destroy();
  }
}

/** The status of a failed answer; `undefined` where there was none. */
export function statusOf(error: unknown): number | undefined {
  const meta: unknown =
    error instanceof Error && "$metadata" in error ? error.$metadata : undefined;
  if (typeof meta !== "object" || meta === null || !("httpStatusCode" in meta)) return undefined;
  return typeof meta.httpStatusCode === "number" ? meta.httpStatusCode : undefined;
}

/** An error of the AWS SDK in words. */
function saidBy(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const status = statusOf(error);
  return [error.name, status === undefined ? "" : `(${status})`, error.message]
    .filter(Boolean)
    .join(" ");
}

async function unlessMissing<Result>(promise: Promise<Result>): Promise<Result | undefined> {
  try {
    return await promise;
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (["NotFound", "NoSuchKey"].includes(name)) return undefined;
    // HEAD has no body that could name it; a missing bucket answers so, too, and says it when put to.
    if (statusOf(error) === 404 && name !== "NoSuchBucket") return undefined;
    throw error;
  }
}
