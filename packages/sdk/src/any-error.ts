import { type CoreError, isSdkError } from "./errors.js";
import type { DiskError, FileExistsError, SaveAllError } from "./save/save-errors.js";
import type { WebhookError } from "./webhooks/webhook-error.js";

/** Every concrete error, discriminated by its literal `name`. */
export type AnyMediaProtectionError =
  | CoreError
  | FileExistsError
  | DiskError
  | SaveAllError
  | WebhookError;

/**
 * Whether a thrown value is one of this SDK's errors. Unlike `instanceof` it also works for errors
 * of another realm (an iframe, a worker, a test runner's vm) or of a second copy of this package.
 *
 * @example
 * if (isMediaProtectionError(error) && error.name === "NotFoundError") …
 */
export function isMediaProtectionError(value: unknown): value is AnyMediaProtectionError {
  return isSdkError(value);
}
