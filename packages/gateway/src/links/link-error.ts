/** Why a link does not open. */
export type LinkRefusal = "unknown" | "expired";

/**
 * A link does not open. `unknown` is whatever was not sealed with a key of the ring, and what was sealed
 * in the future: nobody learns which. Holds nothing of the token.
 */
export class LinkError extends Error {
  /** Tells it from other errors, across realms. */
  override readonly name = "LinkError";
  /** Why it does not open. */
  readonly reason: LinkRefusal;

  constructor(reason: LinkRefusal) {
    super(
      reason === "expired"
        ? "The link was opened, but its life is over. Mint a new one."
        : "No key of the ring opens this link.",
    );
    this.reason = reason;
  }
}
