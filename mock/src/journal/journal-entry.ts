/**
 * What the journal keeps of one request.
 */

import type { FaultKind } from "../faults/fault.js";
import type { OriginRole } from "../rules/origins.js";
import type { AllowReason, DenyReason } from "../rules/protection.js";

/** What the platform decided about a request: `none` where nothing had to be decided. */
export type Decision = "allow" | "deny" | "none";

/** A callback as it was sent. */
export interface SentCallback {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One request, as the journal keeps it. */
export interface JournalEntry {
  /** When the request was answered, in ms since the epoch. */
  readonly time: number;
  /** The origin it came to; `null` for an origin that is none of the platform's. */
  readonly origin: OriginRole | null;
  /** The same as an origin: `https://files.signalwire.com`. */
  readonly originUrl: string;
  readonly method: string;
  /**
   * The path without its query, which may hold a signature; cut after 512 characters, an API token in
   * it masked. As the contract has it: `/api/laml/2010-04-01/…`, percent-encoding undone.
   */
  readonly path: string;
  /** The path as it was asked for, where that is another: `/2010-04-01/…`, percent-encoded. */
  readonly askedPath?: string;
  /** The medium whose bytes were asked for, by the id in the path, whether it exists or not. */
  readonly media: string | null;
  /** The project and the API token (its id, never its secret) that called, where they are known. */
  readonly caller: { readonly projectId: string; readonly tokenId: string } | null;
  /** Whether an `Authorization` header came at all. */
  readonly authorization: boolean;
  /**
   * Whether an API token came where none belongs: in the URL or any header of a request to the storage
   * host, or to an origin that is none of the platform's.
   */
  readonly tokenExposed: boolean;
  readonly decision: Decision;
  readonly reason: AllowReason | DenyReason | null;
  /** 0 for a request to a stranger, seen under MSW on its way out: what became of it is not known. */
  readonly status: number;
  /** What went wrong on command. */
  readonly fault: FaultKind["kind"] | null;
  /** Of a callback that the mock sent: its shape. The status is then the receiver's, 0 for no answer. */
  readonly callback?: string;
  /** Of a callback that the mock sent: what its receiver got. */
  readonly sent?: SentCallback;
  /** Of a request that the mock's own dashboard made: it looks on, and no test means it. */
  readonly dashboard?: true;
}
