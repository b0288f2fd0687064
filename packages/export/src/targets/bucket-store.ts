import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from "@aws-sdk/client-s3";
import { ExportError, TargetError } from "../errors.js";
import {
  type BucketOptions,
  type BucketPlace,
  checkBucket,
  readBucketUrl,
} from "./bucket-options.js";

/** A bucket, as the steps of a target need it: keys are without the prefix. */
export class BucketStore {
  readonly name: string;
  readonly client: S3Client;
  readonly place: BucketPlace;
  private readonly isOwn: boolean;

  constructor(url: string, options: BucketOptions) {
    checkBucket(options);
    this.place = readBucketUrl(url);
    this.name = `s3://${this.place.bucket}/${this.place.prefix}`;
    this.isOwn = options.client === undefined;
    const { endpoint, region, forcePathStyle = endpoint !== undefined } = options;
    const where = region ?? (endpoint === undefined ? undefined : "us-east-1");
    this.client =
      options.client ??
      new S3Client({
        forcePathStyle,
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
    await this.client.send(new PutObjectCommand({ ...input, ...this.at(key) }));
  }

  async head(key: string) {
    return this.ask("HeadObject", () =>
      unlessMissing(this.client.send(new HeadObjectCommand(this.at(key)))),
    );
  }

  async get(
    key: string,
    signal?: AbortSignal | undefined,
  ): Promise<AsyncIterable<Uint8Array> | undefined> {
    return this.ask("GetObject", async () => {
      const answer = await unlessMissing(
        this.client.send(new GetObjectCommand(this.at(key)), signal && { abortSignal: signal }),
      );
      // Safe: in Node the AWS SDK gives a Readable.
      return answer?.Body as AsyncIterable<Uint8Array> | undefined;
    });
  }

  async remove(key: string): Promise<void> {
    await this.ask("DeleteObject", () => this.client.send(new DeleteObjectCommand(this.at(key))));
  }

  /** The objects whose key begins so, the prefix of the target left out. */
  async *list(prefix: string): AsyncGenerator<{ readonly key: string; readonly size: number }> {
    const { bucket: Bucket, prefix: own } = this.place;
    for (let token: string | undefined; ; ) {
      const command = new ListObjectsV2Command({
        ...{ Bucket, Prefix: own + prefix },
        ...(token !== undefined && { ContinuationToken: token }),
      });
      const page = await this.ask("ListObjectsV2", () => this.client.send(command));
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
      return await work();
    } catch (error) {
      if (error instanceof ExportError) throw error;
      if (error instanceof Error && error.name === "AbortError") throw error;
      throw new TargetError(this.name, `${what} failed: ${saidBy(error)}`, { cause: error });
    }
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
