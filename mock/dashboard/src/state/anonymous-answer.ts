/**
 * What somebody without credentials is answered.
 */

import { ask } from "./explain.js";

/** The head of an answer, in words. */
export interface AnonymousAnswer {
  readonly ok: boolean;
  /** Such as `401 Unauthorized`. */
  readonly status: string;
  /** Why, in the platform's words, or what was served. */
  readonly reason: string;
}

/** Asks for a URL as a stranger would: no credentials, no cookies, no cached copy. */
export async function askWithoutCredentials(url: string): Promise<AnonymousAnswer> {
  const response = await ask(url, {
    credentials: "omit",
    cache: "no-store",
    referrerPolicy: "no-referrer",
  });
  const { ok } = response;
  const status = `${response.status} ${response.statusText}`.trim();
  if (!ok) return { ok, status, reason: reasonIn(await response.text()) };
  // The head says it all; the body may be gigabytes.
  await response.body?.cancel();
  const size = Number(response.headers.get("content-length") ?? Number.NaN);
  const type = response.headers.get("content-type") ?? "no media type";
  const moved = response.redirected ? `, by a redirect to ${new URL(response.url).host}` : "";
  const length = Number.isNaN(size) ? "" : `, ${bytesInWords(size)}`;
  return { ok, status, reason: `Served: ${type}${length}${moved}` };
}

/** The message in any of the platform's error bodies. */
function reasonIn(text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null) {
      if ("message" in body && typeof body.message === "string") return body.message;
      if ("error" in body && typeof body.error === "string") return body.error;
    }
  } catch {
    // No JSON: shown as it is.
  }
  return text.slice(0, 200) || "No reason was given.";
}

const units = ["bytes", "kB", "MB", "GB"] as const;

/** A size in bytes, in units of 1000. */
export function bytesInWords(size: number): string {
  let value = size;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
