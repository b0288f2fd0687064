import type { TokenScope } from "@media-protection/contract";

/** Every scope a token can have. */
export const allScopes = [
  "calling",
  "chat",
  "datasphere",
  "fax",
  "management",
  "messaging",
  "numbers",
  "pubsub",
  "storage",
  "tasking",
  "video",
] as const satisfies readonly TokenScope[];
