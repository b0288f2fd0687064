/**
 * An S3-compatible bucket as target, by the AWS SDK: install `@aws-sdk/client-s3` and
 * `@aws-sdk/lib-storage` beside this package.
 *
 * @packageDocumentation
 */
export type { BucketOptions } from "./targets/bucket-options.js";
export { bucketTarget } from "./targets/bucket-target.js";
