import { OptionError } from "../errors.js";
import { checkKnown } from "../trust/known-options.js";
import { defaultMaxBodyBytes } from "./callback-body.js";
import type { SigningKey } from "./signing-keys.js";
import { checkSigningKey } from "./signing-keys.js";

/** Options of {@link verifyWebhook}. */
export interface WebhookOptions {
  /**
   * The project's signing key. Two or more while rotating it: each is tried, so that callbacks signed
   * with the old one, which the platform uses for a minute or two more, are still taken. Or a function
   * from the project that the callback claims to be of (`undefined` where it names none) to that
   * project's keys: then a subproject's key verifies callbacks of that subproject alone. The claim is
   * the sender's until it is verified, so look it up in a `Map` or a database; `undefined` for a
   * project that is not known refuses the callback.
   */
  readonly signingKey: SigningKey;
  /**
   * The URL the platform was given, where a proxy or tunnel makes the request's own another: an origin
   * (`https://hooks.example.com`), or with path and query. What it leaves out is taken from the
   * request. Neither scheme has a mark between the URL and what follows it, so a sender who knows a
   * signed request can shift text between them where the URL is not known: give path and query too
   * where they are fixed.
   * @default the request's own URL
   */
  readonly publicUrl?: string | URL | undefined;
  /**
   * The replay guard: whether this delivery was seen before, `true` or `false`. Signatures hold no
   * time and stay valid as long as the key does, so keep the ids until the key is rotated, or as long
   * as acting twice would harm. The id is that of the text that was signed, so that it is the same
   * however a replay spells the request. Ask and store in one step (Redis `SET id 1 NX`), and forget
   * the id again if handling fails: the platform then sends the same delivery once more. Called only
   * for verified requests.
   * @default none: replays are not noticed
   */
  readonly seen?: (id: string) => boolean | Promise<boolean>;
  /**
   * The longest body that is read, in bytes. Of a server's request, what is longer is still taken off
   * the connection, up to 64 MiB, so that the sender can be answered.
   * @default 1048576
   */
  readonly maxBodyBytes?: number | undefined;
  /** Ends waiting for the body, the key and the guard; the call then rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

const known = {
  signingKey: true,
  publicUrl: true,
  seen: true,
  maxBodyBytes: true,
  signal: true,
} as const;

/** The options, checked, with the default filled in. */
export interface ResolvedWebhookOptions extends WebhookOptions {
  readonly maxBodyBytes: number;
}

/** @throws OptionError naming the first that is missing, malformed or unknown */
export function resolveWebhookOptions(options: WebhookOptions): ResolvedWebhookOptions {
  const { publicUrl, signal, maxBodyBytes = defaultMaxBodyBytes } = checkKnown(options, known);
  const signingKey = checkSigningKey(options.signingKey);
  if (typeof maxBodyBytes !== "number" || !(maxBodyBytes > 0)) {
    throw new OptionError("maxBodyBytes", "a positive number of bytes");
  }
  const { seen } = options;
  // One that is there and undefined is a guard that was meant to be there.
  if ("seen" in options && typeof seen !== "function") {
    throw new OptionError("seen", "a function from an id to whether it was seen, or left out");
  }
  // By shape, since a signal may come from another realm.
  if (signal !== undefined && typeof signal?.addEventListener !== "function") {
    throw new OptionError("signal", "an AbortSignal");
  }
  return { signingKey, publicUrl, maxBodyBytes, signal, ...(seen && { seen }) };
}
