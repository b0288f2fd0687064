import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { PutObjectCommandInput } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import type { Client, MediaDownload } from "@media-protection/sdk";
import { KeyTakenError, TargetError } from "../errors.js";
import { documentsFolder } from "../plan/documents-folder.js";
import type { ExportMedium } from "../plan/export-medium.js";
import { type BucketAbilities, checksumOf, probe } from "./bucket-abilities.js";
import type { BucketOptions } from "./bucket-options.js";
import { BucketStore, statusOf } from "./bucket-store.js";
import { reRead } from "./re-read.js";
import type { ReceiveOptions, Stored, Target } from "./target.js";

/** The largest medium, in bytes, that is read whole and put in one request. */
const largestWhole = 2 ** 21;
/** Bytes of a part of a larger one: the least that S3 takes, since each connection holds one in memory. */
const smallestPart = 5 * 2 ** 20;
/** How often a large medium is uploaded that the store did not take at the end. */
const mostTries = 3;
/** The most parts that an object may have. */
const mostParts = 10_000;

/**
 * An S3-compatible bucket as target. Objects are private: no ACL is ever sent. Each keeps the SHA-256 of
 * its bytes and whose copy it is as metadata, where that is known when it is begun; what is there and is
 * no copy of the same medium is never replaced.
 *
 * @param url `s3://bucket/prefix`
 * @throws OptionError for an option that cannot be
 */
export function bucketTarget(url: string, options: BucketOptions = {}): Target {
  const kept = {
    ...(options.encryption !== undefined && { ServerSideEncryption: options.encryption }),
    ...(options.encryptionKey !== undefined && { SSEKMSKeyId: options.encryptionKey }),
  };
  let abilities: Promise<BucketAbilities> | undefined;
  const store = new BucketStore(url, options);
  // Without the signal of whoever asks first: others wait for it, too.
  const probed = () => {
    abilities ??= probe(store, kept).catch((error: unknown) => {
      abilities = undefined;
      throw error;
    });
    return abilities;
  };
  const { storageClass } = options;
  return targetOf(store, { kept, storageClass }, probed);
}

/** How its objects are kept. */
interface Keeping {
  readonly kept: Pick<PutObjectCommandInput, "ServerSideEncryption" | "SSEKMSKeyId">;
  readonly storageClass: string | undefined;
}

