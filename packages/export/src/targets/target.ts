import type { Client } from "@media-protection/sdk";
import type { Documents } from "../manifest/documents.js";
import type { ExportMedium } from "../plan/export-medium.js";

/** Bytes that are in the target. */
export interface Stored {
  /** Bytes. */
  readonly size: number;
  /** The SHA-256 of what arrived, lower-case hex. */
  readonly sha256: string;
}

/** What has a key. */
export interface Standing {
  /** Bytes. */
  readonly size: number;
  /** The SHA-256 that was noted with it, where the target keeps such notes. */
  readonly sha256?: string;
  /** The id of the medium whose copy it is, likewise; empty for what is no copy of ours. */
  readonly mediumId?: string;
}

/** Something in the target. */
export interface Listed {
  /** Its key. */
  readonly key: string;
  /** Bytes. */
  readonly size: number;
}

/** Options of {@link Target.receive}. */
export interface ReceiveOptions {
  /** Whether what has the key is an earlier copy of the same medium, and may be replaced. */
  readonly replace: boolean;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
  /** Called with the bytes that have come, and all, where that is known. */
  readonly onBytes?: ((loaded: number, total: number | undefined) => void) | undefined;
}

/** Where media go. `folderTarget` and `bucketTarget` make one. */
export interface Target {
  /** What people call it: the folder, or `s3://bucket/prefix`. */
  readonly name: string;
  /** Plans and manifests, in `_export`. */
  readonly documents: Documents;
  /**
   * Gets a medium from the platform. Resolves when its last byte has come; what is answered puts it in
   * place, whole, in one step, and is to be called once, at once.
   *
   * @throws whatever the download throws
   * @throws TargetError | DiskError if the target refuses
   */
  receive(
    client: Client,
    medium: ExportMedium,
    key: string,
    options: ReceiveOptions,
  ): Promise<() => Promise<Stored>>;
  /** What has the key: its size and, where the target keeps it, what was noted of it. */
  look(key: string): Promise<Standing | undefined>;
  /** The bytes of a key as they lie there. `undefined` if nothing has it. */
  read(
    key: string,
    signal?: AbortSignal | undefined,
  ): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** Every key with its size, but for those in `_export`; in no order. */
  list(): AsyncIterable<Listed>;
  /** Makes what is in place survive a loss of power. */
  flush(): Promise<void>;
  /** Lets go of threads and connections. */
  close(): Promise<void>;
  /**
   * The same target, whose requests end with the signal, by its reason; absent where nothing waits for
   * another machine. It shares the connections of the one that it comes from, and is not closed.
   */
  until?(signal: AbortSignal): Target;
}

/** The same target, which waits for no answer longer than the signal lasts. */
export function boundTo(target: Target, signal: AbortSignal | undefined): Target {
  return (signal && target.until?.(signal)) ?? target;
}
