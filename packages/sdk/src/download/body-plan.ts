import type { FailedRequest } from "../errors.js";
import type { BodyReader } from "../http/response-body.js";
import type { RetryPolicy } from "../options/client-options.js";
import type { Hooks } from "../options/hooks.js";
import type { Redact } from "../trust/masking.js";
import type { Extent } from "./media-answer.js";

/** The body of one answer, and what it holds. */
export interface BodyPart {
  readonly reader: BodyReader;
  readonly extent: Extent;
  readonly request: FailedRequest;
  readonly redact: Redact;
}

/** What is known of a medium's size. */
export type AskedSize =
  | {
      /** In bytes. */
      readonly size: number;
      /** The last byte once more, where that is what was sent. */
      readonly proof?: BodyPart | undefined;
    }
  | {
      /** What was answered instead. */
      readonly unknown: Error;
      /** Whether the next answer may say more. */
      readonly mayPass: boolean;
    };

/** How a body is read. */
export interface BodyPlan {
  /** Whether the medium may be text, as an attachment may. */
  readonly mayBeText: boolean;
  /** Ends the reading; its reason is what the reader gets. */
  readonly signal: AbortSignal;
  /** Milliseconds without a byte after which the connection is given up. */
  readonly stallTimeout: number;
  readonly retry: RetryPolicy;
  readonly onRetry?: Hooks["onRetry"];
  /** Whether a strong entity tag proves that two answers are of the same bytes. */
  readonly provable: boolean;
  /**
   * Asks how large the medium is, of which so many bytes came; rejects unless the answer is of the
   * same version.
   */
  readonly askSize: (next: number) => Promise<AskedSize>;
  /** Asks for the bytes from an offset on; rejects unless the answer is of the same version. */
  readonly resume: (from: number) => Promise<BodyPart>;
  /** Called once nothing more will be read. */
  readonly onEnd: () => void;
}
