import { isMediaProtectionError } from "@media-protection/sdk";
import { KeyTakenError } from "../errors.js";
import type { LostReason } from "../manifest/lines.js";

/** Codes of a disk that would refuse every other medium, too. */
const diskTrouble = /^(?:ECANCELED|EDQUOT|EIO|EMFILE|ENFILE|ENODEV|ENOSPC|ENXIO|EROFS|ESTALE)$/;

/**
 * Whether an error is about one medium: then the reason. `undefined` for what concerns the run: refused
 * credentials, a full disk, a bucket that denies, what is not of the SDK's making. Pure.
 */
export function lostReason(error: unknown): LostReason | undefined {
  if (error instanceof KeyTakenError) return "name-taken";
  if (!isMediaProtectionError(error)) return undefined;
  switch (error.name) {
    case "NotFoundError":
    case "MediaNotReadyError":
      return "missing";
    case "PermissionError":
      return "forbidden";
    case "IntegrityError":
      return "integrity";
    case "FileExistsError":
      return "name-taken";
    case "OptionError":
    case "UntrustedUrlError":
    case "RedirectError":
      return "untrusted";
    case "AuthenticationError":
      return undefined;
    case "DiskError":
      return diskTrouble.test(error.code) ? undefined : "name-taken";
    case "ResponseError":
      return error.status === 410 ? "missing" : "platform";
    default:
      return "platform";
  }
}

/** Whether a loss says something of the next medium: what fails for ten in a row fails for all. Pure. */
export function isContagious(reason: LostReason): boolean {
  return reason === "platform" || reason === "forbidden";
}

/** Milliseconds that the platform asks to wait. */
export function askedToWait(error: unknown): number | undefined {
  return isMediaProtectionError(error) && "retryAfter" in error ? error.retryAfter : undefined;
}
