/**
 * What a command ends with: exit codes that scripts can use, and failures as one line.
 */

import { isMediaProtectionError } from "@media-protection/sdk";

/** How a command ends. */
export const exitCodes = {
  /** All is as it should be. */
  fine: 0,
  /** Something went wrong. */
  error: 1,
  /** Something is to be done, or was found. */
  findings: 2,
  /** The switches are not as desired. */
  drifted: 3,
  /** Ctrl-C. */
  interrupted: 130,
} as const;

/** A failure that is the user's to mend, in words that say how. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** What to do about an option that the SDK misses, by the option's name. */
const remedies: Readonly<Record<string, string>> = {
  space: "Set SIGNALWIRE_SPACE, or give --space.",
  projectId: "Set SIGNALWIRE_PROJECT_ID.",
  apiToken: "Set SIGNALWIRE_API_TOKEN, or give --token-file or --env-file.",
  mediaOrigins: "Check --media-origin.",
};

/** A failure as one line: what happened, and what to do. Never a stack. */
export function failureLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const line = message.replace(/\s*\n\s*/g, " ").trim() || "Something went wrong.";
  if (!isMediaProtectionError(error) || error.name !== "OptionError") return line;
  const remedy = remedies[error.option];
  return remedy === undefined ? line : `${line} ${remedy}`;
}
