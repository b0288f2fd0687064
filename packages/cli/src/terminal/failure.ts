/**
 * Failures as one line.
 */

/** A failure that is the user's to mend, in words that say how. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** Somebody pressed Ctrl-C at a question: not a failure, but no success either. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** What to do about an option that the SDK misses, by the option's name. */
const remedies: Readonly<Record<string, string>> = {
  space: "Set SIGNALWIRE_SPACE, or give --space.",
  projectId: "Check --project and SIGNALWIRE_PROJECT_ID.",
  apiToken: "Set SIGNALWIRE_API_TOKEN, or give --token-file or --env-file.",
  mediaOrigins: "Check --media-origin.",
};

/** A failure as one line: what happened, and what to do. Never a stack. */
export function failureLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const line = message.replace(/\s*\n\s*/g, " ").trim() || "Something went wrong.";
  // By shape: the SDK is not loaded for a help text.
  if (!(error instanceof Error && error.name === "OptionError" && "option" in error)) return line;
  const remedy = remedies[String(error.option)];
  return remedy === undefined ? line : `${line} ${remedy}`;
}
