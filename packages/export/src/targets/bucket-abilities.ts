import { createHash } from "node:crypto";
import type { PutObjectCommandInput } from "@aws-sdk/client-s3";
import { documentsFolder } from "../plan/documents-folder.js";
import { type BucketStore, statusOf } from "./bucket-store.js";

/** What a store can do beyond the plain. */
export interface BucketAbilities {
  /** Whether `If-None-Match: *` keeps a PUT from replacing what is there. */
  readonly ifNoneMatch: boolean;
  /** Which checksum it verifies what arrives by. */
  readonly checksum: "sha256" | "md5";
}

/** The checksum of a body, as the store takes it. */
export function checksumOf(body: Uint8Array, { checksum }: Pick<BucketAbilities, "checksum">) {
  const digest = createHash(checksum).update(body).digest("base64");
  return checksum === "sha256" ? { ChecksumSHA256: digest } : { ContentMD5: digest };
}

/**
 * Finds out what a store can, once, by putting a small object twice: documents promise much that stores do
 * not keep.
 *
 * @param kept how all objects are to be kept: a store may refuse those that are not encrypted
 * @throws TargetError if it takes no object at all
 */
export async function probe(
  store: BucketStore,
  kept: Pick<PutObjectCommandInput, "ServerSideEncryption" | "SSEKMSKeyId">,
): Promise<BucketAbilities> {
  const key = `${documentsFolder}/probe`;
  const body = new TextEncoder().encode("media-protection export: what can this store do?\n");
  const checksum = await store.ask("PutObject", async () => {
    try {
      await store.put(key, { Body: body, ...kept, ...checksumOf(body, { checksum: "sha256" }) });
      return "sha256";
    } catch (error) {
      const status = statusOf(error);
      // What it does not know it refuses; anything else, such as 403, is refused whatever the checksum.
      if (status !== 400 && status !== 501) throw error;
      await store.put(key, { Body: body, ...kept, ...checksumOf(body, { checksum: "md5" }) });
      return "md5";
    }
  });
  const ifNoneMatch = await store.ask("PutObject", async () => {
    try {
      await store.put(key, { Body: body, ...kept, IfNoneMatch: "*" });
      return false;
    } catch (error) {
      const status = statusOf(error);
      // 409: another who probes has it in hand.
      if (status === 412 || status === 409) return true;
      if (status === 400 || status === 501) return false;
      throw error;
    }
  });
  return { ifNoneMatch, checksum };
}
