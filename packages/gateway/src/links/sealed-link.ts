import type { MediaRef } from "@media-protection/sdk";

/** What a link says: everything that decides, and nothing else does. */
export interface SealedLink {
  /** `play` gives the bytes, `share` a page with a fresh play link. */
  readonly tier: "play" | "share";
  /** The link's id, 11 characters: what logs, audit and revocation know it by. */
  readonly id: string;
  /** The medium. Its project is always named; its space is the one of the client that serves it. */
  readonly ref: MediaRef & { readonly projectId: string };
  /** The type that metadata state, where the bytes are text that would else look like an error. */
  readonly contentType: string | undefined;
  /** Whether a browser shows the medium or saves it. */
  readonly disposition: "inline" | "attachment";
  /** When it was sealed, Unix time in seconds. */
  readonly issuedAt: number;
  /** When its life ends, Unix time in seconds. */
  readonly expiresAt: number;
  /** Whom it was made for: a name of the app's own, at most 32 bytes of UTF-8. */
  readonly audience: string | undefined;
  /** Whether it is refused while the shared state cannot be asked. */
  readonly revocable: boolean;
  /** Of a share link: whether its page opens once only. */
  readonly once: boolean;
  /** Of a share link: the passcode's verifier, 16 bytes. */
  readonly passcode: Uint8Array | undefined;
}