function targetOf(
  store: BucketStore,
  keeping: Keeping,
  probed: () => Promise<BucketAbilities>,
): Target {
  const { kept, storageClass } = keeping;
  const able = () => store.ask("PutObject", probed);
  /** Whether it knows `If-None-Match` at the end of an upload in parts, as it does of a PUT. */
  let isKnownOfParts = true;
  const within = (name: string) => `${documentsFolder}/${name}`;
  const asMedium = {
    ...kept,
    // Safe: the AWS SDK's list of classes is open, stores have their own.
    ...(storageClass !== undefined && { StorageClass: storageClass as "STANDARD" }),
  };

  /** @throws KeyTakenError if what has the key is no copy of the medium; its facts if it is a whole one */
  async function copyAt(key: string, medium: ExportMedium): Promise<Partial<Stored> | undefined> {
    const found = await look(key);
    if (!found) return undefined;
    if (found.mediumId !== medium.id) throw new KeyTakenError(store.name, key);
    return found;
  }

  async function look(key: string) {
    const found = await store.head(key);
    if (!found) return undefined;
    // What says of no medium that it is its copy is none: another program put it there.
    const { sha256, "medium-id": mediumId = "" } = found.Metadata ?? {};
    return {
      ...{ size: found.ContentLength ?? 0, mediumId },
      ...(sha256 !== undefined && { sha256 }),
    };
  }

  async function putWhole(
    medium: ExportMedium,
    key: string,
    body: Uint8Array,
    contentType: string | undefined,
    replace: boolean,
  ): Promise<Stored> {
    const { ifNoneMatch, checksum } = await able();
    const sha256 = createHash("sha256").update(body).digest("hex");
    const stored = { size: body.length, sha256 };
    const isSame = (one: Partial<Stored> | undefined) =>
      one?.size === stored.size && one.sha256 === sha256;
    // What has taken an earlier copy's place may be somebody else's; what it says of itself is no proof.
    if (replace) await copyAt(key, medium);
    else if (!ifNoneMatch && isSame(await copyAt(key, medium))) return stored;
    const send = (condition: { IfNoneMatch?: string }) =>
      store.put(key, {
        ...{ Body: body, ContentLength: body.length, ...asMedium, ...condition },
        ...checksumOf(body, { checksum }),
        ...(contentType !== undefined && { ContentType: contentType }),
        Metadata: { ...metadataOf(medium), sha256 },
      });
    const condition = ifNoneMatch && !replace ? { IfNoneMatch: "*" } : {};
    return store.ask("PutObject", async () => {
      try {
        await send(condition);
      } catch (error) {
        // 412: it is there; 409: another, who does the same shard, has it in hand.
        if (statusOf(error) !== 412 && statusOf(error) !== 409) throw error;
        const there = await copyAt(key, medium);
        if (isSame(there)) return stored;
        // A copy of the same medium, of an earlier version or one that was never noted.
        await send(there ? {} : condition);
      }
      return stored;
    });
  }

  async function putInParts(
    medium: ExportMedium,
    key: string,
    media: MediaDownload,
    { signal, onBytes }: ReceiveOptions,
  ): Promise<Stored | "again"> {
    const { checksum, ifNoneMatch } = await able();
    // What appears while it is uploaded is not replaced either, where the store can say so at the end.
    const isNew = (await copyAt(key, medium)) === undefined;
    const isConditional = isNew && ifNoneMatch && isKnownOfParts;
    const hash = createHash("sha256");
    let size = 0;
    const source = media.body;
    // What the download throws is thrown as it is, whatever the upload makes of it.
    let broken: { readonly error: unknown } | undefined;
    async function* hashed() {
      try {
        for await (const chunk of source) {
          hash.update(chunk);
          size += chunk.length;
          onBytes?.(size, media.contentLength);
          yield chunk;
        }
      } catch (error) {
        broken = { error };
        throw error;
      }
    }
    const upload = new Upload({
      client: store.client,
      params: {
        ...store.at(key),
        ...{ Body: Readable.from(hashed(), { objectMode: false }), ...asMedium },
        ...(media.contentType !== undefined && { ContentType: media.contentType }),
        Metadata: metadataOf(medium),
        ...(isConditional && { IfNoneMatch: "*" }),
        // The whole's SHA-256 is known only at its end, so the store verifies each part by one of its own.
        ...(checksum === "sha256" && { ChecksumAlgorithm: "SHA256" as const }),
      },
      partSize: Math.max(smallestPart, Math.ceil((media.contentLength ?? 0) / mostParts)),
      queueSize: 1,
    });
    const stop = () => void upload.abort();
    signal?.addEventListener("abort", stop, { once: true });
    let isVerified = checksum === "sha256";
    try {
      const isDone = await store.ask("multipart upload", async () => {
        try {
          await upload.done();
        } catch (error) {
          const status = statusOf(error) ?? 0;
          if (broken || !isConditional || ![400, 409, 412, 501].includes(status)) throw error;
          if (status === 400 || status === 501) isKnownOfParts = false;
          if (!(await copyAt(key, medium))) return false;
          // Another, who does the same shard, was first: theirs is read.
          isVerified = false;
        }
        return true;
      });
      if (!isDone) return "again";
    } catch (error) {
      signal?.throwIfAborted();
      throw broken ? broken.error : error;
    } finally {
      signal?.removeEventListener("abort", stop);
    }
    const stored = { size, sha256: hash.digest("hex") };
    // Where the store verifies no part, what lies there is read once more.
    if (isVerified) return stored;
    const found = await reRead({ read: store.get.bind(store) }, key, signal);
    if (found?.sha256 === stored.sha256) return stored;
    throw new TargetError(
      store.name,
      `${key} is not what was sent, and the store has not noticed.`,
    );
  }

  return {
    name: store.name,
    documents: {
      read: async (name) => {
        const bytes = await store.get(within(name));
        if (!bytes) return undefined;
        const chunks: Uint8Array[] = [];
        for await (const chunk of bytes) chunks.push(chunk);
        return Buffer.concat(chunks).toString("utf8");
      },
      write: async (name, text) => {
        const body = Buffer.from(text);
        const { checksum } = await able();
        await store.ask("PutObject", () =>
          store.put(within(name), {
            ...{ Body: body, ContentLength: body.length, ...kept },
            ContentType: "application/x-ndjson",
            ...checksumOf(body, { checksum }),
          }),
        );
      },
      remove: (name) => store.remove(within(name)),
      async *list(prefix) {
        const all = within("");
        for await (const { key } of store.list(all + prefix)) yield key.slice(all.length);
      },
    },
    async receive(client: Client, medium, key, receiving) {
      const { signal, onBytes } = receiving;
      const { ref, contentType } = medium;
      // Refuses before a byte is asked for.
      await able();
      const download = () => client.media.download({ ref, contentType }, { signal });
      let media = await download();
      for (let tries = 1; (media.contentLength ?? Infinity) > largestWhole; tries++) {
        const stored = await putInParts(medium, key, media, receiving);
        if (stored !== "again") return async () => stored;
        // Something had the key for a moment, or the store does not know the condition there.
        if (tries === mostTries) throw new KeyTakenError(store.name, key);
        media = await download();
      }
      const body = await media.bytes();
      onBytes?.(body.length, body.length);
      return () => putWhole(medium, key, body, media.contentType, receiving.replace);
    },
    look,
    read: (key, signal) => store.get(key, signal),
    async *list() {
      for await (const one of store.list("")) {
        if (!one.key.startsWith(`${documentsFolder}/`)) yield one;
      }
    },
    flush: async () => {},
    close: async () => store.close(),
    until: (signal) => targetOf(store.until(signal), keeping, probed),
  };
}

/** What an object keeps of its medium; header fields, so plain text. */
function metadataOf({ id, kind, projectId, createdAt }: ExportMedium): Record<string, string> {
  return { "medium-id": id, kind, project: projectId, "created-at": createdAt };
}
