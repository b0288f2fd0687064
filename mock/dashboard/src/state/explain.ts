import { isMediaProtectionError } from "@media-protection/sdk";

/** A failure in words for whoever looks at the page. */
export function explain(error: unknown): string {
  if (isMediaProtectionError(error) && error.name === "ConnectionError") {
    return "The mock does not answer. Is it still running?";
  }
  return error instanceof Error ? error.message : String(error);
}
