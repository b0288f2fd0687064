import type { Client } from "../client/client.js";
import type { DownloadOptions, MediaDownload } from "../download/media.js";
import type { MediaRef } from "../trust/media-reference.js";
import type { IfExists } from "./collision.js";
import type { DiskThread } from "./disk-thread.js";
import type { PartPlace } from "./part-place.js";
import type { Partial } from "./partial.js";
import type { SaveOptions } from "./save-options.js";

/** One save, its options checked and its medium trusted. */
export interface SaveJob {
  readonly ifExists: IfExists;
  readonly resume: boolean;
  readonly segments: number;
  readonly client: Client;
  readonly source: { readonly ref: MediaRef; readonly contentType: string | undefined };
  /** The medium's URL, without credentials. */
  readonly url: string;
  /** The options of each request; the signal is the job's own. */
  readonly download: DownloadOptions & { readonly signal: AbortSignal };
  /** Ends every connection of the job. */
  readonly abort: (reason: unknown) => void;
  /** The target's path, once the name of the medium is known. */
  readonly pathFor: (fileName: string) => string;
  /** Where a partial is that a later save can go on with. */
  readonly place: PartPlace;
  /** Whether it is worth looking for a file. */
  readonly mayExist: (path: string) => boolean;
  /** Hashes large media; writes small ones of many. */
  readonly thread: DiskThread;
  /** Whether it is one of many: the folder is then flushed by the caller, once for all. */
  readonly isOfMany: boolean;
  readonly onProgress: SaveOptions["onProgress"];
}

/** What the platform answered to a job, and what there is of it beside the target. */
export interface Asked {
  /** The medium, or the rest of it. */
  readonly media: MediaDownload;
  /** What is being filled: left by an earlier save, or begun by this one. */
  partial: Partial | undefined;
}

/** A medium that has its name. */
export interface Named {
  /** The path it got, or that of the file that stays. */
  readonly path: string;
  /** Whether a file with the same bytes was there, and stays. */
  readonly kept: boolean;
}
