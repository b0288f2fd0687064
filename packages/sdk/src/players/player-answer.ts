import { isSdkError } from "../errors.js";

/** What a player is answered where there is no medium: a status, and one line without anything inside. */
export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

const texts: Readonly<Record<number, string>> = {
  400: "This is no medium's address.",
  404: "There is no such medium.",
  405: "A medium can only be read.",
  410: "This medium is gone.",
  416: "The range begins behind the medium's end.",
  500: "The medium could not be sent.",
  502: "The medium could not be fetched.",
  503: "The medium can not be fetched now.",
  504: "The medium took too long to fetch.",
};

/** The answer with a status; nobody keeps it, since the next try may end better. */
export function refusal(status: number, headers: Readonly<Record<string, string>> = {}): Refusal {
  const text = `${texts[status] ?? texts[500]}\n`;
  return {
    status,
    headers: {
      "cache-control": "no-store",
      "content-type": "text/plain; charset=utf-8",
      "content-length": `${text.length}`,
      "x-content-type-options": "nosniff",
      ...headers,
    },
    text,
  };
}

/**
 * What to answer a player when its medium could not be resolved. Whoever may not have a project's media
 * does not learn that there are some.
 */
export function refusalOfSource(error: unknown): Refusal {
  if (!isSdkError(error)) return refusal(500);
  if (error.name === "OptionError") return refusal(400);
  if (error.name !== "UntrustedUrlError") return refusalOf(error);
  return refusal(error.reason === "project" ? 404 : 400);
}

/**
 * What to answer a player when its medium could not be downloaded: that the platform refuses the
 * credentials is no fault of whoever plays, so it is a 502, and never a 401 with a login box.
 */
export function refusalOf(error: unknown): Refusal {
  if (!isSdkError(error)) return refusal(500);
  if (error.name === "OptionError") return refusal(500);
  if (error.name === "TimeoutError") return refusal(504);
  if (!("status" in error)) return refusal(502);
  const { status, size, retryAfter } = error;
  if (status === 416) {
    return refusal(416, size === undefined ? {} : { "content-range": `bytes */${size}` });
  }
  if (status === 404 || status === 410) return refusal(status);
  if (status !== 429 && status !== 503) return refusal(502);
  const seconds = retryAfter === undefined ? undefined : Math.ceil(retryAfter / 1000);
  return refusal(503, seconds === undefined ? {} : { "retry-after": `${seconds}` });
}
