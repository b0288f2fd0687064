import { isMediaProtectionError } from "@media-protection/sdk";

/** Nothing answers at the origin that the page came from. */
export class NoAnswerError extends Error {
  override readonly name = "NoAnswerError";

  constructor(cause: unknown) {
    super("The mock does not answer. Is it still running?", { cause });
  }
}

/** The standard `fetch`, whose failures say so in words. */
export function ask(input: string, init: RequestInit): Promise<Response> {
  return fetch(input, init).catch((error: unknown) => {
    // A TypeError is all that says "no answer" (Fetch standard, "fetch method").
    throw error instanceof TypeError ? new NoAnswerError(error) : error;
  });
}

/** A failure in words for whoever looks at the page. */
export function explain(error: unknown): string {
  if (isMediaProtectionError(error) && error.name === "ConnectionError") {
    return new NoAnswerError(error).message;
  }
  return error instanceof Error ? error.message : String(error);
}
