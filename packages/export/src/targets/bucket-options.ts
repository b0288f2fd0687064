import type { S3Client } from "@aws-sdk/client-s3";
import { OptionError } from "@media-protection/sdk";

/** Options of {@link bucketTarget}. */
export interface BucketOptions {
  /** Another store than Amazon's: its origin, such as `https://minio.example.com`. @default Amazon's */
  readonly endpoint?: string | undefined;
  /** The region. @default what the AWS SDK finds; with `endpoint` `us-east-1` */
  readonly region?: string | undefined;
  /** Whether the bucket stands in the path and not in the host. @default true with `endpoint` */
  readonly forcePathStyle?: boolean | undefined;
  /** Server-side encryption. @default the bucket's own */
  readonly encryption?: "AES256" | "aws:kms" | undefined;
  /** The key's id, for `aws:kms`. @default the account's */
  readonly encryptionKey?: string | undefined;
  /** The storage class of media, such as `STANDARD_IA` or `GLACIER_IR`; manifests have the bucket's own. */
  readonly storageClass?: string | undefined;
  /** A client of the AWS SDK, in place of one by the options above and the credential chain. */
  readonly client?: S3Client | undefined;
}

/** A bucket and what all keys begin with. */
export interface BucketPlace {
  readonly bucket: string;
  /** Empty, or with a `/` at its end. */
  readonly prefix: string;
}

/**
 * Reads `s3://bucket/prefix`.
 *
 * @throws OptionError for what is none
 */
export function readBucketUrl(url: string): BucketPlace {
  const [, bucket, path = ""] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(url) ?? [];
  const parts = path.split("/").filter((part) => part !== "");
  const isBad = parts.some((part) => part === "." || part === ".." || /[\p{Cc}\\?#]/u.test(part));
  if (bucket === undefined || isBad) throw new OptionError("url", "such as s3://bucket/prefix");
  return { bucket, prefix: parts.map((part) => `${part}/`).join("") };
}

/** @throws OptionError for options that contradict each other, or are none */
export function checkBucket(options: BucketOptions): void {
  const { endpoint, encryption, encryptionKey, client } = options;
  if (endpoint !== undefined && !(URL.canParse(endpoint) && /^https?:/.test(endpoint))) {
    throw new OptionError("endpoint", "an http(s) origin, such as https://minio.example.com");
  }
  if (encryption !== undefined && encryption !== "AES256" && encryption !== "aws:kms") {
    throw new OptionError("encryption", '"AES256" or "aws:kms"');
  }
  if (encryptionKey !== undefined && encryption !== "aws:kms") {
    throw new OptionError("encryptionKey", 'left out, unless encryption is "aws:kms"');
  }
  if (client !== undefined && (endpoint !== undefined || options.region !== undefined)) {
    throw new OptionError("client", "left out beside endpoint or region: it has its own");
  }
}
